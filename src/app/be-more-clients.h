/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_MORE_CLIENTS (be_more_clients_get_type ())
G_DECLARE_FINAL_TYPE (BeMoreClients, be_more_clients, BE, MORE_CLIENTS, GtkWidget)

void be_more_clients_install_action (GtkWidgetClass *card_class);
void be_more_clients_add_actions (GActionMap *map,
                                  GtkWidget  *client_card);

G_END_DECLS
