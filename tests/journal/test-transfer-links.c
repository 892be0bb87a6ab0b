/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-filter.h"
#include "be-transfer-links.h"

#include <string.h>

#define NO_ROW BE_TRANSFER_NO_ROW

/* Made-up conversations: client 1 talks with server end 1001, and so on. */
typedef struct
{
  BeTestFilter     base;
  BeTransferLinks *links;
  guint64          positions[8][2][2]; /* by client, side, and whether it was received */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer max_events)
{
  be_test_filter_set_up (&fixture->base, GPOINTER_TO_UINT (max_events));
  fixture->links = be_transfer_links_new ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer max_events)
{
  be_transfer_links_free (fixture->links);
  be_test_filter_tear_down (&fixture->base);
}

static void
join (Fixture *fixture,
      guint32  client)
{
  BeEventRecord connect = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, client);
  BeEventRecord accept = be_test_record_of_end (BE_SIDE_SERVER, BE_CALL_ACCEPT, client);

  be_test_batch_add (fixture->base.batch, &connect, NULL, 0);
  be_test_batch_add (fixture->base.batch, &accept, NULL, 0);
}

static void
move (Fixture    *fixture,
      BeSide      side,
      BeCall      call,
      guint32     client,
      const char *text)
{
  BeEventRecord record = be_test_record_of_end (side, call, client);
  guint64      *position = &fixture->positions[client][side][be_call_is_reading (call)];

  record.protocol = call == BE_CALL_SENDTO || call == BE_CALL_RECVFROM ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP;
  record.position = *position;
  *position += strlen (text);
  be_test_batch_add_data (fixture->base.batch, record, text);
}

/* What the client says, and what the server hears of it. */
static void
say (Fixture    *fixture,
     guint32     client,
     const char *text)
{
  move (fixture, BE_SIDE_CLIENT, BE_CALL_SEND, client, text);
}

static void
hear (Fixture    *fixture,
      guint32     client,
      const char *text)
{
  move (fixture, BE_SIDE_SERVER, BE_CALL_RECV, client, text);
}

static void
throw_datagram (Fixture    *fixture,
                const char *text)
{
  move (fixture, BE_SIDE_CLIENT, BE_CALL_SENDTO, 1, text);
}

static void
catch_datagram (Fixture    *fixture,
                const char *text)
{
  move (fixture, BE_SIDE_SERVER, BE_CALL_RECVFROM, 1, text);
}

static guint
count (Fixture *fixture)
{
  guint n_links;

  be_transfer_links_get (fixture->links, &n_links);

  return n_links;
}

/* Looks at the rows from @first to @last. */
static guint
look (Fixture *fixture,
      guint    first,
      guint    last)
{
  be_test_filter_append (&fixture->base);
  be_transfer_links_update (fixture->links, fixture->base.filter, first, last);

  return count (fixture);
}

static guint
look_at_all (Fixture *fixture)
{
  be_test_filter_append (&fixture->base);

  return look (fixture, 0, be_test_filter_count (&fixture->base) - 1);
}

static gboolean
has (Fixture          *fixture,
     guint             from,
     guint             to,
     BeTransferOutcome outcome)
{
  guint                 n_links;
  const BeTransferLink *links = be_transfer_links_get (fixture->links, &n_links);

  for (guint i = 0; i < n_links; i++)
    if (links[i].from == from && links[i].to == to && links[i].outcome == outcome)
      return TRUE;

  return FALSE;
}

static gboolean
arrives (Fixture *fixture,
         guint    from,
         guint    to)
{
  return has (fixture, from, to, BE_TRANSFER_ARRIVED);
}

static void
test_links_connect_with_accept (Fixture      *fixture,
                                gconstpointer data)
{
  join (fixture, 1);
  join (fixture, 2);

  g_assert_cmpuint (look_at_all (fixture), ==, 2);
  g_assert_true (arrives (fixture, 0, 1));
  g_assert_true (arrives (fixture, 2, 3));
}

static void
test_links_both_directions (Fixture      *fixture,
                            gconstpointer data)
{
  const BeTransferLink *links;
  guint                 n_links;

  join (fixture, 1);
  say (fixture, 1, "hello");
  hear (fixture, 1, "hello");
  move (fixture, BE_SIDE_SERVER, BE_CALL_SEND, 1, "HELLO");
  move (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, 1, "HELLO");

  g_assert_cmpuint (look (fixture, 2, 5), ==, 2);
  g_assert_true (arrives (fixture, 2, 3));
  g_assert_true (arrives (fixture, 4, 5));
  links = be_transfer_links_get (fixture->links, &n_links);
  for (guint i = 0; i < n_links; i++)
    g_assert_cmpint (links[i].from_side, ==, links[i].from == 2 ? BE_SIDE_CLIENT : BE_SIDE_SERVER);
}

static void
test_three_sends_may_arrive_at_once (Fixture      *fixture,
                                     gconstpointer data)
{
  join (fixture, 1);
  say (fixture, 1, "one");
  say (fixture, 1, "two");
  say (fixture, 1, "three");
  hear (fixture, 1, "onetwothree");
  say (fixture, 1, "four");
  hear (fixture, 1, "four");

  g_assert_cmpuint (look (fixture, 2, 7), ==, 4);
  g_assert_true (arrives (fixture, 2, 5));
  g_assert_true (arrives (fixture, 3, 5));
  g_assert_true (arrives (fixture, 4, 5));
  g_assert_true (arrives (fixture, 6, 7));
}

static void
test_a_send_may_arrive_in_pieces (Fixture      *fixture,
                                  gconstpointer data)
{
  join (fixture, 1);
  say (fixture, 1, "hello");
  hear (fixture, 1, "hel");
  say (fixture, 1, "baby");
  hear (fixture, 1, "loba");
  hear (fixture, 1, "by");

  g_assert_cmpuint (look (fixture, 2, 6), ==, 4);
  g_assert_true (arrives (fixture, 2, 3));
  g_assert_true (arrives (fixture, 2, 5));
  g_assert_true (arrives (fixture, 4, 5));
  g_assert_true (arrives (fixture, 4, 6));
}

static void
test_connections_do_not_mix (Fixture      *fixture,
                             gconstpointer data)
{
  join (fixture, 1);
  join (fixture, 2);
  say (fixture, 1, "same");
  say (fixture, 2, "same");
  hear (fixture, 2, "same");
  hear (fixture, 1, "same");

  g_assert_cmpuint (look (fixture, 4, 7), ==, 2);
  g_assert_true (arrives (fixture, 4, 7));
  g_assert_true (arrives (fixture, 5, 6));
}

/* Bytes that nobody read are not seen to be lost. */
static void
test_a_reset_leaves_the_rest_unread (Fixture      *fixture,
                                     gconstpointer data)
{
  BeEventRecord reset = be_test_record_of_end (BE_SIDE_SERVER, BE_CALL_CLOSE, 1);
  BeEventRecord failed = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_SEND, 1);

  reset.flags = BE_EVENT_RESET;
  failed.result = -1;
  failed.error = 32;
  join (fixture, 1);
  say (fixture, 1, "read");
  hear (fixture, 1, "re");
  say (fixture, 1, "never read");
  be_test_batch_add (fixture->base.batch, &reset, NULL, 0);
  be_test_batch_add (fixture->base.batch, &failed, NULL, 0);

  g_assert_cmpuint (look (fixture, 2, 6), ==, 3);
  g_assert_true (arrives (fixture, 2, 3));
  g_assert_true (has (fixture, 2, NO_ROW, BE_TRANSFER_WAITING));
  g_assert_true (has (fixture, 4, NO_ROW, BE_TRANSFER_WAITING));
}

/* Rows move when older ones fall off; what fell off is linked no more. */
static void
test_follows_rows_when_older_ones_fall_off (Fixture      *fixture,
                                            gconstpointer data)
{
  join (fixture, 1);
  for (guint i = 0; i < 100; i++)
    {
      say (fixture, 1, i % 3 == 0 ? "longer" : "short");
      hear (fixture, 1, i % 3 == 0 ? "longer" : "short");
      look_at_all (fixture);
      if (i == 3)
        g_assert_true (arrives (fixture, 8, 9));
    }

  g_assert_cmpuint (be_test_filter_count (&fixture->base), <=, 16);
  for (guint row = 0; row < be_test_filter_count (&fixture->base); row++)
    {
      const BeEventRecord *record = be_journal_filter_get_record (fixture->base.filter, row);

      if (record->call == BE_CALL_RECV && row > 0)
        g_assert_true (arrives (fixture, row - 1, row));
      else if (record->call == BE_CALL_SEND)
        g_assert_true (arrives (fixture, row, row + 1));
    }
}

static void
test_shows_what_passes_the_view (Fixture      *fixture,
                                 gconstpointer data)
{
  join (fixture, 1);
  join (fixture, 2);
  say (fixture, 1, "long on its way");
  for (guint i = 0; i < 10; i++)
    {
      say (fixture, 2, "quick");
      hear (fixture, 2, "quick");
    }
  hear (fixture, 1, "long on its way");

  g_assert_cmpuint (look (fixture, 7, 8), ==, 2);
  g_assert_true (arrives (fixture, 4, 25));
  g_assert_true (arrives (fixture, 7, 8));
  g_assert_cmpuint (look (fixture, 25, 25), ==, 1);
  g_assert_cmpuint (look (fixture, 0, 1), ==, 1);
}

static void
test_looks_only_as_often_as_needed (Fixture      *fixture,
                                    gconstpointer data)
{
  join (fixture, 1);
  say (fixture, 1, "hello");
  be_test_filter_append (&fixture->base);

  g_assert_true (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 2));
  g_assert_false (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 2));
  hear (fixture, 1, "hello");
  be_test_filter_append (&fixture->base);
  g_assert_true (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 2));
  g_assert_true (arrives (fixture, 2, 3));
}

static void
test_another_program_has_no_rows (Fixture      *fixture,
                                  gconstpointer data)
{
  say (fixture, 1, "to whom?");
  move (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, 1, "somebody");

  g_assert_cmpuint (look_at_all (fixture), ==, 2);
  g_assert_true (has (fixture, 0, NO_ROW, BE_TRANSFER_FOREIGN));
  g_assert_true (has (fixture, NO_ROW, 1, BE_TRANSFER_FOREIGN));
}

/* Its other end is seen in a row that is not shown. */
static void
test_a_partner_behind_the_filter_is_known (Fixture      *fixture,
                                           gconstpointer data)
{
  hear (fixture, 1, "to whom?");
  be_journal_filter_set_side (fixture->base.filter, BE_SIDE_FILTER_SERVER);
  g_assert_cmpuint (look_at_all (fixture), ==, 1);
  g_assert_true (has (fixture, NO_ROW, 0, BE_TRANSFER_FOREIGN));
  g_assert_false (be_transfer_links_are_stale (fixture->links, fixture->base.filter));

  say (fixture, 2, "nobody in view");
  be_test_filter_append (&fixture->base);
  g_assert_false (be_transfer_links_are_stale (fixture->links, fixture->base.filter));

  say (fixture, 1, "to us");
  be_test_filter_append (&fixture->base);
  g_assert_true (be_transfer_links_are_stale (fixture->links, fixture->base.filter));
  g_assert_true (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 0));
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_false (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 0));
}

/* A listener of ours at the address that the clients call. */
static void
listen_for (Fixture *fixture,
            BeCall   call)
{
  BeEventRecord connect = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  BeEventRecord record = be_test_record_of_end (BE_SIDE_SERVER, call, 0);

  record.peer_id = 0;
  record.local = connect.peer;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static void
connect_to_listener (Fixture *fixture,
                     guint32  client)
{
  BeEventRecord connect = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, client);

  be_test_batch_add (fixture->base.batch, &connect, NULL, 0);
}

static void
test_who_waits_in_our_queue_is_no_stranger (Fixture      *fixture,
                                            gconstpointer data)
{
  BeEventRecord accept = be_test_record_of_end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1);

  listen_for (fixture, BE_CALL_LISTEN);
  connect_to_listener (fixture, 1);
  say (fixture, 1, "is anybody there?");
  g_assert_cmpuint (look_at_all (fixture), ==, 2);
  g_assert_true (has (fixture, 1, NO_ROW, BE_TRANSFER_WAITING));
  g_assert_true (has (fixture, 2, NO_ROW, BE_TRANSFER_WAITING));

  be_test_batch_add (fixture->base.batch, &accept, NULL, 0);
  g_assert_cmpuint (look_at_all (fixture), ==, 2);
  g_assert_true (arrives (fixture, 1, 3));
  g_assert_true (has (fixture, 2, NO_ROW, BE_TRANSFER_WAITING));
}

static void
test_who_calls_when_we_listen_no_more_is_a_stranger (Fixture      *fixture,
                                                     gconstpointer data)
{
  listen_for (fixture, BE_CALL_LISTEN);
  listen_for (fixture, BE_CALL_CLOSE);
  connect_to_listener (fixture, 1);
  g_assert_cmpuint (look_at_all (fixture), ==, 1);
  g_assert_true (has (fixture, 2, NO_ROW, BE_TRANSFER_FOREIGN));
}

static void
test_datagrams_arrive_in_their_order (Fixture      *fixture,
                                      gconstpointer data)
{
  throw_datagram (fixture, "ping");
  throw_datagram (fixture, "ping");
  catch_datagram (fixture, "ping");
  throw_datagram (fixture, "");
  catch_datagram (fixture, "ping");
  catch_datagram (fixture, "");

  g_assert_cmpuint (look_at_all (fixture), ==, 3);
  g_assert_true (arrives (fixture, 0, 2));
  g_assert_true (arrives (fixture, 1, 4));
  g_assert_true (arrives (fixture, 3, 5));
}

/* The last one may still be on its way. */
static void
test_a_datagram_that_others_overtake_is_lost (Fixture      *fixture,
                                              gconstpointer data)
{
  throw_datagram (fixture, "one");
  catch_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  throw_datagram (fixture, "three");
  catch_datagram (fixture, "three");
  throw_datagram (fixture, "four");

  g_assert_cmpuint (look_at_all (fixture), ==, 4);
  g_assert_true (arrives (fixture, 0, 1));
  g_assert_true (arrives (fixture, 3, 4));
  g_assert_true (has (fixture, 2, NO_ROW, BE_TRANSFER_LOST));
  g_assert_true (has (fixture, 5, NO_ROW, BE_TRANSFER_WAITING));
}

static void
test_a_late_datagram_is_not_lost (Fixture      *fixture,
                                  gconstpointer data)
{
  throw_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  catch_datagram (fixture, "two");
  catch_datagram (fixture, "one");

  g_assert_cmpuint (look_at_all (fixture), ==, 2);
  g_assert_true (arrives (fixture, 0, 3));
  g_assert_true (arrives (fixture, 1, 2));
}

static void
test_a_datagram_may_be_cut (Fixture      *fixture,
                            gconstpointer data)
{
  BeEventRecord record = be_test_record_of_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 1);

  record.protocol = BE_PROTOCOL_UDP;
  record.flags = BE_EVENT_TRUNCATED;
  throw_datagram (fixture, "longer than the buffer");
  be_test_batch_add_data (fixture->base.batch, record, "long");

  g_assert_cmpuint (look_at_all (fixture), ==, 1);
  g_assert_true (arrives (fixture, 0, 1));
}

/* What the log had no room for was not lost on the wire. */
static void
test_a_gap_in_the_log_is_no_loss (Fixture      *fixture,
                                  gconstpointer data)
{
  throw_datagram (fixture, "one");
  catch_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  fixture->positions[1][BE_SIDE_SERVER][TRUE] += strlen ("two");
  throw_datagram (fixture, "three");
  catch_datagram (fixture, "three");

  g_assert_cmpuint (look_at_all (fixture), ==, 2);
  g_assert_true (arrives (fixture, 0, 1));
  g_assert_true (arrives (fixture, 3, 4));
}

/* The other end was seen, but reads nothing: not before all rows behind were
 * looked at, and not among chosen ones. */
static void
test_what_nobody_reads_is_waiting (Fixture      *fixture,
                                   gconstpointer data)
{
  join (fixture, 1);
  join (fixture, 2);
  say (fixture, 1, "unread");
  g_assert_cmpuint (look (fixture, 4, 4), ==, 1);
  g_assert_true (has (fixture, 4, NO_ROW, BE_TRANSFER_WAITING));

  for (guint i = 0; i < BE_TRANSFER_LINKS_REACH; i++)
    say (fixture, 2, "more");
  g_assert_cmpuint (look (fixture, 4, 4), ==, 1);
  say (fixture, 2, "more");
  g_assert_cmpuint (look (fixture, 4, 4), ==, 0);

  be_journal_filter_set_connection (fixture->base.filter, 0);
  g_assert_cmpuint (be_test_filter_count (&fixture->base), ==, 3);
  g_assert_cmpuint (look (fixture, 2, 2), ==, 0);
}

static void
test_what_a_filter_hides_is_not_lost (Fixture      *fixture,
                                      gconstpointer data)
{
  throw_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  catch_datagram (fixture, "two");
  g_assert_cmpuint (look_at_all (fixture), ==, 2);

  be_journal_filter_set_side (fixture->base.filter, BE_SIDE_FILTER_CLIENT);
  g_assert_cmpuint (be_test_filter_count (&fixture->base), ==, 2);
  g_assert_cmpuint (look_at_all (fixture), ==, 0);
}

#define add(path, max_events, function) \
  g_test_add ("/transfer-links/" path, Fixture, GUINT_TO_POINTER (max_events), set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("links-connect-with-accept", 100, test_links_connect_with_accept);
  add ("links-both-directions", 100, test_links_both_directions);
  add ("three-sends-may-arrive-at-once", 100, test_three_sends_may_arrive_at_once);
  add ("a-send-may-arrive-in-pieces", 100, test_a_send_may_arrive_in_pieces);
  add ("connections-do-not-mix", 100, test_connections_do_not_mix);
  add ("a-reset-leaves-the-rest-unread", 100, test_a_reset_leaves_the_rest_unread);
  add ("follows-rows-when-older-ones-fall-off", 16, test_follows_rows_when_older_ones_fall_off);
  add ("shows-what-passes-the-view", 100, test_shows_what_passes_the_view);
  add ("looks-only-as-often-as-needed", 100, test_looks_only_as_often_as_needed);
  add ("another-program-has-no-rows", 100, test_another_program_has_no_rows);
  add ("a-partner-behind-the-filter-is-known", 100, test_a_partner_behind_the_filter_is_known);
  add ("who-waits-in-our-queue-is-no-stranger", 100, test_who_waits_in_our_queue_is_no_stranger);
  add ("who-calls-when-we-listen-no-more-is-a-stranger", 100, test_who_calls_when_we_listen_no_more_is_a_stranger);
  add ("datagrams-arrive-in-their-order", 100, test_datagrams_arrive_in_their_order);
  add ("a-datagram-that-others-overtake-is-lost", 100, test_a_datagram_that_others_overtake_is_lost);
  add ("a-late-datagram-is-not-lost", 100, test_a_late_datagram_is_not_lost);
  add ("a-datagram-may-be-cut", 100, test_a_datagram_may_be_cut);
  add ("a-gap-in-the-log-is-no-loss", 100, test_a_gap_in_the_log_is_no_loss);
  add ("what-nobody-reads-is-waiting", 5000, test_what_nobody_reads_is_waiting);
  add ("what-a-filter-hides-is-not-lost", 100, test_what_a_filter_hides_is_not_lost);

  return g_test_run ();
}
