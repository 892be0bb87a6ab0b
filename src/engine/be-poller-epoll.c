/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-poller.h"

#include "be-hot.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_READY 512

/**
 * EpollPoller:
 *
 * Linux: one epoll set (epoll(7)), level-triggered, and an eventfd that wakes
 * it. It costs the same with ten idle sockets and with ten thousand.
 */
typedef struct
{
  BePoller parent;

  int        epoll_descriptor;
  int        wake_descriptor;
  GPtrArray *unwatched; /* watches that the system did not take */

  /* what the last wait found, and how far it has been handled */
  int                n_ready;
  int                next_ready;
  struct epoll_event ready[MAX_READY];
} EpollPoller;

static guint32
to_epoll (GIOCondition conditions)
{
  guint32 events = 0;

  if (conditions & G_IO_IN)
    events |= EPOLLIN | EPOLLRDHUP;
  if (conditions & G_IO_OUT)
    events |= EPOLLOUT;

  return events;
}

static GIOCondition
from_epoll (guint32 events)
{
  GIOCondition ready = 0;

  if (events & EPOLLIN)
    ready |= G_IO_IN;
  if (events & EPOLLOUT)
    ready |= G_IO_OUT;
  if (events & (EPOLLHUP | EPOLLRDHUP))
    ready |= G_IO_HUP;
  if (events & EPOLLERR)
    ready |= G_IO_ERR;

  return ready;
}

static void
forget_ready (EpollPoller   *self,
              BePollerWatch *watch)
{
  for (int i = self->next_ready; i < self->n_ready; i++)
    if (self->ready[i].data.ptr == watch)
      self->ready[i].data.ptr = NULL;
}

static void
change_unwatched (EpollPoller   *self,
                  BePollerWatch *watch)
{
  if (watch->conditions != 0)
    return;

  g_ptr_array_remove (self->unwatched, watch);
  watch->error = 0;
}

static void
epoll_poller_change (BePoller      *poller,
                     BePollerWatch *watch,
                     GIOCondition   previous)
{
  EpollPoller       *self = (EpollPoller *) poller;
  struct epoll_event event = { .events = to_epoll (watch->conditions) };
  int                operation;

  if (watch->error != 0)
    {
      change_unwatched (self, watch);
      return;
    }

  event.data.ptr = watch;
  if (previous == 0)
    operation = EPOLL_CTL_ADD;
  else if (watch->conditions == 0)
    operation = EPOLL_CTL_DEL;
  else
    operation = EPOLL_CTL_MOD;

  if (operation == EPOLL_CTL_DEL)
    forget_ready (self, watch);

  if (epoll_ctl (self->epoll_descriptor, operation, watch->socket, &event) == 0)
    return;

  /* Only adding needs room (ENOMEM, ENOSPC). */
  if (operation == EPOLL_CTL_ADD)
    {
      watch->error = errno;
      g_ptr_array_add (self->unwatched, watch);
    }
  else
    g_critical ("epoll_ctl: %s", g_strerror (errno));
}

static void
read_wake_count (EpollPoller *self)
{
  guint64 count;

  /* EAGAIN when another turn has read it already: nothing to do either. */
  if (read (self->wake_descriptor, &count, sizeof count) < 0)
    return;
}

/* A function that was called before may have changed what this one waits for. */
static void
tell_ready (BePollerWatch *watch,
            GIOCondition   ready)
{
  ready &= watch->conditions | G_IO_HUP | G_IO_ERR;
  if (ready != 0)
    watch->func (watch->user_data, ready);
}

/* Backwards and in order: whatever a function removes, none is left out. */
static void
tell_unwatched (EpollPoller *self)
{
  for (guint i = self->unwatched->len; i > 0; i = MIN (i - 1, self->unwatched->len))
    {
      BePollerWatch *watch = self->unwatched->pdata[i - 1];

      watch->func (watch->user_data, G_IO_NVAL);
    }
}

/* Not through the C library, for the reason that be-socket-transfer.c gives. All
 * systems have epoll_pwait, not all the older call. */
static int
wait_for_events (EpollPoller *self,
                 int          milliseconds)
{
  return (int) syscall (SYS_epoll_pwait, self->epoll_descriptor, self->ready, MAX_READY,
                        milliseconds, NULL, 0);
}

BE_HOT static void
epoll_poller_wait (BePoller *poller,
                   gint64    timeout)
{
  EpollPoller *self = (EpollPoller *) poller;
  int          milliseconds = -1;

  /* Rounded up: waking before a deadline would make a busy turn. */
  if (timeout >= 0)
    milliseconds = (int) MIN ((timeout + 999) / 1000, G_MAXINT);
  if (self->unwatched->len > 0)
    milliseconds = 0;

  self->next_ready = 0;
  self->n_ready = wait_for_events (self, milliseconds);
  while (self->next_ready < self->n_ready)
    {
      const struct epoll_event *event = &self->ready[self->next_ready++];
      BePollerWatch            *watch = event->data.ptr;

      if (event->data.ptr == self)
        read_wake_count (self);
      else if (watch != NULL)
        tell_ready (watch, from_epoll (event->events));
    }
  self->n_ready = 0;
  tell_unwatched (self);
}

static void
epoll_poller_wake (BePoller *poller)
{
  EpollPoller *self = (EpollPoller *) poller;
  guint64      one = 1;

  /* It can only fail when the count is at its largest: then it is awake. */
  if (write (self->wake_descriptor, &one, sizeof one) < 0)
    return;
}

static void
epoll_poller_free (BePoller *poller)
{
  EpollPoller *self = (EpollPoller *) poller;

  close (self->wake_descriptor);
  close (self->epoll_descriptor);
  g_ptr_array_unref (self->unwatched);
  g_free (self);
}

static const BePollerClass epoll_poller_class = {
  .free = epoll_poller_free,
  .change = epoll_poller_change,
  .wait = epoll_poller_wait,
  .wake = epoll_poller_wake,
  .is_epoll = TRUE,
};

/**
 * be_poller_epoll_new:
 *
 * Returns: (transfer full) (nullable): a poller on epoll, or %NULL when no
 *   descriptor is left for it
 */
BePoller *
be_poller_epoll_new (void)
{
  EpollPoller       *self = g_new0 (EpollPoller, 1);
  struct epoll_event event = { .events = EPOLLIN };

  self->parent.klass = &epoll_poller_class;
  self->epoll_descriptor = epoll_create1 (EPOLL_CLOEXEC);
  self->wake_descriptor = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  event.data.ptr = self;
  if (self->epoll_descriptor < 0 || self->wake_descriptor < 0 ||
      epoll_ctl (self->epoll_descriptor, EPOLL_CTL_ADD, self->wake_descriptor, &event) != 0)
    {
      if (self->wake_descriptor >= 0)
        close (self->wake_descriptor);
      if (self->epoll_descriptor >= 0)
        close (self->epoll_descriptor);
      g_free (self);
      return NULL;
    }

  self->unwatched = g_ptr_array_new ();

  return &self->parent;
}
