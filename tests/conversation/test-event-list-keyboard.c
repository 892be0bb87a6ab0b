/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of events for those who use the keyboard, and a screen reader. */

#include "be-conversation-test.h"
#include "be-explanation.h"

#define MANY 100000

static guint64
get_selected_sequence (BeConversationTest *test)
{
  BeEvent *event = be_conversation_get_selected (BE_CONVERSATION (test->conversation));

  return event != NULL ? be_event_get_sequence (event) : 0;
}

static void
test_the_keyboard_reaches_every_row (BeConversationTest *test,
                                     gconstpointer       data)
{
  guint64 before;

  be_conversation_test_add (test, 1000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 1000));

  be_conversation_test_press (test, GDK_KEY_Up);
  g_assert_cmpuint (get_selected_sequence (test), ==, 1000);
  be_conversation_test_press (test, GDK_KEY_Up);
  g_assert_cmpuint (get_selected_sequence (test), ==, 999);
  be_conversation_test_press (test, GDK_KEY_Down);
  be_conversation_test_press (test, GDK_KEY_Down);
  g_assert_cmpuint (get_selected_sequence (test), ==, 1000);

  be_conversation_test_press (test, GDK_KEY_Page_Up);
  before = get_selected_sequence (test);
  g_assert_cmpuint (before, <, 995);
  be_test_wait_until (be_conversation_test_shows (test, before));
  be_conversation_test_press (test, GDK_KEY_Page_Up);
  g_assert_cmpuint (get_selected_sequence (test), <, before);
  be_test_wait_until (be_conversation_test_shows (test, get_selected_sequence (test)));
  g_assert_false (be_event_list_is_following (test->list));

  be_conversation_test_press (test, GDK_KEY_Home);
  g_assert_cmpuint (get_selected_sequence (test), ==, 1);
  be_test_wait_until (be_conversation_test_shows (test, 1));
  g_assert_cmpfloat (gtk_adjustment_get_value (test->adjustment), ==, 0);

  be_conversation_test_press (test, GDK_KEY_Page_Down);
  g_assert_cmpuint (get_selected_sequence (test), >, 5);
  be_test_wait_until (be_conversation_test_shows (test, get_selected_sequence (test)));

  be_conversation_test_press (test, GDK_KEY_End);
  g_assert_cmpuint (get_selected_sequence (test), ==, 1000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 1000));
  g_assert_true (be_event_list_is_following (test->list));

  be_conversation_test_press (test, GDK_KEY_Escape);
  g_assert_cmpuint (get_selected_sequence (test), ==, 0);
}

static void
test_every_step_of_the_keyboard_stays_in_view (BeConversationTest *test,
                                               gconstpointer       data)
{
  be_sample_add_oddities (test->sample);
  be_sample_refuse (test->sample, 9);
  be_sample_add_lesson (test->sample);
  be_conversation_test_add (test, 20);
  be_test_wait_until (test->list->rows->len > 0);
  be_conversation_test_press (test, GDK_KEY_Home);
  g_assert_cmpuint (get_selected_sequence (test), ==, 1);

  for (guint64 sequence = 2; sequence <= 40; sequence++)
    {
      be_conversation_test_press (test, GDK_KEY_Down);
      g_assert_cmpuint (get_selected_sequence (test), ==, sequence);
      be_test_wait_until (be_conversation_test_shows (test, sequence));
    }
  for (guint64 sequence = 39; sequence >= 1; sequence--)
    {
      be_conversation_test_press (test, GDK_KEY_Up);
      g_assert_cmpuint (get_selected_sequence (test), ==, sequence);
      be_test_wait_until (be_conversation_test_shows (test, sequence));
    }
}

static void
test_the_focus_leaves_a_row_that_is_recycled (BeConversationTest *test,
                                              gconstpointer       data)
{
  GtkWidget *focus;

  be_conversation_test_add (test, 1000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 1000));
  be_conversation_test_press (test, GDK_KEY_Up);
  focus = gtk_window_get_focus (GTK_WINDOW (test->window));
  g_assert_true (BE_IS_EVENT_ROW (focus));
  g_assert_cmpuint (be_event_row_get_sequence (BE_EVENT_ROW (focus)), ==, 1000);

  be_conversation_test_add (test, 500);
  be_test_wait_until (be_conversation_test_is_at_end (test, 1500));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (test->window)) == GTK_WIDGET (test->list));
  g_assert_cmpuint (get_selected_sequence (test), ==, 1000);

  /* The arrow goes on from the selected row, wherever it is now. */
  be_conversation_test_press (test, GDK_KEY_Up);
  g_assert_cmpuint (get_selected_sequence (test), ==, 999);
  be_test_wait_until (be_conversation_test_shows (test, 999));
}

static void
test_rows_say_their_sentence_to_screen_readers (BeConversationTest *test,
                                                gconstpointer       data)
{
  be_sample_add_lesson (test->sample);
  be_sample_flush (test->sample);
  be_test_wait_until (test->list->rows->len > 0);

  for (guint i = 0; i < test->list->rows->len; i++)
    {
      GtkAccessible *row = g_ptr_array_index (test->list->rows, i);

      g_assert_true (gtk_test_accessible_has_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM));
      g_assert_true (gtk_test_accessible_has_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL));
    }
}

static void
test_a_failure_says_its_causes_to_screen_readers (BeConversationTest *test,
                                                  gconstpointer       data)
{
  g_autofree char *expected = NULL;

  be_sample_refuse (test->sample, 9000);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_shows (test, 2));

  expected = be_explanation_describe (be_journal_filter_get_record (test->list->filter, 0), NULL);
  g_assert_nonnull (strstr (expected, "ECONNREFUSED"));
  gtk_test_accessible_assert_property (g_ptr_array_index (test->list->rows, 0), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected);
  g_assert_false (gtk_test_accessible_has_property (g_ptr_array_index (test->list->rows, 1),
                                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
}

static void
add_tests (void)
{
  be_conversation_test_add_with ("/event-list-keyboard/the-keyboard-reaches-every-row", MANY,
                                 test_the_keyboard_reaches_every_row);
  be_conversation_test_add_with ("/event-list-keyboard/every-step-of-the-keyboard-stays-in-view", MANY,
                                 test_every_step_of_the_keyboard_stays_in_view);
  be_conversation_test_add_with ("/event-list-keyboard/the-focus-leaves-a-row-that-is-recycled", MANY,
                                 test_the_focus_leaves_a_row_that_is_recycled);
  be_conversation_test_add_with ("/event-list-keyboard/rows-say-their-sentence-to-screen-readers", MANY,
                                 test_rows_say_their_sentence_to_screen_readers);
  be_conversation_test_add_with ("/event-list-keyboard/a-failure-says-its-causes-to-screen-readers", MANY,
                                 test_a_failure_says_its_causes_to_screen_readers);
}

int
main (int    argc,
      char **argv)
{
  return be_conversation_test_run (argc, argv, add_tests);
}
