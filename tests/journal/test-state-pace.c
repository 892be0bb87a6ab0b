/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How often the system is asked for states, and when not at all. */

#include "be-state-watch.h"
#include "be-tcp-client.h"
#include "be-test-states.h"
#include "be-test.h"

#define MANY_CONNECTIONS 1000u
#define N_INTERVALS 4u

/* Claims that the system is asked again and again, and not more often than once
 * in @interval, but for @n_more. */
static void
assert_asks_each (BeTestStates *self,
                  gint64        interval,
                  guint         n_more)
{
  guint64 n_asked = be_state_watch_get_n_asked (self->watch);
  gint64  start = g_get_monotonic_time ();
  gint64  shortest = G_MAXINT64;
  gint64  now;

  for (guint i = 0; i < N_INTERVALS; i++)
    {
      guint64 n_before = be_state_watch_get_n_asked (self->watch);
      gint64  begin = g_get_monotonic_time ();

      be_test_wait_until (be_state_watch_get_n_asked (self->watch) > n_before);
      now = g_get_monotonic_time ();
      shortest = MIN (shortest, now - begin);
    }
  g_assert_cmpint (shortest, <, 2 * interval);
  g_assert_cmpuint (be_state_watch_get_n_asked (self->watch) - n_asked, <=,
                    (guint64) ((g_get_monotonic_time () - start) / interval) + 1 + n_more);
}

/* Two seconds: whoever asked 30 times a second, or once, would be seen. */
static void
assert_rests (BeTestStates *self)
{
  guint64 n_asked;
  guint   n_changes;
  gint64  end;

  be_test_wait_until (be_state_watch_is_resting (self->watch));
  n_asked = be_state_watch_get_n_asked (self->watch);
  n_changes = self->n_changes;
  end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  be_test_wait_until (g_get_monotonic_time () > end);
  g_assert_cmpuint (be_state_watch_get_n_asked (self->watch), ==, n_asked);
  g_assert_cmpuint (self->n_changes, ==, n_changes);
}

static void
test_asks_nothing_at_rest (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };
  BeSession   *client;

  be_test_states_set_up (&self, sessions);
  client = be_test_states_connect_to_program (&self);
  be_test_wait_until (be_test_states_has_seen_both (&self));
  assert_rests (&self);

  /* A half-closed connection may stay so for hours. */
  be_session_half_close (client, BE_PEER_EVERYONE);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_FIN_WAIT_2));
  assert_rests (&self);
  be_test_states_tear_down (&self);
}

/* Nobody reads, so no call of ours tells of the FIN. */
static void
test_sees_a_fin_that_nobody_reads (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };
  BeSession   *client;
  gssize       n_sent;
  g_autoptr (GError) error = NULL;

  be_test_states_set_up (&self, sessions);
  client = be_test_states_connect_to_program (&self);
  be_session_set_reading (client, 0, BE_READING_ON_REQUEST, 0, 0);
  be_test_wait_until (be_test_states_has_seen_both (&self));
  assert_rests (&self);

  be_state_watch_set_is_holding (self.watch, BE_STATE_HOLD_READS, TRUE);
  assert_asks_each (&self, G_USEC_PER_SEC / 5, 1);

  be_state_watch_set_is_holding (self.watch, BE_STATE_HOLD_READS, FALSE);
  assert_rests (&self);
  be_state_watch_set_is_holding (self.watch, BE_STATE_HOLD_READS, TRUE);

  n_sent = g_socket_send (self.accepted, "hello baby", 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_sent, ==, 10);
  g_clear_object (&self.accepted);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_CLOSE_WAIT));
  g_assert_true (be_test_states_newest (&self)->ends[BE_SIDE_CLIENT].is_open && be_test_states_newest (&self)->ends[BE_SIDE_CLIENT].is_reported);
  g_assert_cmpint (be_session_get_state (client), ==, BE_SESSION_RUNNING);

  /* With nothing open there is nothing to ask. */
  be_session_stop (client);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 0);
  assert_rests (&self);
  be_test_states_tear_down (&self);
}

static void
test_counts_down_once_a_second (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };
  BeSession   *client;

  be_test_states_set_up (&self, sessions);
  client = be_test_states_connect_to_program (&self);
  be_test_wait_until (be_test_states_has_seen_both (&self));
  be_session_stop (client);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_SERVER, BE_SYSTEM_STATE_CLOSE_WAIT));
  g_clear_object (&self.accepted);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_TIME_WAIT) &&
                      be_test_states_newest (&self)->ends[BE_SIDE_CLIENT].is_reported);

  assert_asks_each (&self, G_USEC_PER_SEC, 3);
  be_test_states_tear_down (&self);
}

static void
test_stays_small_when_a_thousand_close_at_once (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };
  gint64       start;
  guint64      n_asked;
  GSocket     *sockets[MANY_CONNECTIONS];
  g_autoptr (GSocketAddress) address = NULL;

  be_test_states_set_up (&self, sessions);
  be_test_states_new_server (&self, 128, MANY_CONNECTIONS);
  address = g_inet_socket_address_new_from_string ("127.0.0.1", be_test_session_get_local (self.server).port);
  for (guint i = 0; i < MANY_CONNECTIONS; i++)
    {
      g_autoptr (GError) error = NULL;

      sockets[i] = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
      g_assert_no_error (error);
      g_socket_connect (sockets[i], address, NULL, &error);
      g_assert_no_error (error);
    }
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == BE_STATE_TABLE_MAX_CONNECTIONS);

  start = g_get_monotonic_time ();
  n_asked = be_state_watch_get_n_asked (self.watch);
  be_session_stop (self.server);
  be_test_wait_until (be_session_get_state (self.server) == BE_SESSION_ENDED);
  for (guint i = 0; i < MANY_CONNECTIONS; i++)
    g_object_unref (sockets[i]);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_SERVER, BE_SYSTEM_STATE_TIME_WAIT));
  g_assert_cmpuint (be_state_watch_get_n_connections (self.watch), <=, BE_STATE_TABLE_MAX_CONNECTIONS);
  g_assert_cmpuint (be_state_watch_get_n_asked (self.watch) - n_asked, <=,
                    (guint64) (g_get_monotonic_time () - start) / (G_USEC_PER_SEC / 50) + 2);
  be_test_states_tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/state-pace/asks-nothing-at-rest", test_asks_nothing_at_rest);
  be_test_sessions_add ("/state-pace/sees-a-fin-that-nobody-reads", test_sees_a_fin_that_nobody_reads);
  be_test_sessions_add ("/state-pace/counts-down-once-a-second", test_counts_down_once_a_second);
  be_test_sessions_add ("/state-pace/stays-small-when-a-thousand-close-at-once", test_stays_small_when_a_thousand_close_at_once);

  return g_test_run ();
}
