/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-session.h"
#include "be-socket-report.h"

G_BEGIN_DECLS

/* Questions to a session about one of its sockets. A command never answers;
 * these are none: the answer is a copy of what the system said on the network
 * thread, and comes to the main context of the caller. */

void            be_session_inquire_async (BeSession          *self,
                                          guint32             socket_id,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
void            be_session_set_option_async (BeSession          *self,
                                             guint32             socket_id,
                                             BeSocketOption      option,
                                             int                 value,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data);
BeSocketReport *be_session_inquire_finish (GAsyncResult *result,
                                           GError      **error);

G_END_DECLS
