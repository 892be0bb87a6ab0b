/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-session.h"
#include "be-worker.h"

G_BEGIN_DECLS

/* The pace that was asked for, and what is pending under it. */
typedef struct
{
  BePace    pace;
  guint     interval_ms;
  gboolean  has_reading; /* for all sockets; the next three are it */
  BeReading reading;
  guint     reading_interval_ms;
  guint     recv_size;

  GPtrArray *pending_calls; /* (nullable): of BePendingCall */
} BeSessionPace;

BeSessionPace *be_session_get_pace (BeSession *self);
void           be_session_apply_pace (BeSession *self);
void           be_session_install_pace (BeSessionClass *klass);

/* For the network thread's object. */
void be_session_take_pending_calls (BeSession *self,
                                    GPtrArray *calls);
void be_session_handle_record (BeSession           *self,
                               const BeEventRecord *record);

/* For the kinds of sessions. */
void      be_session_set_state (BeSession     *self,
                                BeSessionState state);
void      be_session_set_local (BeSession       *self,
                                const BeAddress *local);
gboolean  be_session_is_looking_up (BeSession *self);
BeWorker *be_session_get_worker (BeSession *self);

G_END_DECLS
