/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <string.h>

/* Where the lines of life stand, in columns from 0. */
#define SERVER_LINE_COLUMN 41
#define CLIENT_LINE_COLUMN 47
#define LINE_COLUMNS 80

/* What one run of the program left behind. */
typedef struct
{
  int   status;
  char *output;
  char *errors;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->output);
  g_free (run->errors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static char *
get_program (void)
{
  return g_test_build_filename (G_TEST_BUILT, "..", "src", "cli", "bothends-cli", NULL);
}

static void
run_with (GSubprocessLauncher *launcher,
          const char *const   *arguments,
          Run                 *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, arguments, &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->output, &run->errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run->status = g_subprocess_get_exit_status (process);
}

/* Runs the program with arguments that are separated by spaces. */
static void
run_program (const char *arguments,
             Run        *run)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *program = get_program ();
  g_autofree char *line = g_strconcat (program, "\n", arguments, NULL);
  g_auto (GStrv) words = NULL;

  g_strdelimit (line + strlen (program), " ", '\n');
  words = g_strsplit (g_strchomp (line), "\n", -1);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  run_with (launcher, (const char *const *) words, run);
}

static void
assert_in_order (const char        *output,
                 const char *const *words)
{
  const char *at = output;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *found = strstr (at, words[i]);

      if (found == NULL)
        g_error ("“%s” is missing, or in the wrong place, in:\n%s", words[i], output);
      at = found + strlen (words[i]);
    }
}

static void
assert_line_of_life (const char *line,
                     glong       column)
{
  gunichar character = g_utf8_get_char (g_utf8_offset_to_pointer (line, column));

  if (character != g_utf8_get_char ("│") && character != 'A')
    g_error ("No line of life in column %ld of:\n%s", column, line);
}

static gboolean
is_row (const char *line)
{
  return strstr (line, "│") != NULL;
}

/* The text of one side of all rows. */
static char *
read_side (const char *output,
           gboolean    is_server)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *side = NULL;

      g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, LINE_COLUMNS);
      if (!is_row (lines[i]))
        continue;

      assert_line_of_life (lines[i], SERVER_LINE_COLUMN);
      assert_line_of_life (lines[i], CLIENT_LINE_COLUMN);
      side = is_server ? g_utf8_substring (lines[i], 0, SERVER_LINE_COLUMN) : g_utf8_substring (lines[i], CLIENT_LINE_COLUMN + 1, -1);
      g_string_append_printf (text, "%s\n", side);
    }

  return g_string_free (text, FALSE);
}

static void
assert_conversation (const Run         *run,
                     const char *const *server_words,
                     const char *const *client_words)
{
  g_autofree char *server = read_side (run->output, TRUE);
  g_autofree char *client = read_side (run->output, FALSE);

  g_assert_cmpstr (run->errors, ==, "");
  g_assert_cmpint (run->status, ==, 0);
  assert_in_order (server, server_words);
  assert_in_order (client, client_words);
  g_assert_null (strchr (run->output, '\033'));
}

static void
assert_tcp_conversation (const Run *run)
{
  const char *const server[] = { "socket", "bind", "127.0.0.1:", "listen", "LISTEN", "accept", "ESTABLISHED", "recv", "\"hello baby\"", "send", "\"HELLO BABY\"", "recv", "close", " LAST_ACK", "close", "closed", NULL };
  const char *const client[] = { "socket", "connect", "127.0.0.1:", "ESTABLISHED", "send", "\"hello baby\"", "recv", "\"HELLO BABY\"", "shutdown", "recv", "close", NULL };

  assert_conversation (run, server, client);
}

static void
test_tcp_shows_both_ends_and_succeeds (void)
{
  g_auto (Run) run = { 0 };

  run_program ("demo tcp", &run);
  assert_tcp_conversation (&run);
}

/* The end that closed first too: it stays in TIME_WAIT, where it was before. */
static void
test_every_close_says_what_is_left (void)
{
  g_auto (Run) run = { 0 };
  g_autofree char *server = NULL;
  g_autofree char *client = NULL;

  run_program ("demo tcp", &run);
  server = read_side (run.output, TRUE);
  client = read_side (run.output, FALSE);
  g_assert_true (g_regex_match_simple ("close\\(\\) +→ LAST_ACK", server, 0, 0));
  /* A system that is not asked by addresses says CLOSED. */
  g_assert_true (g_regex_match_simple ("close\\(\\) +(TIME_WAIT|closed)", client, 0, 0));
}

static void
test_protocol_is_tcp_unless_said (void)
{
  g_auto (Run) run = { 0 };

  run_program ("demo", &run);
  assert_tcp_conversation (&run);
}

static void
test_udp_shows_both_ends_and_succeeds (void)
{
  const char *const server[] = { "socket", "bind", "127.0.0.1:", "recvfrom", "\"hello baby\"", "sendto", "\"HELLO BABY\"", "close", "closed", NULL };
  const char *const client[] = { "socket", "connect", "127.0.0.1:", "send", "\"hello baby\"", "recv", "\"HELLO BABY\"", "close", "closed", NULL };
  g_auto (Run) run = { 0 };

  run_program ("demo udp", &run);
  assert_conversation (&run, server, client);
  g_assert_null (strstr (run.output, "accept"));
}

static void
test_arrows_point_the_way_of_the_bytes (void)
{
  const char *const arrows[] = { "│ <── A", "A <── │", "A ──> │", "│ ──> A", NULL };
  g_auto (Run) run = { 0 };

  run_program ("demo tcp", &run);
  assert_in_order (run.output, arrows);
}

static void
test_wrong_use_is_told_and_returns_2 (void)
{
  const char *const wrong[] = { "", "dance", "demo sctp", "demo tcp udp", "demo --faster", "--faster" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Run) run = { 0 };

      run_program (wrong[i], &run);
      g_assert_cmpint (run.status, ==, 2);
      g_assert_cmpstr (run.output, ==, "");
      g_assert_true (g_str_has_prefix (run.errors, "bothends-cli: "));
    }
}

static void
test_option_before_its_command_is_told_its_place (void)
{
  const char *const wrong[] = { "--log json demo", "-l json demo", "--log=json demo udp", "--log json send a 1 b" };
  const char *const right[] = { "demo --log json\n", "demo -l json\n", "demo --log=json\n", "send --log json\n" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Run) run = { 0 };

      run_program (wrong[i], &run);
      g_assert_cmpint (run.status, ==, 2);
      g_assert_cmpstr (run.output, ==, "");
      assert_in_order (run.errors, (const char *const[]){ "Unknown option -", "come after it: bothends-cli ", right[i], NULL });
    }
}

/* "demo" is what --log takes here, and no command has --bogus. */
static void
test_place_of_an_option_is_told_of_its_own_command_only (void)
{
  const char *const wrong[] = { "--bogus demo", "--hex demo", "-t demo", "--log demo", "--log json --bogus demo" };
  g_auto (Run) value = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Run) run = { 0 };

      run_program (wrong[i], &run);
      g_assert_cmpint (run.status, ==, 2);
      assert_in_order (run.errors, (const char *const[]){ "Unknown option -", NULL });
      g_assert_null (strstr (run.errors, "come after it"));
    }

  run_program ("--log demo send a", &value);
  g_assert_cmpint (value.status, ==, 2);
  assert_in_order (value.errors, (const char *const[]){ "Unknown option --log", "come after it: bothends-cli send --log demo\n", NULL });
}

/* Of every option that the help of a command lists. */
static void
test_every_option_of_a_command_has_its_place (void)
{
  const char *const names[] = { "serve", "send", "demo" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *asks = g_strdup_printf ("%s --help", names[i]);
      g_autoptr (GRegex) pattern = g_regex_new ("^ +(?:(-\\w), )?(--[a-z-]+)(=?)", G_REGEX_MULTILINE, 0, NULL);
      g_autoptr (GMatchInfo) found = NULL;
      g_auto (Run) help = { 0 };

      run_program (asks, &help);
      for (g_regex_match (pattern, help.output, 0, &found); g_match_info_matches (found); g_match_info_next (found, NULL))
        for (int group = 1; group <= 2; group++)
          {
            g_autofree char *option = g_match_info_fetch (found, group);
            g_autofree char *value = g_match_info_fetch (found, 3);
            g_autofree char *words = g_strdup_printf ("%s%s %s", option, *value != '\0' ? " 1" : "", names[i]);
            g_auto (Run) run = { 0 };

            if (*option == '\0' || g_str_equal (option, "--help") || g_str_equal (option, "-h"))
              continue;
            run_program (words, &run);
            assert_in_order (run.errors, (const char *const[]){ "come after it", names[i], option, NULL });
          }
    }
}

static void
test_help_lists_the_commands (void)
{
  g_auto (Run) run = { 0 };
  g_auto (Run) help = { 0 };

  run_program ("--help", &run);
  g_assert_cmpint (run.status, ==, 0);
  assert_in_order (run.output, (const char *const[]){ "--version", "demo [tcp|udp]", NULL });

  run_program ("demo --help", &help);
  g_assert_cmpint (help.status, ==, 0);
  assert_in_order (help.output, (const char *const[]){ "bothends-cli", "demo [tcp|udp]", NULL });
}

static void
test_version_is_one_line (void)
{
  g_auto (Run) run = { 0 };

  run_program ("--version", &run);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_regex_match_simple ("^bothends-cli [0-9]+(\\.[0-9]+)+\n$", run.output, 0, 0));
}

static void
test_needs_no_unicode (void)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char  *program = get_program ();
  const char *const arguments[] = { program, "demo", NULL };
  g_auto (Run) run = { 0 };

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  run_with (launcher, arguments, &run);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_str_is_ascii (run.output));
  assert_in_order (run.output, (const char *const[]){ "| <-- A", "A <-- |", "A --> |", "| --> A", NULL });
}

/* A network of its own, in which nothing is up, not even the loopback. */
static void
test_refusal_is_explained_and_returns_1 (void)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) trial = NULL;
  g_autofree char  *program = get_program ();
  const char *const arguments[] = { "unshare", "--user", "--map-root-user", "--net", program, "demo", NULL };
  g_auto (Run) run = { 0 };

  trial = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                            "unshare", "--user", "--map-root-user", "--net", "true", NULL);
  if (trial == NULL || !g_subprocess_wait_check (trial, NULL, NULL))
    {
      g_test_skip ("This system lets nobody make a network of their own with unshare");
      return;
    }

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  run_with (launcher, arguments, &run);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_cmpstr (run.errors, ==, "");
  assert_in_order (run.output, (const char *const[]){ "socket", "There was no answer.", NULL });
  g_assert_true (g_regex_match_simple ("E[A-Z]+ [0-9]+", run.output, 0, 0));
  g_assert_null (strstr (run.output, "HELLO BABY"));
}

static void
test_full_disk_is_told_and_returns_1 (void)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char  *program = get_program ();
  const char *const arguments[] = { program, "demo", NULL };
  g_auto (Run) run = { 0 };

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("This system has no /dev/full");
      return;
    }

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  run_with (launcher, arguments, &run);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_cmpstr (run.errors, !=, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo/tcp-shows-both-ends-and-succeeds", test_tcp_shows_both_ends_and_succeeds);
  g_test_add_func ("/demo/every-close-says-what-is-left", test_every_close_says_what_is_left);
  g_test_add_func ("/demo/protocol-is-tcp-unless-said", test_protocol_is_tcp_unless_said);
  g_test_add_func ("/demo/udp-shows-both-ends-and-succeeds", test_udp_shows_both_ends_and_succeeds);
  g_test_add_func ("/demo/arrows-point-the-way-of-the-bytes", test_arrows_point_the_way_of_the_bytes);
  g_test_add_func ("/demo/wrong-use-is-told-and-returns-2", test_wrong_use_is_told_and_returns_2);
  g_test_add_func ("/demo/option-before-its-command-is-told-its-place", test_option_before_its_command_is_told_its_place);
  g_test_add_func ("/demo/place-of-an-option-is-told-of-its-own-command-only",
                   test_place_of_an_option_is_told_of_its_own_command_only);
  g_test_add_func ("/demo/every-option-of-a-command-has-its-place", test_every_option_of_a_command_has_its_place);
  g_test_add_func ("/demo/help-lists-the-commands", test_help_lists_the_commands);
  g_test_add_func ("/demo/version-is-one-line", test_version_is_one_line);
  g_test_add_func ("/demo/needs-no-unicode", test_needs_no_unicode);
  g_test_add_func ("/demo/refusal-is-explained-and-returns-1", test_refusal_is_explained_and_returns_1);
  g_test_add_func ("/demo/full-disk-is-told-and-returns-1", test_full_disk_is_told_and_returns_1);

  return g_test_run ();
}
