/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_STREAM_PAGE (be_stream_page_get_type ())
G_DECLARE_FINAL_TYPE (BeStreamPage, be_stream_page, BE, STREAM_PAGE, GtkWidget)

GtkWidget *be_stream_page_new (void);
void       be_stream_page_set_stream (BeStreamPage *self,
                                      BeJournal    *journal,
                                      guint32       connection);
void       be_stream_page_set_from_side (BeStreamPage *self,
                                         BeSide        from_side);

G_END_DECLS
