/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

#include "be-cli-program.h"

/* More than a pipe and a line of the log hold. */
#define MANY_MESSAGES 2000

static GSocketConnection *
connect_to (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static void
converse (GSocketConnection *connection,
          const char        *message,
          const char        *expected)
{
  GIOStream *stream = G_IO_STREAM (connection);
  char       reply[64];
  gsize      length;

  g_assert_cmpuint (strlen (expected), <, sizeof reply);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream), message,
                                            strlen (message), NULL, NULL, NULL));
  g_assert_true (g_input_stream_read_all (g_io_stream_get_input_stream (stream), reply,
                                          strlen (expected), &length, NULL, NULL));
  g_assert_cmpmem (reply, length, expected, strlen (expected));
}

static GSocket *
open_datagram_socket (guint16 port)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_connect (socket, address, NULL, NULL));

  return socket;
}

static void
exchange_datagram (GSocket    *socket,
                   const char *message,
                   const char *expected)
{
  char   reply[64];
  gssize length;

  g_assert_cmpint (g_socket_send (socket, message, strlen (message), NULL, NULL), ==, strlen (message));
  length = g_socket_receive (socket, reply, sizeof reply, NULL, NULL);
  g_assert_cmpmem (reply, (gsize) MAX (length, 0), expected, strlen (expected));
}

static void
test_says_first_who_listens_at_which_port (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "be-test-serve.socket", NULL);
  g_autofree char *arguments = g_strdup_printf ("serve --tcp 0 --tcp localhost:0 --udp 0 --unix %s", path);
  g_autofree char *expected = g_strdup_printf ("listening unix %s", path);
  const char      *patterns[] = {
         "^listening udp 127\\.0\\.0\\.1:[1-9][0-9]*$",
         "^listening tcp (127\\.0\\.0\\.1|\\[::1\\]):[1-9][0-9]*$",
  };
  g_autoptr (BeCliProgram) program = NULL;
  guint n_found[G_N_ELEMENTS (patterns)] = { 0 };
  guint n_paths = 0;

  g_unlink (path);
  program = be_cli_program_start (arguments);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *line = be_cli_program_read_line (program);

      for (guint k = 0; k < G_N_ELEMENTS (patterns); k++)
        n_found[k] += g_regex_match_simple (patterns[k], line, 0, 0);
      n_paths += g_strcmp0 (line, expected) == 0;
    }

  g_assert_cmpuint (n_found[0], ==, 1);
  g_assert_cmpuint (n_found[1], ==, 2);
  g_assert_cmpuint (n_paths, ==, 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_cmpint (be_cli_program_end (program, SIGTERM), ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_log_tells_of_each_call (void)
{
  const char *const words[] = { "listen(7)", "accept()", "received 5 bytes: hello", "sent 5 bytes: HELLO", "end of stream", "close()", NULL };
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --once --backlog 7 --tcp 0");
  g_autoptr (GSocketConnection) connection = connect_to (be_cli_program_read_port (program));
  g_auto (BeCliRun) run = { 0 };
  g_autofree char *text = NULL;
  const char      *at;

  converse (connection, "hello", "HELLO");
  g_assert_true (g_io_stream_close (G_IO_STREAM (connection), NULL, NULL));
  be_cli_program_finish (program, &run);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.errors, ==, "");
  g_assert_cmpuint (g_bytes_get_size (run.output), >, 0);
  text = g_strndup (g_bytes_get_data (run.output, NULL), g_bytes_get_size (run.output));
  at = text;
  for (guint i = 0; words[i] != NULL; i++)
    {
      at = strstr (at, words[i]);
      if (at == NULL)
        g_error ("“%s” is missing, or in the wrong place, in:\n%s", words[i], text);
    }
}

static void
test_once_answers_one_datagram (void)
{
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --once --udp 0 --tcp 0 --log off");
  guint16 ports[2] = { be_cli_program_read_port (program), be_cli_program_read_port (program) };
  g_autoptr (GSocket) socket = open_datagram_socket (ports[1]);
  g_auto (BeCliRun) run = { 0 };

  exchange_datagram (socket, "one", "ONE");
  be_cli_program_finish (program, &run);
  be_cli_assert_output (&run, "", 0);
}

static void
test_reply_rule_is_asked_for (void)
{
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --once --reply echo --tcp 0 --log off");
  g_autoptr (GSocketConnection) connection = connect_to (be_cli_program_read_port (program));
  g_auto (BeCliRun) run = { 0 };

  converse (connection, "Hello", "Hello");
  g_assert_true (g_io_stream_close (G_IO_STREAM (connection), NULL, NULL));
  be_cli_program_finish (program, &run);
  be_cli_assert_output (&run, "", 0);
}

static void
test_signals_end_it_with_0 (void)
{
  const int signals[] = { SIGINT, SIGTERM };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --tcp 0 --udp 0");
      guint16 port = be_cli_program_read_port (program);
      g_autoptr (GSocketConnection) connection = connect_to (port);
      char byte;

      converse (connection, "a", "A");
      g_assert_cmpint (be_cli_program_end (program, signals[i]), ==, 0);
      g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                            &byte, 1, NULL, NULL),
                       ==, 0);
    }
}

static void
test_port_in_use_is_one_paragraph (void)
{
  const char *const protocols[] = { "tcp", "udp" };

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autofree char *first = g_strdup_printf ("serve --%s 0 --log off", protocols[i]);
      g_autoptr (BeCliProgram) program = be_cli_program_start (first);
      g_autofree char *second = g_strdup_printf ("serve --%s %u --log off", protocols[i], be_cli_program_read_port (program));
      g_auto (BeCliRun) run = { 0 };

      be_cli_run (second, NULL, &run);
      be_cli_assert_trouble (&run, 1);
      g_assert_nonnull (strstr (run.errors, "is in use already (EADDRINUSE "));
      g_assert_nonnull (strstr (run.errors, "Likely causes: 1. A server is running already"));
      g_assert_true (strchr (run.errors, '\n')[1] == '\0');

      g_assert_cmpint (be_cli_program_end (program, SIGTERM), ==, 0);
    }
}

/* The first could listen, and must not promise what does not stay. */
static void
test_no_server_is_announced_when_one_fails (void)
{
  g_autoptr (BeCliProgram) first = be_cli_program_start ("serve --tcp 0 --log off");
  guint16          port = be_cli_program_read_port (first);
  g_autofree char *arguments = g_strdup_printf ("serve --tcp 0 --udp 0 --tcp %u --log off", port);
  g_autofree char *expected = g_strdup_printf ("tcp 127.0.0.1:%u: ", port);
  g_auto (BeCliRun) run = { 0 };

  be_cli_run (arguments, NULL, &run);
  be_cli_assert_trouble (&run, 1);
  g_assert_nonnull (strstr (run.errors, expected));
  g_assert_nonnull (strstr (run.errors, "Nothing is served"));

  g_assert_cmpint (be_cli_program_end (first, SIGTERM), ==, 0);
}

static void
test_log_has_the_call_that_failed (void)
{
  g_auto (BeCliRun) run = { 0 };
  const char *output;

  be_cli_run ("serve --tcp 192.0.2.1:8001 --log json", NULL, &run);
  g_assert_cmpint (run.status, ==, 1);
  output = g_bytes_get_data (run.output, NULL);
  g_assert_nonnull (g_strstr_len (output, (gssize) g_bytes_get_size (run.output), "\"call\":\"bind\""));
  g_assert_nonnull (g_strstr_len (output, (gssize) g_bytes_get_size (run.output), "EADDRNOTAVAIL"));
}

/* 192.0.2.1 belongs to nobody (RFC 5737). */
static void
test_address_of_somebody_else_is_refused (void)
{
  g_auto (BeCliRun) run = { 0 };

  be_cli_run ("serve --tcp 192.0.2.1:8001 --log off", NULL, &run);
  be_cli_assert_trouble (&run, 1);
  g_assert_nonnull (strstr (run.errors, "EADDRNOTAVAIL "));
  g_assert_nonnull (strstr (run.errors, "Likely causes: 1. "));
}

static void
test_wrong_use_returns_2 (void)
{
  const char *const wrong[] = {
    "serve", "serve 8001", "serve --tcp", "serve --tcp 65536", "serve --tcp here", "serve --udp ::1:80",
    "serve --tcp 0 --reply lower", "serve --tcp 0 --log xml", "serve --tcp 0 --backlog -1",
    "serve --tcp 0 --max-clients 0", "serve --tcp 0 --backlog many", "serve --faster"
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (BeCliRun) run = { 0 };

      be_cli_run (wrong[i], NULL, &run);
      be_cli_assert_trouble (&run, 2);
    }
}

static void
test_without_log_nothing_else_is_printed (void)
{
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --tcp 0 --log off");
  g_autoptr (GSocketConnection) connection = connect_to (be_cli_program_read_port (program));

  converse (connection, "a", "A");
  g_assert_cmpint (be_cli_program_end (program, SIGINT), ==, 0);
  g_assert_null (be_cli_program_read_line (program));
}

static void
test_json_log_is_an_object_on_each_line (void)
{
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --once --tcp 0 --log json");
  g_autoptr (GSocketConnection) connection = connect_to (be_cli_program_read_port (program));
  gint64   last_sequence = 0;
  gboolean has_text = FALSE;
  char    *next;

  converse (connection, "h\"\n\\ i", "H\"\n\\ I");
  g_assert_true (g_io_stream_close (G_IO_STREAM (connection), NULL, NULL));
  while ((next = be_cli_program_read_line (program)) != NULL)
    {
      g_autofree char *line = next;
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_from_string (line, &error);
      JsonObject *object;

      g_assert_no_error (error);
      object = json_node_get_object (node);
      g_assert_cmpint (json_object_get_int_member (object, "sequence"), ==, last_sequence + 1);
      last_sequence++;
      if (g_str_equal (json_object_get_string_member (object, "call"), "recv") &&
          json_object_get_int_member (object, "result") > 0)
        {
          g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, "h\"\n\\ i");
          has_text = TRUE;
        }
    }

  g_assert_true (has_text);
  g_assert_cmpint (be_cli_program_end (program, 0), ==, 0);
}

static void
test_ends_when_nobody_reads_the_log_any_more (void)
{
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --tcp 0");
  guint16 port = be_cli_program_read_port (program);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_auto (BeCliRun) run = { 0 };

  /* It may have noticed already, at the lines of its start. */
  be_cli_program_close_output (program);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  be_cli_program_finish (program, &run);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_true (g_str_has_prefix (run.errors, "bothends-cli: "));
  g_assert_true (strchr (run.errors, '\n')[1] == '\0');
}

static void
test_log_that_is_not_read_holds_nobody_up (void)
{
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --tcp 0 --log json");
  g_autoptr (GSocketConnection) connection = connect_to (be_cli_program_read_port (program));

  for (guint i = 0; i < MANY_MESSAGES; i++)
    converse (connection, "some more of it", "SOME MORE OF IT");

  g_assert_cmpint (be_cli_program_end (program, SIGTERM), ==, 0);
}

static void
test_more_clients_than_allowed_wait (void)
{
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --tcp 0 --max-clients 1 --log off");
  guint16 port = be_cli_program_read_port (program);
  g_autoptr (GSocketConnection) first = connect_to (port);
  g_autoptr (GSocketConnection) second = NULL;

  converse (first, "a", "A");
  second = connect_to (port);
  g_socket_set_timeout (g_socket_connection_get_socket (second), 0);
  g_assert_false (g_socket_condition_timed_wait (g_socket_connection_get_socket (second), G_IO_IN,
                                                 G_USEC_PER_SEC / 10, NULL, NULL));
  g_assert_true (g_io_stream_close (G_IO_STREAM (first), NULL, NULL));
  converse (second, "b", "B");

  g_assert_cmpint (be_cli_program_end (program, SIGTERM), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve/says-first-who-listens-at-which-port", test_says_first_who_listens_at_which_port);
  g_test_add_func ("/serve/log-tells-of-each-call", test_log_tells_of_each_call);
  g_test_add_func ("/serve/once-answers-one-datagram", test_once_answers_one_datagram);
  g_test_add_func ("/serve/reply-rule-is-asked-for", test_reply_rule_is_asked_for);
  g_test_add_func ("/serve/signals-end-it-with-0", test_signals_end_it_with_0);
  g_test_add_func ("/serve/port-in-use-is-one-paragraph", test_port_in_use_is_one_paragraph);
  g_test_add_func ("/serve/no-server-is-announced-when-one-fails", test_no_server_is_announced_when_one_fails);
  g_test_add_func ("/serve/log-has-the-call-that-failed", test_log_has_the_call_that_failed);
  g_test_add_func ("/serve/address-of-somebody-else-is-refused", test_address_of_somebody_else_is_refused);
  g_test_add_func ("/serve/wrong-use-returns-2", test_wrong_use_returns_2);
  g_test_add_func ("/serve/without-log-nothing-else-is-printed", test_without_log_nothing_else_is_printed);
  g_test_add_func ("/serve/json-log-is-an-object-on-each-line", test_json_log_is_an_object_on_each_line);
  g_test_add_func ("/serve/ends-when-nobody-reads-the-log-any-more", test_ends_when_nobody_reads_the_log_any_more);
  g_test_add_func ("/serve/log-that-is-not-read-holds-nobody-up", test_log_that_is_not_read_holds_nobody_up);
  g_test_add_func ("/serve/more-clients-than-allowed-wait", test_more_clients_than_allowed_wait);

  return g_test_run ();
}
