/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-stream-connector.h"
#include "be-stream-peer.h"

G_BEGIN_DECLS

/**
 * BeStreamConnector:
 *
 * The worker of a TCP client: it tries the addresses of the server one after
 * the other until one answers, and then holds the peer that talks.
 *
 * Owns the socket that is connecting, later the peer. One address is tried at
 * a time and within @timeout; each attempt is an event, and so is its end.
 */
typedef struct
{
  BeWorker parent;

  gboolean  has_local;
  BeAddress local;   /* what to call from */
  gint64    timeout; /* µs */
  gsize     read_window;

  BeAddress *addresses;
  guint      n_addresses;
  guint      next_address;

  BeSocket      socket; /* connecting */
  guint32       socket_id;
  BeAddress     remote;
  BePollerWatch watch;
  BeDeadline    deadline;
  gboolean      is_connecting; /* connect () was called and has not returned */
  gboolean      is_closing;    /* its end was reported, and the close is held, perhaps */
  BeAddress     closing_local;
  BeDeadline    retry; /* a path whose listener has no room now */

  BeStreamPeer *peer; /* connected; freed by itself */
} BeStreamConnector;

/* be-stream-connector-opening.c */
void be_stream_connector_open (BeWorker        *worker,
                               const BeAddress *addresses,
                               guint            n_addresses);
void be_stream_connector_cancel (BeStreamConnector *self);
void be_stream_connector_note_waiting (BeStreamConnector *self);

G_END_DECLS
