/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A UDP conversation when all goes well. */

#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"
#include "be-udp-server.h"

#include <string.h>

/* The largest that fits behind an IPv4 and a UDP header (RFC 768, RFC 791). */
#define LARGEST_BYTES 65507

static void
expect_datagram (GSocket    *peer,
                 const char *text)
{
  g_autoptr (GBytes) datagram = be_test_peer_receive_datagram (peer, NULL);

  g_assert_cmpmem (g_bytes_get_data (datagram, NULL), g_bytes_get_size (datagram),
                   text, strlen (text));
}

static GSocket *
connect_peer (BeTestSessions *sessions)
{
  BeAddress local;
  BeAddress server = be_test_session_get_local (sessions->server);
  GSocket  *peer = be_test_peer_bind_datagram (0, &local);

  be_test_peer_connect_to (peer, &server);

  return peer;
}

static void
test_answers_in_upper_case (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_sessions_expect (sessions, sessions->client, "HELLO BABY");
}

static void
run_server_with_rule (BeTestSessions *sessions,
                      BeReplyRule     rule)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);
  be_udp_server_set_reply_rule (BE_UDP_SERVER (sessions->server), rule);
  be_test_session_run (sessions->server);
}

static void
test_answers_with_the_same_bytes_when_told_so (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;

  run_server_with_rule (sessions, BE_REPLY_ECHO);
  peer = connect_peer (sessions);
  be_test_peer_send (peer, "Hello baby", 10);
  expect_datagram (peer, "Hello baby");
}

static void
test_answers_nothing_when_told_so (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;

  run_server_with_rule (sessions, BE_REPLY_NONE);
  peer = connect_peer (sessions);
  be_test_peer_send (peer, "hello baby", 10);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, 1);
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "by hand");
  expect_datagram (peer, "by hand");
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_SENDTO, 1);
}

static void
test_keeps_datagrams_apart (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_UDP);
  peer = connect_peer (sessions);
  be_test_peer_send (peer, "one", 3);
  be_test_peer_send (peer, "two", 3);
  be_test_peer_send (peer, "three", 5);
  expect_datagram (peer, "ONE");
  expect_datagram (peer, "TWO");
  expect_datagram (peer, "THREE");
}

static void
test_answers_an_empty_datagram_with_an_empty_one (BeTestSessions *sessions)
{
  const BeEventRecord *received;

  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "");
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_RECV, 1);
  received = be_test_log_last (sessions->log, sessions->server, BE_CALL_RECVFROM);
  g_assert_cmpint (received->result, ==, 0);
  g_assert_true (be_event_record_is_data (received));
  g_assert_false (be_event_record_is_end_of_stream (received));
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV)->result, ==, 0);

  /* Nothing has ended. */
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_RUNNING);
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_RUNNING);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "still here");
  be_test_sessions_expect (sessions, sessions->client, "STILL HERE");
}

static void
test_answers_the_largest_datagram (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (LARGEST_BYTES);
  g_autoptr (GBytes) expected = be_test_upper_case (bytes);
  g_autoptr (GBytes) received = NULL;

  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_RECV, 1);
  received = be_test_recorder_payload (sessions->log, sessions->client, BE_CALL_RECV);
  g_assert_true (g_bytes_equal (received, expected));
  g_assert_cmphex (be_test_log_last (sessions->log, sessions->server, BE_CALL_RECVFROM)->flags, ==,
                   0);
}

static void
test_answers_datagrams_of_every_size (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_UDP);
  peer = connect_peer (sessions);
  for (guint i = 0; i < 300; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, i % 10 == 0 ? LARGEST_BYTES + 1 : 2000);
      g_autoptr (GBytes) bytes = be_test_random_bytes (length);
      g_autoptr (GBytes) expected = be_test_upper_case (bytes);
      g_autoptr (GBytes) answer = NULL;

      be_test_peer_send (peer, g_bytes_get_data (bytes, NULL), length);
      answer = be_test_peer_receive_datagram (peer, NULL);
      g_assert_true (g_bytes_equal (answer, expected));
    }
}

static void
test_loses_nothing_of_a_burst (BeTestSessions *sessions)
{
  const guint n_datagrams = 16;
  g_autoptr (GBytes) bytes = be_test_random_bytes (LARGEST_BYTES);

  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  for (guint i = 0; i < n_datagrams; i++)
    be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_RECV, n_datagrams);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, n_datagrams);
  g_assert_cmpuint (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV),
                    ==, n_datagrams * LARGEST_BYTES);
}

static void
test_sends_in_order (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      be_test_session_send (sessions->client, BE_PEER_EVERYONE, text);
    }
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_RECV, 200);
  for (guint i = 0; i < 200; i++)
    {
      const BeEventRecord *received =
        be_test_log_nth (sessions->log, sessions->client, BE_CALL_RECV, i);
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_cmpmem (be_event_record_payload (received), received->kept_length, text,
                       strlen (text));
    }
}

static void
test_tells_its_peers_apart (BeTestSessions *sessions)
{
  g_autoptr (GSocket) first = NULL;
  g_autoptr (GSocket) second = NULL;
  const BeEventRecord *records[4];

  be_test_sessions_start_server (sessions, BE_PROTOCOL_UDP);
  first = connect_peer (sessions);
  second = connect_peer (sessions);
  be_test_peer_send (first, "a", 1);
  expect_datagram (first, "A");
  be_test_peer_send (second, "b", 1);
  expect_datagram (second, "B");
  be_test_peer_send (first, "c", 1);
  expect_datagram (first, "C");

  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, 3);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_SENDTO, 3);
  for (guint i = 0; i < 3; i++)
    records[i] = be_test_log_nth (sessions->log, sessions->server, BE_CALL_RECVFROM, i);
  records[3] = be_test_log_nth (sessions->log, sessions->server, BE_CALL_SENDTO, 1);
  g_assert_cmpuint (records[0]->peer_id, !=, 0);
  g_assert_cmpuint (records[0]->peer_id, !=, records[1]->peer_id);
  g_assert_cmpuint (records[0]->peer_id, ==, records[2]->peer_id);
  g_assert_cmpuint (records[3]->peer_id, ==, records[1]->peer_id);
  g_assert_cmpuint (records[0]->socket_id, ==, records[1]->socket_id);
  g_assert_cmpuint (records[0]->peer.port, !=, records[1]->peer.port);
  g_assert_true (be_address_equal (&records[3]->peer, &records[1]->peer));
}

static void
test_speaks_to_one_and_to_all (BeTestSessions *sessions)
{
  g_autoptr (GSocket) first = NULL;
  g_autoptr (GSocket) second = NULL;

  run_server_with_rule (sessions, BE_REPLY_NONE);
  first = connect_peer (sessions);
  second = connect_peer (sessions);
  be_test_peer_send (first, "a", 1);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, 1);
  be_test_peer_send (second, "b", 1);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, 2);

  be_test_session_send (
    sessions->server,
    be_test_log_nth (sessions->log, sessions->server, BE_CALL_RECVFROM, 1)->peer_id, "you alone");
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "everybody");
  expect_datagram (first, "everybody");
  expect_datagram (second, "you alone");
  expect_datagram (second, "everybody");
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_SENDTO, 3);
  g_assert_cmpuint (be_test_log_flags (sessions->log, sessions->server, BE_CALL_SENDTO,
                                       BE_EVENT_ON_REQUEST),
                    ==, 3);
}

static void
test_logs_the_calls_in_the_order_of_a_textbook (BeTestSessions *sessions)
{
  g_autofree char *server_calls = NULL;
  g_autofree char *client_calls = NULL;

  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
  be_test_session_end (sessions->client);
  be_test_session_end (sessions->server);
  server_calls = be_test_log_calls (sessions->log, sessions->server);
  client_calls = be_test_log_calls (sessions->log, sessions->client);
  g_assert_cmpstr (server_calls, ==, "socket bind recvfrom sendto close");
  g_assert_cmpstr (client_calls, ==, "socket connect send recv close");
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_BIND)->state,
                   ==, BE_SYSTEM_STATE_UDP_BOUND);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT)->state,
                   ==, BE_SYSTEM_STATE_UDP_CONNECTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/udp/answers-in-upper-case", test_answers_in_upper_case);
  be_test_sessions_add ("/udp/answers-with-the-same-bytes-when-told-so",
                        test_answers_with_the_same_bytes_when_told_so);
  be_test_sessions_add ("/udp/answers-nothing-when-told-so", test_answers_nothing_when_told_so);
  be_test_sessions_add ("/udp/keeps-datagrams-apart", test_keeps_datagrams_apart);
  be_test_sessions_add ("/udp/answers-an-empty-datagram-with-an-empty-one",
                        test_answers_an_empty_datagram_with_an_empty_one);
  be_test_sessions_add ("/udp/answers-the-largest-datagram", test_answers_the_largest_datagram);
  be_test_sessions_add ("/udp/answers-datagrams-of-every-size",
                        test_answers_datagrams_of_every_size);
  be_test_sessions_add ("/udp/loses-nothing-of-a-burst", test_loses_nothing_of_a_burst);
  be_test_sessions_add ("/udp/sends-in-order", test_sends_in_order);
  be_test_sessions_add ("/udp/tells-its-peers-apart", test_tells_its_peers_apart);
  be_test_sessions_add ("/udp/speaks-to-one-and-to-all", test_speaks_to_one_and_to_all);
  be_test_sessions_add ("/udp/logs-the-calls-in-the-order-of-a-textbook",
                        test_logs_the_calls_in_the_order_of_a_textbook);

  return g_test_run ();
}
