/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How TCP conversations end. */

#include "be-network-thread-private.h"
#include "be-tcp-server.h"
#include "be-test-errors.h"
#include "be-test-hold.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <gio/gnetworking.h>
#include <string.h>

/* As much as may wait for a peer that does not read. */
#define LARGE_BYTES (8 * 1024 * 1024)

static GSocket *
connect_peer (BeTestSessions *sessions)
{
  BeAddress address = be_test_session_get_local (sessions->server);

  return be_test_peer_connect (&address);
}

static void
test_ends_the_connection_at_both_ends (BeTestSessions *sessions)
{
  const BeEventRecord *end;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_end (sessions->client);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 1);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_RUNNING);

  end = be_test_log_last (sessions->log, sessions->server, BE_CALL_RECV);
  g_assert_true (be_event_record_is_end_of_stream (end));
}

static void
test_stops_twice_as_once (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_stop (sessions->client);
  be_session_stop (sessions->client);
  be_session_stop (sessions->server);
  be_session_stop (sessions->server);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  be_test_wait_until (be_session_get_state (sessions->server) == BE_SESSION_ENDED);
  be_session_stop (sessions->client);
  be_session_stop (sessions->server);

  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_CLOSE, 1);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 2);
}

static void
test_starts_after_a_stop_that_came_too_early (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_session_stop (sessions->server);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_NEW);
  be_test_session_run (sessions->server);
  be_test_session_end (sessions->server);
}

static void
test_starts_once (BeTestSessions *sessions)
{
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  be_session_start (sessions->server);
  be_test_session_end (sessions->server);
  be_session_start (sessions->server);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_ENDED);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_SOCKET, 1);
}

static void
test_ends_when_stopped_right_after_the_start (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_session_start (sessions->server);
  be_session_stop (sessions->server);
  be_test_wait_until (be_session_get_state (sessions->server) == BE_SESSION_ENDED);
}

static void
test_gives_the_port_back (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  BeSession *second;
  guint16    port;

  /* With a connection that the server closes first, so that it has a TIME_WAIT. */
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  peer = connect_peer (sessions);
  port = be_test_session_get_local (sessions->server).port;
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_ACCEPT, 1);
  be_test_session_end (sessions->server);
  be_test_peer_expect_end (peer);

  second = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", port);
  be_test_session_run (be_test_sessions_keep (sessions, second));
}

static void
test_ends_at_once_when_stopped_while_connecting (BeTestSessions *sessions)
{
  BeAddress                  address;
  g_autoptr (GPtrArray) busy G_GNUC_UNUSED = be_test_peer_listen_too_busy (&address);
  const BeEventRecord       *failed;

  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_session_start (sessions->client);
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_SOCKET, 1);
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_STARTING);

  be_test_session_end (sessions->client);
  failed = be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT);
  g_assert_cmpint (failed->result, ==, -1);
  g_assert_cmpint (failed->error, ==, 0);
  g_assert_cmphex (failed->flags, ==, BE_EVENT_CANCELLED);
  g_assert_false (be_event_record_is_failure (failed));
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_CLOSE, 1);
}

static void
test_says_how_much_a_close_threw_away (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GSocket) peer = NULL;
  const BeEventRecord *closed;
  BeAddress            address;
  guint64              sent;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect_narrow (&address);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_ACCEPT, 1);
  be_session_send (sessions->server, BE_PEER_EVERYONE, bytes);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 1);

  closed = be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE);
  sent = be_test_log_bytes (sessions->log, sessions->server, BE_CALL_SEND);
  g_assert_cmpuint (closed->detail, >, 0);
  g_assert_cmpuint (sent, >, 0);
  g_assert_cmpuint (sent + closed->detail, ==, LARGE_BYTES);
}

/* Connects the client to somebody who reads little before being asked to. */
static GSocket *
start_client_of_a_slow_reader (BeTestSessions *sessions)
{
  g_autoptr (GSocket) listener = NULL;
  BeAddress address;

  listener = be_test_peer_listen (1, &address);
  g_socket_set_option (listener, SOL_SOCKET, SO_RCVBUF, 64 * 1024, NULL);
  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);

  return be_test_peer_accept (listener);
}

static void
test_sends_nothing_behind_a_half_close (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GBytes) received = NULL;
  g_autoptr (GSocket) peer = start_client_of_a_slow_reader (sessions);
  const BeEventRecord *refused;

  /* So much waits that the system does not know of the end yet. */
  be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "too late");
  be_test_wait_until (be_test_log_flags (sessions->log, sessions->client, BE_CALL_SEND,
                                         BE_EVENT_LIMIT) == 1);
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_SHUTDOWN, 0);
  refused = be_test_log_last (sessions->log, sessions->client, BE_CALL_SEND);
  g_assert_cmpint (refused->error, ==, BE_TEST_ERROR_SHUT_DOWN);
  g_assert_cmpuint (refused->detail, ==, strlen ("too late"));

  received = be_test_peer_receive (peer, LARGE_BYTES);
  g_assert_true (g_bytes_equal (received, bytes));
  be_test_peer_expect_end (peer);
}

#ifdef __linux__ /* where an RST leaves what has come before it */
static void
say_goodbye_cb (gpointer data)
{
  be_test_peer_send (data, "goodbye", 7);
  g_socket_close (data, NULL);
}

static void
test_reads_what_came_before_a_reset (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GSocket) peer = start_client_of_a_slow_reader (sessions);

  be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);

  /* Closing with unread bytes resets (RFC 2525, section 2.17). Both on the
   * network thread itself, so that it finds both at once. */
  be_network_thread_post (sessions->network, say_goodbye_cb, peer);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CLOSE)->detail, >,
                    0);
  g_assert_cmpuint (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV), ==, 7);
  g_assert_cmpuint (be_test_recorder_failures (sessions->log, sessions->client, BE_CALL_RECV), ==,
                    1);
}
#endif

static void
test_ignores_commands_after_the_end (BeTestSessions *sessions)
{
  guint n_events;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_end (sessions->client);
  be_test_session_end (sessions->server);
  n_events = be_test_recorder_get_all (sessions->log)->len;

  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "anybody?");
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "anybody?");
  be_test_session_send (sessions->server, 12345, "anybody?");
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_session_reset_peer (sessions->client, BE_PEER_EVERYONE);
  be_tcp_server_stop_listening (BE_TCP_SERVER (sessions->server));

  /* Another session's events come after whatever those would have made. */
  be_test_session_run (be_test_sessions_keep (
    sessions, be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0)));
  g_assert_cmpuint (be_test_recorder_get_all (sessions->log)->len, ==, n_events + 3);
}

static void
test_tells_the_state_at_each_step (BeTestSessions *sessions)
{
  BeSystemState shut;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 1);

  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_LISTEN)->state,
                   ==, BE_SYSTEM_STATE_LISTEN);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT)->state,
                   ==, BE_SYSTEM_STATE_ESTABLISHED);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_ACCEPT)->state,
                   ==, BE_SYSTEM_STATE_ESTABLISHED);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE)->state,
                   ==, BE_SYSTEM_STATE_LAST_ACK);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CLOSE)->state,
                   ==, be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV)->state);

#ifdef __linux__
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_RECV)->state,
                   ==, BE_SYSTEM_STATE_CLOSE_WAIT);
  shut = be_test_log_last (sessions->log, sessions->client, BE_CALL_SHUTDOWN)->state;
  g_assert_true (shut == BE_SYSTEM_STATE_FIN_WAIT_1 || shut == BE_SYSTEM_STATE_FIN_WAIT_2);
#else
  (void) shut;
#endif
}

/* A descriptor is gone after close (), and TCP is not: no row may say that it is. */
static void
test_close_tells_what_it_begins (BeTestSessions *sessions)
{
  BeTestHold hold;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_hold_begin (&hold, sessions->network);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_hold_end (&hold);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 1);
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_CLOSE, 1);

  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE)->state, ==, BE_SYSTEM_STATE_FIN_WAIT_1);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CLOSE)->state, ==, BE_SYSTEM_STATE_LAST_ACK);
}

static void
test_close_with_a_reset_leaves_nothing (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_reset_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 1);
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_CLOSE, 1);

  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE)->state, ==, BE_SYSTEM_STATE_CLOSED);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CLOSE)->state, ==, BE_SYSTEM_STATE_CLOSED);
}

#ifdef __linux__
/* The other end's FIN counts although nobody has read it. */
static void
test_close_after_a_fin_that_nobody_read_is_the_second (BeTestSessions *sessions)
{
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GSocket) peer = NULL;
  BeAddress  address;
  BeTestHold hold;

  listener = be_test_peer_listen (1, &address);
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);
  peer = be_test_peer_accept (listener);

  /* Its commands run before it looks at its sockets again. */
  be_test_hold_begin (&hold, sessions->network);
  be_session_close_peer (sessions->client, BE_PEER_EVERYONE);
  g_socket_close (peer, NULL);
  be_test_hold_end (&hold);
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_CLOSE, 1);

  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CLOSE)->state, ==, BE_SYSTEM_STATE_LAST_ACK);
}

/* The descriptor says CLOSED as soon as both sides have finished, also while there
 * is something to read (tcp(7)). */
static void
test_is_in_time_wait_with_bytes_left_to_read (BeTestSessions *sessions)
{
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GSocket) peer = NULL;
  BeAddress  address;
  BeTestHold hold;

  listener = be_test_peer_listen (1, &address);
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);
  peer = be_test_peer_accept (listener);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_peer_expect_end (peer);

  be_test_hold_begin (&hold, sessions->network);
  be_test_peer_send (peer, "left", 4);
  g_socket_close (peer, NULL);
  be_test_hold_end (&hold);

  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_CLOSE, 1);
  for (guint i = 0; i < be_test_recorder_get_all (sessions->log)->len; i++)
    {
      BeEvent             *event = g_ptr_array_index (be_test_recorder_get_all (sessions->log), i);
      const BeEventRecord *record = be_event_get_record (event);

      if (record->call == BE_CALL_RECV)
        g_assert_cmpint (record->state, ==, BE_SYSTEM_STATE_TIME_WAIT);
    }
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_RECV), ==, 2);
}
#endif

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/tcp-close/ends-the-connection-at-both-ends",
                        test_ends_the_connection_at_both_ends);
  be_test_sessions_add ("/tcp-close/stops-twice-as-once", test_stops_twice_as_once);
  be_test_sessions_add ("/tcp-close/starts-after-a-stop-that-came-too-early",
                        test_starts_after_a_stop_that_came_too_early);
  be_test_sessions_add ("/tcp-close/starts-once", test_starts_once);
  be_test_sessions_add ("/tcp-close/ends-when-stopped-right-after-the-start",
                        test_ends_when_stopped_right_after_the_start);
  be_test_sessions_add ("/tcp-close/gives-the-port-back", test_gives_the_port_back);
  be_test_sessions_add ("/tcp-close/ends-at-once-when-stopped-while-connecting",
                        test_ends_at_once_when_stopped_while_connecting);
  be_test_sessions_add ("/tcp-close/says-how-much-a-close-threw-away",
                        test_says_how_much_a_close_threw_away);
  be_test_sessions_add ("/tcp-close/sends-nothing-behind-a-half-close",
                        test_sends_nothing_behind_a_half_close);
#ifdef __linux__
  be_test_sessions_add ("/tcp-close/reads-what-came-before-a-reset",
                        test_reads_what_came_before_a_reset);
  be_test_sessions_add ("/tcp-close/close-after-a-fin-that-nobody-read-is-the-second",
                        test_close_after_a_fin_that_nobody_read_is_the_second);
  be_test_sessions_add ("/tcp-close/is-in-time-wait-with-bytes-left-to-read",
                        test_is_in_time_wait_with_bytes_left_to_read);
#endif
  be_test_sessions_add ("/tcp-close/ignores-commands-after-the-end",
                        test_ignores_commands_after_the_end);
  be_test_sessions_add ("/tcp-close/tells-the-state-at-each-step",
                        test_tells_the_state_at_each_step);

  be_test_sessions_add ("/tcp-close/close-tells-what-it-begins", test_close_tells_what_it_begins);
  be_test_sessions_add ("/tcp-close/close-with-a-reset-leaves-nothing", test_close_with_a_reset_leaves_nothing);

  return g_test_run ();
}
