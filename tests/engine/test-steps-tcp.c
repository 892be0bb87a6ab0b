/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A TCP conversation whose calls are held, and made one after another. */

#include "be-socket-inquiry.h"
#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-errors.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test-system.h"
#include "be-test.h"

#include <string.h>

static gboolean
resolves_to_two_addresses (const char *name)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GList   *addresses = g_resolver_lookup_by_name (resolver, name, NULL, NULL);
  gboolean is_two = g_list_length (addresses) == 2;

  g_resolver_free_addresses (addresses);

  return is_two;
}

/* A server that is held from now on, and a free client. */
static void
start_held (BeTestSessions *sessions)
{
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_ACCEPT));
  be_test_sessions_start_client (sessions);
}

static void
test_connects_before_accept_is_called (BeTestSessions *sessions)
{
  const BePendingCall *accept;

  start_held (sessions);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT), ==, 0);
  accept = be_test_pending_find (sessions->server, BE_CALL_ACCEPT);
  g_assert_cmpuint (accept->session_id, ==, be_session_get_id (sessions->server));
  g_assert_cmpuint (accept->local.port, ==, be_test_session_get_local (sessions->server).port);

  be_test_step (sessions->server, BE_CALL_ACCEPT);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_ACCEPT));
  be_test_wait_pending (sessions->server, "recv accept");
}

static void
test_answers_step_by_step (BeTestSessions *sessions)
{
  const BePendingCall *send;
  g_autoptr (GBytes) expected = g_bytes_new_static ("HELLO", 5);

  start_held (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");
  be_test_step (sessions->server, BE_CALL_ACCEPT);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_SEND));
  be_test_wait_pending (sessions->server, "accept send");
  send = be_test_pending_find (sessions->server, BE_CALL_SEND);
  g_assert_true (g_bytes_equal (send->bytes, expected));
  g_assert_cmphex (send->flags, ==, BE_EVENT_REPLY);
  g_assert_cmpuint (send->argument, ==, 5);

  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_sessions_expect (sessions, sessions->client, "HELLO");
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  be_test_wait_pending (sessions->server, "accept recv");
}

static void
test_three_sends_arrive_as_one (BeTestSessions *sessions)
{
  g_autoptr (GBytes) received = NULL;

  start_held (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "one");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "two");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "three");
  be_test_wait_until (be_test_sessions_count (sessions, sessions->client, BE_CALL_SEND) == 3);
  be_test_system_wait_for_unread (be_test_session_get_local (sessions->server).port, strlen ("onetwothree"));
  be_test_step (sessions->server, BE_CALL_ACCEPT);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == 1);
  received = be_test_recorder_payload (sessions->log, sessions->server, BE_CALL_RECV);
  g_assert_cmpmem (g_bytes_get_data (received, NULL), g_bytes_get_size (received), "onetwothree", 11);
}

static void
test_waiting_calls_return_by_themselves (BeTestSessions *sessions)
{
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_step (sessions->server, BE_CALL_ACCEPT);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_ACCEPT));

  be_test_sessions_start_client (sessions);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_RECV));
  be_test_wait_pending (sessions->server, "recv… accept");

  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "x");
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == 1);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_SEND));
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_SEND), ==, 0);
}

static void
test_steps_through_the_whole_opening (BeTestSessions *sessions)
{
  const BePendingCall *listen;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_backlog (BE_TCP_SERVER (sessions->server), 7);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_session_start (sessions->server);
  be_test_wait_pending (sessions->server, "socket");
  be_test_step (sessions->server, BE_CALL_SOCKET);
  be_test_wait_pending (sessions->server, "bind");
  be_test_step (sessions->server, BE_CALL_BIND);
  be_test_wait_pending (sessions->server, "listen");
  listen = be_test_pending_find (sessions->server, BE_CALL_LISTEN);
  g_assert_cmpuint (listen->argument, ==, 7);
  g_assert_cmpuint (listen->local.port, !=, 0);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_STARTING);
  be_test_step (sessions->server, BE_CALL_LISTEN);
  be_test_wait_pending (sessions->server, "accept");
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

/* What it will listen on is no peer of the server before it listens either. */
static void
test_sets_an_option_before_bind (BeTestSessions *sessions)
{
  const BeEventRecord *set;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_session_start (sessions->server);
  be_test_step (sessions->server, BE_CALL_SOCKET);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_BIND));
  be_session_set_option_async (sessions->server, be_test_pending_find (sessions->server, BE_CALL_BIND)->socket_id,
                               BE_SOCKET_OPTION_REUSE_ADDRESS, FALSE, NULL, NULL, NULL);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_SETSOCKOPT) == 1);
  set = be_test_log_last (sessions->log, sessions->server, BE_CALL_SETSOCKOPT);
  g_assert_cmpuint (set->socket_id, ==, be_test_pending_find (sessions->server, BE_CALL_BIND)->socket_id);
  g_assert_cmpint (set->result, ==, 0);
  g_assert_cmpuint (set->peer_id, ==, 0);
}

static void
test_holds_the_close_after_a_refusal (BeTestSessions *sessions)
{
  BeAddress address;
  g_autoptr (GSocket) nobody = be_test_nobody_listens (&address);

  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  be_session_start (sessions->client);
  be_test_step (sessions->client, BE_CALL_SOCKET);
  be_test_step (sessions->client, BE_CALL_CONNECT);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_FAILED);
  be_test_wait_pending (sessions->client, "close");
  g_assert_cmpint (be_test_pending_find (sessions->client, BE_CALL_CLOSE)->peer.family, ==, BE_ADDRESS_NONE);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->client, BE_CALL_CLOSE), ==, 0);
  be_test_step (sessions->client, BE_CALL_CLOSE);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->client, BE_CALL_CLOSE) == 1);
  be_test_wait_pending (sessions->client, "");
}

/* The name has two addresses, and nobody is at the first. */
static void
test_tries_the_next_address_when_the_close_was_made (BeTestSessions *sessions)
{
  g_autoptr (GSocket) listener = NULL;
  BeSession *stopped;
  BeAddress  address;

  if (!be_test_has_ipv6 () || !resolves_to_two_addresses ("localhost"))
    {
      g_test_skip ("localhost has one address here");
      return;
    }

  listener = be_test_peer_listen (1, &address);
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "localhost", address.port);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  be_session_start (sessions->client);
  be_test_step (sessions->client, BE_CALL_SOCKET);
  be_test_step (sessions->client, BE_CALL_CONNECT);
  be_test_step (sessions->client, BE_CALL_CLOSE);
  be_test_step (sessions->client, BE_CALL_SOCKET);
  be_test_step (sessions->client, BE_CALL_CONNECT);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_RUNNING);

  /* Stopped between the two it ends as well. */
  stopped = be_test_sessions_keep (
    sessions, be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "localhost", address.port));
  be_session_set_pace (stopped, BE_PACE_STEPS, 0);
  be_session_start (stopped);
  be_test_step (stopped, BE_CALL_SOCKET);
  be_test_step (stopped, BE_CALL_CONNECT);
  be_test_wait_pending (stopped, "close");
  be_test_session_end (stopped);
  be_test_wait_pending (stopped, "");
}

#ifdef __linux__
/* Linux: the queue of complete connections has room for one more than was asked
 * for, and who does not fit into it gets no answer to the SYN (listen(2)). */
static void
test_fills_the_queue_of_a_listener_that_does_not_accept (BeTestSessions *sessions)
{
  guint n_running = 0;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_backlog (BE_TCP_SERVER (sessions->server), 2);
  be_test_session_run (sessions->server);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_pending (sessions->server, "accept");

  for (guint i = 0; i < 5; i++)
    {
      BeSession *client =
        be_test_sessions_keep (sessions, be_test_client_new_for (sessions->server));

      be_session_set_pace (client, BE_PACE_WATCHED, 0);
      be_session_start (client);
      if (i < 3)
        {
          be_test_wait_pending (client, "recv…");
          be_test_system_wait_for_queue (be_test_session_get_local (sessions->server).port, i + 1);
        }
      else
        be_test_wait_pending (client, "connect…");
    }

  for (guint i = 0; i < sessions->others->len; i++)
    {
      BeSession *client = g_ptr_array_index (sessions->others, i);

      n_running += be_session_get_state (client) == BE_SESSION_RUNNING ? 1 : 0;
      if (i >= 3)
        g_assert_true (be_test_pending_is (client, "connect…"));
    }
  g_assert_cmpuint (n_running, ==, 3);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT), ==, 0);
}
#endif

static void
test_keeps_sends_apart_and_in_order (BeTestSessions *sessions)
{
  const BePendingCall *last;
  BeSession           *server;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  server = sessions->server;
  be_test_wait_until (be_test_sessions_count (sessions, server, BE_CALL_ACCEPT) == 1);
  be_session_set_pace (server, BE_PACE_STEPS, 0);
  be_test_session_send (server, BE_PEER_EVERYONE, "one");
  be_test_session_send (server, BE_PEER_EVERYONE, "two");
  be_session_half_close (server, BE_PEER_EVERYONE);
  be_session_half_close (server, BE_PEER_EVERYONE);
  be_test_wait_until (be_test_pending_count (server, BE_CALL_SEND) == 2 &&
                      be_test_pending_count (server, BE_CALL_SHUTDOWN) > 0);
  be_test_network_turn (sessions->network);
  be_test_network_turn (sessions->network);
  g_assert_cmpuint (be_test_pending_count (server, BE_CALL_SHUTDOWN), ==, 1);
  g_assert_cmpuint (be_test_sessions_count (sessions, server, BE_CALL_SEND), ==, 0);

  /* The last of them is asked for, and the first is made. */
  last = be_test_pending_find (server, BE_CALL_SHUTDOWN);
  g_assert_cmphex (last->flags, ==, BE_EVENT_ON_REQUEST);
  be_session_step (server, last->id);
  be_test_sessions_expect (sessions, sessions->client, "one");
  be_test_wait_until (be_test_pending_count (server, BE_CALL_SEND) == 1);
  be_test_step (server, BE_CALL_SEND);
  be_test_step (server, BE_CALL_SHUTDOWN);
  be_test_wait_until (be_test_sessions_count (sessions, server, BE_CALL_SHUTDOWN) == 1);
  g_assert_cmpuint (be_test_sessions_count (sessions, server, BE_CALL_SEND), ==, 2);
  be_test_sessions_expect (sessions, sessions->client, "onetwo");
}

static void
test_makes_each_held_call_once (BeTestSessions *sessions)
{
  guint64 id;

  start_held (sessions);
  id = be_test_pending_find (sessions->server, BE_CALL_ACCEPT)->id;
  be_session_step (sessions->server, id);
  be_session_step (sessions->server, id);
  be_session_step (sessions->server, G_MAXUINT64);
  be_test_wait_pending (sessions->server, "recv accept");
  be_session_step (sessions->server, id);
  be_test_network_turn (sessions->network);
  be_test_network_turn (sessions->network);
  be_test_wait_pending (sessions->server, "recv accept");
  g_assert_cmpuint (be_test_pending_find (sessions->server, BE_CALL_ACCEPT)->id, >, id);

  /* Without an id it is the oldest. */
  be_session_step (sessions->server, 0);
  be_test_wait_pending (sessions->server, "recv… accept");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/steps-tcp/connects-before-accept-is-called",
                        test_connects_before_accept_is_called);
  be_test_sessions_add ("/steps-tcp/answers-step-by-step", test_answers_step_by_step);
  be_test_sessions_add ("/steps-tcp/three-sends-arrive-as-one", test_three_sends_arrive_as_one);
  be_test_sessions_add ("/steps-tcp/waiting-calls-return-by-themselves",
                        test_waiting_calls_return_by_themselves);
  be_test_sessions_add ("/steps-tcp/steps-through-the-whole-opening",
                        test_steps_through_the_whole_opening);
  be_test_sessions_add ("/steps-tcp/sets-an-option-before-bind", test_sets_an_option_before_bind);
  be_test_sessions_add ("/steps-tcp/holds-the-close-after-a-refusal",
                        test_holds_the_close_after_a_refusal);
  be_test_sessions_add ("/steps-tcp/tries-the-next-address-when-the-close-was-made",
                        test_tries_the_next_address_when_the_close_was_made);
#ifdef __linux__
  be_test_sessions_add ("/steps-tcp/fills-the-queue-of-a-listener-that-does-not-accept",
                        test_fills_the_queue_of_a_listener_that_does_not_accept);
#endif
  be_test_sessions_add ("/steps-tcp/keeps-sends-apart-and-in-order",
                        test_keeps_sends_apart_and_in_order);
  be_test_sessions_add ("/steps-tcp/makes-each-held-call-once", test_makes_each_held_call_once);

  return g_test_run ();
}
