/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stage.h"
#include "be-test.h"

#define CONNECT_SECONDS 10

typedef struct
{
  BeStage *stage;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->stage = be_stage_new ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->stage);
}

static BeEndpoint *
make_endpoint (BeProtocol protocol,
               guint16    port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);
  g_autoptr (GError) error = NULL;
  BeEndpoint *endpoint = be_endpoint_new (protocol, "127.0.0.1", text, &error);

  g_assert_no_error (error);

  return endpoint;
}

static BeSession *
start_server (Fixture   *fixture,
              BeProtocol protocol)
{
  g_autoptr (BeEndpoint) endpoint = make_endpoint (protocol, 0);
  BeSession *session = NULL;

  be_stage_start_server (fixture->stage, endpoint, 5, BE_REPLY_UPPER);
  session = be_stage_get_session (fixture->stage, protocol, BE_SIDE_SERVER);
  g_assert_nonnull (session);
  be_test_wait_until (be_session_get_state (session) == BE_SESSION_RUNNING);

  return session;
}

static BeSession *
connect_client (Fixture   *fixture,
                BeSession *server)
{
  g_autoptr (BeEndpoint) endpoint = NULL;
  BeProtocol protocol = be_endpoint_get_protocol (be_session_get_endpoint (server));
  BeSession *session = NULL;
  BeAddress  local = { 0 };

  g_assert_true (be_session_get_local (server, &local));
  endpoint = make_endpoint (protocol, local.port);
  be_stage_connect (fixture->stage, endpoint, CONNECT_SECONDS);
  session = be_stage_get_session (fixture->stage, protocol, BE_SIDE_CLIENT);
  be_test_wait_until (be_session_get_state (session) == BE_SESSION_RUNNING);

  return session;
}

static BeSocketSummary *
find_socket (Fixture *fixture,
             BeSide   side,
             guint    position)
{
  GListModel *sockets = G_LIST_MODEL (be_stage_get_sockets (fixture->stage, side));
  g_autoptr (BeSocketSummary) summary = NULL;

  be_test_wait_until (g_list_model_get_n_items (sockets) > position);
  summary = g_list_model_get_item (sockets, position);

  return summary;
}

static void
test_a_message_comes_back_in_upper_case (Fixture      *fixture,
                                         gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello baby", 10);
  BeSession       *server = start_server (fixture, GPOINTER_TO_INT (data));
  BeSession       *client = connect_client (fixture, server);
  BeSocketSummary *socket = NULL;

  be_stage_send (fixture->stage, be_session_get_id (client), BE_PEER_EVERYONE, bytes);

  socket = find_socket (fixture, BE_SIDE_CLIENT, 0);
  be_test_wait_until (be_socket_summary_get_bytes_received (socket) == 10);
  g_assert_cmpuint (be_socket_summary_get_bytes_sent (socket), ==, 10);
}

static void
test_the_two_ends_share_a_connection (Fixture      *fixture,
                                      gconstpointer data)
{
  BeSession *server = start_server (fixture, BE_PROTOCOL_TCP);

  connect_client (fixture, server);
  be_test_wait_until (be_socket_summary_get_connection (find_socket (fixture, BE_SIDE_SERVER, 0)) ==
                      be_socket_summary_get_connection (find_socket (fixture, BE_SIDE_CLIENT, 0)));
}

static void
test_a_second_server_of_a_protocol_is_not_started (Fixture      *fixture,
                                                   gconstpointer data)
{
  BeSession *server = start_server (fixture, BE_PROTOCOL_TCP);
  g_autoptr (BeEndpoint) endpoint = make_endpoint (BE_PROTOCOL_TCP, 0);

  be_stage_start_server (fixture->stage, endpoint, 5, BE_REPLY_UPPER);
  g_assert_true (be_stage_get_session (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER) == server);
  g_assert_cmpuint (be_stage_get_n_active (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), ==, 1);
}

static void
test_tcp_and_udp_run_beside_each_other (Fixture      *fixture,
                                        gconstpointer data)
{
  BeSession *udp = NULL;

  start_server (fixture, BE_PROTOCOL_TCP);
  udp = start_server (fixture, BE_PROTOCOL_UDP);

  be_stage_stop (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER);
  be_test_wait_until (be_stage_get_n_active (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER) == 0);
  g_assert_cmpint (be_session_get_state (udp), ==, BE_SESSION_RUNNING);
}

static void
test_stopping_a_server_closes_its_clients (Fixture      *fixture,
                                           gconstpointer data)
{
  BeSession *server = start_server (fixture, BE_PROTOCOL_TCP);

  connect_client (fixture, server);
  find_socket (fixture, BE_SIDE_SERVER, 0);

  be_stage_stop (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER);
  be_test_wait_until (be_socket_list_get_n_open (be_stage_get_sockets (fixture->stage, BE_SIDE_SERVER)) == 0);
  be_test_wait_until (be_stage_get_n_active (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER) == 0);
}

static void
test_a_server_that_stops_listening_keeps_its_clients (Fixture      *fixture,
                                                      gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("still here", 10);
  BeSession       *server = start_server (fixture, BE_PROTOCOL_TCP);
  BeSession       *client = connect_client (fixture, server);
  BeSocketSummary *socket = find_socket (fixture, BE_SIDE_CLIENT, 0);

  find_socket (fixture, BE_SIDE_SERVER, 0);
  be_stage_stop_listening (fixture->stage);
  be_test_wait_until (be_session_get_state (server) == BE_SESSION_ENDING);

  be_stage_send (fixture->stage, be_session_get_id (client), BE_PEER_EVERYONE, bytes);
  be_test_wait_until (be_socket_summary_get_bytes_received (socket) == 10);
}

static void
test_several_clients_end_one_by_one (Fixture      *fixture,
                                     gconstpointer data)
{
  BeSession *server = start_server (fixture, BE_PROTOCOL_TCP);
  BeSession *first = connect_client (fixture, server);
  guint32    first_id = be_session_get_id (first);

  connect_client (fixture, server);
  g_assert_cmpuint (be_stage_get_n_active (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT), ==, 2);

  be_stage_close_peer (fixture->stage, first_id, BE_PEER_EVERYONE);
  be_test_wait_until (be_stage_get_n_active (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT) == 1);
  g_assert_null (be_stage_find_session (fixture->stage, first_id));
}

/* A teacher stops it afterwards: that is all that happened to it. */
static void
test_a_client_that_breaks_off_is_no_failure_of_the_server (Fixture      *fixture,
                                                           gconstpointer data)
{
  BeSession    *server = start_server (fixture, BE_PROTOCOL_TCP);
  BeSession    *client = connect_client (fixture, server);
  BeSocketList *sockets = be_stage_get_sockets (fixture->stage, BE_SIDE_SERVER);
  BeJournal    *journal = be_stage_get_journal (fixture->stage);
  gboolean      was_reset = FALSE;

  find_socket (fixture, BE_SIDE_SERVER, 0);
  be_stage_reset_peer (fixture->stage, be_session_get_id (client), BE_PEER_EVERYONE);
  be_test_wait_until (be_socket_list_get_n_open (sockets) == 0);
  be_stage_stop (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER);
  be_test_wait_until (be_session_get_state (server) >= BE_SESSION_ENDED);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (journal)); i++)
    {
      const BeEventRecord *record = be_journal_get_record (journal, i);

      was_reset |= record->side == BE_SIDE_SERVER && be_event_record_is_failure (record);
    }
  g_assert_true (was_reset);
  g_assert_null (be_stage_get_failure (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER));
}

static void
test_a_command_to_a_session_that_has_ended_does_nothing (Fixture      *fixture,
                                                         gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("late", 4);

  be_stage_send (fixture->stage, 4711, BE_PEER_EVERYONE, bytes);
  be_stage_close_peer (fixture->stage, 4711, 1);
  be_stage_half_close (fixture->stage, 4711, 1);
  be_stage_reset_peer (fixture->stage, 4711, 1);

  g_assert_null (be_stage_find_session (fixture->stage, 4711));
}

static void
test_the_socket_of_each_session_is_known (Fixture      *fixture,
                                          gconstpointer data)
{
  BeProtocol protocol = GPOINTER_TO_INT (data);
  BeSession *server = start_server (fixture, protocol);
  guint32    client_socket = 0;

  connect_client (fixture, server);
  be_test_wait_until (be_stage_get_socket_id (fixture->stage, protocol, BE_SIDE_CLIENT) != 0);
  client_socket = be_stage_get_socket_id (fixture->stage, protocol, BE_SIDE_CLIENT);
  g_assert_cmpuint (client_socket, ==, be_socket_summary_get_socket_id (find_socket (fixture, BE_SIDE_CLIENT, 0)));
  g_assert_cmpuint (be_stage_get_socket_id (fixture->stage, protocol, BE_SIDE_SERVER), !=, 0);
  g_assert_cmpuint (be_stage_get_socket_id (fixture->stage, protocol, BE_SIDE_SERVER), <, client_socket);

  /* The newest client is the one that is meant. */
  connect_client (fixture, server);
  be_test_wait_until (be_stage_get_socket_id (fixture->stage, protocol, BE_SIDE_CLIENT) > client_socket);
}

static void
test_a_stage_may_end_while_everything_runs (Fixture      *fixture,
                                            gconstpointer data)
{
  /* What is claimed is claimed by the end of the fixture. */
  connect_client (fixture, start_server (fixture, BE_PROTOCOL_TCP));
  connect_client (fixture, start_server (fixture, BE_PROTOCOL_UDP));

  g_assert_cmpuint (be_stage_get_n_active (fixture->stage, BE_PROTOCOL_UDP, BE_SIDE_CLIENT), ==, 1);
}

#define ADD(name, data, function) g_test_add ("/app/stage/" name, Fixture, data, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-message-comes-back-in-upper-case/tcp", GINT_TO_POINTER (BE_PROTOCOL_TCP), test_a_message_comes_back_in_upper_case);
  ADD ("a-message-comes-back-in-upper-case/udp", GINT_TO_POINTER (BE_PROTOCOL_UDP), test_a_message_comes_back_in_upper_case);
  ADD ("the-two-ends-share-a-connection", NULL, test_the_two_ends_share_a_connection);
  ADD ("a-second-server-of-a-protocol-is-not-started", NULL, test_a_second_server_of_a_protocol_is_not_started);
  ADD ("tcp-and-udp-run-beside-each-other", NULL, test_tcp_and_udp_run_beside_each_other);
  ADD ("stopping-a-server-closes-its-clients", NULL, test_stopping_a_server_closes_its_clients);
  ADD ("a-server-that-stops-listening-keeps-its-clients", NULL, test_a_server_that_stops_listening_keeps_its_clients);
  ADD ("several-clients-end-one-by-one", NULL, test_several_clients_end_one_by_one);
  ADD ("a-client-that-breaks-off-is-no-failure-of-the-server", NULL, test_a_client_that_breaks_off_is_no_failure_of_the_server);
  ADD ("a-command-to-a-session-that-has-ended-does-nothing", NULL, test_a_command_to_a_session_that_has_ended_does_nothing);
  ADD ("the-socket-of-each-session-is-known/tcp", GINT_TO_POINTER (BE_PROTOCOL_TCP), test_the_socket_of_each_session_is_known);
  ADD ("the-socket-of-each-session-is-known/udp", GINT_TO_POINTER (BE_PROTOCOL_UDP), test_the_socket_of_each_session_is_known);
  ADD ("a-stage-may-end-while-everything-runs", NULL, test_a_stage_may_end_while_everything_runs);

  return g_test_run ();
}
