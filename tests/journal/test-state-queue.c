/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who waits for accept (), as the system says it. */

#include "be-state-watch.h"
#include "be-tcp-client.h"
#include "be-test-states.h"
#include "be-test-steps.h"
#include "be-test-system.h"
#include "be-test.h"

static void
test_sees_a_client_that_nobody_answers (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };
  guint16      port;
  BeSession   *first;
  BeSession   *second;

  be_test_states_set_up (&self, sessions);
  port = be_test_states_listen_without_accepting (&self, 0);
  first = be_test_states_start_client (&self, port);
  be_test_wait_until (be_session_get_state (first) == BE_SESSION_RUNNING);
  be_test_system_wait_for_queue (port, 1);

  /* Linux lets one more wait than asked for, and then drops the SYN. */
  second = be_test_states_start_client (&self, port);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_SYN_SENT) &&
                      be_test_states_newest (&self)->ends[BE_SIDE_CLIENT].is_reported);
  g_assert_cmpuint (be_test_states_newest (&self)->connection, ==, BE_EVENT_NO_CONNECTION);
  g_assert_cmpuint (be_test_states_newest (&self)->addresses[BE_SIDE_SERVER].port, ==, port);
  g_assert_cmpuint (be_test_states_newest (&self)->addresses[BE_SIDE_CLIENT].port, !=, 0);
  g_assert_cmpint (be_session_get_state (second), ==, BE_SESSION_STARTING);

  be_session_stop (second);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 1);
  be_test_states_tear_down (&self);
}

/* A connect () that is held is made when nothing else happens. */
static void
test_sees_a_connect_that_was_held (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };
  guint16      port;
  BeSession   *first;
  BeSession   *second;
  guint64      n_asked;

  be_test_states_set_up (&self, sessions);
  port = be_test_states_listen_without_accepting (&self, 0);
  first = be_test_states_start_client (&self, port);
  be_test_wait_until (be_session_get_state (first) == BE_SESSION_RUNNING);
  be_test_system_wait_for_queue (port, 1);

  second = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", port);
  be_test_sessions_keep (sessions, second);
  be_session_set_pace (second, BE_PACE_STEPS, 0);
  be_session_start (second);
  n_asked = be_state_watch_get_n_asked (self.watch);
  be_test_step (second, BE_CALL_SOCKET);
  be_test_wait_until (be_test_pending_is_held (second, BE_CALL_CONNECT) &&
                      be_state_watch_get_n_asked (self.watch) > n_asked);
  be_test_step (second, BE_CALL_CONNECT);
  be_test_wait_until (be_test_states_is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_SYN_SENT));

  be_session_stop (second);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 1);
  be_test_wait_until (be_state_watch_is_resting (self.watch));
  be_test_states_tear_down (&self);
}

static guint
count_waiting (BeTestStates *self)
{
  const BeStateListener *listener = be_state_watch_find_listener (self->watch, be_session_get_id (self->server));

  return listener != NULL && listener->is_reported ? listener->n_waiting : G_MAXUINT;
}

static void
test_counts_who_waits_for_accept (BeTestSessions *sessions)
{
  BeTestStates           self = { 0 };
  guint32                waiting[4];
  guint32                server;
  const BeStateListener *listener;
  BeSession             *first;

  be_test_states_set_up (&self, sessions);
  be_test_states_new_server (&self, 5, 1);
  server = be_session_get_id (self.server);
  be_test_wait_until (count_waiting (&self) == 0);
  listener = be_state_watch_find_listener (self.watch, server);
  g_assert_true (listener != NULL && listener->max_waiting == 5);

  first = be_test_states_start_client_of_server (&self);
  be_test_wait_until (be_test_states_has_seen_both (&self));
  be_test_states_start_client_of_server (&self);
  be_test_wait_until (count_waiting (&self) == 1);
  be_test_states_start_client_of_server (&self);
  be_test_wait_until (count_waiting (&self) == 2);
  be_test_wait_until (be_state_watch_list_waiting (self.watch, server, waiting, G_N_ELEMENTS (waiting)) == 2);
  g_assert_cmpuint (waiting[0], ==, 1);
  g_assert_cmpuint (waiting[1], ==, 2);
  g_assert_cmpint (be_test_states_newest (&self)->ends[BE_SIDE_SERVER].state, ==, BE_SYSTEM_STATE_ESTABLISHED);
  g_assert_cmpuint (be_test_states_newest (&self)->ends[BE_SIDE_SERVER].peer_id, ==, 0);

  /* Who leaves makes room for the next. */
  be_session_stop (first);
  be_test_wait_until (count_waiting (&self) == 1);
  be_test_wait_until (be_state_watch_list_waiting (self.watch, server, waiting, G_N_ELEMENTS (waiting)) == 1);
  g_assert_cmpuint (waiting[0], ==, 2);
  be_test_states_tear_down (&self);
}

static guint
count_in (BeTestStates *self,
          BeSystemState state)
{
  guint n_found = 0;

  for (guint i = 0; i < be_state_watch_get_n_connections (self->watch); i++)
    n_found += be_state_watch_get_connection (self->watch, i)->ends[BE_SIDE_CLIENT].state == state ? 1 : 0;

  return n_found;
}

static gboolean
lists (BeTestStates *self,
       guint         n_expected,
       guint32      *waiting)
{
  return count_waiting (self) == n_expected &&
         be_state_watch_list_waiting (self->watch, be_session_get_id (self->server), waiting, 4) == n_expected;
}

/* Of two that find no room the second gets in when the first has just asked
 * in vain: Linux asks again after 1 s, and then after 2 s more. */
static void
test_lists_who_waits_as_accept_takes_them (BeTestSessions *sessions)
{
  BeTestStates self = { 0 };
  guint32      waiting[4];
  gint64       start;
  BeSession   *clients[5];

  be_test_states_set_up (&self, sessions);
  be_test_states_new_server (&self, 1, 1);
  clients[0] = be_test_states_start_client_of_server (&self);
  be_test_wait_until (be_test_states_has_seen_both (&self));
  for (guint i = 1; i < 3; i++)
    {
      clients[i] = be_test_states_start_client_of_server (&self);
      be_test_wait_until (lists (&self, i, waiting));
    }

  start = g_get_monotonic_time ();
  clients[3] = be_test_states_start_client_of_server (&self);
  be_test_wait_until (count_in (&self, BE_SYSTEM_STATE_SYN_SENT) == 1);
  be_test_wait_until (g_get_monotonic_time () > start + G_USEC_PER_SEC / 2);
  clients[4] = be_test_states_start_client_of_server (&self);
  be_test_wait_until (count_in (&self, BE_SYSTEM_STATE_SYN_SENT) == 2);
  be_test_wait_until (g_get_monotonic_time () > start + G_USEC_PER_SEC * 5 / 4);
  be_session_stop (clients[0]);
  be_test_wait_until (lists (&self, 2, waiting) && waiting[1] == 3);
  be_session_stop (clients[1]);
  be_test_wait_until (lists (&self, 2, waiting) && waiting[1] == 4);

  /* And accept () takes them so. */
  g_assert_cmpuint (waiting[0], ==, 3);
  be_session_stop (clients[2]);
  be_test_wait_until (lists (&self, 1, waiting));
  g_assert_cmpuint (waiting[0], ==, 4);
  be_test_states_tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/state-queue/sees-a-client-that-nobody-answers", test_sees_a_client_that_nobody_answers);
  be_test_sessions_add ("/state-queue/sees-a-connect-that-was-held", test_sees_a_connect_that_was_held);
  be_test_sessions_add ("/state-queue/counts-who-waits-for-accept", test_counts_who_waits_for_accept);
  be_test_sessions_add ("/state-queue/lists-who-waits-as-accept-takes-them", test_lists_who_waits_as_accept_takes_them);

  return g_test_run ();
}
