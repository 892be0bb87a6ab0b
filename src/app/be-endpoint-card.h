/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-stage.h"

G_BEGIN_DECLS

#define BE_TYPE_ENDPOINT_CARD (be_endpoint_card_get_type ())
G_DECLARE_FINAL_TYPE (BeEndpointCard, be_endpoint_card, BE, ENDPOINT_CARD, GtkWidget)

void        be_endpoint_card_set_stage (BeEndpointCard *self,
                                        BeStage        *stage);
void        be_endpoint_card_set_server_card (BeEndpointCard *self,
                                              BeEndpointCard *server_card);
void        be_endpoint_card_set_settings (BeEndpointCard *self,
                                           GSettings      *settings);
void        be_endpoint_card_set_protocol (BeEndpointCard *self,
                                           BeProtocol      protocol);
void        be_endpoint_card_set_suggested (BeEndpointCard *self,
                                            gboolean        is_suggested);
const char *be_endpoint_card_get_port (BeEndpointCard *self);
void        be_endpoint_card_set_port (BeEndpointCard *self,
                                       const char     *port);
GtkWidget  *be_endpoint_card_get_button (BeEndpointCard *self);
GListModel *be_endpoint_card_get_sockets (BeEndpointCard *self);
GPtrArray  *be_endpoint_card_get_rows (BeEndpointCard *self);
GtkWidget  *be_endpoint_card_get_bar_address (BeEndpointCard *self);
GtkWidget  *be_endpoint_card_get_viewport (BeEndpointCard *self);

G_END_DECLS
