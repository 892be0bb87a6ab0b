/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BE_HEX_DUMP_WIDE_BYTES 16u
#define BE_HEX_DUMP_NARROW_BYTES 8u

char *be_hex_dump_to_text (const guint8 *bytes,
                           gsize         length,
                           gsize         first_offset,
                           gsize         bytes_per_line);
guint be_hex_dump_count_columns (gsize bytes_per_line);

G_END_DECLS
