/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_SIDE_SHEET (be_side_sheet_get_type ())
G_DECLARE_FINAL_TYPE (BeSideSheet, be_side_sheet, BE, SIDE_SHEET, GtkWidget)

GtkWidget *be_side_sheet_get_sheet (BeSideSheet *self);
void       be_side_sheet_set_sheet (BeSideSheet *self,
                                    GtkWidget   *sheet);
gboolean   be_side_sheet_is_open (BeSideSheet *self);
void       be_side_sheet_set_open (BeSideSheet *self,
                                   gboolean     is_open);
gboolean   be_side_sheet_is_covering (BeSideSheet *self);
void       be_side_sheet_set_shows_end (BeSideSheet *self,
                                        gboolean     shows_end);

G_END_DECLS
