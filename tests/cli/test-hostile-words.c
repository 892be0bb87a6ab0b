/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A script may pass on what strangers named: it is shown in the sentence that
 * refuses it, and does nothing to the terminal. */

#include "be-cli-program.h"

#include <string.h>

/* A new title, red letters in one byte, another direction, a private picture,
 * a mark of the byte order, half a character, an overlong NUL, a surrogate. */
#define HOSTILE "\x1b]0;owned\x07"            \
                "\xc2\x9b"                    \
                "31m\xe2\x80\xae\xe2\x81\xa6" \
                "\xee\x80\x80\xef\xbb\xbf\xe4\xbd\xc0\x80\xed\xa0\x80\r\x08\x7f%n%s"

static void
assert_shows_all (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (at));

      g_assert_true (type != G_UNICODE_CONTROL || *at == '\n');
      g_assert_cmpint (type, !=, G_UNICODE_FORMAT);
      g_assert_cmpint (type, !=, G_UNICODE_PRIVATE_USE);
    }
}

static void
test_no_word_acts_on_the_terminal (void)
{
  const char *const arguments[] = {
    HOSTILE,
    "--" HOSTILE,
    "serve " HOSTILE,
    "serve --" HOSTILE,
    "serve --tcp " HOSTILE,
    "serve --udp " HOSTILE ":1",
    "serve --unix " HOSTILE,
    "serve --tcp 0 --log " HOSTILE,
    "serve --tcp 0 --reply " HOSTILE,
    "serve --tcp 0 --backlog " HOSTILE,
    "send " HOSTILE " 1 text",
    "send tcp " HOSTILE " text",
    "send unix " HOSTILE " text",
    "send tcp 1 --log " HOSTILE,
    "send tcp 1 --timeout " HOSTILE,
    "send tcp 1 --file " HOSTILE,
    "send tcp 1 --hex " HOSTILE,
    "demo " HOSTILE,
    "demo --" HOSTILE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_auto (BeCliRun) run = { 0 };

      be_cli_run (arguments[i], NULL, &run);
      g_test_message ("%s", run.errors);
      assert_shows_all (run.errors);
      g_assert_true (g_str_has_prefix (run.errors, "bothends-cli: "));
      g_assert_cmpint (run.status, !=, 0);
      g_assert_cmpuint (g_bytes_get_size (run.output), ==, 0);
    }
}

static void
test_a_refused_word_can_be_recognised (void)
{
  g_auto (BeCliRun) run = { 0 };

  be_cli_run ("a\x1b[0mb\xff\xe2\x80\xae"
              "c%s",
              NULL, &run);
  g_assert_nonnull (strstr (run.errors, "a‹U+001B›[0mb‹FF›‹U+202E›c%s"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hostile-words/no-word-acts-on-the-terminal", test_no_word_acts_on_the_terminal);
  g_test_add_func ("/hostile-words/a-refused-word-can-be-recognised",
                   test_a_refused_word_can_be_recognised);

  return g_test_run ();
}
