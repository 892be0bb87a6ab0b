/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sockets that the system will not watch any more: no one is left waiting in
 * silence. A real lack of room (epoll_ctl(2): ENOMEM, ENOSPC) is everybody's;
 * so a descriptor becomes one that no epoll takes, while nothing is waited for. */

#include "be-event-record.h"
#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <fcntl.h>
#include <unistd.h>

#define RETRIES_MICROSECONDS (G_USEC_PER_SEC * 6 / 10)

static void
make_unwatchable (BeTestSessions *sessions,
                  BeSession      *session)
{
  int descriptor = be_test_log_nth (sessions->log, session, BE_CALL_SOCKET, 0)->result;
  int null = open ("/dev/null", O_RDWR | O_CLOEXEC);

  g_assert_cmpint (null, >=, 0);
  be_test_network_turn (sessions->network);
  g_assert_cmpint (dup2 (null, descriptor), ==, descriptor);
  close (null);
}

static void
test_closes_a_client_that_cannot_wait (BeTestSessions *sessions)
{
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GSocket) peer = NULL;
  g_autofree char *calls = NULL;
  BeAddress        address;

  listener = be_test_peer_listen (1, &address);
  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_tcp_client_set_read_window (BE_TCP_CLIENT (sessions->client), be_event_record_size_for (5));
  be_test_session_run (sessions->client);
  peer = be_test_peer_accept (listener);
  be_test_peer_send (peer, "hello", 5);
  be_test_sessions_expect (sessions, sessions->client, "hello");

  make_unwatchable (sessions, sessions->client);
  be_tcp_client_allow_reads (BE_TCP_CLIENT (sessions->client), 1000);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  calls = be_test_log_calls (sessions->log, sessions->client);
  g_assert_cmpstr (calls, ==, "socket connect recv recv! close");
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_RECV)->error, !=, 0);
}

static guint
count_accept_failures (BeTestSessions *sessions)
{
  return be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_ACCEPT) -
         be_test_log_flags (sessions->log, sessions->server, BE_CALL_ACCEPT, BE_EVENT_LIMIT);
}

static void
test_says_once_that_a_listener_cannot_wait (BeTestSessions *sessions)
{
  g_autoptr (GSocket) first = NULL;
  g_autoptr (GSocket) second = NULL;
  BeAddress address;
  gint64    end;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_max_clients (BE_TCP_SERVER (sessions->server), 1);
  be_test_session_run (sessions->server);
  address = be_test_session_get_local (sessions->server);
  first = be_test_peer_connect (&address);
  second = be_test_peer_connect (&address);
  be_test_wait_until (be_test_log_flags (sessions->log, sessions->server, BE_CALL_ACCEPT,
                                         BE_EVENT_LIMIT) == 1);

  make_unwatchable (sessions, sessions->server);
  be_test_peer_stop_sending (first);
  be_test_wait_until (count_accept_failures (sessions) == 1);
  end = g_get_monotonic_time () + RETRIES_MICROSECONDS;
  be_test_wait_until (g_get_monotonic_time () > end);
  g_assert_cmpuint (count_accept_failures (sessions), ==, 1);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_RUNNING);
  be_test_session_end (sessions->server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/unwatched/closes-a-client-that-cannot-wait",
                        test_closes_a_client_that_cannot_wait);
  be_test_sessions_add ("/unwatched/says-once-that-a-listener-cannot-wait",
                        test_says_once_that_a_listener_cannot_wait);

  return g_test_run ();
}
