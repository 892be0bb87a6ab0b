/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-command.h"
#include "be-event-log.h"
#include "be-reply-rule.h"

G_BEGIN_DECLS

/* What is to be served, and how. */
typedef struct
{
  GPtrArray  *endpoints; /* of BeEndpoint */
  BeReplyRule reply_rule;
  guint       backlog;
  guint       max_clients;
  gboolean    is_once;
  BeLogFormat log_format;
} BeServiceOptions;

BeExitStatus be_service_run (const BeServiceOptions *options);

G_END_DECLS
