/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-queue.h"
#include "be-network-thread-private.h"
#include "be-pending-news.h"
#include "be-timed-source.h"

#include <stdatomic.h>

G_BEGIN_DECLS

/* For be-network-thread.c and be-network-thread-parts.c. */

/**
 * BeNetworkThread:
 *
 * The one thread that waits for sockets and works on them, and the door
 * between it and the thread that made the object: commands go in through
 * be_network_thread_post (), events come out through the signal
 * #BeNetworkThread::events, in batches.
 *
 * Owns the thread, its poller, its read buffer and the event queue. Sessions
 * hold a reference to it; it ends after the last of them, when the thread has
 * done every command that was posted and been joined.
 */
struct _BeNetworkThread
{
  GObject parent_instance;

  GThread       *thread;
  BePoller      *poller;
  BeEventQueue  *queue;
  BePendingNews *pending_news;

  /* the side of the thread that made the object */
  GHashTable *sessions; /* id → BeSession, unowned */
  guint32     last_session_id;
  GSource    *drain; /* BeTimedSource: comes when there are events */
  gint64      epoch;
  gboolean    is_draining;

  /* between the threads */
  BeCommandQueue  *commands;
  gint             is_ending;  /* atomic */
  _Atomic (gint64) next_frame; /* when the reader comes without haste */
  _Atomic (gint64) rest_time;  /* it is not hurried before */
  BeConnecting    *connecting;

  /* the network thread's side */
  BeReadBuffer *buffer;
  BeDeadlines  *deadlines;
  gsize         batch_bytes;
  BeOwnPorts   *own_ports;
  guint32       last_socket_id;
};

G_END_DECLS
