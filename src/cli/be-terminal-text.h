/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint be_terminal_text_get_width (const char *text);
GStrv be_terminal_text_wrap (const char *text,
                             guint       columns);

G_END_DECLS
