/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-stage.h"

G_BEGIN_DECLS

#define BE_TYPE_SOCKET_PANE (be_socket_pane_get_type ())
G_DECLARE_FINAL_TYPE (BeSocketPane, be_socket_pane, BE, SOCKET_PANE, GtkWidget)

void        be_socket_pane_set_side (BeSocketPane *self,
                                     BeSide        side);
void        be_socket_pane_set_stage (BeSocketPane *self,
                                      BeStage      *stage);
void        be_socket_pane_set_protocol (BeSocketPane *self,
                                         BeProtocol    protocol);
GListModel *be_socket_pane_get_sockets (BeSocketPane *self);
GListModel *be_socket_pane_list_current (BeSocketPane *self);
guint       be_socket_pane_count_open (BeSocketPane *self);
GPtrArray  *be_socket_pane_get_rows (BeSocketPane *self);
GtkWidget  *be_socket_pane_get_viewport (BeSocketPane *self);

G_END_DECLS
