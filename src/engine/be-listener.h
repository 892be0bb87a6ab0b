/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-reply-rule.h"
#include "be-worker.h"

G_BEGIN_DECLS

/* The worker of a TCP server. */
BeWorker *be_listener_new (BeNetworkThread *network,
                           guint32          session_id,
                           BeProtocol       protocol,
                           guint            backlog,
                           guint            max_clients,
                           BeReplyRule      rule);

G_END_DECLS
