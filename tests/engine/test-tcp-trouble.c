/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong on the network, and disturbs nobody else. */

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-errors.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#ifdef G_OS_UNIX
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

static void
assert_failed_with (BeTestSessions *sessions,
                    BeSession      *session,
                    BeCall          call,
                    int             error)
{
  const BeEventRecord *failed = be_test_log_last (sessions->log, session, call);

  g_assert_nonnull (failed);
  g_assert_cmpint (failed->result, ==, -1);
  g_assert_cmpint (failed->error, ==, error);
  g_assert_true (be_event_record_is_failure (failed));
}

static void
test_fails_where_somebody_listens_already (BeTestSessions *sessions)
{
  g_autofree char *calls = NULL;
  BeSession       *second;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  second = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1",
                               be_test_session_get_local (sessions->server).port);
  be_test_session_fail (be_test_sessions_keep (sessions, second));
  assert_failed_with (sessions, second, BE_CALL_BIND, BE_TEST_ERROR_ADDRESS_IN_USE);
  be_session_stop (second);

  /* The first goes on. */
  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
  calls = be_test_log_calls (sessions->log, second);
  g_assert_cmpstr (calls, ==, "socket bind! close");
  g_assert_cmpint (be_session_get_state (second), ==, BE_SESSION_FAILED);
}

static void
test_runs_where_another_has_failed_and_left (BeTestSessions *sessions)
{
  BeAddress address;
  g_autoptr (GSocket) listener = be_test_peer_listen (1, &address);
  BeSession *failed =
    be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);

  be_test_session_fail (be_test_sessions_keep (sessions, failed));
  g_clear_object (&listener);
  sessions->server =
    be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_test_session_run (sessions->server);
}

/* 192.0.2.0/24 is for documentation (RFC 5737): no computer has it. Nothing
 * is sent: bind () refuses. */
static void
test_fails_at_an_address_of_another_computer (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "192.0.2.1", 0);
  be_test_session_fail (sessions->server);
  assert_failed_with (sessions, sessions->server, BE_CALL_BIND,
                      BE_TEST_ERROR_ADDRESS_NOT_AVAILABLE);
}

static void
test_fails_from_an_address_of_another_computer (BeTestSessions *sessions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) endpoint = be_endpoint_new (BE_PROTOCOL_TCP, "127.0.0.1", "9", &error);
  g_autoptr (BeEndpoint) with_local = be_endpoint_with_local (endpoint, "192.0.2.1", "0", &error);

  g_assert_no_error (error);
  sessions->client = be_tcp_client_new (sessions->network, with_local);
  be_test_session_fail (sessions->client);
  assert_failed_with (sessions, sessions->client, BE_CALL_BIND,
                      BE_TEST_ERROR_ADDRESS_NOT_AVAILABLE);
}

static void
test_fails_where_nobody_listens (BeTestSessions *sessions)
{
  g_autofree char *calls = NULL;
  BeAddress        address;
  GSocket         *listener = be_test_peer_listen (1, &address);

  g_object_unref (listener);
  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_test_session_fail (sessions->client);
  assert_failed_with (sessions, sessions->client, BE_CALL_CONNECT,
                      BE_TEST_ERROR_CONNECTION_REFUSED);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_CLOSE) == 1);
  calls = be_test_log_calls (sessions->log, sessions->client);
  g_assert_cmpstr (calls, ==, "socket connect! close");
  g_assert_cmphex (be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT)->flags, ==,
                   0);
}

static void
test_fails_when_nobody_answers_in_time (BeTestSessions *sessions)
{
  BeAddress                  address;
  g_autoptr (GPtrArray) busy G_GNUC_UNUSED = be_test_peer_listen_too_busy (&address);
  gint64                     before = g_get_monotonic_time ();

  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_tcp_client_set_connect_timeout (BE_TCP_CLIENT (sessions->client), 1);
  be_test_session_fail (sessions->client);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, G_USEC_PER_SEC);

  assert_failed_with (sessions, sessions->client, BE_CALL_CONNECT, BE_TEST_ERROR_TIMED_OUT);
  g_assert_cmphex (be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT)->flags,
                   ==, BE_EVENT_TIMED_OUT);
}

#ifdef __linux__
static BeAddress
get_local_of (int descriptor)
{
  struct sockaddr_storage native;
  socklen_t               size = sizeof native;
  BeAddress               address;

  g_assert_cmpint (getsockname (descriptor, (struct sockaddr *) &native, &size), ==, 0);
  g_assert_true (be_address_set_native (&address, &native, size));

  return address;
}
#endif

#ifdef G_OS_UNIX
static gint64
get_cpu_time (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC +
         usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static void
assert_rests (gint64 microseconds)
{
  gint64 cpu_time = get_cpu_time ();
  gint64 end = g_get_monotonic_time () + microseconds;

  be_test_wait_until (g_get_monotonic_time () >= end);
  g_assert_cmpint (get_cpu_time () - cpu_time, <=, microseconds / 20);
}

static void
test_rests_while_it_connects (BeTestSessions *sessions)
{
  BeAddress                  address;
  g_autoptr (GPtrArray) busy G_GNUC_UNUSED = be_test_peer_listen_too_busy (&address);

  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_session_start (sessions->client);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_SOCKET) ==
                      1);
  assert_rests (G_USEC_PER_SEC / 2);
}

#ifdef __linux__
/* Shut down, a listening socket listens no more: accept () fails at once and
 * for ever (EINVAL, accept(2)), and poll () goes on to say so. */
static void
test_rests_while_accept_keeps_failing (BeTestSessions *sessions)
{
  int descriptor;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  descriptor = be_test_log_last (sessions->log, sessions->server, BE_CALL_SOCKET)->result;
  g_assert_cmpint (shutdown (descriptor, SHUT_RDWR), ==, 0);
  be_test_wait_until (be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_ACCEPT) >
                      0);
  assert_failed_with (sessions, sessions->server, BE_CALL_ACCEPT, EINVAL);
  assert_rests (G_USEC_PER_SEC / 2);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT), ==,
                    1);

  /* Whoever comes when it listens again is served. */
  {
    g_autoptr (GSocket) peer = NULL;
    BeAddress address;

    g_assert_cmpint (listen (descriptor, 1), ==, 0);
    address = get_local_of (descriptor);
    peer = be_test_peer_connect (&address);
    be_test_peer_send (peer, "a", 1);
    be_test_peer_expect (peer, "A");
  }
}
#endif

/* Leaves room for so many more descriptors; returns the limit before. */
static rlim_t
limit_descriptors (guint n_more)
{
  struct rlimit limit;
  rlim_t        previous;
  int           lowest_free = dup (STDIN_FILENO);

  close (lowest_free);
  getrlimit (RLIMIT_NOFILE, &limit);
  previous = limit.rlim_cur;
  limit.rlim_cur = (rlim_t) lowest_free + n_more;
  setrlimit (RLIMIT_NOFILE, &limit);

  return previous;
}

static void
set_descriptor_limit (rlim_t n_descriptors)
{
  struct rlimit limit;

  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = n_descriptors;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static void
run_out_of_descriptors (BeTestSessions *sessions)
{
  g_autoptr (GSocket) first = NULL;
  g_autoptr (GSocket) second = NULL;
  g_autoptr (GSocket) third = NULL;
  BeAddress address;
  rlim_t    previous;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  first = be_test_peer_new_stream (&address);
  second = be_test_peer_new_stream (&address);
  third = be_test_peer_new_stream (&address);
  previous = limit_descriptors (1);

  be_test_peer_connect_to (first, &address);
  be_test_peer_send (first, "a", 1);
  be_test_peer_expect (first, "A");
  be_test_peer_connect_to (second, &address);
  be_test_peer_connect_to (third, &address);
  be_test_wait_until (be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_ACCEPT) >
                      0);
  assert_failed_with (sessions, sessions->server, BE_CALL_ACCEPT, EMFILE);
  assert_rests (G_USEC_PER_SEC / 2);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT), ==,
                    2);

  /* Who is there is served; who waits is served when there is room, which
   * comes by a client who leaves, or from elsewhere. */
  be_test_peer_send (first, "b", 1);
  be_test_peer_expect (first, "B");
  be_test_peer_stop_sending (first);
  be_test_peer_expect_end (first);
  be_test_peer_send (second, "c", 1);
  be_test_peer_expect (second, "C");
  set_descriptor_limit (previous);
  be_test_peer_send (third, "d", 1);
  be_test_peer_expect (third, "D");
}

static void
test_waits_for_descriptors_when_they_run_out (BeTestSessions *sessions)
{
  if (g_test_subprocess ())
    {
      run_out_of_descriptors (sessions);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
fail_without_descriptors (BeTestSessions *sessions)
{
  rlim_t previous;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  previous = limit_descriptors (0);
  be_test_session_fail (sessions->server);
  set_descriptor_limit (previous);
  assert_failed_with (sessions, sessions->server, BE_CALL_SOCKET, EMFILE);
}

static void
test_fails_when_there_is_no_descriptor (BeTestSessions *sessions)
{
  if (g_test_subprocess ())
    {
      fail_without_descriptors (sessions);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}
#endif

static void
test_serves_the_next_after_a_reset (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect (&address);
  be_test_peer_send (peer, "a", 1);
  be_test_peer_expect (peer, "A");
  be_test_peer_reset (peer);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE) == 1);
  assert_failed_with (sessions, sessions->server, BE_CALL_RECV, BE_TEST_ERROR_CONNECTION_RESET);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_RUNNING);

  g_clear_object (&peer);
  peer = be_test_peer_connect (&address);
  be_test_peer_send (peer, "b", 1);
  be_test_peer_expect (peer, "B");
}

static void
test_ends_the_client_at_a_reset (BeTestSessions *sessions)
{
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;

  listener = be_test_peer_listen (1, &address);
  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);
  peer = be_test_peer_accept (listener);
  be_test_peer_reset (peer);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  assert_failed_with (sessions, sessions->client, BE_CALL_RECV, BE_TEST_ERROR_CONNECTION_RESET);
}

/* As many may come faster than they are accepted. */
static void
run_server_with_backlog (BeTestSessions *sessions,
                         guint           backlog)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_backlog (BE_TCP_SERVER (sessions->server), backlog);
  be_test_session_run (sessions->server);
}

static void
test_closes_when_nobody_takes_its_answer (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  const guint n_clients = 50;
  BeAddress   address;

  run_server_with_backlog (sessions, n_clients);
  address = be_test_session_get_local (sessions->server);
  for (guint i = 0; i < n_clients; i++)
    {
      peer = be_test_peer_connect (&address);
      be_test_peer_send (peer, "a", 1);
      g_clear_object (&peer);
    }
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE) ==
                      n_clients);

  peer = be_test_peer_connect (&address);
  be_test_peer_send (peer, "b", 1);
  be_test_peer_expect (peer, "B");
}

static void
test_outlives_a_storm_of_clients_that_say_nothing (BeTestSessions *sessions)
{
  const guint n_clients = 500;
  BeAddress   address;
  g_autoptr (GSocket) peer = NULL;

  run_server_with_backlog (sessions, n_clients);
  address = be_test_session_get_local (sessions->server);
  for (guint i = 0; i < n_clients; i++)
    {
      peer = be_test_peer_connect (&address);
      if (g_test_rand_bit ())
        be_test_peer_reset (peer);
      g_clear_object (&peer);
    }

  peer = be_test_peer_connect (&address);
  be_test_peer_send (peer, "a", 1);
  be_test_peer_expect (peer, "A");
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE) ==
                      n_clients);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT), ==,
                    n_clients + 1);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_RUNNING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/tcp-trouble/fails-where-somebody-listens-already",
                        test_fails_where_somebody_listens_already);
  be_test_sessions_add ("/tcp-trouble/runs-where-another-has-failed-and-left",
                        test_runs_where_another_has_failed_and_left);
  be_test_sessions_add ("/tcp-trouble/fails-at-an-address-of-another-computer",
                        test_fails_at_an_address_of_another_computer);
  be_test_sessions_add ("/tcp-trouble/fails-from-an-address-of-another-computer",
                        test_fails_from_an_address_of_another_computer);
  be_test_sessions_add ("/tcp-trouble/fails-where-nobody-listens", test_fails_where_nobody_listens);
  be_test_sessions_add ("/tcp-trouble/fails-when-nobody-answers-in-time",
                        test_fails_when_nobody_answers_in_time);
#ifdef G_OS_UNIX
  be_test_sessions_add ("/tcp-trouble/rests-while-it-connects", test_rests_while_it_connects);
#ifdef __linux__
  be_test_sessions_add ("/tcp-trouble/rests-while-accept-keeps-failing",
                        test_rests_while_accept_keeps_failing);
#endif
  be_test_sessions_add ("/tcp-trouble/waits-for-descriptors-when-they-run-out",
                        test_waits_for_descriptors_when_they_run_out);
  be_test_sessions_add ("/tcp-trouble/fails-when-there-is-no-descriptor",
                        test_fails_when_there_is_no_descriptor);
#endif
  be_test_sessions_add ("/tcp-trouble/serves-the-next-after-a-reset",
                        test_serves_the_next_after_a_reset);
  be_test_sessions_add ("/tcp-trouble/ends-the-client-at-a-reset", test_ends_the_client_at_a_reset);
  be_test_sessions_add ("/tcp-trouble/closes-when-nobody-takes-its-answer",
                        test_closes_when_nobody_takes_its_answer);
  be_test_sessions_add ("/tcp-trouble/outlives-a-storm-of-clients-that-say-nothing",
                        test_outlives_a_storm_of_clients_that_say_nothing);

  return g_test_run ();
}
