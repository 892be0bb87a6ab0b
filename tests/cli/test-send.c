/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

#include "be-cli-program.h"

#define LONG_BYTES (10u * 1000 * 1000)

/* A server of the program itself, and what its client is told of it. */
typedef struct
{
  BeCliProgram *program;
  guint16       port;
} Server;

static void
server_start (Server     *self,
              const char *options)
{
  g_autofree char *arguments = g_strdup_printf ("serve --log off %s", options);

  self->program = be_cli_program_start (arguments);
  self->port = be_cli_program_read_port (self->program);
}

static void
server_clear (Server *self)
{
  g_assert_cmpint (be_cli_program_end (self->program, SIGTERM), ==, 0);
  be_cli_program_free (self->program);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

/* @rest: what stands behind the address */
static void
send_to (const Server *server,
         const char   *protocol,
         const char   *rest,
         GBytes       *input,
         BeCliRun     *run)
{
  g_autofree char *arguments = g_strdup_printf ("send %s %u %s", protocol, server->port, rest);

  be_cli_run (arguments, input, run);
}

static GBytes *
raise_bytes (GBytes *bytes)
{
  gsize   length;
  guint8 *raised = g_bytes_unref_to_data (g_bytes_ref (bytes), &length);

  for (gsize i = 0; i < length; i++)
    raised[i] = (guint8) g_ascii_toupper ((char) raised[i]);

  return g_bytes_new_take (raised, length);
}

static void
assert_same (const BeCliRun *run,
             GBytes         *expected)
{
  g_assert_cmpstr (run->errors, ==, "");
  g_assert_cmpuint (g_bytes_get_size (run->output), ==, g_bytes_get_size (expected));
  g_assert_true (g_bytes_equal (run->output, expected));
  g_assert_cmpint (run->status, ==, 0);
}

static void
test_joins_words_and_adds_nothing (void)
{
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };

  server_start (&server, "--tcp 0");
  send_to (&server, "tcp", "-- hello baby -n", NULL, &run);
  be_cli_assert_output (&run, "HELLO BABY -N", 13);
}

static void
test_bytes_come_back_as_they_are (void)
{
  const char *const protocols[] = { "tcp", "udp" };

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autofree char *options = g_strdup_printf ("--%s 0", protocols[i]);
      g_auto (Server) server = { 0 };
      g_auto (BeCliRun) run = { 0 };

      server_start (&server, options);
      send_to (&server, protocols[i], "--hex 61 00 62 ff 0a 00", NULL, &run);
      be_cli_assert_output (&run, "A\0B\xff\n\0", 6);
    }
}

static void
test_standard_input_goes_through_a_stream (void)
{
  g_autoptr (GBytes) input = be_cli_make_bytes (LONG_BYTES);
  g_autoptr (GBytes) expected = raise_bytes (input);
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };

  server_start (&server, "--tcp 0");
  send_to (&server, "tcp", "", input, &run);
  assert_same (&run, expected);
}

static void
test_empty_input_is_an_empty_stream (void)
{
  g_autoptr (GBytes) input = g_bytes_new_static ("", 0);
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };

  server_start (&server, "--tcp 0");
  send_to (&server, "tcp", "", input, &run);
  be_cli_assert_output (&run, "", 0);
}

static void
test_unix_path_is_a_stream (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "be-test-send.socket", NULL);
  g_autofree char *serve = g_strdup_printf ("serve --log off --unix %s", path);
  g_autofree char *send = g_strdup_printf ("send unix %s hi", path);
  g_autoptr (BeCliProgram) program = NULL;
  g_autofree char *line = NULL;
  g_auto (BeCliRun) run = { 0 };

  g_unlink (path);
  program = be_cli_program_start (serve);
  line = be_cli_program_read_line (program);
  be_cli_run (send, NULL, &run);
  be_cli_assert_output (&run, "HI", 2);
  g_assert_cmpint (be_cli_program_end (program, SIGTERM), ==, 0);
}

static gboolean
wait_over_cb (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;

  return G_SOURCE_REMOVE;
}

static void
test_slow_reader_of_the_reply_gets_all (void)
{
  g_autoptr (GBytes) bytes = be_cli_make_bytes (LONG_BYTES);
  g_autoptr (GBytes) expected = raise_bytes (bytes);
  g_autofree char *path = be_cli_write_file (bytes);
  g_autofree char *arguments = NULL;
  g_autoptr (BeCliProgram) program = NULL;
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };
  gboolean is_over = FALSE;

  server_start (&server, "--tcp 0");
  arguments = g_strdup_printf ("send tcp %u --timeout 0.1 --file %s", server.port, path);
  program = be_cli_program_start (arguments);
  g_timeout_add (500, wait_over_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  be_cli_program_finish (program, &run);

  assert_same (&run, expected);
  g_unlink (path);
}

static void
test_file_is_one_datagram (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\nb\0c\n", 6);
  g_autofree char *path = be_cli_write_file (bytes);
  g_autofree char *rest = g_strdup_printf ("--file %s", path);
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };

  server_start (&server, "--udp 0");
  send_to (&server, "udp", rest, NULL, &run);
  be_cli_assert_output (&run, "A\nB\0C\n", 6);
  g_unlink (path);
}

static void
test_too_large_a_file_is_no_datagram (void)
{
  g_autoptr (GBytes) bytes = be_cli_make_bytes (100000);
  g_autofree char *path = be_cli_write_file (bytes);
  g_autofree char *rest = g_strdup_printf ("--file %s", path);
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };

  server_start (&server, "--udp 0");
  send_to (&server, "udp", rest, NULL, &run);
  be_cli_assert_trouble (&run, 1);
  g_unlink (path);
}

static void
test_each_line_is_a_datagram (void)
{
  g_autoptr (GBytes) input = g_bytes_new_static ("one\n\ntw\0o three\nlast", 20);
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };

  server_start (&server, "--udp 0");
  send_to (&server, "udp", "", input, &run);
  be_cli_assert_output (&run, "ONETW\0O THREELAST", 17);
}

static void
test_largest_datagram_comes_back (void)
{
  g_autoptr (GBytes) bytes = be_cli_make_bytes (65507);
  g_autoptr (GBytes) expected = raise_bytes (bytes);
  g_autofree char *path = be_cli_write_file (bytes);
  g_autofree char *rest = g_strdup_printf ("--file %s", path);
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };

  server_start (&server, "--udp 0");
  send_to (&server, "udp", rest, NULL, &run);
  assert_same (&run, expected);
  g_unlink (path);
}

static void
test_reply_that_does_not_come_ends_the_wait (void)
{
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };

  server_start (&server, "--udp 0 --reply none");
  send_to (&server, "udp", "hello --timeout 0.2", NULL, &run);
  be_cli_assert_trouble (&run, 1);
  g_assert_nonnull (strstr (run.errors, "0.2 s"));
}

static void
test_lost_reply_stops_the_lines (void)
{
  g_autoptr (GBytes) input = g_bytes_new_static ("one\ntwo\nthree\n", 14);
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };
  gint64 start = g_get_monotonic_time ();

  server_start (&server, "--udp 0 --reply none");
  send_to (&server, "udp", "--timeout 1", input, &run);
  be_cli_assert_trouble (&run, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

static void
test_log_does_not_touch_the_reply (void)
{
  const char *const formats[] = { "text", "json" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *rest = g_strdup_printf ("--log %s hi", formats[i]);
      g_auto (Server) server = { 0 };
      g_auto (BeCliRun) run = { 0 };
      g_auto (GStrv) lines = NULL;

      server_start (&server, "--tcp 0");
      send_to (&server, "tcp", rest, NULL, &run);
      g_assert_cmpint (run.status, ==, 0);
      g_assert_cmpmem (g_bytes_get_data (run.output, NULL), g_bytes_get_size (run.output), "HI", 2);
      lines = g_strsplit (g_strchomp (run.errors), "\n", -1);
      g_assert_cmpuint (g_strv_length (lines), >=, 6);
      for (guint k = 0; i == 1 && lines[k] != NULL; k++)
        {
          g_autoptr (JsonNode) node = json_from_string (lines[k], NULL);

          g_assert_nonnull (node);
          g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
        }
    }
}

static void
test_wrong_use_returns_2 (void)
{
  const char *const wrong[] = {
    "send", "send tcp", "send sctp 80 a", "send tcp 65536 a", "send tcp ::1:80 a", "send tcp 80 --hex 6",
    "send tcp 80 --hex", "send tcp 80 a --file /dev/null", "send tcp 80 --file /does/not/exist",
    "send tcp 80 a --timeout 0", "send tcp 80 a --timeout never", "send tcp 80 a --log xml", "send tcp 80 a -q"
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (BeCliRun) run = { 0 };

      be_cli_run (wrong[i], NULL, &run);
      be_cli_assert_trouble (&run, 2);
    }
}

static void
test_nobody_who_reads_the_reply_ends_it (void)
{
  g_autoptr (GBytes) bytes = be_cli_make_bytes (LONG_BYTES);
  g_autofree char *path = be_cli_write_file (bytes);
  g_autofree char *arguments = NULL;
  g_autoptr (BeCliProgram) program = NULL;
  g_auto (Server) server = { 0 };
  g_auto (BeCliRun) run = { 0 };

  server_start (&server, "--tcp 0");
  arguments = g_strdup_printf ("send tcp %u --file %s", server.port, path);
  program = be_cli_program_start (arguments);
  be_cli_program_close_output (program);
  be_cli_program_finish (program, &run);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_true (g_str_has_prefix (run.errors, "bothends-cli: "));
  g_assert_true (strchr (run.errors, '\n')[1] == '\0');
  g_unlink (path);
}

static void
test_signal_ends_it_whoever_is_slow (void)
{
  const int signals[] = { SIGINT, SIGTERM };
  g_auto (Server) server = { 0 };
  g_autofree char *arguments = NULL;

  server_start (&server, "--tcp 0");
  arguments = g_strdup_printf ("send tcp %u --file /dev/zero", server.port);
  if (!g_file_test ("/dev/zero", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("This system has no /dev/zero");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (BeCliProgram) program = be_cli_program_start (arguments);
      char first;

      g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (program->output), &first, 1, NULL, NULL), ==, 1);
      g_assert_cmpint (be_cli_program_end (program, signals[i]), ==, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/send/joins-words-and-adds-nothing", test_joins_words_and_adds_nothing);
  g_test_add_func ("/send/bytes-come-back-as-they-are", test_bytes_come_back_as_they_are);
  g_test_add_func ("/send/standard-input-goes-through-a-stream", test_standard_input_goes_through_a_stream);
  g_test_add_func ("/send/empty-input-is-an-empty-stream", test_empty_input_is_an_empty_stream);
  g_test_add_func ("/send/unix-path-is-a-stream", test_unix_path_is_a_stream);
  g_test_add_func ("/send/slow-reader-of-the-reply-gets-all", test_slow_reader_of_the_reply_gets_all);
  g_test_add_func ("/send/file-is-one-datagram", test_file_is_one_datagram);
  g_test_add_func ("/send/too-large-a-file-is-no-datagram", test_too_large_a_file_is_no_datagram);
  g_test_add_func ("/send/each-line-is-a-datagram", test_each_line_is_a_datagram);
  g_test_add_func ("/send/largest-datagram-comes-back", test_largest_datagram_comes_back);
  g_test_add_func ("/send/reply-that-does-not-come-ends-the-wait", test_reply_that_does_not_come_ends_the_wait);
  g_test_add_func ("/send/lost-reply-stops-the-lines", test_lost_reply_stops_the_lines);
  g_test_add_func ("/send/log-does-not-touch-the-reply", test_log_does_not_touch_the_reply);
  g_test_add_func ("/send/wrong-use-returns-2", test_wrong_use_returns_2);
  g_test_add_func ("/send/nobody-who-reads-the-reply-ends-it", test_nobody_who_reads_the_reply_ends_it);
  g_test_add_func ("/send/signal-ends-it-whoever-is-slow", test_signal_ends_it_whoever_is_slow);

  return g_test_run ();
}
