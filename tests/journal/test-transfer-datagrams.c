/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What links sendto () with recvfrom (): order and content. */

#include "be-test-links.h"

#ifdef G_OS_WIN32
#include <winsock2.h>
#define NUMBER(name) WSA##name
#else
#include <errno.h>
#define NUMBER(name) name
#endif

#define NO_ROW BE_TRANSFER_NO_ROW

static void
throw_datagram (BeTestLinks *fixture,
                const char  *text)
{
  be_test_links_move (fixture, BE_SIDE_CLIENT, BE_CALL_SENDTO, 1, text);
}

static void
catch_datagram (BeTestLinks *fixture,
                const char  *text)
{
  be_test_links_move (fixture, BE_SIDE_SERVER, BE_CALL_RECVFROM, 1, text);
}

static void
test_datagrams_arrive_in_their_order (BeTestLinks  *fixture,
                                      gconstpointer data)
{
  throw_datagram (fixture, "ping");
  throw_datagram (fixture, "ping");
  catch_datagram (fixture, "ping");
  throw_datagram (fixture, "");
  catch_datagram (fixture, "ping");
  catch_datagram (fixture, "");

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 3);
  g_assert_true (be_test_links_arrives (fixture, 0, 2));
  g_assert_true (be_test_links_arrives (fixture, 1, 4));
  g_assert_true (be_test_links_arrives (fixture, 3, 5));
}

/* The last one may still be on its way. */
static void
test_a_datagram_that_others_overtake_is_lost (BeTestLinks  *fixture,
                                              gconstpointer data)
{
  throw_datagram (fixture, "one");
  catch_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  throw_datagram (fixture, "three");
  catch_datagram (fixture, "three");
  throw_datagram (fixture, "four");

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 4);
  g_assert_true (be_test_links_arrives (fixture, 0, 1));
  g_assert_true (be_test_links_arrives (fixture, 3, 4));
  g_assert_true (be_test_links_has (fixture, 2, NO_ROW, BE_TRANSFER_LOST));
  g_assert_true (be_test_links_has (fixture, 5, NO_ROW, BE_TRANSFER_WAITING));
}

static void
test_a_late_datagram_is_not_lost (BeTestLinks  *fixture,
                                  gconstpointer data)
{
  throw_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  catch_datagram (fixture, "two");
  catch_datagram (fixture, "one");

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (be_test_links_arrives (fixture, 0, 3));
  g_assert_true (be_test_links_arrives (fixture, 1, 2));
}

static void
test_a_datagram_may_be_cut (BeTestLinks  *fixture,
                            gconstpointer data)
{
  BeEventRecord record = be_test_record_of_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 1);

  record.protocol = BE_PROTOCOL_UDP;
  record.flags = BE_EVENT_TRUNCATED;
  throw_datagram (fixture, "longer than the buffer");
  be_test_batch_add_data (fixture->base.batch, record, "long");

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 1);
  g_assert_true (be_test_links_arrives (fixture, 0, 1));
}

/* What the log had no room for was not lost on the wire. */
static void
test_a_gap_in_the_log_is_no_loss (BeTestLinks  *fixture,
                                  gconstpointer data)
{
  throw_datagram (fixture, "one");
  catch_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  fixture->positions[1][BE_SIDE_SERVER][TRUE] += strlen ("two");
  throw_datagram (fixture, "three");
  catch_datagram (fixture, "three");

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (be_test_links_arrives (fixture, 0, 1));
  g_assert_true (be_test_links_arrives (fixture, 3, 4));
}

static void
test_what_a_filter_hides_is_not_lost (BeTestLinks  *fixture,
                                      gconstpointer data)
{
  throw_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  catch_datagram (fixture, "two");
  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);

  be_journal_filter_set_side (fixture->base.filter, BE_SIDE_FILTER_CLIENT);
  g_assert_cmpuint (be_test_filter_count (&fixture->base), ==, 2);
  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 0);
}

/* A call on the client's socket is told that a datagram was refused. */
static void
fail (BeTestLinks *fixture,
      BeCall       call,
      const char  *host,
      int          error)
{
  BeEventRecord record = be_test_record_of_end (BE_SIDE_CLIENT, call, 1);

  record.protocol = BE_PROTOCOL_UDP;
  record.result = -1;
  record.error = error;
  record.peer = be_test_address (host, 8080);
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static void
refuse (BeTestLinks *fixture,
        BeCall       call,
        const char  *host)
{
  fail (fixture, call, host, NUMBER (ECONNREFUSED));
}

static void
test_a_refused_datagram_leads_to_the_call_that_was_told (BeTestLinks  *fixture,
                                                         gconstpointer data)
{
  guint                 n_links;
  const BeTransferLink *links;

  throw_datagram (fixture, "one");
  refuse (fixture, BE_CALL_RECV, "127.0.0.1");
  throw_datagram (fixture, "two");
  refuse (fixture, BE_CALL_SEND, "192.0.2.1");
  throw_datagram (fixture, "three");

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 3);
  g_assert_true (be_test_links_has (fixture, 0, 1, BE_TRANSFER_REFUSED));
  g_assert_true (be_test_links_has (fixture, 2, 3, BE_TRANSFER_REFUSED_ELSEWHERE));
  g_assert_true (be_test_links_has (fixture, 4, NO_ROW, BE_TRANSFER_FOREIGN));

  links = be_transfer_links_get (fixture->links, &n_links);
  for (guint i = 0; i < n_links; i++)
    g_assert_cmpint (links[i].means, ==, links[i].outcome == BE_TRANSFER_FOREIGN ? BE_TRANSFER_BY_CALLS : BE_TRANSFER_BY_ICMP);
}

/* Windows says WSAECONNRESET of what others call refused. */
static void
test_a_reset_of_a_datagram_is_a_refusal (BeTestLinks  *fixture,
                                         gconstpointer data)
{
  throw_datagram (fixture, "one");
  fail (fixture, BE_CALL_RECV, "127.0.0.1", NUMBER (ECONNRESET));

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 1);
  g_assert_true (be_test_links_has (fixture, 0, 1, BE_TRANSFER_REFUSED));
}

/* The second call may be told of either. */
static void
test_what_was_refused_far_away_is_told_only_where_it_was_alone (BeTestLinks  *fixture,
                                                                gconstpointer data)
{
  throw_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  refuse (fixture, BE_CALL_RECV, "192.0.2.1");
  refuse (fixture, BE_CALL_RECV, "192.0.2.1");
  throw_datagram (fixture, "three");
  refuse (fixture, BE_CALL_RECV, "192.0.2.1");

  be_test_links_look_at_all (fixture);
  g_assert_true (be_test_links_has (fixture, NO_ROW, 2, BE_TRANSFER_REFUSED_ELSEWHERE));
  g_assert_true (be_test_links_has (fixture, NO_ROW, 3, BE_TRANSFER_REFUSED_ELSEWHERE));
  g_assert_true (be_test_links_has (fixture, 4, 5, BE_TRANSFER_REFUSED_ELSEWHERE));
}

/* One of the first two is still on its way when the third goes. */
static void
test_what_may_be_one_of_several_has_no_row (BeTestLinks  *fixture,
                                            gconstpointer data)
{
  throw_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  refuse (fixture, BE_CALL_RECV, "192.0.2.1");
  throw_datagram (fixture, "three");
  refuse (fixture, BE_CALL_RECV, "192.0.2.1");

  be_test_links_look_at_all (fixture);
  g_assert_true (be_test_links_has (fixture, NO_ROW, 2, BE_TRANSFER_REFUSED_ELSEWHERE));
  g_assert_true (be_test_links_has (fixture, NO_ROW, 4, BE_TRANSFER_REFUSED_ELSEWHERE));
}

/* What has its reply was not refused. */
static void
test_a_reply_leaves_the_next_alone (BeTestLinks  *fixture,
                                    gconstpointer data)
{
  throw_datagram (fixture, "one");
  be_test_links_move (fixture, BE_SIDE_CLIENT, BE_CALL_RECVFROM, 1, "ONE");
  throw_datagram (fixture, "two");
  refuse (fixture, BE_CALL_RECV, "192.0.2.1");

  be_test_links_look_at_all (fixture);
  g_assert_true (be_test_links_has (fixture, 2, 3, BE_TRANSFER_REFUSED_ELSEWHERE));
}

/* It was read, in a row that is hidden. */
static void
test_what_a_filter_hides_was_not_refused (BeTestLinks  *fixture,
                                          gconstpointer data)
{
  throw_datagram (fixture, "one");
  throw_datagram (fixture, "two");
  catch_datagram (fixture, "two");
  refuse (fixture, BE_CALL_RECV, "127.0.0.1");
  be_test_links_look_at_all (fixture);
  g_assert_true (be_test_links_has (fixture, NO_ROW, 3, BE_TRANSFER_REFUSED));

  be_journal_filter_set_side (fixture->base.filter, BE_SIDE_FILTER_CLIENT);
  g_assert_cmpuint (be_test_filter_count (&fixture->base), ==, 3);
  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 1);
  g_assert_true (be_test_links_has (fixture, NO_ROW, 2, BE_TRANSFER_REFUSED));
}

/* It says the same as one that arrived, and still is not that one. */
static void
test_a_refused_datagram_does_not_come_to_a_later_server (BeTestLinks  *fixture,
                                                         gconstpointer data)
{
  throw_datagram (fixture, "hello");
  refuse (fixture, BE_CALL_RECV, "127.0.0.1");
  throw_datagram (fixture, "hello");
  catch_datagram (fixture, "hello");

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (be_test_links_has (fixture, 0, 1, BE_TRANSFER_REFUSED));
  g_assert_true (be_test_links_arrives (fixture, 2, 3));
}

/* Nor is one that was read before the server stopped the one that was refused, where
 * that has no row. */
static void
test_what_was_read_was_not_refused (BeTestLinks  *fixture,
                                    gconstpointer data)
{
  throw_datagram (fixture, "hello");
  catch_datagram (fixture, "hello");
  refuse (fixture, BE_CALL_RECV, "127.0.0.1");

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (be_test_links_arrives (fixture, 0, 1));
  g_assert_true (be_test_links_has (fixture, NO_ROW, 2, BE_TRANSFER_REFUSED));
}

#define add(path, max_events, function) \
  g_test_add ("/transfer-datagrams/" path, BeTestLinks, GUINT_TO_POINTER (max_events), be_test_links_set_up, function, be_test_links_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("datagrams-arrive-in-their-order", 100, test_datagrams_arrive_in_their_order);
  add ("a-datagram-that-others-overtake-is-lost", 100, test_a_datagram_that_others_overtake_is_lost);
  add ("a-late-datagram-is-not-lost", 100, test_a_late_datagram_is_not_lost);
  add ("a-datagram-may-be-cut", 100, test_a_datagram_may_be_cut);
  add ("a-gap-in-the-log-is-no-loss", 100, test_a_gap_in_the_log_is_no_loss);
  add ("what-a-filter-hides-is-not-lost", 100, test_what_a_filter_hides_is_not_lost);
  add ("a-refused-datagram-leads-to-the-call-that-was-told", 100, test_a_refused_datagram_leads_to_the_call_that_was_told);
  add ("a-reset-of-a-datagram-is-a-refusal", 100, test_a_reset_of_a_datagram_is_a_refusal);
  add ("what-was-refused-far-away-is-told-only-where-it-was-alone", 100,
       test_what_was_refused_far_away_is_told_only_where_it_was_alone);
  add ("what-may-be-one-of-several-has-no-row", 100, test_what_may_be_one_of_several_has_no_row);
  add ("a-reply-leaves-the-next-alone", 100, test_a_reply_leaves_the_next_alone);
  add ("what-a-filter-hides-was-not-refused", 100, test_what_a_filter_hides_was_not_refused);
  add ("a-refused-datagram-does-not-come-to-a-later-server", 100, test_a_refused_datagram_does_not_come_to_a_later_server);
  add ("what-was-read-was-not-refused", 100, test_what_was_read_was_not_refused);

  return g_test_run ();
}
