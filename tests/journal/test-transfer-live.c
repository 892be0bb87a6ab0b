/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is inferred of the ends of real streams: test-transfer-endings.c asks
 * the same of made-up ones. */

#include "be-journal-filter.h"
#include "be-test-nobody.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test.h"
#include "be-transfer-links.h"

#define NO_ROW BE_TRANSFER_NO_ROW
#define MAX_EVENTS 1000u

typedef struct
{
  BeJournal       *journal;
  BeJournalFilter *filter;
  BeTransferLinks *links;
} Reader;

static void
reader_set_up (Reader         *reader,
               BeTestSessions *sessions)
{
  reader->journal = be_journal_new (MAX_EVENTS, BE_JOURNAL_MAX_BYTES);
  be_journal_follow (reader->journal, sessions->network);
  reader->filter = be_journal_filter_new (reader->journal);
  reader->links = be_transfer_links_new ();
}

static void
reader_tear_down (Reader *reader)
{
  be_transfer_links_free (reader->links);
  g_assert_finalize_object (reader->filter);
  g_assert_finalize_object (reader->journal);
}

/* The first row of this call that has the bits of @flags and, if it was to
 * fail, failed. */
static guint
find_row (Reader  *reader,
          BeSide   side,
          BeCall   call,
          guint    flags,
          gboolean has_failed)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (reader->filter));

  for (guint row = 0; row < n_rows; row++)
    {
      const BeEventRecord *record = be_journal_filter_get_record (reader->filter, row);

      if (record->side == side && record->call == call && (record->flags & flags) == flags &&
          be_event_record_is_failure (record) == has_failed)
        return row;
    }

  return NO_ROW;
}

static guint
find_end_of_stream (Reader *reader,
                    BeSide  side)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (reader->filter));

  for (guint row = 0; row < n_rows; row++)
    {
      const BeEventRecord *record = be_journal_filter_get_record (reader->filter, row);

      if (record->side == side && be_event_record_is_end_of_stream (record))
        return row;
    }

  return NO_ROW;
}

/* Returns how many links of @means there are, and the last of them, which leads
 * from no row to none if there is none. */
static guint
find_links (Reader         *reader,
            BeTransferMeans means,
            BeTransferLink *found)
{
  guint                 n_rows = g_list_model_get_n_items (G_LIST_MODEL (reader->filter));
  guint                 n_links = 0;
  guint                 n_found = 0;
  const BeTransferLink *links = NULL;

  *found = (BeTransferLink){ .from = NO_ROW, .to = NO_ROW };
  be_transfer_links_update (reader->links, reader->filter, 0, n_rows - 1);
  links = be_transfer_links_get (reader->links, &n_links);
  for (guint i = 0; i < n_links; i++)
    {
      if (links[i].means != means)
        continue;

      *found = links[i];
      n_found++;
    }

  return n_found;
}

static void
assert_link (const BeTransferLink *link,
             guint                 from,
             guint                 to,
             BeSide                from_side)
{
  g_assert_cmpuint (from, !=, NO_ROW);
  g_assert_cmpuint (to, !=, NO_ROW);
  g_assert_cmpuint (link->from, ==, from);
  g_assert_cmpuint (link->to, ==, to);
  g_assert_cmpint (link->from_side, ==, from_side);
  g_assert_cmpint (link->outcome, ==, BE_TRANSFER_ARRIVED);
}

static void
test_a_connection_begins_with_a_handshake (BeTestSessions *sessions)
{
  Reader         reader;
  BeTransferLink link;

  reader_set_up (&reader, sessions);
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (find_row (&reader, BE_SIDE_SERVER, BE_CALL_ACCEPT, 0, FALSE) != NO_ROW);

  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_HANDSHAKE, &link), ==, 1);
  assert_link (&link, find_row (&reader, BE_SIDE_CLIENT, BE_CALL_CONNECT, 0, FALSE),
               find_row (&reader, BE_SIDE_SERVER, BE_CALL_ACCEPT, 0, FALSE), BE_SIDE_CLIENT);
  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_FIN, &link), ==, 0);
  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_RST, &link), ==, 0);
  reader_tear_down (&reader);
}

/* shutdown () sends a FIN, and the server's close () the other. */
static void
test_a_half_close_sends_a_fin (BeTestSessions *sessions)
{
  Reader         reader;
  BeTransferLink link;

  reader_set_up (&reader, sessions);
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");
  be_test_sessions_expect (sessions, sessions->client, "HELLO");
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (find_end_of_stream (&reader, BE_SIDE_SERVER) != NO_ROW &&
                      find_end_of_stream (&reader, BE_SIDE_CLIENT) != NO_ROW);

  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_FIN, &link), ==, 2);
  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_RST, &link), ==, 0);
  reader_tear_down (&reader);
}

static void
test_the_fin_of_a_half_close_leads_to_the_end_of_the_stream (BeTestSessions *sessions)
{
  Reader         reader;
  BeTransferLink link;
  guint          n_fins;

  reader_set_up (&reader, sessions);
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (find_end_of_stream (&reader, BE_SIDE_SERVER) != NO_ROW);

  /* Of the first rows only, as they were when the server had not closed yet. */
  n_fins = find_links (&reader, BE_TRANSFER_BY_FIN, &link);
  g_assert_cmpuint (n_fins, >=, 1);
  be_transfer_links_update (reader.links, reader.filter, find_row (&reader, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 0, FALSE),
                            find_row (&reader, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 0, FALSE));
  assert_link (be_transfer_links_get (reader.links, &n_fins),
               find_row (&reader, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 0, FALSE),
               find_end_of_stream (&reader, BE_SIDE_SERVER), BE_SIDE_CLIENT);
  reader_tear_down (&reader);
}

static void
test_a_reset_sends_a_rst (BeTestSessions *sessions)
{
  Reader         reader;
  BeTransferLink link;

  reader_set_up (&reader, sessions);
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");
  be_test_sessions_expect (sessions, sessions->client, "HELLO");
  be_session_reset_peer (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (find_row (&reader, BE_SIDE_SERVER, BE_CALL_RECV, 0, TRUE) != NO_ROW &&
                      find_row (&reader, BE_SIDE_CLIENT, BE_CALL_CLOSE, BE_EVENT_RESET, FALSE) != NO_ROW);

  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_RST, &link), ==, 1);
  assert_link (&link, find_row (&reader, BE_SIDE_CLIENT, BE_CALL_CLOSE, BE_EVENT_RESET, FALSE),
               find_row (&reader, BE_SIDE_SERVER, BE_CALL_RECV, 0, TRUE), BE_SIDE_CLIENT);
  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_FIN, &link), ==, 0);
  reader_tear_down (&reader);
}

#ifdef __linux__ /* elsewhere nobody tells what close () left unread */
/* Also before the other end, whose reads are held, has been told. */
static void
test_a_close_before_reading_sends_a_rst (BeTestSessions *sessions)
{
  Reader         reader;
  BeTransferLink link;
  guint          closed;

  reader_set_up (&reader, sessions);
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (find_row (&reader, BE_SIDE_SERVER, BE_CALL_ACCEPT, 0, FALSE) != NO_ROW);
  be_session_set_reading (sessions->server, 0, BE_READING_ON_REQUEST, 0, 0);
  be_session_set_reading (sessions->client, 0, BE_READING_ON_REQUEST, 0, 0);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV) &&
                      be_test_pending_is_held (sessions->client, BE_CALL_RECV));
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");
  be_test_wait_until (find_row (&reader, BE_SIDE_CLIENT, BE_CALL_SEND, 0, FALSE) != NO_ROW);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_wait_until (find_row (&reader, BE_SIDE_SERVER, BE_CALL_CLOSE, BE_EVENT_UNREAD, FALSE) != NO_ROW);
  closed = find_row (&reader, BE_SIDE_SERVER, BE_CALL_CLOSE, BE_EVENT_UNREAD, FALSE);
  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_RST, &link), ==, 1);
  g_assert_cmpuint (link.from, ==, closed);
  g_assert_cmpint (link.outcome, ==, BE_TRANSFER_WAITING);

  be_test_step (sessions->client, BE_CALL_RECV);
  be_test_wait_until (find_row (&reader, BE_SIDE_CLIENT, BE_CALL_RECV, 0, TRUE) != NO_ROW);
  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_RST, &link), ==, 1);
  assert_link (&link, closed, find_row (&reader, BE_SIDE_CLIENT, BE_CALL_RECV, 0, TRUE), BE_SIDE_SERVER);
  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_FIN, &link), ==, 0);
  reader_tear_down (&reader);
}
#endif

/* There is no second row to which an arrow could lead. */
static void
test_a_refused_connect_sent_a_syn_and_got_a_rst (BeTestSessions *sessions)
{
  Reader         reader;
  BeTransferLink link;
  BeAddress      address;
  guint          row;
  g_autoptr (GSocket) nobody = be_test_nobody_listens (&address);

  reader_set_up (&reader, sessions);

  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_test_session_fail (sessions->client);
  be_test_wait_until (find_row (&reader, BE_SIDE_CLIENT, BE_CALL_CONNECT, 0, TRUE) != NO_ROW);
  row = find_row (&reader, BE_SIDE_CLIENT, BE_CALL_CONNECT, 0, TRUE);

  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_SYN, &link), ==, 1);
  g_assert_cmpuint (link.from, ==, row);
  g_assert_cmpuint (link.to, ==, NO_ROW);
  g_assert_cmpint (link.from_side, ==, BE_SIDE_CLIENT);
  g_assert_cmpint (link.outcome, ==, BE_TRANSFER_REFUSED);

  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_RST, &link), ==, 1);
  g_assert_cmpuint (link.from, ==, NO_ROW);
  g_assert_cmpuint (link.to, ==, row);
  g_assert_cmpint (link.from_side, ==, BE_SIDE_SERVER);
  g_assert_cmpint (link.outcome, ==, BE_TRANSFER_REFUSED);

  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_HANDSHAKE, &link), ==, 0);
  reader_tear_down (&reader);
}

/* A server that starts there afterwards has not heard it. */
static void
test_a_refused_datagram_stays_refused (BeTestSessions *sessions)
{
  Reader         reader;
  BeTransferLink link;
  BeAddress      address;
  guint          sent;
  guint          told;
  g_autoptr (GSocket) nobody = be_test_nobody_receives (&address);

  reader_set_up (&reader, sessions);

  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");
  be_test_wait_until (find_row (&reader, BE_SIDE_CLIENT, BE_CALL_RECV, 0, TRUE) != NO_ROW);
  sent = find_row (&reader, BE_SIDE_CLIENT, BE_CALL_SEND, 0, FALSE);
  told = find_row (&reader, BE_SIDE_CLIENT, BE_CALL_RECV, 0, TRUE);

  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_ICMP, &link), ==, 1);
  g_assert_cmpuint (link.from, ==, sent);
  g_assert_cmpuint (link.to, ==, told);
  g_assert_cmpint (link.outcome, ==, BE_TRANSFER_REFUSED);

  g_socket_close (nobody, NULL);
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", address.port);
  be_test_session_run (sessions->server);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");
  be_test_wait_until (find_row (&reader, BE_SIDE_CLIENT, BE_CALL_RECV, 0, FALSE) != NO_ROW);

  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_ICMP, &link), ==, 1);
  g_assert_cmpuint (link.from, ==, sent);
  g_assert_cmpuint (link.to, ==, told);
  g_assert_cmpuint (find_links (&reader, BE_TRANSFER_BY_CALLS, &link), ==, 2);
  reader_tear_down (&reader);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/transfer-live/a-connection-begins-with-a-handshake", test_a_connection_begins_with_a_handshake);
  be_test_sessions_add ("/transfer-live/a-half-close-sends-a-fin", test_a_half_close_sends_a_fin);
  be_test_sessions_add ("/transfer-live/the-fin-of-a-half-close-leads-to-the-end-of-the-stream",
                        test_the_fin_of_a_half_close_leads_to_the_end_of_the_stream);
  be_test_sessions_add ("/transfer-live/a-reset-sends-a-rst", test_a_reset_sends_a_rst);
#ifdef __linux__
  be_test_sessions_add ("/transfer-live/a-close-before-reading-sends-a-rst", test_a_close_before_reading_sends_a_rst);
#endif
  be_test_sessions_add ("/transfer-live/a-refused-connect-sent-a-syn-and-got-a-rst",
                        test_a_refused_connect_sent_a_syn_and_got_a_rst);
  be_test_sessions_add ("/transfer-live/a-refused-datagram-stays-refused", test_a_refused_datagram_stays_refused);

  return g_test_run ();
}
