/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"
#include "be-socket-diag.h"

G_BEGIN_DECLS

/**
 * BeStateListener:
 *
 * A TCP listener of ours and its accept queue.
 */
typedef struct
{
  guint32   session_id;
  guint32   socket_id;
  BeAddress local;
  gboolean  is_reported; /* the system tells of its queue */
  guint     n_waiting;
  guint     max_waiting; /* of the queue; Linux lets one more wait */

  /* for the watch alone */
  gboolean is_paused; /* it has said that it accepts nobody */
  gint64   next_time;
  gint64   changed_time;
} BeStateListener;

gboolean be_state_listener_ask (BeStateListener *self,
                                BeSocketDiag    *diag,
                                gboolean         is_holding,
                                gint64           now);

G_END_DECLS
