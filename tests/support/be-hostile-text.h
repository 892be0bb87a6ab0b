/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text that wants to act on whoever shows it: on a terminal, on the direction
 * of the text around it, on markup, on a format; and what is no text. */

GBytes *be_hostile_text_random (gint32 n_pieces);
GBytes *be_hostile_text_all (void);
void    be_hostile_text_assert_shown (const char *text);

G_END_DECLS
