/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The readers of events on real sessions. */

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-journal-filter.h"
#include "be-socket-list.h"
#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-nobody.h"
#include "be-test-sessions.h"
#include "be-test.h"
#include "be-transfer-links.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_CLIENTS 20
#define LARGE (64u * 1024 * 1024)

typedef struct
{
  BeJournal    *journal;
  BeSocketList *servers;
  BeSocketList *clients;
} Readers;

static void
readers_set_up (Readers        *readers,
                BeTestSessions *sessions)
{
  BePairing *pairing;

  /* The lists before the journal: the order must not matter. */
  readers->journal = be_journal_new (10000, LARGE);
  pairing = be_journal_get_pairing (readers->journal);
  readers->servers = be_socket_list_new (BE_SIDE_SERVER, pairing);
  readers->clients = be_socket_list_new (BE_SIDE_CLIENT, pairing);
  be_socket_list_follow (readers->servers, sessions->network);
  be_journal_follow (readers->journal, sessions->network);
  be_socket_list_follow (readers->clients, sessions->network);
}

static void
readers_tear_down (Readers *readers)
{
  g_assert_finalize_object (readers->clients);
  g_assert_finalize_object (readers->servers);
  g_assert_finalize_object (readers->journal);
}

static BeSocketSummary *
find_port (BeSocketList *list,
           guint16       peer_port)
{
  guint i;

  for (i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (BeSocketSummary) socket = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (be_socket_summary_is_open (socket) && be_socket_summary_get_peer (socket)->port == peer_port)
        return socket;
    }

  return NULL;
}

/* Each client has an end at the server with the same number, and no two
 * connections have the same; so have all events. */
static void
assert_paired (Readers *readers,
               guint    n)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  guint i;

  g_assert_cmpuint (be_socket_list_get_n_open (readers->clients), ==, n);
  g_assert_cmpuint (be_socket_list_get_n_open (readers->servers), ==, n);

  for (i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (readers->clients)); i++)
    {
      g_autoptr (BeSocketSummary) client = g_list_model_get_item (G_LIST_MODEL (readers->clients), i);
      guint32          connection = be_socket_summary_get_connection (client);
      BeSocketSummary *server;

      if (!be_socket_summary_is_open (client))
        continue;

      server = find_port (readers->servers, be_socket_summary_get_local (client)->port);
      g_assert_nonnull (server);
      g_assert_cmpuint (be_socket_summary_get_connection (server), ==, connection);
      g_assert_true (g_hash_table_add (numbers, GUINT_TO_POINTER (connection + 1)));
      g_assert_cmpuint (be_socket_summary_get_bytes_received (server), ==,
                        be_socket_summary_get_bytes_sent (client));
    }

  for (i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (readers->journal)); i++)
    {
      const BeEventRecord *record = be_journal_get_record (readers->journal, i);

      if (record->peer_id != 0 && be_event_record_is_data (record))
        g_assert_true (g_hash_table_contains (numbers, GUINT_TO_POINTER (record->connection + 1)));
    }
}

/* All that was sent is linked to what took it, and nothing else. */
static void
assert_linked (Readers *readers)
{
  g_autoptr (BeTransferLinks) links = be_transfer_links_new ();
  g_autoptr (BeJournalFilter) filter = be_journal_filter_new (readers->journal);
  g_autoptr (GHashTable) linked = g_hash_table_new (NULL, NULL);
  guint                 n_rows = g_list_model_get_n_items (G_LIST_MODEL (filter));
  const BeTransferLink *found;
  guint                 n_links;

  be_transfer_links_update (links, filter, 0, n_rows - 1);
  found = be_transfer_links_get (links, &n_links);
  for (guint i = 0; i < n_links; i++)
    {
      const BeEventRecord *from = be_journal_filter_get_record (filter, found[i].from);
      const BeEventRecord *to = be_journal_filter_get_record (filter, found[i].to);

      g_assert_cmpint (found[i].outcome, ==, BE_TRANSFER_ARRIVED);
      /* Where sources are not asked together, accept () may return before connect () does. */
      if (be_event_record_is_data (from))
        g_assert_cmpuint (found[i].from, <, found[i].to);
      g_assert_cmpuint (from->connection, ==, to->connection);
      g_assert_cmpint (from->side, ==, found[i].from_side);
      g_assert_cmpint (to->side, !=, from->side);
      g_hash_table_add (linked, GUINT_TO_POINTER (found[i].from + 1));
      g_hash_table_add (linked, GUINT_TO_POINTER (found[i].to + 1));
    }

  for (guint row = 0; row < n_rows; row++)
    if (be_event_record_is_data (be_journal_filter_get_record (filter, row)))
      g_assert_true (g_hash_table_contains (linked, GUINT_TO_POINTER (row + 1)));
}

static gboolean
all_have_answers (Readers *readers,
                  guint    n)
{
  guint i;

  if (be_socket_list_get_n_open (readers->clients) < n)
    return FALSE;

  for (i = 0; i < n; i++)
    {
      g_autoptr (BeSocketSummary) client = g_list_model_get_item (G_LIST_MODEL (readers->clients), i);

      if (be_socket_summary_get_bytes_received (client) < strlen ("hello baby"))
        return FALSE;
    }

  return TRUE;
}

static void
run_many_clients (BeTestSessions *sessions,
                  Readers        *readers)
{
  guint i;

  /* Started at once, so that their calls mix. */
  for (i = 0; i < N_CLIENTS; i++)
    be_session_start (be_test_sessions_keep (sessions, be_test_client_new_for (sessions->server)));
  for (i = 0; i < N_CLIENTS; i++)
    {
      BeSession *client = g_ptr_array_index (sessions->others, i);

      be_test_wait_until (be_session_get_state (client) == BE_SESSION_RUNNING);
      be_test_session_send (client, BE_PEER_EVERYONE, "hello baby");
    }

  be_test_wait_until (all_have_answers (readers, N_CLIENTS));
  assert_paired (readers, N_CLIENTS);
  assert_linked (readers);
}

static void
test_pairs_the_ends_of_tcp (BeTestSessions *sessions)
{
  Readers readers;

  readers_set_up (&readers, sessions);
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  run_many_clients (sessions, &readers);
  readers_tear_down (&readers);
}

static void
test_pairs_the_ends_of_udp (BeTestSessions *sessions)
{
  Readers readers;

  readers_set_up (&readers, sessions);
  be_test_sessions_start_server (sessions, BE_PROTOCOL_UDP);
  run_many_clients (sessions, &readers);

  /* All peers end with the one socket. */
  be_test_session_end (sessions->server);
  g_assert_cmpuint (be_socket_list_get_n_open (readers.servers), ==, 0);
  readers_tear_down (&readers);
}

static void
test_pairs_udp_with_a_server_on_all_addresses (BeTestSessions *sessions)
{
  Readers   readers;
  BeAddress local;

  readers_set_up (&readers, sessions);
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "0.0.0.0", 0);
  be_test_session_run (sessions->server);
  local = be_test_session_get_local (sessions->server);
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", local.port);
  be_test_session_run (sessions->client);

  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_wait_until (all_have_answers (&readers, 1));
  assert_paired (&readers, 1);
  readers_tear_down (&readers);
}

#ifdef G_OS_UNIX
static void
test_pairs_the_ends_of_a_path (BeTestSessions *sessions)
{
  Readers          readers;
  g_autofree char *folder = g_dir_make_tmp ("both-ends-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) endpoint = be_endpoint_new (BE_PROTOCOL_UNIX, path, "0", &error);
  BeSession *first;
  BeSession *second;
  guint      i;

  g_assert_no_error (error);
  readers_set_up (&readers, sessions);
  sessions->server = be_tcp_server_new (sessions->network, endpoint);
  be_test_session_run (sessions->server);
  first = be_test_sessions_keep (sessions, be_tcp_client_new (sessions->network, endpoint));
  second = be_test_sessions_keep (sessions, be_tcp_client_new (sessions->network, endpoint));
  be_session_start (first);
  be_session_start (second);
  be_test_wait_until (be_socket_list_get_n_open (readers.servers) == 2);
  be_test_wait_until (be_socket_list_get_n_open (readers.clients) == 2);

  /* Who sends more shows who is whose other end. */
  be_test_session_send (first, BE_PEER_EVERYONE, "one");
  be_test_session_send (second, BE_PEER_EVERYONE, "three");
  be_test_sessions_expect (sessions, first, "ONE");
  be_test_sessions_expect (sessions, second, "THREE");
  for (i = 0; i < 2; i++)
    {
      g_autoptr (BeSocketSummary) client = g_list_model_get_item (G_LIST_MODEL (readers.clients), i);
      g_autoptr (BeSocketSummary) server = g_list_model_get_item (G_LIST_MODEL (readers.servers), i);

      g_assert_cmpuint (be_socket_summary_get_connection (client), ==, be_socket_summary_get_connection (server));
      g_assert_cmpuint (be_socket_summary_get_bytes_sent (client), ==, be_socket_summary_get_bytes_received (server));
    }

  be_test_session_end (first);
  be_test_session_end (second);
  be_test_session_end (sessions->server);
  g_rmdir (folder);
  readers_tear_down (&readers);
}
#endif

static void
test_a_new_connection_has_a_new_letter (BeTestSessions *sessions)
{
  Readers readers;
  guint   i;

  readers_set_up (&readers, sessions);
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);

  for (i = 0; i < 3; i++)
    {
      BeSession       *client = be_test_sessions_keep (sessions, be_test_client_new_for (sessions->server));
      BeSocketSummary *socket;

      be_test_session_run (client);
      be_test_wait_until (be_socket_list_get_n_open (readers.servers) == 1);
      socket = find_port (readers.clients, be_test_session_get_local (sessions->server).port);
      g_assert_cmpuint (be_socket_summary_get_connection (socket), ==, i);
      assert_paired (&readers, 1);
      be_test_session_end (client);
      be_test_wait_until (be_socket_list_get_n_open (readers.servers) == 0);
    }

  readers_tear_down (&readers);
}

static void
test_explains_why_nobody_answers (BeTestSessions *sessions)
{
  Readers readers;
  g_autoptr (BeJournalFilter) failures = NULL;
  const BeEventRecord *record;
  g_autofree char     *title = NULL;
  g_autofree char     *expected = NULL;
  g_autofree char     *detail = NULL;
  BeAddress            address;
  g_autoptr (GSocket) nobody = be_test_nobody_listens (&address);

  readers_set_up (&readers, sessions);
  failures = be_journal_filter_new (readers.journal);
  be_journal_filter_set_kinds (failures, BE_EVENT_KIND_ERRORS);

  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_test_session_fail (sessions->client);
  be_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (failures)) == 1);

  record = be_journal_filter_get_record (failures, 0);
  title = be_explanation_get_title (record);
  detail = be_event_text_detail (record);
  expected = g_strdup_printf ("Nobody is listening on 127.0.0.1:%u", address.port);
  g_assert_cmpstr (title, ==, expected);
  g_assert_true (g_str_has_prefix (detail, "to 127.0.0.1:"));
  g_assert_cmpuint (record->connection, ==, 0);

  g_assert_finalize_object (g_steal_pointer (&failures));
  readers_tear_down (&readers);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/journal-live/pairs-the-ends-of-tcp", test_pairs_the_ends_of_tcp);
  be_test_sessions_add ("/journal-live/pairs-the-ends-of-udp", test_pairs_the_ends_of_udp);
  be_test_sessions_add ("/journal-live/pairs-udp-with-a-server-on-all-addresses", test_pairs_udp_with_a_server_on_all_addresses);
#ifdef G_OS_UNIX
  be_test_sessions_add ("/journal-live/pairs-the-ends-of-a-path", test_pairs_the_ends_of_a_path);
#endif
  be_test_sessions_add ("/journal-live/a-new-connection-has-a-new-letter", test_a_new_connection_has_a_new_letter);
  be_test_sessions_add ("/journal-live/explains-why-nobody-answers", test_explains_why_nobody_answers);

  return g_test_run ();
}
