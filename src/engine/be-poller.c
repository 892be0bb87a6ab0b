/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-poller.h"

#include "be-hot.h"

/**
 * be_poller_new:
 *
 * Returns: (transfer full): a poller that watches nothing
 */
BePoller *
be_poller_new (BePollerKind kind)
{
#ifdef __linux__
  BePoller *epoll = kind == BE_POLLER_BEST ? be_poller_epoll_new () : NULL;

  if (epoll != NULL)
    return epoll;
#endif

  return be_poller_glib_new ();
}

void
be_poller_free (BePoller *self)
{
  g_return_if_fail (self != NULL);

  if (self->n_watches > 0)
    g_warning ("A poller ends while it watches %u sockets", self->n_watches);

  self->klass->free (self);
}

/**
 * be_poller_add:
 * @watch: not added yet; stays where it is until it is removed
 * @conditions: what to wait for; 0 waits for nothing yet
 *
 * Watches a socket. @func is called from be_poller_wait () as long as a
 * condition holds (level-triggered), or the socket has failed. Where the
 * system has no room to watch one more it is called with %G_IO_NVAL as long
 * as the watch waits for something, and @watch has the error.
 */
void
be_poller_add (BePoller      *self,
               BePollerWatch *watch,
               BeSocket       socket,
               GIOCondition   conditions,
               BePollerFunc   func,
               gpointer       user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (watch != NULL && !watch->is_added);
  g_return_if_fail (socket != BE_SOCKET_NONE);

  watch->socket = socket;
  watch->func = func;
  watch->user_data = user_data;
  watch->conditions = 0;
  watch->source = NULL;
  watch->error = 0;
  watch->is_added = TRUE;
  self->n_watches++;

  be_poller_set_conditions (self, watch, conditions);
}

void
be_poller_set_conditions (BePoller      *self,
                          BePollerWatch *watch,
                          GIOCondition   conditions)
{
  GIOCondition previous;

  g_return_if_fail (self != NULL);
  g_return_if_fail (watch != NULL && watch->is_added);

  if (watch->conditions == conditions)
    return;

  previous = watch->conditions;
  watch->conditions = conditions;
  self->klass->change (self, watch, previous);
}

/**
 * be_poller_remove:
 *
 * Ends a watch; its function is not called any more, not even for what is
 * ready already. Does nothing when it was not added. Before the socket closes.
 */
void
be_poller_remove (BePoller      *self,
                  BePollerWatch *watch)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (watch != NULL);

  if (!watch->is_added)
    return;

  be_poller_set_conditions (self, watch, 0);
  watch->is_added = FALSE;
  watch->socket = BE_SOCKET_NONE;
  self->n_watches--;
}

BE_HOT void
be_poller_wait (BePoller *self,
                gint64    timeout)
{
  g_return_if_fail (self != NULL);

  self->klass->wait (self, timeout);
}

void
be_poller_wake (BePoller *self)
{
  g_return_if_fail (self != NULL);

  self->klass->wake (self);
}
