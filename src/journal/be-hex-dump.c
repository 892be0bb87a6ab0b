/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-hex-dump.h"

#define OFFSET_DIGITS 6
#define GAP_COLUMNS 1

static void
append_line (GString      *text,
             const guint8 *bytes,
             gsize         length,
             gsize         offset,
             gsize         bytes_per_line)
{
  static const char digits[] = "0123456789abcdef";

  g_string_append_printf (text, "%0*" G_GINT64_MODIFIER "x ", OFFSET_DIGITS, (guint64) offset);
  for (gsize i = 0; i < bytes_per_line; i++)
    {
      g_string_append_c (text, ' ');
      g_string_append_c (text, i < length ? digits[bytes[i] >> 4] : ' ');
      g_string_append_c (text, i < length ? digits[bytes[i] & 0xf] : ' ');
    }

  g_string_append_len (text, "  ", GAP_COLUMNS + 1);
  for (gsize i = 0; i < length; i++)
    g_string_append_c (text, g_ascii_isprint (bytes[i]) ? (char) bytes[i] : '.');
}

/**
 * be_hex_dump_to_text:
 * @bytes: (array length=length): anything
 * @first_offset: what the first line says where it is
 * @bytes_per_line: how many bytes stand side by side
 *
 * Returns: (transfer full): lines with offset, bytes and ASCII, a point for
 *   each byte that is no character of ASCII; no line break behind the last
 */
char *
be_hex_dump_to_text (const guint8 *bytes,
                     gsize         length,
                     gsize         first_offset,
                     gsize         bytes_per_line)
{
  GString *text;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  g_return_val_if_fail (bytes_per_line > 0, NULL);

  text = g_string_sized_new ((length / bytes_per_line + 1) * (be_hex_dump_count_columns (bytes_per_line) + 1));
  for (gsize i = 0; i < length; i += bytes_per_line)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      append_line (text, bytes + i, MIN (bytes_per_line, length - i), first_offset + i, bytes_per_line);
    }

  return g_string_free (text, FALSE);
}

/**
 * be_hex_dump_count_columns:
 *
 * Returns: how many characters a whole line has
 */
guint
be_hex_dump_count_columns (gsize bytes_per_line)
{
  return OFFSET_DIGITS + 1 + 3 * (guint) bytes_per_line + GAP_COLUMNS + 1 + (guint) bytes_per_line;
}
