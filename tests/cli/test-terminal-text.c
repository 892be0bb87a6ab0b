/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-terminal-text.h"

static void
assert_lines (const char        *text,
              guint              columns,
              const char *const *expected)
{
  g_auto (GStrv) lines = be_terminal_text_wrap (text, columns);

  g_assert_cmpstrv ((const char *const *) lines, expected);
}

static void
test_counts_a_wide_character_twice (void)
{
  g_assert_cmpuint (be_terminal_text_get_width (""), ==, 0);
  g_assert_cmpuint (be_terminal_text_get_width ("hello"), ==, 5);
  g_assert_cmpuint (be_terminal_text_get_width ("你好"), ==, 4);
  g_assert_cmpuint (be_terminal_text_get_width ("时间 a。"), ==, 8);
}

static void
test_counts_a_combining_character_not_at_all (void)
{
  g_assert_cmpuint (be_terminal_text_get_width ("e\xcc\x81"), ==, 1);
  g_assert_cmpuint (be_terminal_text_get_width ("a\xe2\x80\x8b"), ==, 1);
}

static void
test_leaves_a_short_text_alone (void)
{
  assert_lines ("", 10, (const char *const[]){ "", NULL });
  assert_lines ("one two", 7, (const char *const[]){ "one two", NULL });
}

static void
test_breaks_between_words (void)
{
  assert_lines ("one two three", 8, (const char *const[]){ "one two", "three", NULL });
  assert_lines ("one two three", 7, (const char *const[]){ "one two", "three", NULL });
  assert_lines ("say \"hello baby\"", 9, (const char *const[]){ "say", "\"hello", "baby\"", NULL });
}

static void
test_breaks_where_the_text_does (void)
{
  assert_lines ("one\ntwo three", 20, (const char *const[]){ "one", "two three", NULL });
  assert_lines ("one\n\ntwo", 20, (const char *const[]){ "one", "", "two", NULL });
}

static void
test_cuts_a_word_longer_than_a_line (void)
{
  assert_lines ("abcdefgh", 3, (const char *const[]){ "abc", "def", "gh", NULL });
}

static void
test_breaks_between_wide_characters (void)
{
  assert_lines ("服务器正在监听", 8, (const char *const[]){ "服务器正", "在监听", NULL });
  assert_lines ("服务器正在监听", 9, (const char *const[]){ "服务器正", "在监听", NULL });
  assert_lines ("端口8001正在监听", 8, (const char *const[]){ "端口8001", "正在监听", NULL });
}

static void
test_begins_no_line_with_a_full_stop (void)
{
  assert_lines ("没有监听。", 8, (const char *const[]){ "没有监", "听。", NULL });
  assert_lines ("没有（监听）", 6, (const char *const[]){ "没有", "（监", "听）", NULL });
}

static void
test_no_line_is_too_wide (void)
{
  const char *text = "The port 8001 is taken（端口已被占用）, and 服务器没有启动。Choose another one：8002。";

  for (guint columns = 2; columns < 100; columns++)
    {
      g_auto (GStrv) lines = be_terminal_text_wrap (text, columns);

      for (guint i = 0; lines[i] != NULL; i++)
        g_assert_cmpuint (be_terminal_text_get_width (lines[i]), <=, columns);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/terminal-text/counts-a-wide-character-twice", test_counts_a_wide_character_twice);
  g_test_add_func ("/terminal-text/counts-a-combining-character-not-at-all", test_counts_a_combining_character_not_at_all);
  g_test_add_func ("/terminal-text/leaves-a-short-text-alone", test_leaves_a_short_text_alone);
  g_test_add_func ("/terminal-text/breaks-between-words", test_breaks_between_words);
  g_test_add_func ("/terminal-text/breaks-where-the-text-does", test_breaks_where_the_text_does);
  g_test_add_func ("/terminal-text/cuts-a-word-longer-than-a-line", test_cuts_a_word_longer_than_a_line);
  g_test_add_func ("/terminal-text/breaks-between-wide-characters", test_breaks_between_wide_characters);
  g_test_add_func ("/terminal-text/begins-no-line-with-a-full-stop", test_begins_no_line_with_a_full_stop);
  g_test_add_func ("/terminal-text/no-line-is-too-wide", test_no_line_is_too_wide);

  return g_test_run ();
}
