/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-framing.h"

#include <string.h>

static BeFraming
make (BeFramingKind kind)
{
  return (BeFraming){ .kind = kind };
}

static BeFraming
make_delimiter (const char *delimiter)
{
  BeFraming framing = make (BE_FRAMING_DELIMITER);

  framing.delimiter_length = (guint) strlen (delimiter);
  memcpy (framing.delimiter, delimiter, framing.delimiter_length);

  return framing;
}

/* Cuts @bytes and writes the messages without what marks their borders, one
 * behind another: those that are complete in brackets. */
static void
assert_cut (const BeFraming *framing,
            const char      *bytes,
            gsize            length,
            const char      *expected)
{
  g_autoptr (GString) cut = g_string_new (NULL);
  BeFrame frame;
  gsize   offset = 0;
  gsize   covered = 0;

  while (be_framing_next (framing, (const guint8 *) bytes, length, &offset, &frame))
    {
      gsize n_content = frame.length - frame.header_length - frame.trailer_length;

      g_assert_cmpuint (frame.offset, ==, covered);
      covered += frame.length;
      g_string_append_c (cut, frame.is_complete ? '[' : '(');
      g_string_append_len (cut, bytes + frame.offset + frame.header_length, (gssize) n_content);
      g_string_append_c (cut, frame.is_complete ? ']' : ')');
    }

  g_assert_cmpuint (covered, ==, length);
  g_assert_cmpstr (cut->str, ==, expected);
}

#define ASSERT_CUT(framing, literal, expected) assert_cut (framing, literal, sizeof literal - 1, expected)

static char *
describe_last (const BeFraming *framing,
               const char      *bytes,
               gsize            length)
{
  BeFrame frame = { .is_complete = TRUE };
  gsize   offset = 0;

  while (be_framing_next (framing, (const guint8 *) bytes, length, &offset, &frame))
    ;

  return be_framing_describe_rest (framing, &frame);
}

static void
test_without_a_rule_all_is_one_message (void)
{
  BeFraming framing = make (BE_FRAMING_NONE);

  ASSERT_CUT (&framing, "one\ntwo", "[one\ntwo]");
  ASSERT_CUT (&framing, "", "");
}

static void
test_lines_end_with_lf_or_cr_lf (void)
{
  BeFraming        framing = make (BE_FRAMING_LINE);
  g_autofree char *rest = describe_last (&framing, "one\ntwo", 7);

  ASSERT_CUT (&framing, "one\r\n\ntwo\n\r\nthree", "[one][][two][](three)");
  ASSERT_CUT (&framing, "a\rb\n\r", "[a\rb](\r)");
  ASSERT_CUT (&framing, "\n", "[]");
  g_assert_cmpstr (rest, ==, "The last line is incomplete: 3 bytes have come, and no line end.");
}

static void
test_a_fixed_length_counts (void)
{
  BeFraming        framing = make (BE_FRAMING_FIXED);
  g_autofree char *rest = NULL;
  g_autofree char *none = NULL;

  framing.fixed_length = 3;
  ASSERT_CUT (&framing, "onetwothree", "[one][two][thr](ee)");
  rest = describe_last (&framing, "onetwothree", 11);
  g_assert_cmpstr (rest, ==, "The last message is incomplete: 2 of 3 bytes have come.");
  none = describe_last (&framing, "onetwo", 6);
  g_assert_null (none);
}

static void
test_prefixes_count_what_follows_them (void)
{
  BeFraming one = make (BE_FRAMING_PREFIX_1);
  BeFraming two = make (BE_FRAMING_PREFIX_2);
  BeFraming four = make (BE_FRAMING_PREFIX_4);

  ASSERT_CUT (&one, "\3one\0\5three\4ab", "[one][][three](ab)");
  ASSERT_CUT (&two, "\0\3one\0\5three\0", "[one][three]()");
  ASSERT_CUT (&four, "\0\0\0\3one\0\0\0\0\0\0\0\5thr", "[one][](thr)");
}

static void
test_prefixes_are_in_network_byte_order (void)
{
  BeFraming framing = make (BE_FRAMING_PREFIX_2);
  BeFrame   frame;
  gsize     offset = 0;

  g_assert_true (be_framing_next (&framing, (const guint8 *) "\1\2xyz", 5, &offset, &frame));
  g_assert_cmpuint (frame.whole_length, ==, 2 + 258);
  g_assert_cmpuint (frame.header_length, ==, 2);
  g_assert_false (frame.is_complete);
}

static void
test_the_rest_of_a_prefix_is_told (void)
{
  BeFraming        framing = make (BE_FRAMING_PREFIX_4);
  g_autofree char *amid_prefix = describe_last (&framing, "\0\0\0", 3);
  g_autofree char *amid_message = describe_last (&framing, "\0\0\0\10one", 7);

  g_assert_cmpstr (amid_prefix, ==, "The last prefix is incomplete: 3 bytes of it have come.");
  g_assert_cmpstr (amid_message, ==, "The last message is incomplete: 3 of 8 bytes have come.");
}

/* "plen" is a number too. */
static void
test_a_promise_too_large_is_not_believed (void)
{
  BeFraming        framing = make (BE_FRAMING_PREFIX_4);
  BeFrame          frame;
  gsize            offset = 0;
  g_autofree char *rest = NULL;

  g_assert_true (be_framing_next (&framing, (const guint8 *) "plenty of text", 14, &offset, &frame));
  g_assert_true (frame.is_too_long);
  g_assert_cmpuint (offset, ==, 14);
  g_assert_cmpuint (frame.whole_length - frame.header_length, ==, 0x706c656e);
  rest = be_framing_describe_rest (&framing, &frame);
  g_assert_nonnull (strstr (rest, "these are probably not length prefixes"));

  offset = 0;
  g_assert_true (be_framing_next (&framing, (const guint8 *) "\1\0\0\0", 4, &offset, &frame));
  g_assert_false (frame.is_too_long);
}

static void
test_a_delimiter_may_be_long_and_begin_twice (void)
{
  BeFraming        one = make_delimiter (";");
  BeFraming        long_one = make_delimiter ("\r\n\r\n");
  BeFraming        overlapping = make_delimiter ("aab");
  g_autofree char *rest = describe_last (&one, "one;two", 7);

  ASSERT_CUT (&one, ";one;;two", "[][one][](two)");
  ASSERT_CUT (&long_one, "GET\r\n\r\r\n\r\nx\r\n\r", "[GET\r\n\r](x\r\n\r)");
  ASSERT_CUT (&overlapping, "aaabaaaa", "[a](aaaa)");
  g_assert_cmpstr (rest, ==, "The last message is incomplete: 3 bytes have come, and no delimiter.");
}

static void
test_rules_that_never_end_are_not_valid (void)
{
  BeFraming fixed = make (BE_FRAMING_FIXED);
  BeFraming delimiter = make (BE_FRAMING_DELIMITER);

  g_assert_false (be_framing_is_valid (&fixed));
  g_assert_false (be_framing_is_valid (&delimiter));
  fixed.fixed_length = 1;
  delimiter.delimiter_length = BE_FRAMING_MAX_DELIMITER + 1;
  g_assert_true (be_framing_is_valid (&fixed));
  g_assert_false (be_framing_is_valid (&delimiter));
}

/* A megabyte that begins a delimiter everywhere is looked at once. */
static void
test_cutting_takes_one_look (void)
{
  const gsize        length = 1024 * 1024;
  BeFraming          framing = make_delimiter ("aaaaaaaaaaaaaaab");
  BeFraming          lines = make (BE_FRAMING_LINE);
  g_autofree guint8 *bytes = g_malloc (length);
  BeFrame            frame;
  gsize              offset = 0;
  guint              n_lines = 0;
  gint64             start = g_get_monotonic_time ();

  memset (bytes, 'a', length);
  g_assert_true (be_framing_next (&framing, bytes, length, &offset, &frame));
  g_assert_false (frame.is_complete);
  g_assert_cmpuint (frame.length, ==, length);

  memset (bytes, '\n', length);
  for (offset = 0; be_framing_next (&lines, bytes, length, &offset, &frame);)
    n_lines++;
  g_assert_cmpuint (n_lines, ==, length);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/framing/without-a-rule-all-is-one-message", test_without_a_rule_all_is_one_message);
  g_test_add_func ("/framing/lines-end-with-lf-or-cr-lf", test_lines_end_with_lf_or_cr_lf);
  g_test_add_func ("/framing/a-fixed-length-counts", test_a_fixed_length_counts);
  g_test_add_func ("/framing/prefixes-count-what-follows-them", test_prefixes_count_what_follows_them);
  g_test_add_func ("/framing/prefixes-are-in-network-byte-order", test_prefixes_are_in_network_byte_order);
  g_test_add_func ("/framing/the-rest-of-a-prefix-is-told", test_the_rest_of_a_prefix_is_told);
  g_test_add_func ("/framing/a-promise-too-large-is-not-believed", test_a_promise_too_large_is_not_believed);
  g_test_add_func ("/framing/a-delimiter-may-be-long-and-begin-twice", test_a_delimiter_may_be_long_and_begin_twice);
  g_test_add_func ("/framing/rules-that-never-end-are-not-valid", test_rules_that_never_end_are_not_valid);
  g_test_add_func ("/framing/cutting-takes-one-look", test_cutting_takes_one_look);

  return g_test_run ();
}
