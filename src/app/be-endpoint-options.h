/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-endpoint.h"
#include "be-reader-options.h"
#include "be-reply-rule.h"

G_BEGIN_DECLS

#define BE_TYPE_ENDPOINT_OPTIONS (be_endpoint_options_get_type ())
G_DECLARE_FINAL_TYPE (BeEndpointOptions, be_endpoint_options, BE, ENDPOINT_OPTIONS, GtkPopover)

void             be_endpoint_options_configure (BeEndpointOptions *self,
                                                BeSide             side,
                                                BeProtocol         protocol,
                                                gboolean           is_running);
void             be_endpoint_options_set_host (BeEndpointOptions *self,
                                               const char        *host);
guint            be_endpoint_options_get_backlog (BeEndpointOptions *self);
guint            be_endpoint_options_get_timeout (BeEndpointOptions *self);
BeReplyRule      be_endpoint_options_get_reply_rule (BeEndpointOptions *self);
const char      *be_endpoint_options_get_local_host (BeEndpointOptions *self);
const char      *be_endpoint_options_get_local_port (BeEndpointOptions *self);
BeReaderOptions *be_endpoint_options_get_reader (BeEndpointOptions *self);
gboolean         be_endpoint_options_mark (BeEndpointOptions *self,
                                           const GError      *error);

G_END_DECLS
