/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-pacing.h"

G_BEGIN_DECLS

#define BE_TYPE_PLAY_BAR (be_play_bar_get_type ())
G_DECLARE_FINAL_TYPE (BePlayBar, be_play_bar, BE, PLAY_BAR, GtkWidget)

GtkWidget *be_play_bar_new (BePacing *pacing);
gboolean   be_play_bar_has_next_focus (BePlayBar *self);
void       be_play_bar_focus_next (BePlayBar *self);

G_END_DECLS
