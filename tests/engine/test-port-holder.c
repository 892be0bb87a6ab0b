/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a port is in use: on Linux, where the system can be asked. */

#include "be-port-holder.h"
#include "be-tcp-client.h"
#include "be-test-errors.h"
#include "be-test-nobody.h"
#include "be-test-program.h"
#include "be-test-sessions.h"
#include "be-test.h"

static guint
fail_to_bind (BeTestSessions  *sessions,
              const BeAddress *address)
{
  const BeEventRecord *failed = NULL;
  BeSession           *session = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address->port);

  be_test_session_fail (be_test_sessions_keep (sessions, session));
  failed = be_test_log_last (sessions->log, session, BE_CALL_BIND);
  g_assert_nonnull (failed);
  g_assert_cmpint (failed->error, ==, BE_TEST_ERROR_ADDRESS_IN_USE);

  return failed->detail;
}

static void
test_tells_a_listener (BeTestSessions *sessions)
{
  BeTestProgram program = { 0 };

  be_test_program_start (&program);
  g_assert_cmpuint (fail_to_bind (sessions, &program.address), ==, BE_PORT_HOLDER_LISTENER);
  be_test_program_clear (&program);
}

static void
test_tells_a_connection_without_a_listener (BeTestSessions *sessions)
{
  BeTestProgram program = { 0 };

  be_test_program_start (&program);
  g_clear_object (&program.listener);
  g_assert_cmpuint (fail_to_bind (sessions, &program.address), ==, BE_PORT_HOLDER_CONNECTION);
  be_test_program_clear (&program);
}

static void
test_tells_what_is_only_left_of_a_connection (BeTestSessions *sessions)
{
  BeTestProgram program = { 0 };

  be_test_program_start (&program);
  be_test_program_close_connection (&program);
  g_assert_cmpint (be_port_holder_find (&program.address), ==, BE_PORT_HOLDER_LISTENER);
  g_clear_object (&program.listener);
  g_assert_cmpuint (fail_to_bind (sessions, &program.address), ==, BE_PORT_HOLDER_TIME_WAIT);
}

static void
test_is_not_misled_by_another_address (BeTestSessions *sessions)
{
  BeTestProgram program = { 0 };
  BeAddress     other;

  be_test_program_start (&program);
  other = program.address;
  other.bytes[3] = 2;
  g_assert_cmpint (be_port_holder_find (&other), ==, BE_PORT_HOLDER_UNKNOWN);
  memset (other.bytes, 0, 4);
  g_assert_cmpint (be_port_holder_find (&other), ==, BE_PORT_HOLDER_LISTENER);
  be_test_program_clear (&program);
}

static void
test_knows_nothing_of_a_free_port (BeTestSessions *sessions)
{
  BeTestProgram program = { 0 };

  be_test_program_start (&program);
  be_test_program_clear (&program);
  program.address.port = 0;
  g_assert_cmpint (be_port_holder_find (&program.address), ==, BE_PORT_HOLDER_UNKNOWN);
}

/* Other programs have such sockets all the time, between bind () and listen (). */
static void
test_is_not_misled_by_a_socket_that_is_only_bound (BeTestSessions *sessions)
{
  BeTestProgram program = { 0 };
  BeAddress     bound;
  g_autoptr (GSocket) other = be_test_nobody_listens (&bound);

  be_test_program_start (&program);
  be_test_program_close_connection (&program);
  g_clear_object (&program.listener);
  g_assert_cmpuint (bound.port, !=, program.address.port);
  g_assert_cmpint (be_port_holder_find (&program.address), ==, BE_PORT_HOLDER_TIME_WAIT);
}

/* No bind () fails, because both ask for the sharing; only connect () knows the
 * whole pair, and Linux says that it is not available. */
static void
test_a_second_connection_of_a_pair_keeps_its_port (BeTestSessions *sessions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) first = NULL;
  g_autoptr (BeEndpoint) second = NULL;
  g_autofree char     *port = NULL;
  const BeEventRecord *failed = NULL;
  BeSession           *rival = NULL;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  sessions->client = be_test_client_new_for (sessions->server);
  first = be_endpoint_with_local (be_session_get_endpoint (sessions->client), "127.0.0.1", "0", &error);
  g_assert_no_error (error);
  g_assert_finalize_object (g_steal_pointer (&sessions->client));
  sessions->client = be_tcp_client_new (sessions->network, first);
  be_test_session_run (sessions->client);

  port = g_strdup_printf ("%u", be_test_session_get_local (sessions->client).port);
  second = be_endpoint_with_local (first, "127.0.0.1", port, &error);
  g_assert_no_error (error);
  rival = be_tcp_client_new (sessions->network, second);
  be_test_session_fail (be_test_sessions_keep (sessions, rival));

  failed = be_test_log_last (sessions->log, rival, BE_CALL_CONNECT);
  g_assert_nonnull (failed);
  g_assert_cmpint (failed->error, ==, BE_TEST_ERROR_ADDRESS_NOT_AVAILABLE);
  g_assert_cmpuint (failed->local.port, ==, be_test_session_get_local (sessions->client).port);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/port-holder/tells-a-listener", test_tells_a_listener);
  be_test_sessions_add ("/port-holder/tells-a-connection-without-a-listener", test_tells_a_connection_without_a_listener);
  be_test_sessions_add ("/port-holder/tells-what-is-only-left-of-a-connection",
                        test_tells_what_is_only_left_of_a_connection);
  be_test_sessions_add ("/port-holder/is-not-misled-by-another-address", test_is_not_misled_by_another_address);
  be_test_sessions_add ("/port-holder/is-not-misled-by-a-socket-that-is-only-bound",
                        test_is_not_misled_by_a_socket_that_is_only_bound);
  be_test_sessions_add ("/port-holder/knows-nothing-of-a-free-port", test_knows_nothing_of_a_free_port);
  be_test_sessions_add ("/port-holder/a-second-connection-of-a-pair-keeps-its-port",
                        test_a_second_connection_of_a_pair_keeps_its_port);

  return g_test_run ();
}
