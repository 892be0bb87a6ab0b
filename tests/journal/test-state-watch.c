/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-watch.h"
#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-sessions.h"
#include "be-test.h"

#define MANY_CONNECTIONS 1000u

typedef struct
{
  BeTestSessions *sessions;
  BePairing      *pairing;
  BeStateWatch   *watch;
  BeSession      *server;   /* ours, or */
  GSocket        *listener; /* a program that closes when the test says so */
  GSocket        *accepted;
  guint           n_changes;
} Fixture;

static void
count_change (Fixture *self)
{
  self->n_changes++;
}

static void
set_up (Fixture        *self,
        BeTestSessions *sessions)
{
  self->sessions = sessions;
  self->pairing = be_pairing_new ();
  self->watch = be_state_watch_new (self->pairing);
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (count_change), self);
  be_state_watch_follow (self->watch, sessions->network);
}

static void
tear_down (Fixture *self)
{
  g_clear_object (&self->accepted);
  g_clear_object (&self->listener);
  g_assert_finalize_object (self->watch);
  g_assert_finalize_object (self->pairing);
}

static guint16
listen_without_accepting (Fixture *self,
                          int      backlog)
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

static BeSession *
start_client (Fixture *self,
              guint16  port)
{
  BeSession *client = be_test_client_new (self->sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", port);

  be_test_sessions_keep (self->sessions, client);
  be_session_start (client);

  return client;
}

static BeSession *
connect_to_program (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  BeSession *client = start_client (self, listen_without_accepting (self, 5));

  be_test_wait_until (be_session_get_state (client) == BE_SESSION_RUNNING);
  self->accepted = g_socket_accept (self->listener, NULL, &error);
  g_assert_no_error (error);

  return client;
}

static const BeStateConnection *
newest (Fixture *self)
{
  static const BeStateConnection none = { .connection = BE_EVENT_NO_CONNECTION };
  guint                          n_connections = be_state_watch_get_n_connections (self->watch);

  return n_connections > 0 ? be_state_watch_get_connection (self->watch, n_connections - 1) : &none;
}

static gboolean
is_in (Fixture      *self,
       BeSide        side,
       BeSystemState state)
{
  return newest (self)->ends[side].state == state;
}

static gboolean
has_seen_both (Fixture *self)
{
  return is_in (self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_ESTABLISHED) &&
         is_in (self, BE_SIDE_SERVER, BE_SYSTEM_STATE_ESTABLISHED) &&
         newest (self)->ends[0].is_reported && newest (self)->ends[1].is_reported;
}

static BeTcpServer *
new_server (Fixture *self,
            guint    backlog,
            guint    max_clients)
{
  self->server = be_test_server_new (self->sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_test_sessions_keep (self->sessions, self->server);
  be_tcp_server_set_backlog (BE_TCP_SERVER (self->server), backlog);
  be_tcp_server_set_max_clients (BE_TCP_SERVER (self->server), max_clients);
  be_test_session_run (self->server);

  return BE_TCP_SERVER (self->server);
}

static BeSession *
start_client_of_server (Fixture *self)
{
  return start_client (self, be_test_session_get_local (self->server).port);
}

static void
test_sees_both_ends_of_a_connection (BeTestSessions *sessions)
{
  Fixture self = { 0 };

  set_up (&self, sessions);
  new_server (&self, 5, 10);
  start_client_of_server (&self);
  be_test_wait_until (has_seen_both (&self));
  g_assert_cmpuint (newest (&self)->connection, ==, 0);
  g_assert_true (newest (&self)->ends[0].is_open && newest (&self)->ends[1].is_open);
  g_assert_false (newest (&self)->ends[BE_SIDE_SERVER].is_waiting);
  tear_down (&self);
}

static void
check_server_on (BeTestSessions *sessions,
                 const char     *host)
{
  Fixture self = { 0 };

  set_up (&self, sessions);
  self.server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, host, 0);
  be_test_sessions_keep (sessions, self.server);
  be_tcp_server_set_max_clients (BE_TCP_SERVER (self.server), 1);
  be_test_session_run (self.server);
  start_client_of_server (&self);
  be_test_wait_until (has_seen_both (&self));

  start_client_of_server (&self);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 2 &&
                      newest (&self)->ends[BE_SIDE_SERVER].is_waiting);
  tear_down (&self);
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
  Fixture       self = { 0 };
  BeSession    *client;
  gint64        forgotten_at;
  gint64        now;
  BeSystemState seen = BE_SYSTEM_STATE_UNKNOWN;

  set_up (&self, sessions);
  client = connect_to_program (&self);
  be_test_wait_until (has_seen_both (&self));

  be_session_half_close (client, BE_PEER_EVERYONE);
  be_test_wait_until (is_in (&self, BE_SIDE_SERVER, BE_SYSTEM_STATE_CLOSE_WAIT));
  seen = newest (&self)->ends[BE_SIDE_CLIENT].state;
  g_assert_true (seen == BE_SYSTEM_STATE_FIN_WAIT_1 || seen == BE_SYSTEM_STATE_FIN_WAIT_2);

  /* No call returns when its ACK comes. */
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_FIN_WAIT_2));
  g_assert_true (newest (&self)->ends[BE_SIDE_CLIENT].is_reported);

  g_clear_object (&self.accepted);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_TIME_WAIT));
  be_test_wait_until (!newest (&self)->ends[BE_SIDE_CLIENT].is_open);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_TIME_WAIT) &&
                      newest (&self)->ends[BE_SIDE_CLIENT].is_reported);
  g_assert_cmpint (newest (&self)->ends[BE_SIDE_SERVER].state, ==, BE_SYSTEM_STATE_CLOSED);

  /* Linux keeps it for 60 s (TCP_TIMEWAIT_LEN). */
  now = g_get_monotonic_time ();
  forgotten_at = newest (&self)->ends[BE_SIDE_CLIENT].forgotten_at;
  g_assert_cmpint (forgotten_at, >, now + 50 * G_USEC_PER_SEC);
  g_assert_cmpint (forgotten_at, <=, now + 61 * G_USEC_PER_SEC);
  tear_down (&self);
}

static void
test_sees_a_client_that_nobody_answers (BeTestSessions *sessions)
{
  Fixture    self = { 0 };
  guint16    port;
  BeSession *first;
  BeSession *second;

  set_up (&self, sessions);
  port = listen_without_accepting (&self, 0);
  first = start_client (&self, port);
  be_test_wait_until (be_session_get_state (first) == BE_SESSION_RUNNING);

  /* Linux lets one more wait than asked for, and then drops the SYN. */
  second = start_client (&self, port);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_SYN_SENT) &&
                      newest (&self)->ends[BE_SIDE_CLIENT].is_reported);
  g_assert_cmpuint (newest (&self)->connection, ==, BE_EVENT_NO_CONNECTION);
  g_assert_cmpuint (newest (&self)->addresses[BE_SIDE_SERVER].port, ==, port);
  g_assert_cmpuint (newest (&self)->addresses[BE_SIDE_CLIENT].port, !=, 0);
  g_assert_cmpint (be_session_get_state (second), ==, BE_SESSION_STARTING);

  be_session_stop (second);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 1);
  tear_down (&self);
}

static guint
count_waiting (Fixture *self)
{
  const BeStateListener *listener = be_state_watch_find_listener (self->watch, be_session_get_id (self->server));

  return listener != NULL && listener->is_reported ? listener->n_waiting : G_MAXUINT;
}

static void
test_counts_who_waits_for_accept (BeTestSessions *sessions)
{
  Fixture                self = { 0 };
  guint32                waiting[4];
  guint32                server;
  const BeStateListener *listener;
  BeSession             *first;

  set_up (&self, sessions);
  new_server (&self, 5, 1);
  server = be_session_get_id (self.server);
  be_test_wait_until (count_waiting (&self) == 0);
  listener = be_state_watch_find_listener (self.watch, server);
  g_assert_true (listener != NULL && listener->max_waiting == 5);

  first = start_client_of_server (&self);
  be_test_wait_until (has_seen_both (&self));
  start_client_of_server (&self);
  start_client_of_server (&self);
  be_test_wait_until (count_waiting (&self) == 2);
  be_test_wait_until (be_state_watch_list_waiting (self.watch, server, waiting, G_N_ELEMENTS (waiting)) == 2);
  g_assert_cmpuint (waiting[0], ==, 1);
  g_assert_cmpuint (waiting[1], ==, 2);
  g_assert_cmpint (newest (&self)->ends[BE_SIDE_SERVER].state, ==, BE_SYSTEM_STATE_ESTABLISHED);
  g_assert_cmpuint (newest (&self)->ends[BE_SIDE_SERVER].peer_id, ==, 0);

  /* Who leaves makes room for the next. */
  be_session_stop (first);
  be_test_wait_until (count_waiting (&self) == 1);
  be_test_wait_until (be_state_watch_list_waiting (self.watch, server, waiting, G_N_ELEMENTS (waiting)) == 1);
  g_assert_cmpuint (waiting[0], ==, 2);
  tear_down (&self);
}

static guint
count_in (Fixture      *self,
          BeSystemState state)
{
  guint n_found = 0;

  for (guint i = 0; i < be_state_watch_get_n_connections (self->watch); i++)
    n_found += be_state_watch_get_connection (self->watch, i)->ends[BE_SIDE_CLIENT].state == state ? 1 : 0;

  return n_found;
}

static gboolean
lists (Fixture *self,
       guint    n_expected,
       guint32 *waiting)
{
  return count_waiting (self) == n_expected &&
         be_state_watch_list_waiting (self->watch, be_session_get_id (self->server), waiting, 4) == n_expected;
}

/* Of two that find no room the second gets in when the first has just asked
 * in vain: Linux asks again after 1 s, and then after 2 s more. */
static void
test_lists_who_waits_as_accept_takes_them (BeTestSessions *sessions)
{
  Fixture    self = { 0 };
  guint32    waiting[4];
  gint64     start;
  BeSession *clients[5];

  set_up (&self, sessions);
  new_server (&self, 1, 1);
  clients[0] = start_client_of_server (&self);
  be_test_wait_until (has_seen_both (&self));
  for (guint i = 1; i < 3; i++)
    clients[i] = start_client_of_server (&self);
  be_test_wait_until (lists (&self, 2, waiting));

  start = g_get_monotonic_time ();
  clients[3] = start_client_of_server (&self);
  be_test_wait_until (count_in (&self, BE_SYSTEM_STATE_SYN_SENT) == 1);
  be_test_wait_until (g_get_monotonic_time () > start + G_USEC_PER_SEC / 2);
  clients[4] = start_client_of_server (&self);
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
  tear_down (&self);
}

/* Two seconds: whoever asked 30 times a second, or once, would be seen. */
static void
assert_rests (Fixture *self)
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
  Fixture    self = { 0 };
  BeSession *client;

  set_up (&self, sessions);
  client = connect_to_program (&self);
  be_test_wait_until (has_seen_both (&self));
  assert_rests (&self);

  /* A half-closed connection may stay so for hours. */
  be_session_half_close (client, BE_PEER_EVERYONE);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_FIN_WAIT_2));
  assert_rests (&self);
  tear_down (&self);
}

/* Nobody reads, so no call of ours tells of the FIN. */
static void
test_sees_a_fin_that_nobody_reads (BeTestSessions *sessions)
{
  Fixture    self = { 0 };
  BeSession *client;
  guint64    n_asked;
  gint64     end;
  gssize     n_sent;
  g_autoptr (GError) error = NULL;

  set_up (&self, sessions);
  client = connect_to_program (&self);
  be_session_set_reading (client, 0, BE_READING_ON_REQUEST, 0, 0);
  be_test_wait_until (has_seen_both (&self));
  assert_rests (&self);

  be_state_watch_set_is_holding (self.watch, BE_STATE_HOLD_READS, TRUE);
  n_asked = be_state_watch_get_n_asked (self.watch);
  end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  be_test_wait_until (g_get_monotonic_time () > end);
  g_assert_cmpuint (be_state_watch_get_n_asked (self.watch), >=, n_asked + 5);
  g_assert_cmpuint (be_state_watch_get_n_asked (self.watch), <=, n_asked + 15);

  be_state_watch_set_is_holding (self.watch, BE_STATE_HOLD_READS, FALSE);
  assert_rests (&self);
  be_state_watch_set_is_holding (self.watch, BE_STATE_HOLD_READS, TRUE);

  n_sent = g_socket_send (self.accepted, "hello baby", 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_sent, ==, 10);
  g_clear_object (&self.accepted);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_CLOSE_WAIT));
  g_assert_true (newest (&self)->ends[BE_SIDE_CLIENT].is_open && newest (&self)->ends[BE_SIDE_CLIENT].is_reported);
  g_assert_cmpint (be_session_get_state (client), ==, BE_SESSION_RUNNING);

  /* With nothing open there is nothing to ask. */
  be_session_stop (client);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 0);
  assert_rests (&self);
  tear_down (&self);
}

static void
test_counts_down_once_a_second (BeTestSessions *sessions)
{
  Fixture    self = { 0 };
  BeSession *client;
  guint64    n_asked;
  gint64     end;

  set_up (&self, sessions);
  client = connect_to_program (&self);
  be_test_wait_until (has_seen_both (&self));
  be_session_stop (client);
  be_test_wait_until (is_in (&self, BE_SIDE_SERVER, BE_SYSTEM_STATE_CLOSE_WAIT));
  g_clear_object (&self.accepted);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_TIME_WAIT) &&
                      newest (&self)->ends[BE_SIDE_CLIENT].is_reported);

  n_asked = be_state_watch_get_n_asked (self.watch);
  end = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;
  be_test_wait_until (g_get_monotonic_time () > end);
  g_assert_cmpuint (be_state_watch_get_n_asked (self.watch), >=, n_asked + 2);
  g_assert_cmpuint (be_state_watch_get_n_asked (self.watch), <=, n_asked + 6);
  tear_down (&self);
}

static void
test_goes_by_the_calls_where_the_system_does_not_tell (BeTestSessions *sessions)
{
  Fixture    self = { 0 };
  BeSession *client;

  set_up (&self, sessions);
  be_state_watch_set_asks_system (self.watch, FALSE);
  client = connect_to_program (&self);
  be_test_wait_until (is_in (&self, BE_SIDE_CLIENT, BE_SYSTEM_STATE_ESTABLISHED));
  g_assert_false (newest (&self)->ends[BE_SIDE_CLIENT].is_reported);
  g_assert_cmpint (newest (&self)->ends[BE_SIDE_SERVER].state, ==, BE_SYSTEM_STATE_UNKNOWN);

  be_session_stop (client);
  be_test_wait_until (be_state_watch_get_n_connections (self.watch) == 0);
  be_test_wait_until (be_state_watch_is_resting (self.watch));
  tear_down (&self);
}

static void
test_stays_small_when_a_thousand_close_at_once (BeTestSessions *sessions)
{
  Fixture  self = { 0 };
  gint64   start;
  guint64  n_asked;
  GSocket *sockets[MANY_CONNECTIONS];
  g_autoptr (GSocketAddress) address = NULL;

  set_up (&self, sessions);
  new_server (&self, 128, MANY_CONNECTIONS);
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
  be_test_wait_until (is_in (&self, BE_SIDE_SERVER, BE_SYSTEM_STATE_TIME_WAIT));
  g_assert_cmpuint (be_state_watch_get_n_connections (self.watch), <=, BE_STATE_TABLE_MAX_CONNECTIONS);
  g_assert_cmpuint (be_state_watch_get_n_asked (self.watch) - n_asked, <=,
                    (guint64) (g_get_monotonic_time () - start) / (G_USEC_PER_SEC / 50) + 2);
  tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/state-watch/sees-both-ends-of-a-connection", test_sees_both_ends_of_a_connection);
  be_test_sessions_add ("/state-watch/sees-connections-to-all-ipv4-addresses", test_sees_connections_to_all_ipv4_addresses);
  be_test_sessions_add ("/state-watch/sees-connections-to-all-addresses", test_sees_connections_to_all_addresses);
  be_test_sessions_add ("/state-watch/follows-a-connection-from-fin-to-time-wait",
                        test_follows_a_connection_from_fin_to_time_wait);
  be_test_sessions_add ("/state-watch/sees-a-client-that-nobody-answers", test_sees_a_client_that_nobody_answers);
  be_test_sessions_add ("/state-watch/counts-who-waits-for-accept", test_counts_who_waits_for_accept);
  be_test_sessions_add ("/state-watch/lists-who-waits-as-accept-takes-them", test_lists_who_waits_as_accept_takes_them);
  be_test_sessions_add ("/state-watch/asks-nothing-at-rest", test_asks_nothing_at_rest);
  be_test_sessions_add ("/state-watch/sees-a-fin-that-nobody-reads", test_sees_a_fin_that_nobody_reads);
  be_test_sessions_add ("/state-watch/counts-down-once-a-second", test_counts_down_once_a_second);
  be_test_sessions_add ("/state-watch/goes-by-the-calls-where-the-system-does-not-tell",
                        test_goes_by_the_calls_where_the_system_does_not_tell);
  be_test_sessions_add ("/state-watch/stays-small-when-a-thousand-close-at-once",
                        test_stays_small_when_a_thousand_close_at_once);

  return g_test_run ();
}
