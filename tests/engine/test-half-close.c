/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* TCP conversations of which one direction has ended. */

#include "be-test-errors.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

/* As much as may wait for a peer that does not read. */
#define LARGE_BYTES (8 * 1024 * 1024)

static GSocket *
connect_peer (BeTestSessions *sessions)
{
  BeAddress address = be_test_session_get_local (sessions->server);

  return be_test_peer_connect (&address);
}

static void
test_reads_on_after_a_half_close (BeTestSessions *sessions)
{
  const BeEventRecord *shut;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "the last word");
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);

  be_test_sessions_expect (sessions, sessions->client, "THE LAST WORD");
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_SHUTDOWN, 1);
  shut = be_test_log_last (sessions->log, sessions->client, BE_CALL_SHUTDOWN);
  g_assert_cmpint (shut->result, ==, 0);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV)->result, ==, 0);
}

static void
test_half_closes_after_what_still_waits (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (LARGE_BYTES);

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);

  g_assert_cmpuint (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_SEND), ==,
                    LARGE_BYTES);
  g_assert_cmpuint (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV), ==,
                    LARGE_BYTES);
}

/* Waits until there is something, or until something can be sent. */
static void
receive_what_is_there (GSocket    *peer,
                       GByteArray *bytes)
{
  g_autoptr (GError) error = NULL;
  guint8 buffer[4096];
  gssize received;

  g_socket_condition_wait (peer, G_IO_IN | G_IO_OUT, NULL, &error);
  g_assert_no_error (error);
  if (g_socket_condition_check (peer, G_IO_IN) == 0)
    return;

  received = g_socket_receive (peer, (char *) buffer, sizeof buffer, NULL, &error);
  g_assert_no_error (error);
  g_byte_array_append (bytes, buffer, (guint) received);
}

static void
test_sends_all_answers_after_a_half_close (BeTestSessions *sessions)
{
  const gsize length = 10 * 1024 * 1024;
  g_autoptr (GBytes) bytes = be_test_random_bytes (length);
  g_autoptr (GBytes) expected = be_test_upper_case (bytes);
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (GSocket) peer = NULL;
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  gsize         sent = 0;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  peer = connect_peer (sessions);

  /* Reads only when nothing can be sent, so that much is still to come. */
  while (sent < length)
    {
      gssize now = be_test_peer_try_send (peer, data + sent, length - sent);

      sent += (gsize) now;
      if (now == 0)
        receive_what_is_there (peer, answer);
    }
  be_test_peer_stop_sending (peer);
  g_assert_cmpuint (answer->len, <, length);

  rest = be_test_peer_receive (peer, length - answer->len);
  g_byte_array_append (answer, g_bytes_get_data (rest, NULL), (guint) g_bytes_get_size (rest));
  g_assert_cmpmem (answer->data, answer->len,
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
  be_test_peer_expect_end (peer);
}

static void
test_ends_the_client_when_the_server_half_closes (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_ACCEPT, 1);
  be_session_half_close (sessions->server, BE_PEER_EVERYONE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);

  g_assert_true (be_event_record_is_end_of_stream (
    be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV)));
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_SHUTDOWN, 1);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 1);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_RUNNING);
}

static void
test_reads_on_when_the_server_half_closes (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  peer = connect_peer (sessions);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_ACCEPT, 1);
  be_session_half_close (sessions->server, BE_PEER_EVERYONE);
  be_test_peer_expect_end (peer);

  /* Read, and not answered any more. */
  be_test_peer_send (peer, "still here", 10);
  be_test_wait_until (be_test_log_bytes (sessions->log, sessions->server, BE_CALL_RECV) == 10);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_SEND, 0);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 0);
  be_test_peer_stop_sending (peer);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 1);
}

static void
test_keeps_reading_when_a_send_after_the_half_close_fails (BeTestSessions *sessions)
{
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GSocket) peer = NULL;
  const BeEventRecord *failed;
  BeAddress            address;

  listener = be_test_peer_listen (1, &address);
  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);
  peer = be_test_peer_accept (listener);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "too late");
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_SEND, 1);
  failed = be_test_log_last (sessions->log, sessions->client, BE_CALL_SEND);
  g_assert_cmpint (failed->result, ==, -1);
  g_assert_cmpint (failed->error, ==, BE_TEST_ERROR_SHUT_DOWN);

  be_test_peer_expect_end (peer);
  be_test_peer_send (peer, "answer", 6);
  be_test_sessions_expect (sessions, sessions->client, "answer");
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_ENDING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/half-close/reads-on-after-a-half-close", test_reads_on_after_a_half_close);
  be_test_sessions_add ("/half-close/half-closes-after-what-still-waits",
                        test_half_closes_after_what_still_waits);
  be_test_sessions_add ("/half-close/sends-all-answers-after-a-half-close",
                        test_sends_all_answers_after_a_half_close);
  be_test_sessions_add ("/half-close/ends-the-client-when-the-server-half-closes",
                        test_ends_the_client_when_the_server_half_closes);
  be_test_sessions_add ("/half-close/reads-on-when-the-server-half-closes",
                        test_reads_on_when_the_server_half_closes);
  be_test_sessions_add ("/half-close/keeps-reading-when-a-send-after-the-half-close-fails",
                        test_keeps_reading_when_a_send_after_the_half_close_fails);

  return g_test_run ();
}
