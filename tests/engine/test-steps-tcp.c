/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A TCP conversation whose calls are held, and made one after another. */

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-errors.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test.h"

#define assert_pending(session, expected)                        \
  G_STMT_START                                                   \
  {                                                              \
    g_autofree char *pending_ = be_test_pending_calls (session); \
    g_assert_cmpstr (pending_, ==, expected);                    \
  }                                                              \
  G_STMT_END

#define assert_calls(sessions, session, expected)                           \
  G_STMT_START                                                              \
  {                                                                         \
    g_autofree char *calls_ = be_test_log_calls ((sessions)->log, session); \
    g_assert_cmpstr (calls_, ==, expected);                                 \
  }                                                                         \
  G_STMT_END

static guint
count (BeTestSessions *sessions,
       BeSession      *session,
       BeCall          call)
{
  return be_test_recorder_count (sessions->log, session, call);
}

/* A server that is held from now on, and a free client. */
static void
start_held (BeTestSessions *sessions)
{
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_ACCEPT));
  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
}

static void
test_connects_before_accept_is_called (BeTestSessions *sessions)
{
  const BePendingCall *accept;

  start_held (sessions);
  g_assert_cmpuint (count (sessions, sessions->server, BE_CALL_ACCEPT), ==, 0);
  accept = be_test_pending_find (sessions->server, BE_CALL_ACCEPT);
  g_assert_cmpuint (accept->session_id, ==, be_session_get_id (sessions->server));
  g_assert_cmpuint (accept->local.port, ==, be_test_session_get_local (sessions->server).port);

  be_test_step (sessions->server, BE_CALL_ACCEPT);
  be_test_wait_until (count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_ACCEPT));
  assert_pending (sessions->server, "recv accept");
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
  assert_pending (sessions->server, "accept send");
  send = be_test_pending_find (sessions->server, BE_CALL_SEND);
  g_assert_true (g_bytes_equal (send->bytes, expected));
  g_assert_cmphex (send->flags, ==, BE_EVENT_REPLY);
  g_assert_cmpuint (send->argument, ==, 5);

  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_sessions_expect (sessions, sessions->client, "HELLO");
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  assert_pending (sessions->server, "accept recv");
}

static void
test_three_sends_arrive_as_one (BeTestSessions *sessions)
{
  g_autoptr (GBytes) received = NULL;

  start_held (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "one");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "two");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "three");
  be_test_wait_until (count (sessions, sessions->client, BE_CALL_SEND) == 3);
  be_test_step (sessions->server, BE_CALL_ACCEPT);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_wait_until (count (sessions, sessions->server, BE_CALL_RECV) == 1);
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

  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
  be_test_wait_until (count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  be_test_step (sessions->server, BE_CALL_RECV);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_RECV));
  assert_pending (sessions->server, "recv… accept");

  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "x");
  be_test_wait_until (count (sessions, sessions->server, BE_CALL_RECV) == 1);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_SEND));
  g_assert_cmpuint (count (sessions, sessions->server, BE_CALL_SEND), ==, 0);
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

  return g_test_run ();
}
