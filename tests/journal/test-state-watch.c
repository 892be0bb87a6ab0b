/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-watch.h"
#include "be-tcp-client.h"
#include "be-test-states.h"
#include "be-test.h"

static void
test_sees_both_ends_of_a_connection (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };

  be_test_states_set_up (&self, sessions);
  be_test_states_new_server (&self, 5, 10);
  be_test_states_start_client_of_server (&self);
  be_test_wait_until (be_test_states_has_seen_both (&self));
  g_assert_cmpuint (be_test_states_newest (&self)->connection, ==, 0);

  /* The system knows of the server's end before accept () has returned. */
  be_test_wait_until (be_test_states_newest (&self)->ends[0].is_open && be_test_states_newest (&self)->ends[1].is_open);
  be_test_wait_until (!be_test_states_newest (&self)->ends[BE_SIDE_SERVER].is_waiting);
  be_test_states_tear_down (&self);
}

static void
check_server_on (BeTestSessions *sessions,
                 const char     *host)
{
  BeTestStates self = { 0 };

  be_test_states_set_up (&self, sessions);
  self.server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, host, 0);
  be_test_sessions_keep (sessions, self.server);
  be_tcp_server_set_max_clients (BE_TCP_SERVER (self.server), 1);
  be_test_session_run (self.server);
  be_test_states_start_client_of_server (&self);
  be_test_wait_until (be_test_states_has_seen_both (&self));

  be_test_states_start_client_of_server (&self);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 2 &&
                      be_test_states_newest (&self)->ends[BE_SIDE_SERVER].is_waiting);
  be_test_states_tear_down (&self);
}

static void
test_sees_connections_to_all_ipv4_addresses (BeTestSessions *sessions)
{
  check_server_on (sessions, "0.0.0.0");
}

/* A client of IPv4 has an address of IPv6 for the server. */
static void
test_sees_connections_to_all_addresses (BeTestSessions *sessions)
{
  if (!be_test_has_ipv6 ())
    {
      g_test_skip ("there is no IPv6 here");
      return;
    }

  check_server_on (sessions, "::");
}

/* Somebody else's end, on this computer, is seen like ours. */
static void
test_follows_a_connection_from_fin_to_time_wait (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };
  BeSession   *client;
  gint64       forgotten_at;
  gint64       now;

  be_test_states_set_up (&self, sessions);
  client = be_test_states_connect_to_program (&self);
  be_test_wait_until (be_test_states_has_seen_both (&self));

  be_session_half_close (client, BE_PEER_EVERYONE);

  /* No call returns when its ACK comes. The system is asked about one end after
   * the other, so both are waited for. */
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_FIN_WAIT_2) &&
                      be_test_states_is_in (&self, BE_SIDE_SERVER, BE_SYSTEM_STATE_CLOSE_WAIT));
  g_assert_true (be_test_states_newest (&self)->ends[BE_SIDE_CLIENT].is_reported);

  g_clear_object (&self.accepted);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_TIME_WAIT));
  be_test_wait_until (!be_test_states_newest (&self)->ends[BE_SIDE_CLIENT].is_open);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_TIME_WAIT) &&
                      be_test_states_newest (&self)->ends[BE_SIDE_CLIENT].is_reported &&
                      be_test_states_is_in (&self, BE_SIDE_SERVER, BE_SYSTEM_STATE_CLOSED));

  /* Linux keeps it for 60 s (TCP_TIMEWAIT_LEN). */
  now = g_get_monotonic_time ();
  forgotten_at = be_test_states_newest (&self)->ends[BE_SIDE_CLIENT].forgotten_at;
  g_assert_cmpint (forgotten_at, >, now + 50 * G_USEC_PER_SEC);
  g_assert_cmpint (forgotten_at, <=, now + 61 * G_USEC_PER_SEC);
  be_test_states_tear_down (&self);
}

static void
test_goes_by_the_calls_where_the_system_does_not_tell (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };
  BeSession   *client;

  be_test_states_set_up (&self, sessions);
  be_state_watch_set_asks_system (self.watch, FALSE);
  client = be_test_states_connect_to_program (&self);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_ESTABLISHED));
  g_assert_false (be_test_states_newest (&self)->ends[BE_SIDE_CLIENT].is_reported);
  g_assert_cmpint (be_test_states_newest (&self)->ends[BE_SIDE_SERVER].state, ==, BE_SYSTEM_STATE_UNKNOWN);

  be_session_stop (client);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 0);
  be_test_wait_until (be_state_watch_is_resting (self.watch));
  be_test_states_tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/state-watch/sees-both-ends-of-a-connection", test_sees_both_ends_of_a_connection);
  be_test_sessions_add ("/state-watch/sees-connections-to-all-ipv4-addresses", test_sees_connections_to_all_ipv4_addresses);
  be_test_sessions_add ("/state-watch/sees-connections-to-all-addresses", test_sees_connections_to_all_addresses);
  be_test_sessions_add ("/state-watch/follows-a-connection-from-fin-to-time-wait", test_follows_a_connection_from_fin_to_time_wait);
  be_test_sessions_add ("/state-watch/goes-by-the-calls-where-the-system-does-not-tell", test_goes_by_the_calls_where_the_system_does_not_tell);

  return g_test_run ();
}
