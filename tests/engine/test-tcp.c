/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A TCP conversation when all goes well. */

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <string.h>

#define LARGE_BYTES (5 * 1024 * 1024)

/* As much as a frame's log keeps whole, four times: sent and received by both. */
#define SESSION_BYTES (512 * 1024)

static void
assert_same (GBytes *a,
             GBytes *b)
{
  g_assert_cmpuint (g_bytes_get_size (a), ==, g_bytes_get_size (b));
  g_assert_true (g_bytes_equal (a, b));
}

static void
test_answers_in_upper_case (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_sessions_expect (sessions, sessions->client, "HELLO BABY");
}

static void
run_server_with_rule (BeTestSessions *sessions,
                      BeReplyRule     rule)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_reply_rule (BE_TCP_SERVER (sessions->server), rule);
  be_test_session_run (sessions->server);
  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
}

static void
test_answers_with_the_same_bytes_when_told_so (BeTestSessions *sessions)
{
  run_server_with_rule (sessions, BE_REPLY_ECHO);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "Hello baby");
  be_test_sessions_expect (sessions, sessions->client, "Hello baby");
}

static void
test_answers_nothing_when_told_so (BeTestSessions *sessions)
{
  run_server_with_rule (sessions, BE_REPLY_NONE);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_wait_until (be_test_log_bytes (sessions->log, sessions->server, BE_CALL_RECV) == 10);

  /* The server's side of the stream holds what a person sent, and nothing before it. */
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "by hand");
  be_test_sessions_expect (sessions, sessions->client, "by hand");
  g_assert_cmpuint (be_test_log_flags (sessions->log, sessions->server, BE_CALL_SEND,
                                       BE_EVENT_REPLY),
                    ==, 0);
}

static void
test_tells_answers_from_what_a_person_sent (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "b");
  be_test_sessions_expect (sessions, sessions->client, "Ab");

  g_assert_cmphex (be_test_log_nth (sessions->log, sessions->client, BE_CALL_SEND, 0)->flags,
                   ==, BE_EVENT_ON_REQUEST);
  g_assert_cmphex (be_test_log_nth (sessions->log, sessions->server, BE_CALL_SEND, 0)->flags,
                   ==, BE_EVENT_REPLY);
  g_assert_cmphex (be_test_log_nth (sessions->log, sessions->server, BE_CALL_SEND, 1)->flags,
                   ==, BE_EVENT_ON_REQUEST);
}

static void
test_leaves_all_other_bytes_alone (BeTestSessions *sessions)
{
  static const char strange[] =
    "\0a\0\xff\xfe\xc3(\xed\xa0\x80 \xe4\xbd\xa0\xe5\xa5\xbd caf\xc3\xa9\r\n\x7f";
  static const char answer[] =
    "\0A\0\xff\xfe\xc3(\xed\xa0\x80 \xe4\xbd\xa0\xe5\xa5\xbd CAF\xc3\xa9\r\n\x7f";
  g_autoptr (GBytes) bytes = g_bytes_new_static (strange, sizeof strange);
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GBytes) received = NULL;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);
  be_test_wait_until (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV) ==
                      sizeof answer);

  sent = be_test_recorder_payload (sessions->log, sessions->client, BE_CALL_SEND);
  assert_same (sent, bytes);
  received = be_test_recorder_payload (sessions->log, sessions->client, BE_CALL_RECV);
  g_assert_cmpmem (g_bytes_get_data (received, NULL), g_bytes_get_size (received),
                   answer, sizeof answer);
}

static void
test_answers_a_stream_however_it_is_cut (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GBytes) expected = be_test_upper_case (bytes);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect (&address);
  answer = be_test_peer_talk (peer, bytes, 100 * 1000);
  assert_same (answer, expected);
}

static void
test_answers_one_byte_at_a_time (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (3000);
  g_autoptr (GBytes) expected = be_test_upper_case (bytes);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect (&address);
  answer = be_test_peer_talk (peer, bytes, 1);
  assert_same (answer, expected);
}

static void
test_shows_every_byte_that_a_session_sends_and_receives (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (SESSION_BYTES);
  g_autoptr (GBytes) expected = be_test_upper_case (bytes);
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GBytes) received = NULL;
  gsize offset = 0;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  while (offset < SESSION_BYTES)
    {
      gsize random = (gsize) g_test_rand_int_range (1, 20000);
      gsize length = MIN (random, SESSION_BYTES - offset);
      g_autoptr (GBytes) piece = g_bytes_new_from_bytes (bytes, offset, length);

      be_session_send (sessions->client, BE_PEER_EVERYONE, piece);
      offset += length;
    }
  be_test_wait_until (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV) ==
                      SESSION_BYTES);

  sent = be_test_recorder_payload (sessions->log, sessions->client, BE_CALL_SEND);
  read = be_test_recorder_payload (sessions->log, sessions->server, BE_CALL_RECV);
  received = be_test_recorder_payload (sessions->log, sessions->client, BE_CALL_RECV);
  assert_same (sent, bytes);
  assert_same (read, bytes);
  assert_same (received, expected);
}

static void
test_keeps_the_order_of_a_thousand_sends (BeTestSessions *sessions)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u;", i);

      g_string_append (expected, text);
      be_test_session_send (sessions->client, BE_PEER_EVERYONE, text);
    }
  be_test_sessions_expect (sessions, sessions->client, expected->str);
}

static void
test_sends_nothing_for_an_empty_piece (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_SEND), ==, 1);
}

static void
test_logs_the_calls_in_the_order_of_a_textbook (BeTestSessions *sessions)
{
  g_autofree char *server_calls = NULL;
  g_autofree char *client_calls = NULL;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
  be_test_session_end (sessions->client);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE) == 1);
  be_test_session_end (sessions->server);

  server_calls = be_test_log_calls (sessions->log, sessions->server);
  client_calls = be_test_log_calls (sessions->log, sessions->client);
  g_assert_cmpstr (server_calls, ==, "socket bind listen accept recv send recv close close");
  g_assert_cmpstr (client_calls, ==, "socket connect send recv close");
}

static void
test_logs_connect_before_accept (BeTestSessions *sessions)
{
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  for (guint i = 0; i < 20; i++)
    {
      BeSession *client =
        be_test_sessions_keep (sessions, be_test_client_new_for (sessions->server));

      be_test_session_run (client);
      be_test_wait_until (be_test_log_nth (sessions->log, sessions->server, BE_CALL_ACCEPT, i) !=
                          NULL);
      g_assert_cmpuint (
        be_test_log_last (sessions->log, client, BE_CALL_CONNECT)->sequence, <,
        be_test_log_nth (sessions->log, sessions->server, BE_CALL_ACCEPT, i)->sequence);
    }
}

static void
test_names_both_addresses_in_every_event (BeTestSessions *sessions)
{
  const BeEventRecord *sent;
  const BeEventRecord *received;
  const BeEventRecord *accepted;
  BeAddress            server;
  BeAddress            client;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");

  server = be_test_session_get_local (sessions->server);
  client = be_test_session_get_local (sessions->client);
  g_assert_cmpuint (server.port, !=, 0);
  g_assert_cmpuint (client.port, !=, 0);
  sent = be_test_log_last (sessions->log, sessions->client, BE_CALL_SEND);
  received = be_test_log_last (sessions->log, sessions->server, BE_CALL_RECV);
  accepted = be_test_log_last (sessions->log, sessions->server, BE_CALL_ACCEPT);
  g_assert_true (be_address_equal (&sent->local, &client));
  g_assert_true (be_address_equal (&sent->peer, &server));
  g_assert_true (be_address_equal (&received->local, &server));
  g_assert_true (be_address_equal (&received->peer, &client));
  g_assert_true (be_address_equal (&accepted->local, &server));
  g_assert_true (be_address_equal (&accepted->peer, &client));
  g_assert_cmpuint (sent->peer_id, ==, sent->socket_id);
  g_assert_cmpuint (received->socket_id, ==, accepted->socket_id);
}

static void
test_calls_from_the_local_address_that_was_asked_for (BeTestSessions *sessions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) endpoint = NULL;
  g_autoptr (BeEndpoint) with_local = NULL;
  g_autoptr (GSocket) reserved = NULL;
  g_autofree char *calls = NULL;
  g_autofree char *port = NULL;
  BeAddress        local;

  /* A port that was free a moment ago. */
  reserved = be_test_peer_listen (1, &local);
  g_clear_object (&reserved);
  port = g_strdup_printf ("%u", local.port);

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  sessions->client = be_test_client_new_for (sessions->server);
  endpoint = be_endpoint_ref (be_session_get_endpoint (sessions->client));
  with_local = be_endpoint_with_local (endpoint, "127.0.0.1", port, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (g_steal_pointer (&sessions->client));

  sessions->client = g_object_new (BE_TYPE_TCP_CLIENT, "network", sessions->network,
                                   "endpoint", with_local, NULL);
  be_test_session_run (sessions->client);
  g_assert_cmpuint (be_test_session_get_local (sessions->client).port, ==, local.port);
  calls = be_test_log_calls (sessions->log, sessions->client);
  g_assert_cmpstr (calls, ==, "socket bind connect");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/tcp/answers-in-upper-case", test_answers_in_upper_case);
  be_test_sessions_add ("/tcp/answers-with-the-same-bytes-when-told-so",
                        test_answers_with_the_same_bytes_when_told_so);
  be_test_sessions_add ("/tcp/answers-nothing-when-told-so", test_answers_nothing_when_told_so);
  be_test_sessions_add ("/tcp/tells-answers-from-what-a-person-sent",
                        test_tells_answers_from_what_a_person_sent);
  be_test_sessions_add ("/tcp/leaves-all-other-bytes-alone", test_leaves_all_other_bytes_alone);
  be_test_sessions_add ("/tcp/answers-a-stream-however-it-is-cut",
                        test_answers_a_stream_however_it_is_cut);
  be_test_sessions_add ("/tcp/answers-one-byte-at-a-time", test_answers_one_byte_at_a_time);
  be_test_sessions_add ("/tcp/shows-every-byte-that-a-session-sends-and-receives",
                        test_shows_every_byte_that_a_session_sends_and_receives);
  be_test_sessions_add ("/tcp/keeps-the-order-of-a-thousand-sends",
                        test_keeps_the_order_of_a_thousand_sends);
  be_test_sessions_add ("/tcp/sends-nothing-for-an-empty-piece",
                        test_sends_nothing_for_an_empty_piece);
  be_test_sessions_add ("/tcp/logs-the-calls-in-the-order-of-a-textbook",
                        test_logs_the_calls_in_the_order_of_a_textbook);
  be_test_sessions_add ("/tcp/logs-connect-before-accept", test_logs_connect_before_accept);
  be_test_sessions_add ("/tcp/names-both-addresses-in-every-event",
                        test_names_both_addresses_in_every_event);
  be_test_sessions_add ("/tcp/calls-from-the-local-address-that-was-asked-for",
                        test_calls_from_the_local_address_that_was_asked_for);

  return g_test_run ();
}
