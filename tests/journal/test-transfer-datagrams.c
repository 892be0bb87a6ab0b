/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What links sendto () with recvfrom (): order and content. */

#include "be-test-links.h"

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

  return g_test_run ();
}
