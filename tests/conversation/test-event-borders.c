/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows say of the other end: heard by a screen reader. */

#include "be-conversation-test.h"

#include <string.h>

static char *
dup_label (BeConversationTest *test,
           guint64             sequence)
{
  guint       position = be_event_list_find_sequence (test->list, sequence);
  BeEventRow *row = be_event_list_find_row (test->list, position);

  g_assert_nonnull (row);

  /* The difference from what no row says names what it says. */
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
}

static gboolean
says (BeConversationTest *test,
      guint64             sequence,
      const char         *words)
{
  g_autofree char *label = dup_label (test, sequence);

  return label != NULL && strstr (label, words) != NULL;
}

/* Events 1 and 2 join, 3 to 5 are sent. */
static void
send_three (BeConversationTest *test)
{
  be_sample_connect (test->sample, 1);
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "one", 3);
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "two", 3);
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "three", 5);
}

static void
test_one_recv_holds_three_sends (BeConversationTest *test,
                                 gconstpointer       data)
{
  send_three (test);
  be_sample_receive (test->sample, BE_SIDE_SERVER, 1, "onetwothree", 11);
  be_sample_flush (test->sample);

  be_test_wait_until (be_conversation_test_shows (test, 6) && says (test, 6, "onetwothree. It holds bytes of 3 sends."));
  g_assert_false (says (test, 3, "arrived in"));
}

static void
test_one_send_arrives_in_two_recvs (BeConversationTest *test,
                                    gconstpointer       data)
{
  send_three (test);
  be_sample_receive (test->sample, BE_SIDE_SERVER, 1, "onetwoth", 8);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 6) && says (test, 6, "It holds bytes of 3 sends."));
  g_assert_false (says (test, 5, "arrived in"));

  be_sample_receive (test->sample, BE_SIDE_SERVER, 1, "ree", 3);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 7) && says (test, 5, "It arrived in 2 recvs."));
  g_assert_true (says (test, 6, "It holds bytes of 3 sends."));
  g_assert_false (says (test, 7, "It holds"));
}

/* Where a send is hidden, nobody can say how many there were. */
static void
test_nothing_is_said_of_what_is_not_known (BeConversationTest *test,
                                           gconstpointer       data)
{
  send_three (test);
  be_sample_receive (test->sample, BE_SIDE_SERVER, 1, "onetwothree", 11);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 6) && says (test, 6, "It holds"));

  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "four", 4);
  be_sample_flush (test->sample);
  be_journal_clear (be_sample_get_journal (test->sample));
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "five", 4);
  be_sample_receive (test->sample, BE_SIDE_SERVER, 1, "fourfive", 8);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 9));
  g_assert_false (says (test, 9, "It holds"));
}

static void
test_a_narrow_row_says_it_too (BeConversationTest *test,
                               gconstpointer       data)
{
  gtk_widget_set_margin_start (test->conversation, 800);
  send_three (test);
  be_sample_receive (test->sample, BE_SIDE_SERVER, 1, "onetwothree", 11);
  be_sample_flush (test->sample);
  be_test_wait_until (test->list->setting.geometry.is_folded);
  be_test_wait_until (be_conversation_test_shows (test, 6) && says (test, 6, "It holds bytes of 3 sends."));
  g_assert_cmpuint (test->list->arrows->len, ==, 0);
}

static void
test_a_datagram_that_was_cut_says_what_was_sent (BeConversationTest *test,
                                                 gconstpointer       data)
{
  be_sample_cut_datagram (test->sample, "hello baby", 4);
  be_sample_flush (test->sample);

  be_test_wait_until (be_conversation_test_shows (test, 2) && says (test, 2, "6 bytes more were sent."));
  g_assert_true (says (test, 2, "4 of 10 bytes; 6 thrown away"));
}

static void
add_tests (void)
{
  be_conversation_test_add_with ("/event-borders/one-recv-holds-three-sends", 1000,
                                 test_one_recv_holds_three_sends);
  be_conversation_test_add_with ("/event-borders/one-send-arrives-in-two-recvs", 1000,
                                 test_one_send_arrives_in_two_recvs);
  be_conversation_test_add_with ("/event-borders/nothing-is-said-of-what-is-not-known", 1000,
                                 test_nothing_is_said_of_what_is_not_known);
  be_conversation_test_add_with ("/event-borders/a-narrow-row-says-it-too", 1000,
                                 test_a_narrow_row_says_it_too);
  be_conversation_test_add_with ("/event-borders/a-datagram-that-was-cut-says-what-was-sent", 1000,
                                 test_a_datagram_that_was_cut_says_what_was_sent);
}

int
main (int    argc,
      char **argv)
{
  return be_conversation_test_run (argc, argv, add_tests);
}
