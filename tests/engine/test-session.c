/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What all sessions have in common. */

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"
#include "be-udp-client.h"
#include "be-udp-server.h"

static void
append_state_cb (BeSession  *session,
                 GParamSpec *pspec,
                 GString    *states)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (BE_TYPE_SESSION_STATE);
  BeSessionState state;

  g_object_get (session, "state", &state, NULL);
  g_assert_cmpint (state, ==, be_session_get_state (session));
  g_string_append_printf (states, "%s%s", states->len > 0 ? " " : "",
                          g_enum_get_value (klass, state)->value_nick);
}

static GString *
follow_states (BeSession *session)
{
  GString *states = g_string_new (NULL);

  g_signal_connect (session, "notify::state", G_CALLBACK (append_state_cb), states);

  return states;
}

static void
free_states (BeSession *session,
             GString   *states)
{
  g_signal_handlers_disconnect_by_func (session, append_state_cb, states);
  g_string_free (states, TRUE);
}

static void
test_is_new_until_it_is_started (BeTestSessions *sessions)
{
  BeAddress local;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_NEW);
  g_assert_false (be_session_is_active (sessions->server));
  g_assert_false (be_session_get_local (sessions->server, &local));
  g_assert_true (be_session_get_network (sessions->server) == sessions->network);
  g_assert_cmpint (be_session_get_side (sessions->server), ==, BE_SIDE_SERVER);

  /* Commands before the start are not kept for later. */
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "too early");
  be_session_half_close (sessions->server, BE_PEER_EVERYONE);
  be_tcp_server_stop_listening (BE_TCP_SERVER (sessions->server));
  be_test_session_run (sessions->server);
  g_assert_true (be_session_is_active (sessions->server));
}

static void
test_each_has_a_number_and_a_side (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  g_assert_cmpuint (be_session_get_id (sessions->server), ==, 1);
  g_assert_cmpuint (be_session_get_id (sessions->client), ==, 2);
  g_assert_cmpint (be_session_get_side (sessions->client), ==, BE_SIDE_CLIENT);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT)->session_id,
                    ==, 2);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT)->side, ==,
                    BE_SIDE_CLIENT);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->server, BE_CALL_BIND)->side, ==,
                    BE_SIDE_SERVER);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->server, BE_CALL_BIND)->protocol, ==,
                    BE_PROTOCOL_UDP);
}

static void
test_states_only_move_forward (BeTestSessions *sessions)
{
  GString *client_states;
  GString *server_states;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  server_states = follow_states (sessions->server);
  be_test_session_run (sessions->server);
  sessions->client = be_test_client_new_for (sessions->server);
  client_states = follow_states (sessions->client);
  be_test_session_run (sessions->client);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT) ==
                      1);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  be_test_session_end (sessions->server);

  g_assert_cmpstr (client_states->str, ==, "starting running ending ended");
  g_assert_cmpstr (server_states->str, ==, "starting running ended");
  free_states (sessions->client, client_states);
  free_states (sessions->server, server_states);
}

static void
test_states_of_one_that_fails (BeTestSessions *sessions)
{
  BeAddress address;
  GString  *states;
  g_autoptr (GSocket) nobody = be_test_nobody_listens (&address);

  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  states = follow_states (sessions->client);
  be_test_session_fail (sessions->client);
  be_session_stop (sessions->client);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_CLOSE) == 1);
  g_assert_false (be_session_is_active (sessions->client));
  g_assert_cmpstr (states->str, ==, "starting failed");
  free_states (sessions->client, states);
}

static void
test_states_of_datagrams (BeTestSessions *sessions)
{
  GString *states;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);
  states = follow_states (sessions->server);
  be_test_session_run (sessions->server);
  be_test_session_end (sessions->server);
  g_assert_cmpstr (states->str, ==, "starting running ended");
  free_states (sessions->server, states);
}

static void
set_cb (gpointer flag)
{
  g_atomic_int_set ((gint *) flag, TRUE);
}

/* The bytes are copied or held: whoever sends may let go at once. */
static void
test_takes_care_of_the_bytes_it_sends (BeTestSessions *sessions)
{
  GBytes *bytes = g_bytes_new_take (g_strdup ("gone by then"), 12);
  gint    is_free = FALSE; /* atomic */

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);
  g_bytes_unref (bytes);
  be_test_sessions_expect (sessions, sessions->client, "GONE BY THEN");

  /* And it lets go of them too. */
  bytes = g_bytes_new_with_free_func ("x", 1, set_cb, &is_free);
  be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);
  g_bytes_unref (bytes);
  be_test_wait_until (g_atomic_int_get (&is_free));
}

static void
test_is_let_go_while_it_runs (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect (&address);
  be_test_peer_send (peer, "a", 1);
  be_test_peer_expect (peer, "A");
  g_assert_finalize_object (g_steal_pointer (&sessions->server));
  be_test_peer_expect_end (peer);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
}

static void
test_is_let_go_while_it_connects (BeTestSessions *sessions)
{
  BeAddress                  address;
  g_autoptr (GPtrArray) busy G_GNUC_UNUSED = be_test_peer_listen_too_busy (&address);

  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_session_start (sessions->client);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_SOCKET) ==
                      1);
  g_assert_finalize_object (g_steal_pointer (&sessions->client));
  be_test_wait_until (be_test_log_is_closed (sessions->log));
  g_assert_cmphex (be_test_log_last (sessions->log, NULL, BE_CALL_CONNECT)->flags, ==,
                   BE_EVENT_CANCELLED);
}

static void
test_is_let_go_before_anything_has_happened (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_session_start (sessions->server);
  g_assert_finalize_object (g_steal_pointer (&sessions->server));
  be_test_wait_until (be_test_recorder_count (sessions->log, NULL, BE_CALL_CLOSE) == 1);
}

static void
test_many_share_one_order (BeTestSessions *sessions)
{
  GPtrArray *events;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  for (guint i = 0; i < 10; i++)
    be_test_session_run (
      be_test_sessions_keep (sessions, be_test_client_new_for (sessions->server)));
  for (guint i = 0; i < 200; i++)
    be_test_session_send (sessions->others->pdata[i % 10], BE_PEER_EVERYONE, "a");
  be_test_wait_until (be_test_log_bytes (sessions->log, NULL, BE_CALL_RECV) == 2 * 200);

  /* Without a gap; that it also rises, and that the times do, the fixture
   * sees in every test. */
  events = be_test_recorder_get_all (sessions->log);
  g_assert_cmpuint (be_event_get_sequence (events->pdata[events->len - 1]), ==, events->len);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/session/is-new-until-it-is-started", test_is_new_until_it_is_started);
  be_test_sessions_add ("/session/each-has-a-number-and-a-side", test_each_has_a_number_and_a_side);
  be_test_sessions_add ("/session/states-only-move-forward", test_states_only_move_forward);
  be_test_sessions_add ("/session/states-of-one-that-fails", test_states_of_one_that_fails);
  be_test_sessions_add ("/session/states-of-datagrams", test_states_of_datagrams);
  be_test_sessions_add ("/session/takes-care-of-the-bytes-it-sends",
                        test_takes_care_of_the_bytes_it_sends);
  be_test_sessions_add ("/session/is-let-go-while-it-runs", test_is_let_go_while_it_runs);
  be_test_sessions_add ("/session/is-let-go-while-it-connects", test_is_let_go_while_it_connects);
  be_test_sessions_add ("/session/is-let-go-before-anything-has-happened",
                        test_is_let_go_before_anything_has_happened);
  be_test_sessions_add ("/session/many-share-one-order", test_many_share_one_order);

  return g_test_run ();
}
