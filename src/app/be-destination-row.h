/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_DESTINATION_ROW (be_destination_row_get_type ())
G_DECLARE_FINAL_TYPE (BeDestinationRow, be_destination_row, BE, DESTINATION_ROW, GtkWidget)

GtkWidget *be_destination_row_new (void);
void       be_destination_row_set_item (BeDestinationRow *self,
                                        gpointer          item,
                                        gboolean          is_short,
                                        gboolean          is_tiny);

G_END_DECLS
