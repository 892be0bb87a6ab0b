/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_FILTER_BAR (be_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (BeFilterBar, be_filter_bar, BE, FILTER_BAR, GtkWidget)

void be_filter_bar_set_filter (BeFilterBar     *self,
                               BeJournalFilter *filter);
void be_filter_bar_set_connection (BeFilterBar *self,
                                   guint32      connection);
void be_filter_bar_reset (BeFilterBar *self);

G_END_DECLS
