/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-our-end.h"
#include "be-program.h"
#include "be-test-peer.h"
#include "be-test.h"

#include <glib/gstdio.h>

#define LARGE_BYTES (100 * 1000)

/* How long socat waits for the other direction when one has ended: longer
 * than a test may take, so that it never ends by this. */
#define PATIENCE "-t60"

/* What socat says in front of the port when it is told to talk (-d -d). */
#define LISTENING_ON "listening on AF=2 127.0.0.1:"
#define LISTENING_ON_UDP "listening on UDP AF=2 127.0.0.1:"

static BeProgram *
start_client (BeOurEnd   *our_end,
              const char *kind)
{
  g_autofree char *address = g_strdup_printf ("%s:127.0.0.1:%u", kind, our_end->port);

  return be_program_start ("socat", PATIENCE, "STDIO", address, NULL);
}

static BeProgram *
start_server_and_call (BeOurEnd   *our_end,
                       BeProtocol  protocol,
                       const char *options,
                       const char *other_side)
{
  gboolean         is_udp = protocol == BE_PROTOCOL_UDP;
  g_autofree char *address = g_strdup_printf ("%s-LISTEN:0,bind=127.0.0.1%s", is_udp ? "UDP" : "TCP", options);
  BeProgram       *server = be_program_start ("socat", "-d", "-d", PATIENCE, address, other_side, NULL);

  be_our_end_call (our_end, protocol, be_program_read_port (server, is_udp ? LISTENING_ON_UDP : LISTENING_ON));

  return server;
}

static void
check_server_answers (GBytes *message)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) answer = be_test_upper_case (message);
  g_autoptr (BeProgram) client = NULL;

  be_our_end_serve (&our_end, BE_PROTOCOL_TCP);
  client = start_client (&our_end, "TCP");

  /* socat half-closes at the end of its input: the answer comes after that. */
  be_program_write (client, message);
  be_program_end_input (client);
  be_program_expect (client, answer);

  be_program_expect_exit (client);
  be_our_end_expect (&our_end, BE_CALL_RECV, message);
  be_our_end_expect (&our_end, BE_CALL_SEND, answer);
  be_our_end_expect_count (&our_end, BE_CALL_CLOSE, 1);
}

static void
test_server_answers_text_with_nul_bytes (void)
{
  g_autoptr (GBytes) message = g_bytes_new_static ("hello\0baby\0你好\r\n", 19);

  if (be_program_is_missing ("socat"))
    return;

  check_server_answers (message);
}

static void
test_server_answers_100_kilobytes (void)
{
  g_autoptr (GBytes) message = be_test_random_bytes (LARGE_BYTES);

  if (be_program_is_missing ("socat"))
    return;

  check_server_answers (message);
}

static void
test_server_closes_and_the_client_leaves (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) client = NULL;

  if (be_program_is_missing ("socat"))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_TCP);
  client = start_client (&our_end, "TCP");
  be_program_write_text (client, "hello baby");
  be_program_expect_text (client, "HELLO BABY");
  be_our_end_say_text (&our_end, "goodbye");
  be_program_expect_text (client, "goodbye");

  be_session_close_peer (our_end.session, BE_PEER_EVERYONE);
  be_program_end_input (client);
  be_program_expect_exit (client);
}

static void
test_client_still_hears_after_its_half_close (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) ours = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GBytes) theirs = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing ("socat"))
    return;

  server = start_server_and_call (&our_end, BE_PROTOCOL_TCP, "", "STDIO");
  be_our_end_say (&our_end, ours);
  be_session_half_close (our_end.session, BE_PEER_EVERYONE);
  be_program_expect (server, ours);
  be_our_end_expect_count (&our_end, BE_CALL_SHUTDOWN, 1);

  be_program_write (server, theirs);
  be_our_end_expect (&our_end, BE_CALL_RECV, theirs);

  be_program_end_input (server);
  be_our_end_expect_end (&our_end);
  be_program_expect_exit (server);
}

static void
test_clients_come_and_go (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) message = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing ("socat"))
    return;

  server = start_server_and_call (&our_end, BE_PROTOCOL_TCP, ",fork", "PIPE");
  for (guint i = 0; i < 3; i++)
    {
      be_our_end_say (&our_end, message);
      be_our_end_expect (&our_end, BE_CALL_RECV, message);
      be_session_stop (our_end.session);
      be_our_end_expect_end (&our_end);
      be_our_end_call (&our_end, BE_PROTOCOL_TCP, our_end.port);
    }
}

static void
test_udp_server_answers (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) message = g_bytes_new_static ("\0你好 baby", 12);
  g_autoptr (GBytes) answer = g_bytes_new_static ("\0你好 BABY", 12);
  g_autoptr (BeProgram) client = NULL;

  if (be_program_is_missing ("socat"))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_UDP);
  client = start_client (&our_end, "UDP");
  be_program_write (client, message);
  be_program_expect (client, answer);
  be_our_end_say_text (&our_end, "and you?");
  be_program_expect_text (client, "and you?");
  be_our_end_expect (&our_end, BE_CALL_RECVFROM, message);
}

static void
test_udp_client_hears_its_echo (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) message = g_bytes_new_static ("\0你好 baby", 12);
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing ("socat"))
    return;

  server = start_server_and_call (&our_end, BE_PROTOCOL_UDP, "", "PIPE");
  be_our_end_say (&our_end, message);
  be_our_end_expect (&our_end, BE_CALL_RECV, message);
}

static char *
make_directory (void)
{
  g_autoptr (GError) error = NULL;
  char *directory = g_dir_make_tmp ("bothends-XXXXXX", &error);

  g_assert_no_error (error);

  return directory;
}

static void
test_server_answers_on_a_unix_path (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) client = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;

  if (be_program_is_missing ("socat"))
    return;

  directory = make_directory ();
  path = g_build_filename (directory, "server", NULL);
  address = g_strconcat ("UNIX-CONNECT:", path, NULL);

  be_our_end_open (&our_end, BE_SIDE_SERVER, BE_PROTOCOL_UNIX, path, 0);
  client = be_program_start ("socat", PATIENCE, "STDIO", address, NULL);
  be_program_write_text (client, "hello baby");
  be_program_end_input (client);
  be_program_expect_text (client, "HELLO BABY");
  be_program_expect_exit (client);

  be_session_stop (our_end.session);
  be_our_end_expect_end (&our_end);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
test_client_calls_a_unix_path (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) server = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;

  if (be_program_is_missing ("socat"))
    return;

  directory = make_directory ();
  path = g_build_filename (directory, "server", NULL);
  address = g_strconcat ("UNIX-LISTEN:", path, NULL);

  server = be_program_start ("socat", "-d", "-d", PATIENCE, address, "PIPE", NULL);
  g_assert_true (be_program_await_message (server, "listening on"));
  be_our_end_open (&our_end, BE_SIDE_CLIENT, BE_PROTOCOL_UNIX, path, 0);
  be_our_end_say_text (&our_end, "hello baby");
  be_our_end_expect_text (&our_end, BE_CALL_RECV, "hello baby");
  be_session_half_close (our_end.session, BE_PEER_EVERYONE);
  be_our_end_expect_end (&our_end);
  be_program_expect_exit (server);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/socat/server-answers-text-with-nul-bytes", test_server_answers_text_with_nul_bytes);
  g_test_add_func ("/socat/server-answers-100-kilobytes", test_server_answers_100_kilobytes);
  g_test_add_func ("/socat/server-closes-and-the-client-leaves", test_server_closes_and_the_client_leaves);
  g_test_add_func ("/socat/client-still-hears-after-its-half-close", test_client_still_hears_after_its_half_close);
  g_test_add_func ("/socat/clients-come-and-go", test_clients_come_and_go);
  g_test_add_func ("/socat/udp-server-answers", test_udp_server_answers);
  g_test_add_func ("/socat/udp-client-hears-its-echo", test_udp_client_hears_its_echo);
  g_test_add_func ("/socat/server-answers-on-a-unix-path", test_server_answers_on_a_unix_path);
  g_test_add_func ("/socat/client-calls-a-unix-path", test_client_calls_a_unix_path);

  return g_test_run ();
}
