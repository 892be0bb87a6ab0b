/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-conversation-test.h"
#include "be-event-text.h"
#include "be-wire-arrows.h"

static const BeWireArrow *
get_arrow (BeConversationTest *test,
           guint               number)
{
  g_assert_cmpuint (number, <, test->list->arrows->len);

  return &g_array_index (test->list->arrows, BeWireArrow, number);
}

/* The middle of the row that shows the event, in the view. */
static double
get_middle (BeConversationTest *test,
            guint64             sequence)
{
  guint       position = be_event_list_find_sequence (test->list, sequence);
  BeEventRow *row = be_event_list_find_row (test->list, position);

  g_assert_nonnull (row);

  return be_conversation_test_get_y (test, sequence) + be_event_row_get_half (row);
}

static gboolean
is_partner (BeConversationTest *test,
            guint64             sequence)
{
  guint position = be_event_list_find_sequence (test->list, sequence);

  return be_event_row_is_partner (be_event_list_find_row (test->list, position));
}

static gboolean
has_arrow (BeConversationTest *test,
           guint64             from,
           guint64             to)
{
  for (guint i = 0; i < test->list->arrows->len; i++)
    {
      const BeWireArrow *arrow = get_arrow (test, i);

      if (arrow->kind == BE_WIRE_ARROW_WHOLE &&
          ABS (arrow->from_y - get_middle (test, from)) <= 1 &&
          ABS (arrow->to_y - get_middle (test, to)) <= 1)
        return TRUE;
    }

  return FALSE;
}

/* Events 1 and 2 join, 3 to 5 are sent, 6 receives them all. */
static void
add_three_in_one (BeConversationTest *test)
{
  be_sample_connect (test->sample, 1);
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "one", 3);
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "two", 3);
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "three", 5);
  be_sample_receive (test->sample, BE_SIDE_SERVER, 1, "onetwothree", 11);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 6) && test->list->arrows->len > 0);
}

static void
test_three_sends_point_at_one_row (BeConversationTest *test,
                                   gconstpointer       data)
{
  add_three_in_one (test);

  g_assert_cmpuint (test->list->arrows->len, ==, 4);
  g_assert_true (has_arrow (test, 1, 2));
  for (guint64 sequence = 3; sequence <= 5; sequence++)
    g_assert_true (has_arrow (test, sequence, 6));
}

static void
test_selecting_a_row_marks_its_partners (BeConversationTest *test,
                                         gconstpointer       data)
{
  guint n_marked = 0;

  add_three_in_one (test);
  be_event_list_select (test->list, 5);

  for (guint64 sequence = 1; sequence <= 6; sequence++)
    g_assert_cmpint (is_partner (test, sequence), ==, sequence >= 3 && sequence <= 5);
  for (guint i = 0; i < 4; i++)
    n_marked += get_arrow (test, i)->is_marked ? 1 : 0;
  g_assert_cmpuint (n_marked, ==, 3);

  be_event_list_select (test->list, 3);
  for (guint64 sequence = 1; sequence <= 6; sequence++)
    g_assert_cmpint (is_partner (test, sequence), ==, sequence == 6);

  be_event_list_select (test->list, GTK_INVALID_LIST_POSITION);
  for (guint64 sequence = 1; sequence <= 6; sequence++)
    g_assert_false (is_partner (test, sequence));
}

static void
assert_told (BeConversationTest *test,
             guint64             sequence,
             const char         *format,
             guint64             partner)
{
  guint                position = be_event_list_find_sequence (test->list, sequence);
  const BeEventRecord *record = be_journal_filter_get_record (test->list->filter, (guint) partner - 1);
  g_autofree char     *time = be_event_text_exact_time (record, test->list->setting.start);
  g_autoptr (GString) expected = g_string_new (format);

  g_string_replace (expected, "TIME", time, 0);
  be_event_list_select (test->list, position);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (be_event_list_find_row (test->list, position)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected->str);
}

static void
test_the_selected_row_tells_where_its_arrows_lead (BeConversationTest *test,
                                                   gconstpointer       data)
{
  add_three_in_one (test);

  assert_told (test, 1, "Accepted by the server in the row at TIME; the handshake (SYN, SYN-ACK, ACK) is inferred.", 2);
  assert_told (test, 4, "Received by the server in the row at TIME.", 6);
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (be_event_list_find_row (test->list, 0)),
                                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));

  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "late", 4);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 7) && test->list->arrows->len == 5);
  assert_told (test, 7, "Not, or not all of it, read yet.", 7);
}

static GtkEventController *
find_motion (BeConversationTest *test)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (test->list));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        return controller;
    }

  g_assert_not_reached ();
}

static void
test_the_row_below_the_pointer_marks_its_partners (BeConversationTest *test,
                                                   gconstpointer       data)
{
  GtkEventController *motion;

  add_three_in_one (test);
  motion = find_motion (test);

  g_signal_emit_by_name (motion, "motion", test->list->setting.geometry.client_x + 50.0, get_middle (test, 4));
  for (guint64 sequence = 1; sequence <= 6; sequence++)
    g_assert_cmpint (is_partner (test, sequence), ==, sequence == 6);

  g_signal_emit_by_name (motion, "leave");
  g_assert_false (is_partner (test, 6));
}

static void
test_arrows_go_with_the_rows (BeConversationTest *test,
                              gconstpointer       data)
{
  for (guint i = 0; i < 1000; i++)
    be_sample_say (test->sample, 1 + i % 3, "hello");
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_is_at_end (test, 4000));
  gtk_adjustment_set_value (test->adjustment, gtk_adjustment_get_upper (test->adjustment) / 2);
  be_test_wait_until (!be_conversation_test_shows (test, 4000));

  g_assert_cmpuint (test->list->arrows->len, >, 5);
  for (guint i = 0; i < test->list->rows->len; i++)
    {
      guint64 sequence = be_event_row_get_sequence (g_ptr_array_index (test->list->rows, i));

      /* Each odd one is sent, and the next receives it. */
      if (sequence % 2 == 1 && be_conversation_test_shows (test, sequence) &&
          be_conversation_test_shows (test, sequence + 1))
        g_assert_true (has_arrow (test, sequence, sequence + 1));
    }
}

static void
test_another_program_gets_a_stub (BeConversationTest *test,
                                  gconstpointer       data)
{
  be_sample_receive (test->sample, BE_SIDE_SERVER, 1, "hello", 5);
  be_sample_send (test->sample, BE_SIDE_SERVER, 1, "HELLO", 5);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 2) && test->list->arrows->len == 2);

  g_assert_cmpint (get_arrow (test, 0)->kind, ==, BE_WIRE_ARROW_FROM_STUB);
  g_assert_cmpint (get_arrow (test, 1)->kind, ==, BE_WIRE_ARROW_TO_STUB);
  g_assert_cmpstr (pango_layout_get_text (get_arrow (test, 0)->label), ==, "127.0.0.1:51879");
  g_assert_null (get_arrow (test, 1)->label);

  /* Its other end turns out to be ours. */
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "more", 4);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 3));
  g_assert_cmpuint (test->list->arrows->len, ==, 2);
  g_assert_cmpint (get_arrow (test, 0)->kind, ==, BE_WIRE_ARROW_WAITING);
  g_assert_cmpint (get_arrow (test, 1)->kind, ==, BE_WIRE_ARROW_WHOLE);
}

/* Also where no row changes, because the filter hides the one that tells of it. */
static void
test_a_stub_goes_when_its_partner_is_known (BeConversationTest *test,
                                            gconstpointer       data)
{
  be_journal_filter_set_side (test->list->filter, BE_SIDE_FILTER_SERVER);
  be_sample_receive (test->sample, BE_SIDE_SERVER, 1, "hello", 5);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 1) && test->list->arrows->len == 1);
  g_assert_cmpint (get_arrow (test, 0)->kind, ==, BE_WIRE_ARROW_FROM_STUB);

  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "more", 4);
  be_sample_flush (test->sample);
  be_test_wait_until (test->list->arrows->len == 0);
}

static void
test_a_lost_datagram_points_at_no_row (BeConversationTest *test,
                                       gconstpointer       data)
{
  guint n_lost = 0;

  be_sample_lose_datagram (test->sample);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 7) && test->list->arrows->len == 4);

  for (guint i = 0; i < test->list->arrows->len; i++)
    if (get_arrow (test, i)->kind == BE_WIRE_ARROW_LOST)
      {
        n_lost++;
        g_assert_cmpfloat_with_epsilon (get_arrow (test, i)->from_y, get_middle (test, 3), 1);
      }
  g_assert_cmpuint (n_lost, ==, 1);
  g_assert_true (has_arrow (test, 4, 5));
}

static void
test_what_the_system_sends_is_inferred (BeConversationTest *test,
                                        gconstpointer       data)
{
  double last_y;

  add_three_in_one (test);
  be_sample_close (test->sample, 1);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 1) && be_conversation_test_shows (test, 11) &&
                      test->list->arrows->len == 6);

  last_y = get_middle (test, 6);
  for (guint i = 0; i < test->list->arrows->len; i++)
    {
      const BeWireArrow *arrow = get_arrow (test, i);

      if (arrow->from_y > last_y)
        g_assert_cmpint (arrow->means, ==, BE_TRANSFER_BY_FIN);
      else
        g_assert_cmpint (arrow->means, ==, arrow->from_y < get_middle (test, 2) ? BE_TRANSFER_BY_HANDSHAKE : BE_TRANSFER_BY_CALLS);
    }
  g_assert_true (has_arrow (test, 7, 8));
  g_assert_true (has_arrow (test, 9, 10));
}

static void
test_a_narrow_list_has_no_arrows (BeConversationTest *test,
                                  gconstpointer       data)
{
  add_three_in_one (test);
  gtk_window_set_default_size (GTK_WINDOW (test->window), 600, 700);
  be_test_wait_until (test->list->setting.geometry.is_folded);
  be_test_wait_until (test->list->arrows->len == 0);

  gtk_window_set_default_size (GTK_WINDOW (test->window), 1200, 700);
  be_test_wait_until (test->list->arrows->len == 4);
}

static void
test_clearing_takes_the_arrows_away (BeConversationTest *test,
                                     gconstpointer       data)
{
  add_three_in_one (test);
  be_journal_clear (be_sample_get_journal (test->sample));
  be_sample_connect (test->sample, 2);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 8) && test->list->arrows->len == 1);
  g_assert_true (has_arrow (test, 7, 8));

  be_journal_undo_clear (be_sample_get_journal (test->sample));
  be_test_wait_until (test->list->arrows->len == 5);
  g_assert_true (has_arrow (test, 1, 2));
  g_assert_true (has_arrow (test, 7, 8));
}

static void
add_tests (void)
{
  be_conversation_test_add_with ("/event-links/three-sends-point-at-one-row", 1000, test_three_sends_point_at_one_row);
  be_conversation_test_add_with ("/event-links/selecting-a-row-marks-its-partners", 1000, test_selecting_a_row_marks_its_partners);
  be_conversation_test_add_with ("/event-links/the-selected-row-tells-where-its-arrows-lead", 1000, test_the_selected_row_tells_where_its_arrows_lead);
  be_conversation_test_add_with ("/event-links/the-row-below-the-pointer-marks-its-partners", 1000, test_the_row_below_the_pointer_marks_its_partners);
  be_conversation_test_add_with ("/event-links/arrows-go-with-the-rows", 5000, test_arrows_go_with_the_rows);
  be_conversation_test_add_with ("/event-links/another-program-gets-a-stub", 1000, test_another_program_gets_a_stub);
  be_conversation_test_add_with ("/event-links/a-stub-goes-when-its-partner-is-known", 1000, test_a_stub_goes_when_its_partner_is_known);
  be_conversation_test_add_with ("/event-links/a-lost-datagram-points-at-no-row", 1000, test_a_lost_datagram_points_at_no_row);
  be_conversation_test_add_with ("/event-links/what-the-system-sends-is-inferred", 1000, test_what_the_system_sends_is_inferred);
  be_conversation_test_add_with ("/event-links/a-narrow-list-has-no-arrows", 1000, test_a_narrow_list_has_no_arrows);
  be_conversation_test_add_with ("/event-links/clearing-takes-the-arrows-away", 1000, test_clearing_takes_the_arrows_away);
}

int
main (int    argc,
      char **argv)
{
  return be_conversation_test_run (argc, argv, add_tests);
}
