/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-socket-summary.h"

G_BEGIN_DECLS

#define BE_TYPE_SOCKET_ROW (be_socket_row_get_type ())
G_DECLARE_FINAL_TYPE (BeSocketRow, be_socket_row, BE, SOCKET_ROW, GtkWidget)

GtkWidget       *be_socket_row_new (void);
BeSocketSummary *be_socket_row_get_summary (BeSocketRow *self);
void             be_socket_row_set_summary (BeSocketRow     *self,
                                            BeSocketSummary *summary);
guint            be_socket_row_get_position (BeSocketRow *self);
void             be_socket_row_set_position (BeSocketRow *self,
                                             guint        position);
gboolean         be_socket_row_was_closed (BeSocketRow *self);
void             be_socket_row_say_place (BeSocketRow *self,
                                          guint        n_sockets);
void             be_socket_row_popdown (BeSocketRow *self);
GtkWidget       *be_socket_row_get_badge (BeSocketRow *self);

G_END_DECLS
