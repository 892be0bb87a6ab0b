/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"
#include "be-socket-diag.h"

G_BEGIN_DECLS

/**
 * BeStateEnd:
 *
 * One end of a TCP connection as it is now.
 */
typedef struct
{
  guint32       session_id;
  guint32       peer_id;      /* as in its events; 0: no socket of ours, nobody has accepted it or it is not ours */
  BeSystemState state;        /* UNKNOWN: nothing is known of this end */
  gint64        time;         /* when that was known, µs */
  gint64        forgotten_at; /* TIME_WAIT: when the system will have forgotten it, µs; 0: it does not say */
  gboolean      is_open;      /* a socket of ours is */
  gboolean      is_ours;      /* a socket of ours is or was, or it comes to a listener of ours; otherwise another program's */
  gboolean      is_waiting;   /* in the accept queue of a listener of ours */
  gboolean      is_reported;  /* the system said so; otherwise the calls imply it */
} BeStateEnd;

/**
 * BeStateConnection:
 *
 * One TCP connection as the system sees it now. A plain value.
 */
typedef struct
{
  guint32    connection;   /* its number, or BE_EVENT_NO_CONNECTION before connect () has returned */
  BeAddress  addresses[2]; /* by BeSide */
  BeStateEnd ends[2];      /* by BeSide */

  /* for the watch alone */
  gint64 next_time;    /* when to ask again, µs; G_MAXINT64: when something happens */
  gint64 changed_time; /* µs */
} BeStateConnection;

void     be_state_connection_init (BeStateConnection *self,
                                   guint32            connection,
                                   BeSide             side,
                                   const BeAddress   *local,
                                   const BeAddress   *peer);
void     be_state_connection_note (BeStateConnection   *self,
                                   const BeEventRecord *record);
gboolean be_state_connection_ask (BeStateConnection *self,
                                  BeSocketDiag      *diag,
                                  gboolean           has_own_listener,
                                  gint64             now);
gboolean be_state_connection_is_over (const BeStateConnection *self);
gboolean be_state_connection_is_moving (const BeStateConnection *self);

gint64 be_state_connection_interval (gint64 changed_time,
                                     gint64 now);
guint  be_state_end_get_seconds (gint64 forgotten_at,
                                 gint64 now);

G_END_DECLS
