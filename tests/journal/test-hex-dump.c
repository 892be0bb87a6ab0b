/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-hex-dump.h"

#include <string.h>

static void
test_writes_offset_bytes_and_characters (void)
{
  g_autofree char *text = be_hex_dump_to_text ((const guint8 *) "hello baby", 10, 0, BE_HEX_DUMP_WIDE_BYTES);

  g_assert_cmpstr (text, ==, "000000  68 65 6c 6c 6f 20 62 61 62 79                    hello baby");
}

static void
test_breaks_lines_and_counts_on (void)
{
  g_autofree char *text = be_hex_dump_to_text ((const guint8 *) "hello baby", 10, 0x1000, BE_HEX_DUMP_NARROW_BYTES);

  g_assert_cmpstr (text, ==,
                   "001000  68 65 6c 6c 6f 20 62 61  hello ba\n"
                   "001008  62 79                    by");
}

static void
test_shows_a_point_for_what_is_no_character (void)
{
  g_autofree char *text = be_hex_dump_to_text ((const guint8 *) "\0\n\x7f\xe4%<", 6, 0, BE_HEX_DUMP_NARROW_BYTES);

  g_assert_cmpstr (text, ==, "000000  00 0a 7f e4 25 3c        ....%<");
}

static void
test_a_whole_line_has_the_columns_it_says (void)
{
  g_autofree char *text = be_hex_dump_to_text ((const guint8 *) "0123456789abcdef", 16, 0, BE_HEX_DUMP_WIDE_BYTES);
  g_autofree char *empty = be_hex_dump_to_text (NULL, 0, 0, BE_HEX_DUMP_WIDE_BYTES);

  g_assert_cmpuint (strlen (text), ==, be_hex_dump_count_columns (BE_HEX_DUMP_WIDE_BYTES));
  g_assert_cmpstr (empty, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hex-dump/line", test_writes_offset_bytes_and_characters);
  g_test_add_func ("/hex-dump/lines", test_breaks_lines_and_counts_on);
  g_test_add_func ("/hex-dump/no-characters", test_shows_a_point_for_what_is_no_character);
  g_test_add_func ("/hex-dump/columns", test_a_whole_line_has_the_columns_it_says);

  return g_test_run ();
}
