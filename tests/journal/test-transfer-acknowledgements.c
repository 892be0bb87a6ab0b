/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which ACK of a FIN goes alone, and when. Rows 0 and 1 join the two ends. */

#include "be-test-links.h"

static void
add_at (BeTestLinks *fixture,
        BeSide       side,
        BeCall       call,
        gint64       milliseconds)
{
  BeEventRecord record = be_test_record_of_end (side, call, 1);

  record.time = milliseconds * 1000;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static void
send_at (BeTestLinks *fixture,
         BeSide       side,
         gint64       milliseconds)
{
  BeEventRecord record = be_test_record_of_end (side, BE_CALL_SEND, 1);

  record.time = milliseconds * 1000;
  be_test_batch_add_data (fixture->base.batch, record, "bytes");
}

static const BeTransferLink *
find (BeTestLinks *fixture,
      guint        from,
      guint        to)
{
  guint                 n_links;
  const BeTransferLink *links = be_transfer_links_get (fixture->links, &n_links);

  for (guint i = 0; i < n_links; i++)
    if (links[i].from == from && links[i].to == to && links[i].means == BE_TRANSFER_BY_FIN)
      return &links[i];

  return NULL;
}

/* Of the FIN from row @from to row @to, which is there. */
static const BeTransferLink *
get (BeTestLinks *fixture,
     guint        from,
     guint        to)
{
  const BeTransferLink *link = find (fixture, from, to);

  g_assert (link != NULL);

  return link;
}

/* The first ACK went with the second FIN, most likely; that of the second has nothing
 * that it could go with. */
static void
test_the_last_ack_goes_alone (BeTestLinks  *fixture,
                              gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 0);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, 0);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 3);
  g_assert_false (get (fixture, 2, 3)->is_acknowledged);
  g_assert_true (get (fixture, 4, 5)->is_acknowledged);
}

static void
test_an_ack_does_not_wait_for_a_late_fin (BeTestLinks  *fixture,
                                          gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_CLOSE, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 1000);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 3);
  g_assert_true (get (fixture, 2, 3)->is_acknowledged);
}

/* The system that has closed first is in TIME_WAIT by the last ACK, though no call of
 * it is told of the FIN. */
static void
test_the_last_ack_goes_to_who_closed_last (BeTestLinks  *fixture,
                                           gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_CLOSE, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 2);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 3);
  g_assert_false (get (fixture, 2, 3)->is_acknowledged);
  g_assert_false (get (fixture, 2, 3)->is_also_acknowledgement);
  g_assert_true (get (fixture, 4, BE_TRANSFER_NO_ROW)->is_acknowledged);
  g_assert_true (get (fixture, 4, BE_TRANSFER_NO_ROW)->is_also_acknowledgement);
}

/* Nobody is in FIN_WAIT_2 for so long whose socket is closed. */
static void
test_who_was_given_up_acknowledges_nothing (BeTestLinks  *fixture,
                                            gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_CLOSE, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 90 * 1000);

  be_test_links_look_at_all (fixture);
  g_assert_true (get (fixture, 2, 3)->is_acknowledged);
  g_assert_false (get (fixture, 4, BE_TRANSFER_NO_ROW)->is_acknowledged);
  g_assert_false (get (fixture, 4, BE_TRANSFER_NO_ROW)->is_also_acknowledgement);
}

/* Its reads are held, and the system has answered long before. */
static void
test_an_ack_does_not_wait_for_who_reads (BeTestLinks  *fixture,
                                         gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 10 * 1000);
  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (get (fixture, 2, 3)->is_acknowledged);
  g_assert_true (get (fixture, 2, 3)->is_late);

  add_at (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 12 * 1000);
  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 3);
  g_assert_true (get (fixture, 2, 3)->is_acknowledged);
  g_assert_true (get (fixture, 2, 3)->is_late);
  g_assert_true (get (fixture, 4, BE_TRANSFER_NO_ROW)->is_acknowledged);
  g_assert_false (get (fixture, 4, BE_TRANSFER_NO_ROW)->is_also_acknowledgement);
}

/* Also where the FIN of the receiver is a late one. */
static void
test_an_ack_goes_with_bytes (BeTestLinks  *fixture,
                             gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1);
  send_at (fixture, BE_SIDE_SERVER, 2);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 3000);

  be_test_links_look_at_all (fixture);
  g_assert_false (get (fixture, 2, 3)->is_acknowledged);
  g_assert_false (get (fixture, 5, BE_TRANSFER_NO_ROW)->is_also_acknowledgement);
  g_assert_true (get (fixture, 5, BE_TRANSFER_NO_ROW)->is_acknowledged);
}

static void
test_an_ack_does_not_wait_for_late_bytes (BeTestLinks  *fixture,
                                          gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1);
  send_at (fixture, BE_SIDE_SERVER, 700);

  be_test_links_look_at_all (fixture);
  g_assert_true (get (fixture, 2, 3)->is_acknowledged);
  g_assert_false (get (fixture, 2, 3)->is_late);
}

/* The ACK may have gone alone, or not. */
static void
test_what_is_not_known_has_no_line (BeTestLinks  *fixture,
                                    gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_CLOSE, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 20);

  be_test_links_look_at_all (fixture);
  g_assert_false (get (fixture, 2, 3)->is_acknowledged);
  g_assert_false (get (fixture, 4, BE_TRANSFER_NO_ROW)->is_also_acknowledgement);
  g_assert_true (get (fixture, 4, BE_TRANSFER_NO_ROW)->is_acknowledged);
}

#ifdef __linux__
/* It delays an ACK for 40 ms, not for the half second that is allowed. */
static void
test_linux_does_not_wait_long (BeTestLinks  *fixture,
                               gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_CLOSE, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 200);

  be_test_links_look_at_all (fixture);
  g_assert_true (get (fixture, 2, 3)->is_acknowledged);
  g_assert_false (get (fixture, 4, BE_TRANSFER_NO_ROW)->is_also_acknowledgement);
}
#endif

/* The bytes that it went with may be hidden. */
static void
test_a_filter_leaves_the_first_ack_open (BeTestLinks  *fixture,
                                         gconstpointer data)
{
  be_test_links_join (fixture, 1);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 0);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1);
  add_at (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 3000);
  add_at (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, 3001);
  be_test_links_look_at_all (fixture);
  g_assert_true (get (fixture, 2, 3)->is_acknowledged);

  be_journal_filter_set_kinds (fixture->base.filter, BE_EVENT_KIND_STATES);
  be_test_links_look_at_all (fixture);
  g_assert_false (get (fixture, 2, 3)->is_acknowledged);
  g_assert_true (get (fixture, 4, 5)->is_acknowledged);
}

#define add(path, function) \
  g_test_add ("/transfer-acknowledgements/" path, BeTestLinks, GUINT_TO_POINTER (100), be_test_links_set_up, function, be_test_links_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("the-last-ack-goes-alone", test_the_last_ack_goes_alone);
  add ("an-ack-does-not-wait-for-a-late-fin", test_an_ack_does_not_wait_for_a_late_fin);
  add ("the-last-ack-goes-to-who-closed-last", test_the_last_ack_goes_to_who_closed_last);
  add ("who-was-given-up-acknowledges-nothing", test_who_was_given_up_acknowledges_nothing);
  add ("an-ack-does-not-wait-for-who-reads", test_an_ack_does_not_wait_for_who_reads);
  add ("an-ack-goes-with-bytes", test_an_ack_goes_with_bytes);
  add ("an-ack-does-not-wait-for-late-bytes", test_an_ack_does_not_wait_for_late_bytes);
  add ("what-is-not-known-has-no-line", test_what_is_not_known_has_no_line);
#ifdef __linux__
  add ("linux-does-not-wait-long", test_linux_does_not_wait_long);
#endif
  add ("a-filter-leaves-the-first-ack-open", test_a_filter_leaves_the_first_ack_open);

  return g_test_run ();
}
