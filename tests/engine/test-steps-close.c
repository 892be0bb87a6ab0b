/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a TCP conversation ends whose calls are held. */

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-errors.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test-system.h"
#include "be-test.h"

#include <string.h>

/* More than the system takes for a peer that does not read. */
#define LARGE_BYTES (8 * 1024 * 1024)

/* A server that is held from now on, with one client whom it has accepted. */
static void
start_accepted (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
}

static void
test_stands_in_close_wait_until_close_is_called (BeTestSessions *sessions)
{
  start_accepted (sessions);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == 1);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_CLOSE));
#ifdef __linux__
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_RECV)->state, ==,
                   BE_SYSTEM_STATE_CLOSE_WAIT);
#endif
  be_test_assert_rests ();
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_CLOSE), ==, 0);
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_ENDING);

  /* This end can still send: that comes first. */
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "bye");
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_SEND));
  g_assert_null (be_test_pending_find (sessions->server, BE_CALL_CLOSE));
  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_sessions_expect (sessions, sessions->client, "bye");

  be_test_step (sessions->server, BE_CALL_CLOSE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_CLOSE), ==, 1);
}

static void
test_shuts_down_in_close_wait (BeTestSessions *sessions)
{
  start_accepted (sessions);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_CLOSE));
  be_session_half_close (sessions->server, BE_PEER_EVERYONE);
  be_test_step (sessions->server, BE_CALL_SHUTDOWN);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_SHUTDOWN) == 1);
  be_test_step (sessions->server, BE_CALL_CLOSE);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_CLOSE) == 1);
}

/* As when it is free: who has shut down has nothing to answer any more. */
static void
test_answers_nothing_after_shutdown (BeTestSessions *sessions)
{
  start_accepted (sessions);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0); /* it does not close */
  be_session_half_close (sessions->server, BE_PEER_EVERYONE);
  be_test_step (sessions->server, BE_CALL_SHUTDOWN);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "late");
  be_test_step (sessions->client, BE_CALL_SEND);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == 1);
  be_test_wait_pending (sessions->server, "accept recv");
}

/* What was not read makes close () send an RST (RFC 2525, 2.17). */
static void
test_closes_before_it_has_read (BeTestSessions *sessions)
{
  start_accepted (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "unread");
  be_test_wait_until (be_test_sessions_count (sessions, sessions->client, BE_CALL_SEND) == 1);
  be_test_system_wait_for_unread (be_test_session_get_local (sessions->server).port, strlen ("unread"));
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_CLOSE));
  g_assert_cmphex (be_test_pending_find (sessions->server, BE_CALL_CLOSE)->flags, ==,
                   BE_EVENT_ON_REQUEST);
  be_test_step (sessions->server, BE_CALL_CLOSE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV), ==, 0);
  g_assert_null (be_test_pending_find (sessions->server, BE_CALL_RECV));
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV)->error, ==,
                   BE_TEST_ERROR_CONNECTION_RESET);
}

static gboolean
is_close_held_with (BeSession *session,
                    guint      flags)
{
  return be_test_pending_is_held (session, BE_CALL_CLOSE) &&
         be_test_pending_find (session, BE_CALL_CLOSE)->flags == flags;
}

static void
test_resets_when_its_turn_has_come (BeTestSessions *sessions)
{
  start_accepted (sessions);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_session_reset_peer (sessions->server, BE_PEER_EVERYONE);

  /* The two may be told one after the other. */
  be_test_wait_until (is_close_held_with (sessions->server, BE_EVENT_ON_REQUEST | BE_EVENT_RESET));
  g_assert_cmpuint (be_test_pending_count (sessions->server, BE_CALL_CLOSE), ==, 1);
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_RUNNING);
  be_test_step (sessions->server, BE_CALL_CLOSE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV)->error, ==,
                   BE_TEST_ERROR_CONNECTION_RESET);
}

static void
test_rests_while_held_whatever_has_come (BeTestSessions *sessions)
{
  BeAddress address;
  g_autoptr (GSocket) peer = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect (&address);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  be_test_peer_send (peer, "data", 4);
  be_test_assert_rests ();
  be_test_peer_reset (peer);
  be_test_assert_rests ();
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV), ==, 0);

  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == 1);
  be_test_step (sessions->server, BE_CALL_SEND); /* the reply */
  be_test_wait_until (be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_SEND) == 1);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_CLOSE));
  g_assert_null (be_test_pending_find (sessions->server, BE_CALL_RECV));
  be_test_assert_rests ();

  /* A send fails too, and changes nothing about the close. */
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "too late");
  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_wait_until (be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_SEND) == 2);
  be_test_step (sessions->server, BE_CALL_CLOSE);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_CLOSE) == 1);
}

static void
test_waits_for_room_before_the_next_send (BeTestSessions *sessions)
{
  g_autoptr (GBytes) large = be_test_random_bytes (LARGE_BYTES - 4);
  g_autoptr (GBytes) received = NULL;
  g_autoptr (GSocket) peer = be_test_start_held_narrow (sessions);

  be_session_send (sessions->server, BE_PEER_EVERYONE, large);
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "next");
  be_test_wait_until (be_test_pending_count (sessions->server, BE_CALL_SEND) == 2);
  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_SEND));
  be_session_step (sessions->server, 0); /* accept () */
  be_session_step (sessions->server, 0); /* nothing: the other send is behind this one */
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_ACCEPT));
  g_assert_cmpuint (be_test_pending_count (sessions->server, BE_CALL_SEND), ==, 2);

  received = be_test_peer_receive (peer, LARGE_BYTES - 4);
  g_assert_true (g_bytes_equal (received, large));
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_SEND));
  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_peer_expect (peer, "next");
}

/* Set free, the close still comes after the send before it, which takes a while. */
static void
test_closes_after_all_was_sent (BeTestSessions *sessions)
{
  g_autoptr (GBytes) large = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GBytes) received = NULL;
  g_autoptr (GSocket) peer = be_test_start_held_narrow (sessions);

  be_session_send (sessions->server, BE_PEER_EVERYONE, large);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_CLOSE));
  be_session_set_pace (sessions->server, BE_PACE_FREE, 0);
  be_test_network_turn (sessions->network);
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "too late");
  be_test_network_turn (sessions->network);
  be_network_thread_flush (sessions->network);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_CLOSE), ==, 0);

  received = be_test_peer_receive (peer, LARGE_BYTES);
  g_assert_true (g_bytes_equal (received, large));
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_CLOSE) == 1);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE)->detail, ==, 0);
  g_assert_cmpuint (be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_SEND), ==, 1);
}

/* And who asks for it again does not want to wait. */
static void
test_closes_at_once_when_asked_again (BeTestSessions *sessions)
{
  g_autoptr (GBytes) large = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GSocket) peer = be_test_start_held_narrow (sessions);

  be_session_send (sessions->server, BE_PEER_EVERYONE, large);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_session_set_pace (sessions->server, BE_PACE_FREE, 0);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_CLOSE) == 1);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE)->detail, >, 0);
}

static void
test_tells_of_bytes_that_were_never_sent (BeTestSessions *sessions)
{
  start_accepted (sessions);
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "never");
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "sent");
  be_test_wait_until (be_test_pending_count (sessions->server, BE_CALL_SEND) == 2);
  be_test_session_end (sessions->server);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_SEND), ==, 0);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE)->detail, ==,
                    strlen ("neversent"));
  be_test_wait_pending (sessions->server, "");
}

static void
test_makes_all_in_order_when_it_is_free_again (BeTestSessions *sessions)
{
  g_autofree char *calls = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_sessions_start_client (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "abc");
  be_test_system_wait_for_unread (be_test_session_get_local (sessions->server).port, strlen ("abc"));
  be_test_step (sessions->server, BE_CALL_ACCEPT);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "1");
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "2");
  be_session_half_close (sessions->server, BE_PEER_EVERYONE);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_SHUTDOWN));
  be_session_set_pace (sessions->server, BE_PACE_FREE, 0);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_CLOSE) == 1);
  be_test_sessions_expect (sessions, sessions->client, "ABC12");
  calls = be_test_log_calls (sessions->log, sessions->server);
  g_assert_cmpstr (calls, ==,
                   "socket bind listen accept recv send send send shutdown recv close");
  be_test_wait_pending (sessions->server, "");
}

/* Stopped after so many steps of each side, whatever is held or waits then. */
static void
stop_after (BeTestSessions *sessions,
            guint           n_server_steps,
            guint           n_client_steps)
{
  BeSession *server = be_test_sessions_keep (
    sessions, be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0));
  BeSession *client;
  BeAddress  address;
  g_autoptr (GSocket) listener = be_test_peer_listen (1, &address);

  be_session_set_pace (server, BE_PACE_STEPS, 0);
  be_session_start (server);
  for (guint i = 0; i < n_server_steps; i++)
    be_session_step (server, 0);

  client = be_test_sessions_keep (
    sessions, be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port));
  be_session_set_pace (client, BE_PACE_STEPS, 0);
  be_session_start (client);
  for (guint i = 0; i < n_client_steps; i++)
    be_session_step (client, 0);
  be_test_session_send (client, BE_PEER_EVERYONE, "x");

  be_test_session_end (client);
  be_test_session_end (server);
  be_test_wait_pending (client, "");
  be_test_wait_pending (server, "");
}

static void
test_stops_wherever_it_is_held (BeTestSessions *sessions)
{
  for (guint n_server_steps = 0; n_server_steps < 5; n_server_steps++)
    for (guint n_client_steps = 0; n_client_steps < 4; n_client_steps++)
      stop_after (sessions, n_server_steps, n_client_steps);
}

/* The fixture lets go of them as they are. */
static void
test_may_be_let_go_wherever_it_is_held (BeTestSessions *sessions)
{
  for (guint n_steps = 0; n_steps < 5; n_steps++)
    {
      BeSession *server = be_test_sessions_keep (
        sessions, be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0));

      be_session_set_pace (server, BE_PACE_STEPS, 0);
      be_session_start (server);
      for (guint i = 0; i < n_steps; i++)
        be_session_step (server, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/steps-close/stands-in-close-wait-until-close-is-called",
                        test_stands_in_close_wait_until_close_is_called);
  be_test_sessions_add ("/steps-close/shuts-down-in-close-wait", test_shuts_down_in_close_wait);
  be_test_sessions_add ("/steps-close/answers-nothing-after-shutdown", test_answers_nothing_after_shutdown);
  be_test_sessions_add ("/steps-close/closes-before-it-has-read", test_closes_before_it_has_read);
  be_test_sessions_add ("/steps-close/resets-when-its-turn-has-come",
                        test_resets_when_its_turn_has_come);
  be_test_sessions_add ("/steps-close/rests-while-held-whatever-has-come",
                        test_rests_while_held_whatever_has_come);
  be_test_sessions_add ("/steps-close/waits-for-room-before-the-next-send",
                        test_waits_for_room_before_the_next_send);
  be_test_sessions_add ("/steps-close/closes-after-all-was-sent", test_closes_after_all_was_sent);
  be_test_sessions_add ("/steps-close/closes-at-once-when-asked-again",
                        test_closes_at_once_when_asked_again);
  be_test_sessions_add ("/steps-close/tells-of-bytes-that-were-never-sent",
                        test_tells_of_bytes_that_were_never_sent);
  be_test_sessions_add ("/steps-close/makes-all-in-order-when-it-is-free-again",
                        test_makes_all_in_order_when_it_is_free_again);
  be_test_sessions_add ("/steps-close/stops-wherever-it-is-held", test_stops_wherever_it_is_held);
  be_test_sessions_add ("/steps-close/may-be-let-go-wherever-it-is-held",
                        test_may_be_let_go_wherever_it_is_held);

  return g_test_run ();
}
