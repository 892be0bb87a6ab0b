/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Streams whose address is a path. */

#include "be-tcp-client.h"
#include "be-test-errors.h"
#include "be-test-hold.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define CONNECT_TIMEOUT_SECONDS 1

#ifdef G_OS_UNIX
typedef void (*PathFunc) (BeTestSessions *sessions,
                          const char     *path);

static void
with_path (BeTestSessions *sessions,
           PathFunc        func)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("both-ends-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "socket", NULL);

  g_assert_no_error (error);
  func (sessions, path);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
run_server (BeTestSessions *sessions,
            const char     *path)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);
  be_test_session_run (sessions->server);
}

/* Starts a server, and is a client of it that is no session. */
static GSocket *
connect_to_server (BeTestSessions *sessions,
                   const char     *path)
{
  BeAddress address;

  run_server (sessions, path);
  address = be_test_session_get_local (sessions->server);

  return be_test_peer_connect (&address);
}

static void
talk (BeTestSessions *sessions,
      const char     *path)
{
  g_autofree char *server_calls = NULL;
  g_autofree char *local = NULL;
  BeAddress        address;

  run_server (sessions, path);
  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_sessions_expect (sessions, sessions->client, "HELLO BABY");

  address = be_test_session_get_local (sessions->server);
  local = be_address_to_string (&address);
  g_assert_cmpstr (local, ==, path);
  be_test_session_end (sessions->client);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE) == 1);
  server_calls = be_test_log_calls (sessions->log, sessions->server);
  g_assert_cmpstr (server_calls, ==, "socket bind listen accept recv send recv close");
}

static void
test_talks (BeTestSessions *sessions)
{
  with_path (sessions, talk);
}

static void
talk_at_random (BeTestSessions *sessions,
                const char     *path)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (2 * 1024 * 1024);
  g_autoptr (GBytes) expected = be_test_upper_case (bytes);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GSocket) peer = connect_to_server (sessions, path);

  answer = be_test_peer_talk (peer, bytes, 100 * 1000);
  g_assert_true (g_bytes_equal (answer, expected));
}

static void
test_answers_a_stream_however_it_is_cut (BeTestSessions *sessions)
{
  with_path (sessions, talk_at_random);
}

/* A zero with a descriptor, which nobody reads here. */
static void
send_descriptor (GSocket *peer)
{
  g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (peer);
  g_autoptr (GError) error = NULL;

  g_unix_connection_send_fd (G_UNIX_CONNECTION (connection), g_socket_get_fd (peer), NULL, &error);
  g_assert_no_error (error);
}

static void
talk_with_descriptors (BeTestSessions *sessions,
                       const char     *path)
{
  g_autoptr (GSocket) peer = connect_to_server (sessions, path);

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GBytes) answer = NULL;
      BeTestHold hold;

      be_test_hold_begin (&hold, sessions->network);
      send_descriptor (peer);
      send_descriptor (peer);
      be_test_peer_send (peer, "hello", 5);
      be_test_hold_end (&hold);
      answer = be_test_peer_receive (peer, 7);
      g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), "\0\0HELLO", 7);
    }
}

/* One read ends behind each message that brought descriptors (unix(7)). */
static void
test_reads_what_is_behind_descriptors (BeTestSessions *sessions)
{
  with_path (sessions, talk_with_descriptors);
}

static void
stop_and_start (BeTestSessions *sessions,
                const char     *path)
{
  BeSession *second;

  run_server (sessions, path);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  be_test_session_end (sessions->server);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  second = be_test_server_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);
  be_test_session_run (be_test_sessions_keep (sessions, second));
}

static void
test_takes_the_path_away_when_it_stops (BeTestSessions *sessions)
{
  with_path (sessions, stop_and_start);
}

static void
use_twice (BeTestSessions *sessions,
           const char     *path)
{
  BeSession *second;

  run_server (sessions, path);
  second = be_test_server_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);
  be_test_session_fail (be_test_sessions_keep (sessions, second));
  g_assert_cmpint (be_test_log_last (sessions->log, second, BE_CALL_BIND)->error,
                   ==, BE_TEST_ERROR_ADDRESS_IN_USE);

  /* The path is the first one's, which goes on. */
  be_test_wait_until (be_test_recorder_count (sessions->log, second, BE_CALL_CLOSE) == 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
}

static void
test_fails_where_somebody_listens_already (BeTestSessions *sessions)
{
  with_path (sessions, use_twice);
}

static void
bind_to_a_file (BeTestSessions *sessions,
                const char     *path)
{
  g_assert_true (g_file_set_contents (path, "important", -1, NULL));
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);
  be_test_session_fail (sessions->server);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE) == 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_leaves_a_file_alone (BeTestSessions *sessions)
{
  with_path (sessions, bind_to_a_file);
}

static void
connect_to_nothing (BeTestSessions *sessions,
                    const char     *path)
{
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);
  be_test_session_fail (sessions->client);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT)->error, ==,
                   ENOENT);
}

static void
test_fails_where_there_is_no_path (BeTestSessions *sessions)
{
  with_path (sessions, connect_to_nothing);
}

static void
reset (BeTestSessions *sessions,
       const char     *path)
{
  g_autoptr (GSocket) peer = connect_to_server (sessions, path);

  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT) == 1);
  be_session_reset_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_peer_expect_end (peer);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE) == 1);
  g_assert_cmphex (be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE)->flags, ==, 0);
}

static void
test_says_of_no_close_that_it_resets (BeTestSessions *sessions)
{
  with_path (sessions, reset);
}

static GSocket *
listen_at (const char *path,
           int         backlog)
{
  BeAddress address = { .family = BE_ADDRESS_UNIX, .scope = g_quark_from_string (path) };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) native = be_address_to_socket_address (&address);
  GSocket *listener = be_test_peer_new_stream (&address);

  g_socket_bind (listener, native, FALSE, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (listener, backlog);
  g_socket_listen (listener, &error);
  g_assert_no_error (error);

  return listener;
}

static void
stop_when_the_path_is_of_another (BeTestSessions *sessions,
                                  const char     *path)
{
  g_autoptr (GSocket) other = NULL;
  BeSession *client;

  /* As a daemon does that starts where another one was. */
  run_server (sessions, path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  other = listen_at (path, 1);
  be_test_session_end (sessions->server);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  client = be_test_client_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);
  be_test_session_run (be_test_sessions_keep (sessions, client));
}

static void
test_leaves_the_path_of_another (BeTestSessions *sessions)
{
  with_path (sessions, stop_when_the_path_is_of_another);
}

#ifdef __linux__ /* elsewhere a full queue refuses */
/* Starts clients until the listener's queue has been full for a while. */
static void
start_more_than_have_room (BeTestSessions *sessions,
                           const char     *path,
                           guint           n_clients)
{
  for (guint i = 0; i < n_clients; i++)
    {
      BeSession *client = be_test_client_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);

      be_tcp_client_set_connect_timeout (BE_TCP_CLIENT (client), CONNECT_TIMEOUT_SECONDS);
      be_session_start (be_test_sessions_keep (sessions, client));
    }
  be_test_network_turn (sessions->network);
  be_network_thread_flush (sessions->network);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, NULL, BE_CALL_SOCKET), ==, n_clients);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, NULL, BE_CALL_CONNECT), <, n_clients);
}

static void
connect_to_a_full_queue (BeTestSessions *sessions,
                         const char     *path)
{
  g_autoptr (GSocket) listener = listen_at (path, 0);
  const guint n_clients = 5;

  start_more_than_have_room (sessions, path, n_clients);
  for (guint i = 0; i < n_clients; i++)
    g_object_unref (be_test_peer_accept (listener));
  be_test_wait_until (be_test_recorder_count (sessions->log, NULL, BE_CALL_CONNECT) == n_clients);
  g_assert_cmpuint (be_test_recorder_failures (sessions->log, NULL, BE_CALL_CONNECT), ==, 0);
}

static void
test_connects_when_there_is_room (BeTestSessions *sessions)
{
  with_path (sessions, connect_to_a_full_queue);
}

static void
wait_for_room_in_vain (BeTestSessions *sessions,
                       const char     *path)
{
  g_autoptr (GSocket) listener G_GNUC_UNUSED = listen_at (path, 0);
  BeSession                   *stopped;
  BeSession                   *last;

  start_more_than_have_room (sessions, path, 4);
  stopped = sessions->others->pdata[2];
  last = sessions->others->pdata[3];
  be_test_session_end (stopped);
  g_assert_cmphex (be_test_log_last (sessions->log, stopped, BE_CALL_CONNECT)->flags, ==,
                   BE_EVENT_CANCELLED);
  be_test_wait_until (be_session_get_state (last) == BE_SESSION_FAILED);
  g_assert_cmphex (be_test_log_last (sessions->log, last, BE_CALL_CONNECT)->flags, ==,
                   BE_EVENT_TIMED_OUT);
}

static void
test_waits_no_longer_for_room_than_it_may (BeTestSessions *sessions)
{
  with_path (sessions, wait_for_room_in_vain);
}
#endif

static void
finalize_while_it_listens (BeTestSessions *sessions,
                           const char     *path)
{
  run_server (sessions, path);
  g_assert_finalize_object (g_steal_pointer (&sessions->server));
  be_test_wait_until (be_test_log_is_closed (sessions->log));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_takes_the_path_away_when_it_is_let_go (BeTestSessions *sessions)
{
  with_path (sessions, finalize_while_it_listens);
}
#endif

static void
test_takes_no_path_that_is_too_long (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) endpoint = NULL;
  g_autofree char *path = g_strnfill (4096, 'a');

  endpoint = be_endpoint_new (BE_PROTOCOL_UNIX, path, NULL, &error);
  g_assert_null (endpoint);
  g_assert_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_PATH);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/unix/takes-no-path-that-is-too-long", test_takes_no_path_that_is_too_long);
#ifdef G_OS_UNIX
  be_test_sessions_add ("/unix/talks", test_talks);
  be_test_sessions_add ("/unix/answers-a-stream-however-it-is-cut",
                        test_answers_a_stream_however_it_is_cut);
  be_test_sessions_add ("/unix/reads-what-is-behind-descriptors", test_reads_what_is_behind_descriptors);
  be_test_sessions_add ("/unix/takes-the-path-away-when-it-stops",
                        test_takes_the_path_away_when_it_stops);
  be_test_sessions_add ("/unix/fails-where-somebody-listens-already",
                        test_fails_where_somebody_listens_already);
  be_test_sessions_add ("/unix/leaves-a-file-alone", test_leaves_a_file_alone);
  be_test_sessions_add ("/unix/fails-where-there-is-no-path", test_fails_where_there_is_no_path);
  be_test_sessions_add ("/unix/says-of-no-close-that-it-resets",
                        test_says_of_no_close_that_it_resets);
  be_test_sessions_add ("/unix/takes-the-path-away-when-it-is-let-go",
                        test_takes_the_path_away_when_it_is_let_go);
  be_test_sessions_add ("/unix/leaves-the-path-of-another", test_leaves_the_path_of_another);
#ifdef __linux__
  be_test_sessions_add ("/unix/connects-when-there-is-room", test_connects_when_there_is_room);
  be_test_sessions_add ("/unix/waits-no-longer-for-room-than-it-may",
                        test_waits_no_longer_for_room_than_it_may);
#endif
#endif

  return g_test_run ();
}
