/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-event-record.h"

G_BEGIN_DECLS

#define BE_TYPE_PANES (be_panes_get_type ())
G_DECLARE_FINAL_TYPE (BePanes, be_panes, BE, PANES, GtkWidget)

gboolean be_panes_is_folded (BePanes *self);
gboolean be_panes_is_tight (BePanes *self);
void     be_panes_set_shown_side (BePanes *self,
                                  BeSide   side);
void     be_panes_set_is_kept_folded (BePanes *self,
                                      gboolean is_kept_folded);

G_END_DECLS
