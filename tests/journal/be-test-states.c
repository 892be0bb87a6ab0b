/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-states.h"

#include "be-test.h"

static void
count_change (BeTestStates *self)
{
  self->n_changes++;
}

void
be_test_states_set_up (BeTestStates   *self,
                       BeTestSessions *sessions)
{
  self->sessions = sessions;
  self->pairing = be_pairing_new ();
  self->watch = be_state_watch_new (self->pairing);
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (count_change), self);
  be_state_watch_follow (self->watch, sessions->network);
}

void
be_test_states_tear_down (BeTestStates *self)
{
  g_clear_object (&self->accepted);
  g_clear_object (&self->listener);
  g_assert_finalize_object (self->watch);
  g_assert_finalize_object (self->pairing);
}

guint16
be_test_states_listen_without_accepting (BeTestStates *self,
                                         int           backlog)
{
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (self->listener, backlog);
  g_socket_bind (self->listener, loopback, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

BeSession *
be_test_states_start_client (BeTestStates *self,
                             guint16       port)
{
  BeSession *client = be_test_client_new (self->sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", port);

  be_test_sessions_keep (self->sessions, client);
  be_session_start (client);

  return client;
}

BeSession *
be_test_states_connect_to_program (BeTestStates *self)
{
  g_autoptr (GError) error = NULL;
  BeSession *client = be_test_states_start_client (self, be_test_states_listen_without_accepting (self, 5));

  be_test_wait_until (be_session_get_state (client) == BE_SESSION_RUNNING);
  self->accepted = g_socket_accept (self->listener, NULL, &error);
  g_assert_no_error (error);

  return client;
}

const BeStateConnection *
be_test_states_newest (BeTestStates *self)
{
  static const BeStateConnection none = { .connection = BE_EVENT_NO_CONNECTION };
  guint                          n_connections = be_state_watch_get_n_connections (self->watch);

  return n_connections > 0 ? be_state_watch_get_connection (self->watch, n_connections - 1) : &none;
}

gboolean
be_test_states_is_in (BeTestStates *self,
                      BeSide        side,
                      BeSystemState state)
{
  return be_test_states_newest (self)->ends[side].state == state;
}

gboolean
be_test_states_has_seen_both (BeTestStates *self)
{
  return be_test_states_is_in (self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_ESTABLISHED) &&
         be_test_states_is_in (self, BE_SIDE_SERVER, BE_SYSTEM_STATE_ESTABLISHED) &&
         be_test_states_newest (self)->ends[0].is_reported && be_test_states_newest (self)->ends[1].is_reported;
}

BeTcpServer *
be_test_states_new_server (BeTestStates *self,
                           guint         backlog,
                           guint         max_clients)
{
  self->server = be_test_server_new (self->sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_test_sessions_keep (self->sessions, self->server);
  be_tcp_server_set_backlog (BE_TCP_SERVER (self->server), backlog);
  be_tcp_server_set_max_clients (BE_TCP_SERVER (self->server), max_clients);
  be_test_session_run (self->server);

  return BE_TCP_SERVER (self->server);
}

BeSession *
be_test_states_start_client_of_server (BeTestStates *self)
{
  return be_test_states_start_client (self, be_test_session_get_local (self->server).port);
}
