/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-reply-rule.h"
#include "be-worker.h"

G_BEGIN_DECLS

/* The worker of a UDP server. */
BeWorker *be_datagram_port_new_server (BeNetworkThread *network,
                                       guint32          session_id,
                                       BeReplyRule      rule,
                                       guint            max_peers,
                                       guint            receive_bytes);

/* The worker of a UDP client. */
BeWorker *be_datagram_port_new_client (BeNetworkThread *network,
                                       guint32          session_id,
                                       const BeAddress *local,
                                       guint            receive_bytes);

G_END_DECLS
