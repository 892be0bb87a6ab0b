/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_DESTINATION_ROW (be_destination_row_get_type ())
G_DECLARE_FINAL_TYPE (BeDestinationRow, be_destination_row, BE, DESTINATION_ROW, GtkWidget)

GtkWidget *be_destination_row_new (void);
void       be_destination_row_show_chosen (BeDestinationRow *self,
                                           gpointer          item,
                                           gboolean          is_tiny);
void       be_destination_row_show_offered (BeDestinationRow *self,
                                            gpointer          item,
                                            gboolean          is_chosen);
char      *be_destination_row_dup_name (gpointer item);

G_END_DECLS
