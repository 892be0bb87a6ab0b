/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-our-end.h"
#include "be-program.h"
#include "be-test.h"

/* Longer than the 1024 bytes that the programs read at once. */
#define LONG_MESSAGE_BYTES 5000

/* The smallest programs that people write when they learn about sockets; in
 * the directory of this file. */
#define PYTHON "python3"

static void
test_server_answers_the_one_shot_client (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) client = NULL;

  if (be_program_is_missing (PYTHON))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_TCP);
  client = be_program_start_python ("tcp_once_client.py", our_end.port);

  be_program_expect_text (client, "HELLO BABY\n");
  be_program_expect_exit (client);
  be_our_end_expect_text (&our_end, BE_CALL_RECV, "hello baby");
  be_our_end_expect_text (&our_end, BE_CALL_SEND, "HELLO BABY");
  be_our_end_expect_count (&our_end, BE_CALL_CLOSE, 1);
}

static void
test_server_serves_a_client_that_leaves_and_another_that_comes (void)
{
  g_auto (BeOurEnd) our_end = { 0 };

  if (be_program_is_missing (PYTHON))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_TCP);

  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr (BeProgram) client = be_program_start_python ("tcp_loop_client.py", our_end.port);

      be_program_write_text (client, "hello baby\n");
      be_program_expect_text (client, "HELLO BABY\n");
      be_program_write_text (client, "你好 abc\n");
      be_program_expect_text (client, "你好 ABC\n");
      be_program_end_input (client);
      be_program_expect_exit (client);
      be_our_end_expect_count (&our_end, BE_CALL_ACCEPT, i);
      be_our_end_expect_count (&our_end, BE_CALL_CLOSE, i);
    }

  be_our_end_expect_text (&our_end, BE_CALL_RECV, "hello baby你好 abchello baby你好 abc");
  g_assert_cmpint (be_session_get_state (our_end.session), ==, BE_SESSION_RUNNING);
}

static void
test_server_survives_a_client_that_is_killed (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) second = NULL;

  if (be_program_is_missing (PYTHON))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_TCP);

  {
    g_autoptr (BeProgram) first = be_program_start_python ("tcp_loop_client.py", our_end.port);

    be_program_write_text (first, "one\n");
    be_program_expect_text (first, "ONE\n");
  }

  second = be_program_start_python ("tcp_loop_client.py", our_end.port);
  be_program_write_text (second, "two\n");
  be_program_expect_text (second, "TWO\n");
  be_program_end_input (second);
  be_program_expect_exit (second);
}

static void
test_client_talks_to_the_one_shot_server (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing (PYTHON))
    return;

  server = be_program_start_python ("tcp_once_server.py", 0);
  be_our_end_call (&our_end, BE_PROTOCOL_TCP, be_program_read_port (server, NULL));
  be_our_end_say_text (&our_end, "hello baby");

  be_our_end_expect_text (&our_end, BE_CALL_RECV, "HELLO BABY");
  be_our_end_expect_end (&our_end);
  be_program_expect_exit (server);
}

static void
test_clients_talk_to_the_loop_server_one_after_the_other (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) server = NULL;
  g_autoptr (GBytes) message = g_bytes_new_static ("a\0b\r\n\xff", 6);
  g_autoptr (GBytes) answer = g_bytes_new_static ("A\0B\r\n\xff", 6);
  guint16 port = 0;

  if (be_program_is_missing (PYTHON))
    return;

  server = be_program_start_python ("tcp_loop_server.py", 0);
  port = be_program_read_port (server, NULL);

  be_our_end_call (&our_end, BE_PROTOCOL_TCP, port);
  be_our_end_say_text (&our_end, "hello baby");
  be_our_end_expect_text (&our_end, BE_CALL_RECV, "HELLO BABY");
  be_our_end_say_text (&our_end, "你好 abc");
  be_our_end_expect_text (&our_end, BE_CALL_RECV, "HELLO BABY你好 ABC");
  be_session_stop (our_end.session);
  be_our_end_expect_end (&our_end);

  be_our_end_call (&our_end, BE_PROTOCOL_TCP, port);
  be_our_end_say_text (&our_end, "failing");
  be_our_end_expect_text (&our_end, BE_CALL_RECV, "FAILING");
  be_session_reset_peer (our_end.session, BE_PEER_EVERYONE);
  be_our_end_expect_end (&our_end);

  be_our_end_call (&our_end, BE_PROTOCOL_TCP, port);
  be_our_end_say (&our_end, message);
  be_our_end_expect (&our_end, BE_CALL_RECV, answer);
}

static void
test_client_gets_all_of_a_long_answer (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) server = NULL;
  g_autofree char *message = g_strnfill (LONG_MESSAGE_BYTES, 'x');
  g_autofree char *answer = g_strnfill (LONG_MESSAGE_BYTES, 'X');

  if (be_program_is_missing (PYTHON))
    return;

  server = be_program_start_python ("tcp_loop_server.py", 0);
  be_our_end_call (&our_end, BE_PROTOCOL_TCP, be_program_read_port (server, NULL));
  be_our_end_say_text (&our_end, message);

  be_our_end_expect_text (&our_end, BE_CALL_RECV, answer);
}

static void
test_half_close_ends_the_loop_server_s_turn (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) server = NULL;

  if (be_program_is_missing (PYTHON))
    return;

  server = be_program_start_python ("tcp_loop_server.py", 0);
  be_our_end_call (&our_end, BE_PROTOCOL_TCP, be_program_read_port (server, NULL));
  be_our_end_say_text (&our_end, "hello baby");
  be_session_half_close (our_end.session, BE_PEER_EVERYONE);

  be_our_end_expect_end (&our_end);
  be_our_end_expect_text (&our_end, BE_CALL_RECV, "HELLO BABY");
  be_our_end_expect_count (&our_end, BE_CALL_SHUTDOWN, 1);
}

static void
test_udp_server_answers_clients_at_the_same_time (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) first = NULL;
  g_autoptr (BeProgram) second = NULL;

  if (be_program_is_missing (PYTHON))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_UDP);
  first = be_program_start_python ("udp_loop_client.py", our_end.port);
  second = be_program_start_python ("udp_loop_client.py", our_end.port);

  be_program_write_text (first, "hello baby\n");
  be_program_expect_text (first, "HELLO BABY\n");
  be_program_write_text (second, "你好 abc\n");
  be_program_expect_text (second, "你好 ABC\n");
  be_program_write_text (first, "bye\n");
  be_program_expect_text (first, "BYE\n");

  be_program_end_input (first);
  be_program_end_input (second);
  be_program_expect_exit (first);
  be_program_expect_exit (second);
  be_our_end_expect_text (&our_end, BE_CALL_RECVFROM, "hello baby你好 abcbye");
  be_our_end_expect_text (&our_end, BE_CALL_SENDTO, "HELLO BABY你好 ABCBYE");
}

static void
test_udp_server_answers_an_empty_datagram (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) client = NULL;

  if (be_program_is_missing (PYTHON))
    return;

  be_our_end_serve (&our_end, BE_PROTOCOL_UDP);
  client = be_program_start_python ("udp_loop_client.py", our_end.port);
  be_program_write_text (client, "\nafter\n");
  be_program_expect_text (client, "\nAFTER\n");

  be_program_end_input (client);
  be_program_expect_exit (client);
  be_our_end_expect_count (&our_end, BE_CALL_RECVFROM, 2);
  be_our_end_expect_count (&our_end, BE_CALL_SENDTO, 2);
}

static void
test_udp_client_talks_to_the_udp_server (void)
{
  g_auto (BeOurEnd) our_end = { 0 };
  g_autoptr (BeProgram) server = NULL;
  g_autoptr (GBytes) message = g_bytes_new_static ("\0你好 abc", 11);
  g_autoptr (GBytes) answers = g_bytes_new_static ("HELLO BABY\0你好 ABC", 21);

  if (be_program_is_missing (PYTHON))
    return;

  server = be_program_start_python ("udp_loop_server.py", 0);
  be_our_end_call (&our_end, BE_PROTOCOL_UDP, be_program_read_port (server, NULL));

  be_our_end_say_text (&our_end, "hello baby");
  be_our_end_expect_text (&our_end, BE_CALL_RECV, "HELLO BABY");
  be_our_end_say_text (&our_end, "");
  be_our_end_expect_count (&our_end, BE_CALL_RECV, 2);
  be_our_end_say (&our_end, message);
  be_our_end_expect (&our_end, BE_CALL_RECV, answers);
  be_our_end_expect_count (&our_end, BE_CALL_RECV, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tutorial/server-answers-the-one-shot-client", test_server_answers_the_one_shot_client);
  g_test_add_func ("/tutorial/server-serves-a-client-that-leaves-and-another-that-comes", test_server_serves_a_client_that_leaves_and_another_that_comes);
  g_test_add_func ("/tutorial/server-survives-a-client-that-is-killed", test_server_survives_a_client_that_is_killed);
  g_test_add_func ("/tutorial/client-talks-to-the-one-shot-server", test_client_talks_to_the_one_shot_server);
  g_test_add_func ("/tutorial/clients-talk-to-the-loop-server-one-after-the-other", test_clients_talk_to_the_loop_server_one_after_the_other);
  g_test_add_func ("/tutorial/client-gets-all-of-a-long-answer", test_client_gets_all_of_a_long_answer);
  g_test_add_func ("/tutorial/half-close-ends-the-loop-server-s-turn", test_half_close_ends_the_loop_server_s_turn);
  g_test_add_func ("/tutorial/udp-server-answers-clients-at-the-same-time", test_udp_server_answers_clients_at_the_same_time);
  g_test_add_func ("/tutorial/udp-server-answers-an-empty-datagram", test_udp_server_answers_an_empty_datagram);
  g_test_add_func ("/tutorial/udp-client-talks-to-the-udp-server", test_udp_client_talks_to_the_udp_server);

  return g_test_run ();
}
