/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-pacing.h"

G_BEGIN_DECLS

#define BE_TYPE_PLAY_BAR (be_play_bar_get_type ())
G_DECLARE_FINAL_TYPE (BePlayBar, be_play_bar, BE, PLAY_BAR, GtkWidget)

GtkWidget *be_play_bar_new (BePacing *pacing);

G_END_DECLS
