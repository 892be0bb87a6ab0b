/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-our-end.h"
#include "be-program.h"
#include "be-test-peer.h"
#include "be-test.h"

#define LARGE_BYTES (100 * 1000)
#define LARGEST_DATAGRAM_BYTES 65507

/* Somebody else may take the port between our looking and ncat's. */
#define PORT_ATTEMPTS 5

/* Starts one that calls our server: the switch may be NULL. */
static BeProgram *
start_client (BeOurEnd   *our_end,
              const char *option)
{
  g_autofree char *port = g_strdup_printf ("%u", our_end->port);

  if (option == NULL)
    return be_program_start ("ncat", "127.0.0.1", port, NULL);

  return be_program_start ("ncat", option, "127.0.0.1", port, NULL);
}

/* Starts one that listens, with up to two more arguments, and lets our end
 * call it. */
static BeProgram *
start_server_and_call (BeOurEnd   *our_end,
                       BeProtocol  protocol,
                       const char *option,
                       const char *value)
{
  gboolean    is_udp = protocol == BE_PROTOCOL_UDP;
  const char *listen = is_udp ? "-vlu" : "-vl";

  for (guint i = 0; i < PORT_ATTEMPTS; i++)
    {
      guint16          port = be_program_find_free_port (is_udp ? G_SOCKET_TYPE_DATAGRAM : G_SOCKET_TYPE_STREAM);
      g_autofree char *text = g_strdup_printf ("%u", port);
      g_autoptr (BeProgram) server = be_program_start ("ncat", listen, "127.0.0.1", text, option, value, NULL);

      if (!be_program_await_message (server, "Listening on"))
        continue;

      be_our_end_call (our_end, protocol, port);
      return g_steal_pointer (&server);
    }

  g_error ("ncat found no port to listen on");
}

static GBytes *
make_every_byte (void)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < 256; i++)
    g_byte_array_append (bytes, &(guint8){ (guint8) i }, 1);
  g_byte_array_append (bytes, (const guint8 *) "你好", 6);

  return g_byte_array_free_to_bytes (bytes);
}

static void
check_server_answers (GBytes *message)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) answer = be_test_upper_case (message);
  g_autoptr (BeProgram) client = NULL;

  be_our_end_serve (&our_end, BE_PROTOCOL_TCP);
  client = start_client (&our_end, NULL);
  be_program_write (client, message);
  be_program_expect (client, answer);

  /* ncat shuts down its direction when its input ends, and waits for ours. */
  be_program_end_input (client);
  be_program_expect_exit (client);
  be_our_end_expect (&our_end, BE_CALL_RECV, message);
  be_our_end_expect (&our_end, BE_CALL_SEND, answer);
  be_our_end_expect_count (&our_end, BE_CALL_CLOSE, 1);
  g_assert_cmpint (be_session_get_state (our_end.session), ==, BE_SESSION_RUNNING);
}

static void
test_server_answers_every_byte (void)
{
  g_autoptr (GBytes) message = make_every_byte ();

  if (be_program_is_missing ("ncat"))
    return;

  check_server_answers (message);
}

static void
test_server_answers_100_kilobytes (void)
{
  g_autoptr (GBytes) message = be_test_random_bytes (LARGE_BYTES);

  if (be_program_is_missing ("ncat"))
    return;

  check_server_answers (message);
}

static void
test_server_hears_all_of_a_client_that_only_sends (void)
{
  g_auto (BeOurEnd) our_end = { .reply_rule = BE_REPLY_NONE };
  g_autoptr (GBytes) message = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (BeProgram) client = NULL;

  if (be_program_is_missing ("ncat"))
    return;

  /* A client that closes with an answer unread would reset the connection
   * (RFC 9293, 3.6.1), and what it sent could be lost. */
  be_our_end_serve (&our_end, BE_PROTOCOL_TCP);
  client = start_client (&our_end, "--send-only");
  be_program_write (client, message);
  be_program_end_input (client);

  be_program_expect_exit (client);
  be_our_end_expect (&our_end, BE_CALL_RECV, message);
  be_our_end_expect_count (&our_end, BE_CALL_CLOSE, 1);
}

static void
test_server_speaks_to_a_client_that_only_listens (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) message = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (BeProgram) client = NULL;

  if (be_program_is_missing ("ncat"))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_TCP);
  client = start_client (&our_end, "--recv-only");
  be_our_end_expect_count (&our_end, BE_CALL_ACCEPT, 1);
  be_our_end_say (&our_end, message);
  be_session_half_close (our_end.session, BE_PEER_EVERYONE);

  be_program_expect (client, message);
  be_program_expect_exit (client);
}

static void
test_server_outlives_clients_that_are_killed (void)
{
  g_auto (BeOurEnd) our_end = { 0 };

  if (be_program_is_missing ("ncat"))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_TCP);
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (BeProgram) client = start_client (&our_end, NULL);

      be_program_write_text (client, "hello baby");
      be_program_expect_text (client, "HELLO BABY");
      be_our_end_expect_count (&our_end, BE_CALL_ACCEPT, i);
    }

  be_test_wait_until (be_test_recorder_count (our_end.recorder, our_end.session, BE_CALL_CLOSE) == 3);
  g_assert_cmpint (be_session_get_state (our_end.session), ==, BE_SESSION_RUNNING);
}

static void
test_client_and_server_speak_at_the_same_time (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) ours = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GBytes) theirs = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing ("ncat"))
    return;

  server = start_server_and_call (&our_end, BE_PROTOCOL_TCP, NULL, NULL);
  be_our_end_say (&our_end, ours);
  be_program_write (server, theirs);

  be_program_expect (server, ours);
  be_our_end_expect (&our_end, BE_CALL_RECV, theirs);
}

static void
test_client_half_closes_and_the_server_leaves (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) message = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing ("ncat"))
    return;

  server = start_server_and_call (&our_end, BE_PROTOCOL_TCP, "--recv-only", NULL);
  be_our_end_say (&our_end, message);
  be_session_half_close (our_end.session, BE_PEER_EVERYONE);

  be_program_expect (server, message);
  be_program_expect_exit (server);
  be_our_end_expect_end (&our_end);
  be_our_end_expect (&our_end, BE_CALL_SEND, message);
}

static void
test_client_ends_when_the_server_has_sent_all (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) message = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing ("ncat"))
    return;

  server = start_server_and_call (&our_end, BE_PROTOCOL_TCP, "--send-only", NULL);
  be_program_write (server, message);
  be_program_end_input (server);

  be_our_end_expect_end (&our_end);
  be_our_end_expect (&our_end, BE_CALL_RECV, message);
  be_program_expect_exit (server);
}

static void
test_clients_come_and_go (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) message = make_every_byte ();
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing ("ncat"))
    return;

  server = start_server_and_call (&our_end, BE_PROTOCOL_TCP, "--keep-open", "--exec=/bin/cat");
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
  g_autoptr (GBytes) message = make_every_byte ();
  g_autoptr (GBytes) answer = be_test_upper_case (message);
  g_autoptr (BeProgram) client = NULL;

  if (be_program_is_missing ("ncat"))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_UDP);
  client = start_client (&our_end, "-u");
  be_program_write (client, message);
  be_program_expect (client, answer);
  be_our_end_expect (&our_end, BE_CALL_RECVFROM, message);

  be_program_write_text (client, "hello baby");
  be_program_expect_text (client, "HELLO BABY");
  be_our_end_expect_count (&our_end, BE_CALL_RECVFROM, 2);
}

static void
test_udp_client_talks_both_ways (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (GBytes) largest = be_test_random_bytes (LARGEST_DATAGRAM_BYTES);
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing ("ncat"))
    return;

  server = start_server_and_call (&our_end, BE_PROTOCOL_UDP, NULL, NULL);
  be_our_end_say_text (&our_end, "你好 baby");
  be_program_expect_text (server, "你好 baby");
  be_program_write_text (server, "hello yourself");
  be_our_end_expect_text (&our_end, BE_CALL_RECV, "hello yourself");
  be_our_end_say (&our_end, largest);
  be_program_expect (server, largest);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ncat/server-answers-every-byte", test_server_answers_every_byte);
  g_test_add_func ("/ncat/server-answers-100-kilobytes", test_server_answers_100_kilobytes);
  g_test_add_func ("/ncat/server-hears-all-of-a-client-that-only-sends", test_server_hears_all_of_a_client_that_only_sends);
  g_test_add_func ("/ncat/server-speaks-to-a-client-that-only-listens", test_server_speaks_to_a_client_that_only_listens);
  g_test_add_func ("/ncat/server-outlives-clients-that-are-killed", test_server_outlives_clients_that_are_killed);
  g_test_add_func ("/ncat/client-and-server-speak-at-the-same-time", test_client_and_server_speak_at_the_same_time);
  g_test_add_func ("/ncat/client-half-closes-and-the-server-leaves", test_client_half_closes_and_the_server_leaves);
  g_test_add_func ("/ncat/client-ends-when-the-server-has-sent-all", test_client_ends_when_the_server_has_sent_all);
  g_test_add_func ("/ncat/clients-come-and-go", test_clients_come_and_go);
  g_test_add_func ("/ncat/udp-server-answers", test_udp_server_answers);
  g_test_add_func ("/ncat/udp-client-talks-both-ways", test_udp_client_talks_both_ways);

  return g_test_run ();
}
