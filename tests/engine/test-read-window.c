/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A reader of events that must have every byte, and takes its time. */

#include "be-tcp-client.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <string.h>

#define WINDOW_BYTES 4096
#define SENT_BYTES 100000

static void
start_with_window (BeTestSessions *sessions,
                   gsize           window)
{
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  sessions->client = be_test_client_new_for (sessions->server);
  be_tcp_client_set_read_window (BE_TCP_CLIENT (sessions->client), window);
  be_test_session_run (sessions->client);
}

static void
send_from_server (BeTestSessions *sessions,
                  gsize           length)
{
  g_autofree guint8 *bytes = g_malloc (length);
  g_autoptr (GBytes) message = NULL;

  memset (bytes, 'a', length);
  message = g_bytes_new (bytes, length);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT) > 0);
  be_session_send (sessions->server, BE_PEER_EVERYONE, message);
}

static guint64
count_received (BeTestSessions *sessions)
{
  return be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV);
}

static void
test_reads_no_more_than_allowed (BeTestSessions *sessions)
{
  guint64 n_received;

  start_with_window (sessions, WINDOW_BYTES);
  send_from_server (sessions, SENT_BYTES);
  be_test_wait_until (count_received (sessions) > 0);

  /* What the client sends now comes back behind all of it. */
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "b");
  be_test_wait_until (be_test_log_bytes (sessions->log, sessions->server, BE_CALL_RECV) == 1);
  n_received = count_received (sessions);
  g_assert_cmpuint (n_received, <=, WINDOW_BYTES);

  be_tcp_client_allow_reads (BE_TCP_CLIENT (sessions->client), WINDOW_BYTES);
  be_test_wait_until (count_received (sessions) > n_received);
  g_assert_cmpuint (count_received (sessions), <=, 2 * WINDOW_BYTES);

  be_tcp_client_allow_reads (BE_TCP_CLIENT (sessions->client), 10 * SENT_BYTES);
  be_test_wait_until (count_received (sessions) == SENT_BYTES + 1);
}

static void
test_end_of_stream_waits_behind_the_bytes (BeTestSessions *sessions)
{
  start_with_window (sessions, WINDOW_BYTES);
  send_from_server (sessions, SENT_BYTES);
  be_session_half_close (sessions->server, BE_PEER_EVERYONE);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_SHUTDOWN) == 1);
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_RUNNING);

  be_tcp_client_allow_reads (BE_TCP_CLIENT (sessions->client), 10 * SENT_BYTES);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  g_assert_cmpuint (count_received (sessions), ==, SENT_BYTES);
}

static void
test_small_reads_use_the_window_too (BeTestSessions *sessions)
{
  guint64 n_received;

  start_with_window (sessions, 1);
  send_from_server (sessions, 3);
  be_test_wait_until (count_received (sessions) == 1);

  for (n_received = 2; n_received <= 3; n_received++)
    {
      be_tcp_client_allow_reads (BE_TCP_CLIENT (sessions->client), 1);
      be_test_wait_until (count_received (sessions) == n_received);
    }
}

static void
test_stops_with_its_window_used_up (BeTestSessions *sessions)
{
  start_with_window (sessions, WINDOW_BYTES);
  send_from_server (sessions, SENT_BYTES);
  be_test_wait_until (count_received (sessions) > 0);
  be_test_session_end (sessions->client);
  be_tcp_client_allow_reads (BE_TCP_CLIENT (sessions->client), SENT_BYTES);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/read-window/reads-no-more-than-allowed", test_reads_no_more_than_allowed);
  be_test_sessions_add ("/read-window/end-of-stream-waits-behind-the-bytes", test_end_of_stream_waits_behind_the_bytes);
  be_test_sessions_add ("/read-window/small-reads-use-the-window-too", test_small_reads_use_the_window_too);
  be_test_sessions_add ("/read-window/stops-with-its-window-used-up", test_stops_with_its_window_used_up);

  return g_test_run ();
}
