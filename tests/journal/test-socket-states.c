/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-states.h"
#include "be-test-sessions.h"
#include "be-test.h"

typedef struct
{
  BePairing      *pairing;
  BeSocketList   *lists[2];
  BeStateWatch   *watch;
  BeSocketStates *states;
} Fixture;

static void
set_up (Fixture        *self,
        BeTestSessions *sessions)
{
  self->pairing = be_pairing_new ();
  for (guint side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      self->lists[side] = be_socket_list_new ((BeSide) side, self->pairing);
      be_socket_list_follow (self->lists[side], sessions->network);
    }
  self->watch = be_state_watch_new (self->pairing);
  self->states = be_socket_states_new (self->watch, self->lists[BE_SIDE_SERVER], self->lists[BE_SIDE_CLIENT]);
  be_state_watch_follow (self->watch, sessions->network);
}

static void
tear_down (Fixture *self)
{
  g_assert_finalize_object (self->states);
  g_assert_finalize_object (self->watch);
  g_assert_finalize_object (self->lists[BE_SIDE_SERVER]);
  g_assert_finalize_object (self->lists[BE_SIDE_CLIENT]);
  g_assert_finalize_object (self->pairing);
}

static BeSocketSummary *
get_first (Fixture *self,
           BeSide   side)
{
  g_autoptr (BeSocketSummary) socket = g_list_model_get_item (G_LIST_MODEL (self->lists[side]), 0);

  return socket; /* the list holds it */
}

static gboolean
is_in (Fixture      *self,
       BeSide        side,
       gboolean      is_open,
       BeSystemState state)
{
  BeSocketSummary *socket = get_first (self, side);

  return socket != NULL && be_socket_summary_is_open (socket) == is_open &&
         be_socket_summary_get_state (socket) == state;
}

static void
count (guint *n_notified)
{
  (*n_notified)++;
}

static void
test_a_closed_socket_counts_time_wait_down (BeTestSessions *sessions)
{
  Fixture self = { 0 };
  guint   n_notified = 0;
  gint64  forgotten_at;

  set_up (&self, sessions);
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, TRUE, BE_SYSTEM_STATE_ESTABLISHED) &&
                      is_in (&self, BE_SIDE_SERVER, TRUE, BE_SYSTEM_STATE_ESTABLISHED));
  g_assert_cmpint (be_socket_summary_get_forgotten_at (get_first (&self, BE_SIDE_CLIENT)), ==, 0);

  be_session_stop (sessions->client);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, FALSE, BE_SYSTEM_STATE_TIME_WAIT));
  be_test_wait_until (is_in (&self, BE_SIDE_SERVER, FALSE, BE_SYSTEM_STATE_CLOSED));
  be_test_wait_until ((forgotten_at = be_socket_summary_get_forgotten_at (get_first (&self, BE_SIDE_CLIENT))) != 0);
  g_assert_cmpint (forgotten_at, >, g_get_monotonic_time () + 50 * G_USEC_PER_SEC);

  /* The moment stays; that it is nearer is told. */
  g_signal_connect_swapped (get_first (&self, BE_SIDE_CLIENT), "notify::state-name", G_CALLBACK (count), &n_notified);
  be_test_wait_until (n_notified >= 2);
  g_assert_cmpint (ABS (be_socket_summary_get_forgotten_at (get_first (&self, BE_SIDE_CLIENT)) - forgotten_at), <,
                   G_USEC_PER_SEC);
  tear_down (&self);
}

/* That it is not watched does not end its TIME_WAIT. */
static void
test_of_what_nobody_watches_any_more_nothing_is_known (BeTestSessions *sessions)
{
  Fixture self = { 0 };
  guint32 peer_id;

  set_up (&self, sessions);
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, TRUE, BE_SYSTEM_STATE_ESTABLISHED));
  be_session_stop (sessions->client);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, FALSE, BE_SYSTEM_STATE_TIME_WAIT));
  peer_id = be_socket_summary_get_peer_id (get_first (&self, BE_SIDE_CLIENT));

  /* The list forgets sockets too, and has to bear that. */
  be_socket_list_clear_closed (self.lists[BE_SIDE_CLIENT]);
  g_assert_null (be_socket_list_find (self.lists[BE_SIDE_CLIENT], peer_id));
  for (guint i = 0; i < BE_STATE_TABLE_MAX_CONNECTIONS; i++)
    {
      BeSession *client = be_test_sessions_keep (sessions, be_test_client_new_for (sessions->server));

      be_test_session_run (client);
      if (i == 0)
        be_session_stop (client);
    }
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == BE_STATE_TABLE_MAX_CONNECTIONS);
  be_test_sessions_keep (sessions, be_test_client_new_for (sessions->server));
  be_test_session_run (g_ptr_array_index (sessions->others, sessions->others->len - 1));
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, FALSE, BE_SYSTEM_STATE_UNKNOWN));
  tear_down (&self);
}

/* A reset ends it: there is no TIME_WAIT, and the system says so. */
static void
test_what_the_system_has_forgotten_is_closed (BeTestSessions *sessions)
{
  Fixture self = { 0 };

  set_up (&self, sessions);
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, TRUE, BE_SYSTEM_STATE_ESTABLISHED) &&
                      is_in (&self, BE_SIDE_SERVER, TRUE, BE_SYSTEM_STATE_ESTABLISHED));

  /* The client waits for a FIN that the server does not send, as it does not read. */
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_session_stop (sessions->client);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, FALSE, BE_SYSTEM_STATE_FIN_WAIT_2));
  be_session_reset_peer (sessions->server, BE_PEER_EVERYONE);
  be_session_set_pace (sessions->server, BE_PACE_FREE, 0);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 0);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, FALSE, BE_SYSTEM_STATE_CLOSED) &&
                      is_in (&self, BE_SIDE_SERVER, FALSE, BE_SYSTEM_STATE_CLOSED));
  tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/socket-states/a-closed-socket-counts-time-wait-down",
                        test_a_closed_socket_counts_time_wait_down);
  be_test_sessions_add ("/socket-states/of-what-nobody-watches-any-more-nothing-is-known",
                        test_of_what_nobody_watches_any_more_nothing_is_known);
  be_test_sessions_add ("/socket-states/what-the-system-has-forgotten-is-closed", test_what_the_system_has_forgotten_is_closed);

  return g_test_run ();
}
