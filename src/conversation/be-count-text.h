/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *be_count_text_group (guint64 count);
char *be_count_text_new_rows (guint n_rows);
char *be_count_text_dropped_rows (guint64 n_rows);

G_END_DECLS
