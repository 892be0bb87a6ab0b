/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Many clients of one server. */

#include "be-tcp-server.h"
#include "be-test-errors.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <string.h>

/* GLib polls more than some sixty sockets slowly on Windows. */
#ifdef G_OS_WIN32
#define MANY_PEERS 20
#else
#define MANY_PEERS 200
#endif

static GPtrArray *
connect_peers (BeTestSessions *sessions,
               guint           n_peers)
{
  GPtrArray *peers = g_ptr_array_new_with_free_func (g_object_unref);
  BeAddress  address = be_test_session_get_local (sessions->server);

  for (guint i = 0; i < n_peers; i++)
    g_ptr_array_add (peers, be_test_peer_connect (&address));

  return peers;
}

static guint32
wait_for_peer_id (BeTestSessions *sessions,
                  guint           position)
{
  be_test_wait_until (be_test_log_nth (sessions->log, sessions->server, BE_CALL_ACCEPT, position) !=
                      NULL);

  return be_test_log_nth (sessions->log, sessions->server, BE_CALL_ACCEPT, position)->peer_id;
}

static void
wait_for_calls (BeTestSessions *sessions,
                BeCall          call,
                guint           n_calls)
{
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, call) >= n_calls);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->server, call), ==, n_calls);
}

static void
assert_is_served (GSocket *peer)
{
  be_test_peer_send (peer, "served?", 7);
  be_test_peer_expect (peer, "SERVED?");
}

static void
test_answers_each_of_very_many_clients (BeTestSessions *sessions)
{
  const guint n_peers = MANY_PEERS;
  g_autoptr (GPtrArray) peers = NULL;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_backlog (BE_TCP_SERVER (sessions->server), n_peers);
  be_test_session_run (sessions->server);
  peers = connect_peers (sessions, n_peers);

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < n_peers; i++)
        {
          g_autofree char *text = g_strdup_printf ("client %u, round %u", i, round);

          be_test_peer_send (peers->pdata[i], text, strlen (text));
        }
      for (guint i = 0; i < n_peers; i++)
        {
          g_autofree char *text = g_strdup_printf ("CLIENT %u, ROUND %u", i, round);

          be_test_peer_expect (peers->pdata[i], text);
        }
    }
}

static void
test_leaves_room_beside_clients_that_say_nothing (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) silent = NULL;
  g_autoptr (GPtrArray) talking = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  silent = connect_peers (sessions, 5);
  wait_for_calls (sessions, BE_CALL_ACCEPT, 5);
  talking = connect_peers (sessions, 1);
  assert_is_served (talking->pdata[0]);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE), ==, 0);
}

static void
test_speaks_to_one_and_to_all (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  peers = connect_peers (sessions, 3);
  be_test_session_send (sessions->server, wait_for_peer_id (sessions, 1), "you alone, ");
  wait_for_peer_id (sessions, 2);
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "and everybody");

  be_test_peer_expect (peers->pdata[0], "and everybody");
  be_test_peer_expect (peers->pdata[1], "you alone, and everybody");
  be_test_peer_expect (peers->pdata[2], "and everybody");
}

static void
test_closes_one_and_leaves_the_others (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = NULL;
  guint32 peer_id;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  peers = connect_peers (sessions, 3);
  wait_for_peer_id (sessions, 2);
  peer_id = wait_for_peer_id (sessions, 1);
  be_session_close_peer (sessions->server, peer_id);
  be_session_close_peer (sessions->server, peer_id);
  be_test_peer_expect_end (peers->pdata[1]);

  assert_is_served (peers->pdata[0]);
  assert_is_served (peers->pdata[2]);
  wait_for_calls (sessions, BE_CALL_CLOSE, 1);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE)->peer_id, ==,
                    peer_id);
}

static void
test_resets_one_and_leaves_the_others (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = NULL;
  const BeEventRecord *closed;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  peers = connect_peers (sessions, 2);
  wait_for_peer_id (sessions, 1);
  be_session_reset_peer (sessions->server, wait_for_peer_id (sessions, 0));
  g_assert_true (be_test_peer_is_reset (peers->pdata[0]));

  assert_is_served (peers->pdata[1]);
  wait_for_calls (sessions, BE_CALL_CLOSE, 1);
  closed = be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE);
  g_assert_cmphex (closed->flags, ==, BE_EVENT_RESET);
  g_assert_cmpint (closed->result, ==, 0);
}

static void
test_closes_everybody_and_listens_on (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = NULL;
  g_autoptr (GPtrArray) later = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  peers = connect_peers (sessions, 5);
  wait_for_calls (sessions, BE_CALL_ACCEPT, 5);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  for (guint i = 0; i < peers->len; i++)
    be_test_peer_expect_end (peers->pdata[i]);

  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_RUNNING);
  later = connect_peers (sessions, 1);
  assert_is_served (later->pdata[0]);
}

static void
test_serves_the_next_when_one_leaves (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = NULL;
  const BeEventRecord *limited;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_max_clients (BE_TCP_SERVER (sessions->server), 2);
  be_test_session_run (sessions->server);
  peers = connect_peers (sessions, 3);
  be_test_wait_until (
    be_test_log_flags (sessions->log, sessions->server, BE_CALL_ACCEPT, BE_EVENT_LIMIT) == 1);
  limited = be_test_log_last (sessions->log, sessions->server, BE_CALL_ACCEPT);
  g_assert_cmpint (limited->result, ==, -1);
  g_assert_cmpint (limited->error, ==, 0);
  g_assert_cmpuint (limited->detail, ==, 2);
  g_assert_cmpuint (limited->peer_id, ==, 0);
  assert_is_served (peers->pdata[0]);
  assert_is_served (peers->pdata[1]);
  wait_for_calls (sessions, BE_CALL_ACCEPT, 3);

  be_test_peer_stop_sending (peers->pdata[0]);
  assert_is_served (peers->pdata[2]);
  assert_is_served (peers->pdata[1]);
  wait_for_calls (sessions, BE_CALL_ACCEPT, 4);
}

static void
test_keeps_its_clients_when_it_stops_listening (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = NULL;
  BeSession *refused;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  peers = connect_peers (sessions, 2);
  wait_for_calls (sessions, BE_CALL_ACCEPT, 2);
  be_tcp_server_stop_listening (BE_TCP_SERVER (sessions->server));
  be_tcp_server_stop_listening (BE_TCP_SERVER (sessions->server));
  be_test_wait_until (be_session_get_state (sessions->server) == BE_SESSION_ENDING);

  assert_is_served (peers->pdata[0]);
  refused = be_test_sessions_keep (sessions, be_test_client_new_for (sessions->server));
  be_test_session_fail (refused);
  g_assert_cmpint (be_test_log_last (sessions->log, refused, BE_CALL_CONNECT)->error,
                   ==, BE_TEST_ERROR_CONNECTION_REFUSED);

  /* Ended with the last of them. */
  be_test_peer_stop_sending (peers->pdata[0]);
  wait_for_calls (sessions, BE_CALL_CLOSE, 2);
  assert_is_served (peers->pdata[1]);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_ENDING);
  be_test_peer_stop_sending (peers->pdata[1]);
  be_test_wait_until (be_session_get_state (sessions->server) == BE_SESSION_ENDED);
}

static void
test_ends_when_it_stops_listening_alone (BeTestSessions *sessions)
{
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  be_tcp_server_stop_listening (BE_TCP_SERVER (sessions->server));
  be_test_wait_until (be_session_get_state (sessions->server) == BE_SESSION_ENDED);
}

static void
test_ends_with_all_its_clients (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  peers = connect_peers (sessions, 5);
  wait_for_calls (sessions, BE_CALL_ACCEPT, 5);
  be_tcp_server_stop_listening (BE_TCP_SERVER (sessions->server));
  be_test_wait_until (be_session_get_state (sessions->server) == BE_SESSION_ENDING);
  be_test_session_end (sessions->server);
  for (guint i = 0; i < peers->len; i++)
    be_test_peer_expect_end (peers->pdata[i]);
}

static void
test_answers_clients_that_come_and_go_at_random (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = g_ptr_array_new_with_free_func (g_object_unref);
  BeAddress address;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  for (guint i = 0; i < 400; i++)
    {
      guint position = peers->len > 0 ? (guint) g_test_rand_int_range (0, (gint32) peers->len) : 0;

      if (peers->len == 0 || (peers->len < 20 && g_test_rand_int_range (0, 3) == 0))
        {
          g_ptr_array_add (peers, be_test_peer_connect (&address));
          assert_is_served (peers->pdata[peers->len - 1]);
        }
      else if (g_test_rand_int_range (0, 3) == 0)
        {
          if (g_test_rand_bit ())
            be_test_peer_reset (peers->pdata[position]);
          g_ptr_array_remove_index_fast (peers, position);
        }
      else
        assert_is_served (peers->pdata[position]);
    }
}

/* What another reader of the system's table says of the client's addresses. */
static char *
ask_ss (const BeEventRecord *record)
{
  g_autofree char *filter = g_strdup_printf ("sport = :%u and dport = :%u", record->local.port,
                                             record->peer.port);
  const char      *arguments[] = { "ss", "-tanH", filter, NULL };
  char            *output = NULL;

  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output,
                     NULL, NULL, NULL))
    return NULL;

  return output;
}

static void
test_tells_time_wait_of_who_closed_first (BeTestSessions *sessions)
{
  g_autofree char     *witness = NULL;
  const BeEventRecord *end;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);

  end = be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV);
  g_assert_cmpint (end->result, ==, 0);
#ifdef __linux__
  g_assert_cmpint (end->state, ==, BE_SYSTEM_STATE_TIME_WAIT);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_RECV)->state, ==,
                   BE_SYSTEM_STATE_CLOSE_WAIT);
  witness = ask_ss (end);
  if (witness != NULL)
    g_assert_true (g_str_has_prefix (witness, "TIME-WAIT"));
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/tcp-peers/answers-each-of-very-many-clients",
                        test_answers_each_of_very_many_clients);
  be_test_sessions_add ("/tcp-peers/leaves-room-beside-clients-that-say-nothing",
                        test_leaves_room_beside_clients_that_say_nothing);
  be_test_sessions_add ("/tcp-peers/speaks-to-one-and-to-all", test_speaks_to_one_and_to_all);
  be_test_sessions_add ("/tcp-peers/closes-one-and-leaves-the-others",
                        test_closes_one_and_leaves_the_others);
  be_test_sessions_add ("/tcp-peers/resets-one-and-leaves-the-others",
                        test_resets_one_and_leaves_the_others);
  be_test_sessions_add ("/tcp-peers/closes-everybody-and-listens-on",
                        test_closes_everybody_and_listens_on);
  be_test_sessions_add ("/tcp-peers/serves-the-next-when-one-leaves",
                        test_serves_the_next_when_one_leaves);
  be_test_sessions_add ("/tcp-peers/keeps-its-clients-when-it-stops-listening",
                        test_keeps_its_clients_when_it_stops_listening);
  be_test_sessions_add ("/tcp-peers/ends-when-it-stops-listening-alone",
                        test_ends_when_it_stops_listening_alone);
  be_test_sessions_add ("/tcp-peers/ends-with-all-its-clients", test_ends_with_all_its_clients);
  be_test_sessions_add ("/tcp-peers/answers-clients-that-come-and-go-at-random",
                        test_answers_clients_that_come_and_go_at_random);
  be_test_sessions_add ("/tcp-peers/tells-time-wait-of-who-closed-first",
                        test_tells_time_wait_of_who_closed_first);

  return g_test_run ();
}
