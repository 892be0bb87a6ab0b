/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-batch-size.h"
#include "be-call-gate.h"
#include "be-reply-rule.h"

#include <glib/gstdio.h>

G_BEGIN_DECLS

/**
 * BeListener:
 *
 * The worker of a TCP server: one listening socket and the peers that it has
 * accepted.
 *
 * Owns both. When descriptors run out, or as many clients as allowed are
 * there, or accept () fails twice in the same way, it stops watching the
 * listening socket, whose queue then fills, and goes on when a client leaves
 * or after a moment; to go on watching would be a busy loop. It
 * listens until it is told to stop; the peers may live on after that.
 */
typedef struct
{
  BeWorker parent;

  guint       backlog;
  guint       max_clients;
  BeReplyRule rule;

  BeSocket      socket;
  guint32       socket_id;
  BeAddress     local;
  GStatBuf      path; /* of a Unix-domain socket: what bind () made */
  BePollerWatch watch;
  BeDeadline    retry;
  BeBatchSize   batch_size;
  gboolean      is_paused;
  int           accept_error; /* of the last accept; 0: it succeeded */
  gboolean      is_bound;
  gboolean      is_listening;

  BeAddress *addresses; /* what is tried one after another */
  guint      n_addresses;
  guint      next_address;

  GHashTable *peers; /* socket_id → BeStreamPeer, freed by itself */
} BeListener;

void be_listener_open (BeWorker        *worker,
                       const BeAddress *addresses,
                       guint            n_addresses);
void be_listener_stop_listening (BeWorker *worker);

/* There is a socket that listens now. */
void be_listener_start_accepting (BeListener *self);

G_END_DECLS
