/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-worker.h"

G_BEGIN_DECLS

/* The worker of a TCP client. */
BeWorker *be_stream_connector_new (BeNetworkThread *network,
                                   guint32          session_id,
                                   BeProtocol       protocol,
                                   const BeAddress *local,
                                   guint            timeout_seconds,
                                   gsize            read_window);

G_END_DECLS
