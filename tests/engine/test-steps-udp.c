/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A UDP conversation whose calls are held, and made one after another. */

#include "be-test-errors.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test.h"
#include "be-udp-client.h"
#include "be-udp-server.h"

#include <string.h>

static void
test_steps_through_the_whole_opening (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_session_start (sessions->server);
  be_test_wait_pending (sessions->server, "socket");
  be_test_step (sessions->server, BE_CALL_SOCKET);
  be_test_wait_pending (sessions->server, "bind");
  be_test_step (sessions->server, BE_CALL_BIND);
  be_test_wait_pending (sessions->server, "recvfrom");
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_RUNNING);

  sessions->client = be_test_client_new_for (sessions->server);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  be_session_start (sessions->client);
  be_test_wait_pending (sessions->client, "socket");
  be_test_step (sessions->client, BE_CALL_SOCKET);
  be_test_wait_pending (sessions->client, "connect");
  be_test_step (sessions->client, BE_CALL_CONNECT);
  be_test_wait_pending (sessions->client, "recv");
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_RUNNING);
}

static void
test_takes_one_datagram_a_step (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  be_test_wait_pending (sessions->server, "recvfrom");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "one");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "two");
  be_test_wait_pending (sessions->client, "recv send send");
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->client, BE_CALL_SEND), ==, 0);
  be_test_step (sessions->client, BE_CALL_SEND);
  be_test_step (sessions->client, BE_CALL_SEND);
  be_test_wait_pending (sessions->client, "recv");

  be_test_step (sessions->server, BE_CALL_RECVFROM);
  be_test_wait_pending (sessions->server, "sendto");
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECVFROM), ==, 1);
  g_assert_cmphex (be_test_pending_find (sessions->server, BE_CALL_SENDTO)->flags, ==, BE_EVENT_REPLY);
  g_assert_cmpuint (be_test_pending_find (sessions->server, BE_CALL_SENDTO)->peer_id, !=, 0);
  be_test_step (sessions->server, BE_CALL_SENDTO);
  be_test_wait_pending (sessions->server, "recvfrom");

  be_test_step (sessions->client, BE_CALL_RECV);
  be_test_sessions_expect (sessions, sessions->client, "ONE");
  be_test_step (sessions->client, BE_CALL_RECV);
  be_test_wait_pending (sessions->client, "recv…");
  be_session_set_pace (sessions->server, BE_PACE_FREE, 0);
  be_test_sessions_expect (sessions, sessions->client, "ONETWO");
}

static void
test_rests_while_held_whatever_has_come (BeTestSessions *sessions)
{
  BeAddress address;
  g_autoptr (GSocket) nobody = be_test_nobody_receives (&address);

  /* The refusal is an error that waits. */
  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "x");
  be_test_step (sessions->client, BE_CALL_SEND);

  be_test_assert_rests ();
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->client, BE_CALL_RECV), ==, 0);

  be_test_step (sessions->client, BE_CALL_RECV);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->client, BE_CALL_RECV) == 1);
#ifndef G_OS_WIN32
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV)->error, ==,
                   BE_TEST_ERROR_CONNECTION_REFUSED);
#endif
  be_test_wait_pending (sessions->client, "recv");
}

static void
test_tells_of_datagrams_that_were_never_sent (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "never");
  be_session_close_peer (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_pending (sessions->client, "recv send close");
  be_test_session_end (sessions->client);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CLOSE)->detail, ==, 5);
  be_test_wait_pending (sessions->client, "");
}

static void
test_bounds_what_is_held (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  for (guint i = 0; i < 1024; i++)
    be_test_session_send (sessions->client, BE_PEER_EVERYONE, "x");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "one too many");
  be_test_wait_until (be_test_sessions_count (sessions, sessions->client, BE_CALL_SEND) == 1);
  g_assert_cmphex (be_test_log_last (sessions->log, sessions->client, BE_CALL_SEND)->flags, ==,
                   BE_EVENT_ON_REQUEST | BE_EVENT_LIMIT);
  be_test_wait_until (be_session_get_pending_calls (sessions->client)->len == 64);

  be_session_set_pace (sessions->client, BE_PACE_FREE, 0);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->client, BE_CALL_SEND) == 1025);
  be_test_wait_pending (sessions->client, "");
}

static void
test_stops_wherever_it_is_held (BeTestSessions *sessions)
{
  for (guint n_steps = 0; n_steps < 4; n_steps++)
    {
      BeSession *server = be_test_sessions_keep (
        sessions, be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0));
      BeSession *client = be_test_sessions_keep (
        sessions, be_test_client_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 9));

      be_session_set_pace (server, BE_PACE_STEPS, 0);
      be_session_set_pace (client, BE_PACE_STEPS, 0);
      be_session_start (server);
      be_session_start (client);
      for (guint i = 0; i < n_steps; i++)
        {
          be_session_step (server, 0);
          be_session_step (client, 0);
        }
      be_test_session_end (server);
      be_test_session_end (client);
      be_test_wait_pending (server, "");
      be_test_wait_pending (client, "");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/steps-udp/steps-through-the-whole-opening",
                        test_steps_through_the_whole_opening);
  be_test_sessions_add ("/steps-udp/takes-one-datagram-a-step", test_takes_one_datagram_a_step);
  be_test_sessions_add ("/steps-udp/rests-while-held-whatever-has-come",
                        test_rests_while_held_whatever_has_come);
  be_test_sessions_add ("/steps-udp/tells-of-datagrams-that-were-never-sent",
                        test_tells_of_datagrams_that_were_never_sent);
  be_test_sessions_add ("/steps-udp/bounds-what-is-held", test_bounds_what_is_held);
  be_test_sessions_add ("/steps-udp/stops-wherever-it-is-held", test_stops_wherever_it_is_held);

  return g_test_run ();
}
