/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_SOCKET_ROWS (be_socket_rows_get_type ())
G_DECLARE_FINAL_TYPE (BeSocketRows, be_socket_rows, BE, SOCKET_ROWS, GtkWidget)

void       be_socket_rows_set_sockets (BeSocketRows *self,
                                       GListModel   *sockets);
GPtrArray *be_socket_rows_get_rows (BeSocketRows *self);
int        be_socket_rows_measure_rows (BeSocketRows *self,
                                        guint         n_rows);
void       be_socket_rows_scroll_to_first (BeSocketRows *self);

G_END_DECLS
