/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-session.h"
#include "be-worker.h"

G_BEGIN_DECLS

/* For the network thread's object. */
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
