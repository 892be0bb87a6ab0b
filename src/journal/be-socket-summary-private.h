/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-summary.h"

G_BEGIN_DECLS

/**
 * BeSocketSummary:
 *
 * One socket as its events tell of it: who is at both ends, its state, and
 * how much went either way. A UDP server has one for each peer. What the system
 * has said of its state since the last event counts more than the event.
 *
 * Owns nothing; made and written by the socket list, which collects the
 * changes of a batch and tells of them once. Ends with its last reference.
 */
struct _BeSocketSummary
{
  GObject parent_instance;

  guint32 session_id;
  guint32 socket_id;
  guint32 peer_id;
  guint32 connection;
  BeSide  side;
  guint8  protocol; /* BeProtocol */

  BeAddress     local;
  BeAddress     peer;
  BeSystemState state;
  gint64        state_time;   /* µs */
  gint64        forgotten_at; /* TIME_WAIT: µs; 0: nobody says */
  gboolean      is_open;
  gboolean      has_ended_sending; /* shutdown () has returned */
  guint         closing;           /* which of all of its list; 0: not yet */
  guint64       bytes_sent;
  guint64       bytes_received;

  guint    changes; /* bits: 1 << BeSocketSummaryProperty */
  gboolean is_changing;
};

typedef enum
{
  PROP_CONNECTION = 1,
  PROP_LETTER,
  PROP_LOCAL_TEXT,
  PROP_PEER_TEXT,
  PROP_STATE,
  PROP_STATE_NAME,
  PROP_IS_OPEN,
  PROP_BYTES_SENT,
  PROP_BYTES_RECEIVED,
} BeSocketSummaryProperty;

G_END_DECLS
