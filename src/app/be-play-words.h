/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-pacing.h"

G_BEGIN_DECLS

char       *be_play_words_dup_sentence (BePacing *pacing,
                                        gboolean  is_short,
                                        char    **call_name);
char       *be_play_words_dup_speed (guint speed);
const char *be_play_words_get_sides (BePacing *pacing);

G_END_DECLS
