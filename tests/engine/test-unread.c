/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* close () before everything was read: on TCP the system sends an RST
 * (RFC 1122, 4.2.2.13; RFC 2525, 2.17), and its event says so. */

#include "be-test-errors.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test.h"

#include <glib/gstdio.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>

static const BeEventRecord *
wait_for_close (BeTestSessions *sessions,
                BeSession      *session)
{
  be_test_sessions_wait_for_calls (sessions, session, BE_CALL_CLOSE, 1);

  return be_test_log_last (sessions->log, session, BE_CALL_CLOSE);
}

static void
assert_closed (const BeEventRecord *closed,
               guint                flags,
               const char          *unread)
{
  g_assert_cmphex (closed->flags, ==, flags);
  g_assert_cmpuint (closed->position, ==, strlen (unread));
  g_assert_cmpuint (closed->detail, ==, 0);
}

static gboolean
has_arrived (GSocket *peer)
{
  int n_unacknowledged = -1;

  g_assert_cmpint (ioctl (g_socket_get_fd (peer), SIOCOUTQ, &n_unacknowledged), ==, 0);

  return n_unacknowledged == 0;
}

/* It is not read, but the system of the other end has it. */
static void
send_hello (GSocket *peer)
{
  be_test_peer_send (peer, "hello", 5);
  be_test_wait_until (has_arrived (peer));
}

/* A server whose reads are held, and one of its clients. */
static GSocket *
start_held_server (BeTestSessions *sessions)
{
  BeAddress address;
  GSocket  *peer;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  be_session_set_reading (sessions->server, 0, BE_READING_ON_REQUEST, 0, 0);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect (&address);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));

  return peer;
}

static void
test_resets_when_asked_to_close_with_bytes_unread (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_server (sessions);

  send_hello (peer);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  assert_closed (wait_for_close (sessions, sessions->server), BE_EVENT_UNREAD | BE_EVENT_RESET, "hello");
  g_assert_true (be_test_peer_is_reset (peer));
}

/* Each of them has its own. */
static void
test_resets_whoever_has_bytes_unread_when_the_server_stops (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_server (sessions);
  g_autoptr (GSocket) second = NULL;
  BeAddress address = be_test_session_get_local (sessions->server);
  guint     n_unread = 0;
  guint     n_closed = 0;

  second = be_test_peer_connect (&address);
  be_test_wait_until (be_test_pending_count (sessions->server, BE_CALL_RECV) == 2);
  send_hello (peer);
  be_test_session_end (sessions->server);
  for (guint i = 0; i < be_test_recorder_get_all (sessions->log)->len; i++)
    {
      BeEvent             *event = g_ptr_array_index (be_test_recorder_get_all (sessions->log), i);
      const BeEventRecord *record = be_event_get_record (event);

      if (record->call == BE_CALL_CLOSE && record->peer_id != 0)
        {
          n_closed++;
          n_unread += record->flags == (BE_EVENT_UNREAD | BE_EVENT_RESET) ? 1 : 0;
        }
    }
  g_assert_cmpuint (n_closed, ==, 2);
  g_assert_cmpuint (n_unread, ==, 1);
  g_assert_true (be_test_peer_is_reset (peer));
  be_test_peer_expect_end (second);
}

/* A client whose reads are held, and who is at the other end. */
static GSocket *
start_held_client (BeTestSessions *sessions)
{
  BeAddress address;
  g_autoptr (GSocket) listener = be_test_peer_listen (1, &address);
  GSocket *peer;

  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_session_set_reading (sessions->client, 0, BE_READING_ON_REQUEST, 0, 0);
  be_test_session_run (sessions->client);
  peer = be_test_peer_accept (listener);
  be_test_wait_until (be_test_pending_is_held (sessions->client, BE_CALL_RECV));

  return peer;
}

static void
test_resets_when_a_client_stops_with_bytes_unread (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_client (sessions);

  send_hello (peer);
  be_test_session_end (sessions->client);
  assert_closed (wait_for_close (sessions, sessions->client), BE_EVENT_UNREAD | BE_EVENT_RESET, "hello");
  g_assert_true (be_test_peer_is_reset (peer));
}

static void
test_resets_when_a_session_is_let_go_with_bytes_unread (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_client (sessions);

  send_hello (peer);
  g_assert_finalize_object (g_steal_pointer (&sessions->client));
  assert_closed (wait_for_close (sessions, NULL), BE_EVENT_UNREAD | BE_EVENT_RESET, "hello");
  g_assert_true (be_test_peer_is_reset (peer));
}

static void
test_closes_as_usual_when_all_was_read (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_server (sessions);

  send_hello (peer);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_peer_expect (peer, "HELLO");
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  assert_closed (wait_for_close (sessions, sessions->server), 0, "");
  be_test_peer_expect_end (peer);
}

/* A FIN is no byte. */
static void
test_closes_as_usual_when_only_the_end_is_unread (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_server (sessions);

  be_test_peer_stop_sending (peer);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  assert_closed (wait_for_close (sessions, sessions->server), 0, "");
  be_test_peer_expect_end (peer);
}

static void
test_counts_bytes_and_not_the_end_behind_them (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_server (sessions);

  send_hello (peer);
  be_test_peer_stop_sending (peer);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  assert_closed (wait_for_close (sessions, sessions->server), BE_EVENT_UNREAD | BE_EVENT_RESET, "hello");
}

/* It is over on both sides, in TIME_WAIT: nobody is told any more. */
static void
test_sends_nothing_when_both_sides_have_finished (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_client (sessions);

  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_peer_expect_end (peer);
  send_hello (peer);
  g_socket_close (peer, NULL);
  be_test_session_end (sessions->client);
  assert_closed (wait_for_close (sessions, sessions->client), 0, "");
}

/* Both sides have finished, and who asks for a reset gets none: ss(8) says TIME-WAIT
 * afterwards as well. */
static void
test_a_reset_in_time_wait_sends_nothing (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_client (sessions);
  const BeEventRecord *closed;

  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_peer_expect_end (peer);
  g_socket_close (peer, NULL);
  be_session_reset_peer (sessions->client, BE_PEER_EVERYONE);
  closed = wait_for_close (sessions, sessions->client);
  assert_closed (closed, 0, "");
  g_assert_cmpint (closed->state, ==, BE_SYSTEM_STATE_TIME_WAIT);
  g_assert_cmpint (be_system_state_read_pair (&closed->local, &closed->peer, BE_SYSTEM_STATE_UNKNOWN), ==,
                   BE_SYSTEM_STATE_TIME_WAIT);
}

/* Nor when the other end has broken it off. */
static void
test_sends_nothing_after_a_reset (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_client (sessions);

  send_hello (peer);
  be_test_peer_reset (peer);
  be_test_session_end (sessions->client);
  assert_closed (wait_for_close (sessions, sessions->client), 0, "");
}

/* Who asks for a reset knows why there is one. */
static void
test_tells_a_reset_that_was_asked_for_apart (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_held_server (sessions);

  send_hello (peer);
  be_session_reset_peer (sessions->server, BE_PEER_EVERYONE);
  assert_closed (wait_for_close (sessions, sessions->server), BE_EVENT_RESET, "");
  g_assert_true (be_test_peer_is_reset (peer));
}

/* A close before reading, step by step: the other side asks, and is broken off. */
static void
test_a_close_before_reading_resets_the_other_end (BeTestSessions *sessions)
{
  const BeEventRecord *told;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_ACCEPT, 1);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_SEND, 1);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_CLOSE));
  be_test_step (sessions->server, BE_CALL_CLOSE);

  assert_closed (wait_for_close (sessions, sessions->server), BE_EVENT_UNREAD | BE_EVENT_RESET, "hello baby");
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  told = be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV);
  g_assert_cmpint (told->error, ==, BE_TEST_ERROR_CONNECTION_RESET);
  assert_closed (be_test_log_last (sessions->log, sessions->client, BE_CALL_CLOSE), 0, "");
}

/* A path has no RST, but the other end is told all the same. */
static void
test_tells_the_other_end_of_a_path (BeTestSessions *sessions)
{
  g_autofree char *directory = g_dir_make_tmp ("both-ends-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "socket", NULL);
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);
  be_session_set_reading (sessions->server, 0, BE_READING_ON_REQUEST, 0, 0);
  be_test_session_run (sessions->server);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect (&address);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  be_test_peer_send (peer, "hello", 5);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  assert_closed (wait_for_close (sessions, sessions->server), BE_EVENT_UNREAD, "hello");
  g_assert_true (be_test_peer_is_reset (peer));

  be_test_session_end (sessions->server);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/unread/resets-when-asked-to-close-with-bytes-unread",
                        test_resets_when_asked_to_close_with_bytes_unread);
  be_test_sessions_add ("/unread/resets-whoever-has-bytes-unread-when-the-server-stops",
                        test_resets_whoever_has_bytes_unread_when_the_server_stops);
  be_test_sessions_add ("/unread/resets-when-a-client-stops-with-bytes-unread",
                        test_resets_when_a_client_stops_with_bytes_unread);
  be_test_sessions_add ("/unread/resets-when-a-session-is-let-go-with-bytes-unread",
                        test_resets_when_a_session_is_let_go_with_bytes_unread);
  be_test_sessions_add ("/unread/closes-as-usual-when-all-was-read", test_closes_as_usual_when_all_was_read);
  be_test_sessions_add ("/unread/closes-as-usual-when-only-the-end-is-unread",
                        test_closes_as_usual_when_only_the_end_is_unread);
  be_test_sessions_add ("/unread/counts-bytes-and-not-the-end-behind-them",
                        test_counts_bytes_and_not_the_end_behind_them);
  be_test_sessions_add ("/unread/sends-nothing-when-both-sides-have-finished",
                        test_sends_nothing_when_both_sides_have_finished);
  be_test_sessions_add ("/unread/a-reset-in-time-wait-sends-nothing", test_a_reset_in_time_wait_sends_nothing);
  be_test_sessions_add ("/unread/sends-nothing-after-a-reset", test_sends_nothing_after_a_reset);
  be_test_sessions_add ("/unread/tells-a-reset-that-was-asked-for-apart", test_tells_a_reset_that_was_asked_for_apart);
  be_test_sessions_add ("/unread/a-close-before-reading-resets-the-other-end",
                        test_a_close_before_reading_resets_the_other_end);
  be_test_sessions_add ("/unread/tells-the-other-end-of-a-path", test_tells_the_other_end_of_a_path);

  return g_test_run ();
}
