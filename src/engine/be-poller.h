/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-network-thread.h"
#include "be-socket-handle.h"

G_BEGIN_DECLS

/**
 * BePoller:
 *
 * Which sockets are ready: one set of watched sockets, and one call that
 * waits for all of them. Used by the network thread alone, but for
 * be_poller_wake (). Owned by it, and empty when it ends.
 */
typedef struct _BePoller      BePoller;
typedef struct _BePollerWatch BePollerWatch;

typedef void (*BePollerFunc) (gpointer     user_data,
                              GIOCondition ready);

/**
 * BePollerWatch:
 *
 * One watched socket; it stands inside its owner, so that watching allocates
 * nothing. The owner keeps @socket open while the watch is added.
 */
struct _BePollerWatch
{
  BePollerFunc func;
  gpointer     user_data;
  BeSocket     socket;
  GIOCondition conditions;

  int      error; /* why the system does not watch it; 0: it does */
  gboolean is_added;
  GSource *source; /* of the GLib poller */
};

/**
 * BePollerClass:
 * @free: ends an empty poller
 * @change: called when watch->conditions has changed; 0 forgets the socket
 * @wait: sleeps until a socket is ready, be_poller_wake () is called or
 *   @timeout µs are over (-1: never), and calls the functions of what is
 *   ready. A function may add, change and remove any watch, its own included.
 * @wake: ends a wait from any thread; a wake before the wait ends it too
 * @is_epoll: whether the system waits for all sockets in one set (epoll(7))
 *
 * What an implementation does.
 */
typedef struct
{
  void (*free) (BePoller *self);
  void (*change) (BePoller      *self,
                  BePollerWatch *watch,
                  GIOCondition   previous);
  void (*wait) (BePoller *self,
                gint64    timeout);
  void (*wake) (BePoller *self);
  gboolean is_epoll;
} BePollerClass;

struct _BePoller
{
  const BePollerClass *klass;
  guint                n_watches;
};

BePoller *be_poller_new (BePollerKind kind);
void      be_poller_free (BePoller *self);
void      be_poller_add (BePoller      *self,
                         BePollerWatch *watch,
                         BeSocket       socket,
                         GIOCondition   conditions,
                         BePollerFunc   func,
                         gpointer       user_data);
void      be_poller_set_conditions (BePoller      *self,
                                    BePollerWatch *watch,
                                    GIOCondition   conditions);
void      be_poller_remove (BePoller      *self,
                            BePollerWatch *watch);
void      be_poller_wait (BePoller *self,
                          gint64    timeout);
void      be_poller_wake (BePoller *self);

/* The implementations. */
BePoller *be_poller_glib_new (void);
BePoller *be_poller_epoll_new (void);

G_END_DECLS
