/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-links.h"

#define NO_ROW BE_TRANSFER_NO_ROW

/* What the client says, and what the server hears of it. */
static void
say (BeTestLinks *fixture,
     guint32      client,
     const char  *text)
{
  be_test_links_move (fixture, BE_SIDE_CLIENT, BE_CALL_SEND, client, text);
}

static void
hear (BeTestLinks *fixture,
      guint32      client,
      const char  *text)
{
  be_test_links_move (fixture, BE_SIDE_SERVER, BE_CALL_RECV, client, text);
}

static void
test_links_connect_with_accept (BeTestLinks  *fixture,
                                gconstpointer data)
{
  be_test_links_join (fixture, 1);
  be_test_links_join (fixture, 2);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (be_test_links_arrives (fixture, 0, 1));
  g_assert_true (be_test_links_arrives (fixture, 2, 3));
}

static void
test_links_both_directions (BeTestLinks  *fixture,
                            gconstpointer data)
{
  const BeTransferLink *links;
  guint                 n_links;

  be_test_links_join (fixture, 1);
  say (fixture, 1, "hello");
  hear (fixture, 1, "hello");
  be_test_links_move (fixture, BE_SIDE_SERVER, BE_CALL_SEND, 1, "HELLO");
  be_test_links_move (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, 1, "HELLO");

  g_assert_cmpuint (be_test_links_look (fixture, 2, 5), ==, 2);
  g_assert_true (be_test_links_arrives (fixture, 2, 3));
  g_assert_true (be_test_links_arrives (fixture, 4, 5));
  links = be_transfer_links_get (fixture->links, &n_links);
  for (guint i = 0; i < n_links; i++)
    g_assert_cmpint (links[i].from_side, ==, links[i].from == 2 ? BE_SIDE_CLIENT : BE_SIDE_SERVER);
}

static void
test_three_sends_may_arrive_at_once (BeTestLinks  *fixture,
                                     gconstpointer data)
{
  be_test_links_join (fixture, 1);
  say (fixture, 1, "one");
  say (fixture, 1, "two");
  say (fixture, 1, "three");
  hear (fixture, 1, "onetwothree");
  say (fixture, 1, "four");
  hear (fixture, 1, "four");

  g_assert_cmpuint (be_test_links_look (fixture, 2, 7), ==, 4);
  g_assert_true (be_test_links_arrives (fixture, 2, 5));
  g_assert_true (be_test_links_arrives (fixture, 3, 5));
  g_assert_true (be_test_links_arrives (fixture, 4, 5));
  g_assert_true (be_test_links_arrives (fixture, 6, 7));
}

static void
test_a_send_may_arrive_in_pieces (BeTestLinks  *fixture,
                                  gconstpointer data)
{
  be_test_links_join (fixture, 1);
  say (fixture, 1, "hello");
  hear (fixture, 1, "hel");
  say (fixture, 1, "baby");
  hear (fixture, 1, "loba");
  hear (fixture, 1, "by");

  g_assert_cmpuint (be_test_links_look (fixture, 2, 6), ==, 4);
  g_assert_true (be_test_links_arrives (fixture, 2, 3));
  g_assert_true (be_test_links_arrives (fixture, 2, 5));
  g_assert_true (be_test_links_arrives (fixture, 4, 5));
  g_assert_true (be_test_links_arrives (fixture, 4, 6));
}

static void
test_connections_do_not_mix (BeTestLinks  *fixture,
                             gconstpointer data)
{
  be_test_links_join (fixture, 1);
  be_test_links_join (fixture, 2);
  say (fixture, 1, "same");
  say (fixture, 2, "same");
  hear (fixture, 2, "same");
  hear (fixture, 1, "same");

  g_assert_cmpuint (be_test_links_look (fixture, 4, 7), ==, 2);
  g_assert_true (be_test_links_arrives (fixture, 4, 7));
  g_assert_true (be_test_links_arrives (fixture, 5, 6));
}

/* Bytes that nobody read are not seen to be lost. */
static void
test_a_reset_leaves_the_rest_unread (BeTestLinks  *fixture,
                                     gconstpointer data)
{
  BeEventRecord reset = be_test_record_of_end (BE_SIDE_SERVER, BE_CALL_CLOSE, 1);
  BeEventRecord failed = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_SEND, 1);

  reset.flags = BE_EVENT_RESET;
  failed.result = -1;
  failed.error = 32;
  be_test_links_join (fixture, 1);
  say (fixture, 1, "read");
  hear (fixture, 1, "re");
  say (fixture, 1, "never read");
  be_test_batch_add (fixture->base.batch, &reset, NULL, 0);
  be_test_batch_add (fixture->base.batch, &failed, NULL, 0);

  g_assert_cmpuint (be_test_links_look (fixture, 2, 6), ==, 3);
  g_assert_true (be_test_links_arrives (fixture, 2, 3));
  g_assert_true (be_test_links_has (fixture, 2, NO_ROW, BE_TRANSFER_WAITING));
  g_assert_true (be_test_links_has (fixture, 4, NO_ROW, BE_TRANSFER_WAITING));
}

/* Rows move when older ones fall off; what fell off is linked no more. */
static void
test_follows_rows_when_older_ones_fall_off (BeTestLinks  *fixture,
                                            gconstpointer data)
{
  be_test_links_join (fixture, 1);
  for (guint i = 0; i < 100; i++)
    {
      say (fixture, 1, i % 3 == 0 ? "longer" : "short");
      hear (fixture, 1, i % 3 == 0 ? "longer" : "short");
      be_test_links_look_at_all (fixture);
      if (i == 3)
        g_assert_true (be_test_links_arrives (fixture, 8, 9));
    }

  g_assert_cmpuint (be_test_filter_count (&fixture->base), <=, 16);
  for (guint row = 0; row < be_test_filter_count (&fixture->base); row++)
    {
      const BeEventRecord *record = be_journal_filter_get_record (fixture->base.filter, row);

      if (record->call == BE_CALL_RECV && row > 0)
        g_assert_true (be_test_links_arrives (fixture, row - 1, row));
      else if (record->call == BE_CALL_SEND)
        g_assert_true (be_test_links_arrives (fixture, row, row + 1));
    }
}

static void
test_shows_what_passes_the_view (BeTestLinks  *fixture,
                                 gconstpointer data)
{
  be_test_links_join (fixture, 1);
  be_test_links_join (fixture, 2);
  say (fixture, 1, "long on its way");
  for (guint i = 0; i < 10; i++)
    {
      say (fixture, 2, "quick");
      hear (fixture, 2, "quick");
    }
  hear (fixture, 1, "long on its way");

  g_assert_cmpuint (be_test_links_look (fixture, 7, 8), ==, 2);
  g_assert_true (be_test_links_arrives (fixture, 4, 25));
  g_assert_true (be_test_links_arrives (fixture, 7, 8));
  g_assert_cmpuint (be_test_links_look (fixture, 25, 25), ==, 1);
  g_assert_cmpuint (be_test_links_look (fixture, 0, 1), ==, 1);
}

static void
test_looks_only_as_often_as_needed (BeTestLinks  *fixture,
                                    gconstpointer data)
{
  be_test_links_join (fixture, 1);
  say (fixture, 1, "hello");
  be_test_filter_append (&fixture->base);

  g_assert_true (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 2));
  g_assert_false (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 2));
  hear (fixture, 1, "hello");
  be_test_filter_append (&fixture->base);
  g_assert_true (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 2));
  g_assert_true (be_test_links_arrives (fixture, 2, 3));
}

static void
test_another_program_has_no_rows (BeTestLinks  *fixture,
                                  gconstpointer data)
{
  say (fixture, 1, "to whom?");
  be_test_links_move (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, 1, "somebody");

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (be_test_links_has (fixture, 0, NO_ROW, BE_TRANSFER_FOREIGN));
  g_assert_true (be_test_links_has (fixture, NO_ROW, 1, BE_TRANSFER_FOREIGN));
}

/* Its other end is seen in a row that is not shown. */
static void
test_a_partner_behind_the_filter_is_known (BeTestLinks  *fixture,
                                           gconstpointer data)
{
  hear (fixture, 1, "to whom?");
  be_journal_filter_set_side (fixture->base.filter, BE_SIDE_FILTER_SERVER);
  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 1);
  g_assert_true (be_test_links_has (fixture, NO_ROW, 0, BE_TRANSFER_FOREIGN));
  g_assert_false (be_transfer_links_are_stale (fixture->links, fixture->base.filter));

  say (fixture, 2, "nobody in view");
  be_test_filter_append (&fixture->base);
  g_assert_false (be_transfer_links_are_stale (fixture->links, fixture->base.filter));

  say (fixture, 1, "to us");
  be_test_filter_append (&fixture->base);
  g_assert_true (be_transfer_links_are_stale (fixture->links, fixture->base.filter));
  g_assert_true (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 0));
  g_assert_cmpuint (be_test_links_count (fixture), ==, 0);
  g_assert_false (be_transfer_links_update (fixture->links, fixture->base.filter, 0, 0));
}

/* A listener of ours at the address that the clients call. */
static void
listen_for (BeTestLinks *fixture,
            BeCall       call)
{
  BeEventRecord connect = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  BeEventRecord record = be_test_record_of_end (BE_SIDE_SERVER, call, 0);

  record.peer_id = 0;
  record.local = connect.peer;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static void
connect_to_listener (BeTestLinks *fixture,
                     guint32      client)
{
  BeEventRecord connect = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, client);

  be_test_batch_add (fixture->base.batch, &connect, NULL, 0);
}

static void
test_who_waits_in_our_queue_is_no_stranger (BeTestLinks  *fixture,
                                            gconstpointer data)
{
  BeEventRecord accept = be_test_record_of_end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1);

  listen_for (fixture, BE_CALL_LISTEN);
  connect_to_listener (fixture, 1);
  say (fixture, 1, "is anybody there?");
  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (be_test_links_has (fixture, 1, NO_ROW, BE_TRANSFER_WAITING));
  g_assert_true (be_test_links_has (fixture, 2, NO_ROW, BE_TRANSFER_WAITING));

  be_test_batch_add (fixture->base.batch, &accept, NULL, 0);
  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (be_test_links_arrives (fixture, 1, 3));
  g_assert_true (be_test_links_has (fixture, 2, NO_ROW, BE_TRANSFER_WAITING));
}

static void
test_who_calls_when_we_listen_no_more_is_a_stranger (BeTestLinks  *fixture,
                                                     gconstpointer data)
{
  listen_for (fixture, BE_CALL_LISTEN);
  listen_for (fixture, BE_CALL_CLOSE);
  connect_to_listener (fixture, 1);
  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 1);
  g_assert_true (be_test_links_has (fixture, 2, NO_ROW, BE_TRANSFER_FOREIGN));
}

/* The other end was seen, but reads nothing: not before all rows behind were
 * looked at, and not among chosen ones. */
static void
test_what_nobody_reads_is_waiting (BeTestLinks  *fixture,
                                   gconstpointer data)
{
  be_test_links_join (fixture, 1);
  be_test_links_join (fixture, 2);
  say (fixture, 1, "unread");
  g_assert_cmpuint (be_test_links_look (fixture, 4, 4), ==, 1);
  g_assert_true (be_test_links_has (fixture, 4, NO_ROW, BE_TRANSFER_WAITING));

  for (guint i = 0; i < BE_TRANSFER_LINKS_REACH; i++)
    say (fixture, 2, "more");
  g_assert_cmpuint (be_test_links_look (fixture, 4, 4), ==, 1);
  say (fixture, 2, "more");
  g_assert_cmpuint (be_test_links_look (fixture, 4, 4), ==, 0);

  be_journal_filter_set_connection (fixture->base.filter, 0);
  g_assert_cmpuint (be_test_filter_count (&fixture->base), ==, 3);
  g_assert_cmpuint (be_test_links_look (fixture, 2, 2), ==, 0);
}

#define add(path, max_events, function) \
  g_test_add ("/transfer-links/" path, BeTestLinks, GUINT_TO_POINTER (max_events), be_test_links_set_up, function, be_test_links_tear_down)

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
  add ("what-nobody-reads-is-waiting", 5000, test_what_nobody_reads_is_waiting);

  return g_test_run ();
}
