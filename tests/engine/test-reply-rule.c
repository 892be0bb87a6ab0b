/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "be-reply-rule.h"

#define LONGEST_BYTES 300
#define FENCE 0x7e

/* The rule as one would write it down. */
static guint8
naive_upper (guint8 byte)
{
  return byte >= 'a' && byte <= 'z' ? (guint8) (byte - 'a' + 'A') : byte;
}

static void
test_upper_raises_letters_and_nothing_else (void)
{
  guint8 bytes[256];
  guint  i;

  for (i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) i;

  g_assert_cmpuint (be_reply_rule_apply (BE_REPLY_UPPER, bytes, sizeof bytes), ==, sizeof bytes);

  for (i = 0; i < sizeof bytes; i++)
    g_assert_cmpuint (bytes[i], ==, naive_upper ((guint8) i));
}

static void
test_upper_is_right_at_every_length (void)
{
  gsize length;

  for (length = 0; length <= LONGEST_BYTES; length++)
    {
      g_autofree guint8 *bytes = g_malloc (length + 1);
      g_autofree guint8 *expected = g_malloc (length + 1);
      gsize              i;

      for (i = 0; i < length; i++)
        {
          bytes[i] = (guint8) g_test_rand_int ();
          expected[i] = naive_upper (bytes[i]);
        }
      bytes[length] = expected[length] = FENCE;

      g_assert_cmpuint (be_reply_rule_apply (BE_REPLY_UPPER, bytes, length), ==, length);
      g_assert_cmpmem (bytes, length + 1, expected, length + 1);
    }
}

static void
test_upper_changes_where_there_is_a_letter (void)
{
  for (gsize length = 0; length <= LONGEST_BYTES; length++)
    {
      g_autofree guint8 *bytes = g_malloc (length + 1);

      for (gsize i = 0; i < length; i++)
        bytes[i] = naive_upper ((guint8) g_test_rand_int ());
      bytes[length] = 'z';
      g_assert_false (be_reply_rule_changes (BE_REPLY_UPPER, bytes, length));
      g_assert_true (be_reply_rule_changes (BE_REPLY_UPPER, bytes, length + 1));
      if (length == 0)
        continue;

      bytes[g_test_rand_int_range (0, (gint32) length)] = 'a';
      g_assert_true (be_reply_rule_changes (BE_REPLY_UPPER, bytes, length));
      g_assert_false (be_reply_rule_changes (BE_REPLY_ECHO, bytes, length));
      g_assert_true (be_reply_rule_changes (BE_REPLY_NONE, bytes, length));
    }
}

static void
test_upper_keeps_longer_characters (void)
{
  char text[] = "hello baby, 你好, größe, \xff\xfe";

  be_reply_rule_apply (BE_REPLY_UPPER, (guint8 *) text, strlen (text));

  g_assert_cmpstr (text, ==, "HELLO BABY, 你好, GRößE, \xff\xfe");
}

static void
test_upper_does_not_depend_on_the_cut (void)
{
  static const char text[] = "hello 你好 baby\0and more, z{`a";
  guint8            whole[sizeof text];
  gsize             cut;

  memcpy (whole, text, sizeof text);
  be_reply_rule_apply (BE_REPLY_UPPER, whole, sizeof whole);

  for (cut = 0; cut <= sizeof text; cut++)
    {
      guint8 parts[sizeof text];

      memcpy (parts, text, sizeof text);
      be_reply_rule_apply (BE_REPLY_UPPER, parts, cut);
      be_reply_rule_apply (BE_REPLY_UPPER, parts + cut, sizeof text - cut);
      g_assert_cmpmem (parts, sizeof parts, whole, sizeof whole);
    }
}

static void
test_echo_answers_the_same (void)
{
  guint8 bytes[] = "hello\0baby";

  g_assert_cmpuint (be_reply_rule_apply (BE_REPLY_ECHO, bytes, sizeof bytes), ==, sizeof bytes);
  g_assert_cmpmem (bytes, sizeof bytes, "hello\0baby", sizeof bytes);
}

static void
test_none_answers_nothing (void)
{
  guint8 bytes[] = "hello";

  g_assert_cmpuint (be_reply_rule_apply (BE_REPLY_NONE, bytes, sizeof bytes), ==, 0);
  g_assert_cmpmem (bytes, sizeof bytes, "hello", sizeof bytes);
}

static void
test_nothing_is_answered_with_nothing (void)
{
  g_assert_cmpuint (be_reply_rule_apply (BE_REPLY_UPPER, NULL, 0), ==, 0);
  g_assert_cmpuint (be_reply_rule_apply (BE_REPLY_ECHO, NULL, 0), ==, 0);
}

static void
test_each_name_names_its_rule (void)
{
  static const char *const names[] = { "upper", "echo", "none" };
  static const BeReplyRule rules[] = { BE_REPLY_UPPER, BE_REPLY_ECHO, BE_REPLY_NONE };
  BeReplyRule              rule = BE_REPLY_ECHO;
  gsize                    i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpstr (be_reply_rule_get_name (rules[i]), ==, names[i]);
      g_assert_true (be_reply_rule_from_name (names[i], &rule));
      g_assert_cmpint (rule, ==, rules[i]);
    }

  rule = BE_REPLY_ECHO;
  g_assert_false (be_reply_rule_from_name ("Upper", &rule));
  g_assert_false (be_reply_rule_from_name ("", &rule));
  g_assert_cmpint (rule, ==, BE_REPLY_ECHO);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reply-rule/upper-raises-letters-and-nothing-else", test_upper_raises_letters_and_nothing_else);
  g_test_add_func ("/reply-rule/upper-is-right-at-every-length", test_upper_is_right_at_every_length);
  g_test_add_func ("/reply-rule/upper-changes-where-there-is-a-letter",
                   test_upper_changes_where_there_is_a_letter);
  g_test_add_func ("/reply-rule/upper-keeps-longer-characters", test_upper_keeps_longer_characters);
  g_test_add_func ("/reply-rule/upper-does-not-depend-on-the-cut", test_upper_does_not_depend_on_the_cut);
  g_test_add_func ("/reply-rule/echo-answers-the-same", test_echo_answers_the_same);
  g_test_add_func ("/reply-rule/none-answers-nothing", test_none_answers_nothing);
  g_test_add_func ("/reply-rule/nothing-is-answered-with-nothing", test_nothing_is_answered_with_nothing);
  g_test_add_func ("/reply-rule/each-name-names-its-rule", test_each_name_names_its_rule);

  return g_test_run ();
}
