/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When sockets read and how much at once, in whichever pace. */

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test.h"
#include "be-udp-client.h"
#include "be-udp-server.h"

#include <string.h>

#define INTERVAL_MS 60u
#define INTERVAL_MICROSECONDS ((gint64) INTERVAL_MS * 1000)

static void
start_silent_server (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_reply_rule (BE_TCP_SERVER (sessions->server), BE_REPLY_NONE);
}

static void
assert_reads (BeTestSessions *sessions,
              gint            size,
              guint           n_reads)
{
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == n_reads);
  for (guint i = 0; i + 1 < n_reads; i++)
    g_assert_cmpint (be_test_log_nth (sessions->log, sessions->server, BE_CALL_RECV, i)->result, ==,
                     size);
}

static void
receive_in_pieces (BeTestSessions *sessions,
                   guint           size,
                   guint           length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  start_silent_server (sessions);
  be_session_set_reading (sessions->server, 0, BE_READING_AT_ONCE, 0, size);
  be_test_session_run (sessions->server);
  be_test_sessions_start_client (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, text);
  assert_reads (sessions, (gint) size, (length + size - 1) / size);
  be_test_sessions_expect (sessions, sessions->server, text);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_RECV));
  g_assert_cmpuint (be_test_pending_find (sessions->server, BE_CALL_RECV)->argument, ==, size);

  /* As it was before, the rest of the gate included. */
  be_session_set_reading (sessions->server, 0, BE_READING_AT_ONCE, 0, 0);
  be_test_wait_pending (sessions->server, "");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, text);
  be_test_wait_until (be_test_log_bytes (sessions->log, sessions->server, BE_CALL_RECV) == 2 * length);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_RECV)->result, ==,
                   length);
}

static void
test_reads_one_byte_at_a_time (BeTestSessions *sessions)
{
  receive_in_pieces (sessions, 1, 20);
}

static void
test_reads_four_bytes_at_a_time (BeTestSessions *sessions)
{
  receive_in_pieces (sessions, 4, 10);
}

static void
test_reads_a_kilobyte_at_a_time (BeTestSessions *sessions)
{
  receive_in_pieces (sessions, 1024, 2500);
}

static void
test_reads_on_request (BeTestSessions *sessions)
{
  start_silent_server (sessions);
  be_session_set_reading (sessions->server, 0, BE_READING_ON_REQUEST, 0, 4);
  be_test_session_run (sessions->server);
  be_test_sessions_start_client (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");

  /* Only reads are held. */
  be_test_wait_pending (sessions->server, "recv accept…");
  g_assert_cmpuint (be_test_pending_find (sessions->server, BE_CALL_RECV)->argument, ==, 4);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_sessions_expect (sessions, sessions->server, "hell");
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "sent at once");
  be_test_sessions_expect (sessions, sessions->client, "sent at once");
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV), ==, 1);

  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  be_session_set_reading (sessions->server, 0, BE_READING_AT_ONCE, 0, 0);
  be_test_sessions_expect (sessions, sessions->server, "hello");
}

static void
test_reads_of_one_socket_alone_are_held (BeTestSessions *sessions)
{
  BeSession *other;
  guint32    first_id;

  start_silent_server (sessions);
  be_test_session_run (sessions->server);
  be_test_sessions_start_client (sessions);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  first_id = be_test_log_last (sessions->log, sessions->server, BE_CALL_ACCEPT)->socket_id;
  be_session_set_reading (sessions->server, first_id, BE_READING_ON_REQUEST, 0, 0);

  other = be_test_sessions_keep (sessions, be_test_client_new_for (sessions->server));
  be_test_session_run (other);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "held");
  be_test_session_send (other, BE_PEER_EVERYONE, "free");
  be_test_sessions_expect (sessions, sessions->server, "free");
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  g_assert_cmpuint (be_test_pending_find (sessions->server, BE_CALL_RECV)->socket_id, ==, first_id);

  /* The rule ends with its socket. */
  be_session_close_peer (sessions->server, first_id);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  be_test_wait_pending (sessions->server, "");

  /* There is none to come for a socket that is gone. */
  be_session_set_reading (sessions->server, first_id, BE_READING_ON_REQUEST, 0, 0);
  be_test_network_turn (sessions->network);
  be_network_thread_flush (sessions->network);
  be_test_wait_pending (sessions->server, "");
}

static void
test_reads_once_in_an_interval (BeTestSessions *sessions)
{
  gint64 previous;

  start_silent_server (sessions);
  be_session_set_reading (sessions->server, 0, BE_READING_TIMED, INTERVAL_MS, 4);
  be_test_session_run (sessions->server);
  be_test_sessions_start_client (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "aaaabbbbcccc");
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == 3);

  previous = be_test_log_last (sessions->log, sessions->server, BE_CALL_ACCEPT)->time;
  for (guint i = 0; i < 3; i++)
    {
      const BeEventRecord *read = be_test_log_nth (sessions->log, sessions->server, BE_CALL_RECV, i);

      g_assert_cmpint (read->result, ==, 4);
      g_assert_cmpint (read->time - previous, >=, INTERVAL_MICROSECONDS);
      previous = read->time;
    }

  /* Then it is made, and waits without a clock. */
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_RECV));
}

static void
test_tells_how_long_a_cut_datagram_was (BeTestSessions *sessions)
{
  const BeEventRecord *cut;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);
  be_session_set_reading (sessions->server, 0, BE_READING_AT_ONCE, 0, 4);
  be_test_session_run (sessions->server);
  be_test_sessions_start_client (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "0123456789");
  be_test_sessions_expect (sessions, sessions->client, "0123");
  cut = be_test_log_last (sessions->log, sessions->server, BE_CALL_RECVFROM);
  g_assert_cmpint (cut->result, ==, 4);
  g_assert_cmphex (cut->flags, ==, BE_EVENT_TRUNCATED);
#ifdef __linux__
  g_assert_cmpuint (cut->detail, ==, 10);
#else
  g_assert_cmpuint (cut->detail, ==, 0);
#endif

  /* Exactly as long is not cut. */
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "abcd");
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECVFROM) == 2);
  cut = be_test_log_last (sessions->log, sessions->server, BE_CALL_RECVFROM);
  g_assert_cmphex (cut->flags, ==, 0);
  g_assert_cmpuint (cut->detail, ==, 0);
}

static void
test_holds_reads_of_datagrams (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);
  be_session_set_reading (sessions->server, 0, BE_READING_ON_REQUEST, 0, 0);
  be_test_session_run (sessions->server);
  be_test_sessions_start_client (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "b");
  be_test_wait_until (be_test_sessions_count (sessions, sessions->client, BE_CALL_SEND) == 2);
  be_test_step (sessions->server, BE_CALL_RECVFROM);

  /* The reply is not held. */
  be_test_sessions_expect (sessions, sessions->client, "A");
  be_test_wait_pending (sessions->server, "recvfrom");
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECVFROM), ==, 1);
  be_session_set_reading (sessions->server, 0, BE_READING_AT_ONCE, 0, 0);
  be_test_sessions_expect (sessions, sessions->client, "AB");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/reading/reads-one-byte-at-a-time", test_reads_one_byte_at_a_time);
  be_test_sessions_add ("/reading/reads-four-bytes-at-a-time", test_reads_four_bytes_at_a_time);
  be_test_sessions_add ("/reading/reads-a-kilobyte-at-a-time", test_reads_a_kilobyte_at_a_time);
  be_test_sessions_add ("/reading/reads-on-request", test_reads_on_request);
  be_test_sessions_add ("/reading/reads-of-one-socket-alone-are-held",
                        test_reads_of_one_socket_alone_are_held);
  be_test_sessions_add ("/reading/reads-once-in-an-interval", test_reads_once_in_an_interval);
  be_test_sessions_add ("/reading/tells-how-long-a-cut-datagram-was",
                        test_tells_how_long_a_cut_datagram_was);
  be_test_sessions_add ("/reading/holds-reads-of-datagrams", test_holds_reads_of_datagrams);

  return g_test_run ();
}
