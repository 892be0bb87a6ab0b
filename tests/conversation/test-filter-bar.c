/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-conversation-test.h"

#include "be-badge.h"

#define MANY 100000

/* It is made when it is opened first. */
static GtkWidget *
open_filter_bar (BeConversationTest *test)
{
  BeConversation *conversation = BE_CONVERSATION (test->conversation);

  if (conversation->filter_bar == NULL)
    gtk_widget_activate_action (test->conversation, "conversation.find", NULL);

  return GTK_WIDGET (conversation->filter_bar);
}

static void
test_finds_and_shows_everything_again (BeConversationTest *test,
                                       gconstpointer       data)
{
  GtkWidget *entry;

  be_conversation_test_add (test, 2000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 2000));
  be_conversation_test_activate (test, "conversation.find");
  entry = be_conversation_test_find_type (test->conversation, GTK_TYPE_SEARCH_ENTRY);
  be_test_wait_until (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (test->window)), entry));

  gtk_editable_set_text (GTK_EDITABLE (entry), "message 77");
  be_test_wait_until (be_event_list_get_n_widgets (test->list) == 11);
  be_test_wait_until (be_conversation_test_shows (test, 77));
  be_test_wait_until (be_conversation_test_shows (test, 779));

  gtk_editable_set_text (GTK_EDITABLE (entry), "no such thing");
  be_test_wait_until (g_str_equal (be_conversation_test_get_page (test), "nothing"));
  be_conversation_test_activate (test, "conversation.show-everything");
  g_assert_cmpstr (be_conversation_test_get_page (test), ==, "list");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  be_test_wait_until (be_conversation_test_is_at_end (test, 2000));

  be_conversation_test_activate (test, "conversation.find");
  be_test_wait_until (!gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (test->window)), entry));
}

static void
test_a_filter_keeps_the_row_that_one_reads (BeConversationTest *test,
                                            gconstpointer       data)
{
  GtkWidget *drop_down = be_conversation_test_find_type (open_filter_bar (test), GTK_TYPE_DROP_DOWN);
  guint64    sequence;

  be_conversation_test_add (test, 2000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 2000));
  gtk_adjustment_set_value (test->adjustment, gtk_adjustment_get_upper (test->adjustment) / 2);
  be_test_wait_until (!be_conversation_test_shows (test, 2000));
  sequence = be_event_row_get_sequence (g_ptr_array_index (test->list->rows, test->list->rows->len / 2));
  be_event_list_select (test->list, (guint) sequence - 1);

  /* Rows come in fours, the first two of which are the client's. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), (sequence - 1) % 4 < 2 ? 2 : 1);
  be_test_wait_until (be_conversation_test_shows (test, sequence));
  g_assert_nonnull (be_conversation_get_selected (BE_CONVERSATION (test->conversation)));

  /* A selected row that is hidden is selected no more. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), (sequence - 1) % 4 < 2 ? 1 : 2);
  be_test_wait_until (be_conversation_get_selected (BE_CONVERSATION (test->conversation)) == NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), 0);
  be_test_wait_until (be_conversation_test_shows (test, sequence));
}

static GtkWidget *
find_in_filter_bar (BeConversationTest *test,
                    const char         *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (open_filter_bar (test), BE_TYPE_FILTER_BAR, name));
}

static void
press_kind (BeConversationTest *test,
            const char         *name)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_in_filter_bar (test, name)), TRUE);
}

static void
test_one_kind_is_pressed_always (BeConversationTest *test,
                                 gconstpointer       data)
{
  GtkToggleButton *all = GTK_TOGGLE_BUTTON (find_in_filter_bar (test, "all"));
  GListModel      *filter;

  be_sample_connect (test->sample, 1);
  be_sample_say (test->sample, 1, "one");
  be_sample_refuse (test->sample, 9);
  be_sample_flush (test->sample);
  filter = G_LIST_MODEL (BE_CONVERSATION (test->conversation)->filter);
  g_assert_true (gtk_toggle_button_get_active (all));
  g_assert_cmpuint (g_list_model_get_n_items (filter), ==, 8);

  press_kind (test, "errors");
  g_assert_false (gtk_toggle_button_get_active (all));
  g_assert_cmpuint (g_list_model_get_n_items (filter), ==, 1);
  press_kind (test, "data");
  g_assert_cmpuint (g_list_model_get_n_items (filter), ==, 5);
  press_kind (test, "states");
  g_assert_cmpuint (g_list_model_get_n_items (filter), ==, 4);
  press_kind (test, "all");
  g_assert_cmpuint (g_list_model_get_n_items (filter), ==, 8);
}

static graphene_rect_t
get_bounds (BeConversationTest *test,
            const char         *name)
{
  graphene_rect_t bounds = { 0 };

  if (!gtk_widget_compute_bounds (find_in_filter_bar (test, name), test->conversation, &bounds))
    g_assert_not_reached ();

  return bounds;
}

/* Whatever the width, the cross is the last thing of the first line. */
static void
test_the_filter_bar_closes_at_its_far_end (BeConversationTest *test,
                                           gconstpointer       data)
{
  graphene_rect_t close;
  graphene_rect_t choices;

  be_conversation_test_add (test, 10);
  be_conversation_test_activate (test, "conversation.find");
  be_test_wait_until (gtk_widget_get_width (find_in_filter_bar (test, "close")) > 0);
  close = get_bounds (test, "close");
  choices = get_bounds (test, "choices");
  g_assert_cmpfloat (close.origin.x + close.size.width, >, 1200 - 20);
  g_assert_cmpfloat (choices.origin.x + choices.size.width, <=, close.origin.x);

  gtk_window_set_default_size (GTK_WINDOW (test->window), 360, 700);
  be_test_wait_until (test->list->setting.width == 360);
  close = get_bounds (test, "close");
  choices = get_bounds (test, "choices");
  g_assert_cmpfloat (close.origin.x + close.size.width, >, 360 - 20);
  g_assert_cmpfloat (choices.origin.y, >=, close.origin.y + close.size.height);
}

static void
press_escape (BeConversationTest *test)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (test->conversation);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (be_conversation_test_press_in (test->conversation, controller, GDK_KEY_Escape))
        return;
    }
}

static void
test_escape_closes_the_filter_bar_and_gives_the_keyboard_back (BeConversationTest *test,
                                                               gconstpointer       data)
{
  GtkWindow   *window = GTK_WINDOW (test->window);
  GtkWidget   *elsewhere = gtk_entry_new ();
  GtkRevealer *revealer = BE_CONVERSATION (test->conversation)->filter_revealer;
  GtkWidget   *focus;

  gtk_box_append (GTK_BOX (test->box), elsewhere);
  be_conversation_test_add (test, 10);
  be_test_wait_until (be_conversation_test_is_at_end (test, 10));

  gtk_editable_set_text (GTK_EDITABLE (elsewhere), "half a sentence");
  gtk_widget_grab_focus (elsewhere);
  gtk_editable_select_region (GTK_EDITABLE (elsewhere), 4, 4);
  focus = gtk_window_get_focus (window);

  be_conversation_test_activate (test, "conversation.find");
  gtk_widget_grab_focus (find_in_filter_bar (test, "errors"));
  press_kind (test, "errors");
  press_escape (test);
  g_assert_false (gtk_revealer_get_reveal_child (revealer));
  g_assert_true (gtk_window_get_focus (window) == focus);
  g_assert_false (gtk_editable_get_selection_bounds (GTK_EDITABLE (elsewhere), NULL, NULL));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_in_filter_bar (test, "all"))));

  /* Whoever had it may be gone. */
  be_conversation_test_activate (test, "conversation.find");
  gtk_box_remove (GTK_BOX (test->box), elsewhere);
  press_escape (test);
  g_assert_true (gtk_window_get_focus (window) == GTK_WIDGET (test->list));
}

static void
test_shows_the_connection_of_the_selected_row_alone (BeConversationTest *test,
                                                     gconstpointer       data)
{
  GListModel *filter = NULL;
  GtkWidget  *toggle = gtk_widget_get_parent (be_conversation_test_find_type (open_filter_bar (test), BE_TYPE_BADGE));

  be_sample_connect (test->sample, 1);
  be_sample_say (test->sample, 1, "one");
  be_sample_connect (test->sample, 2);
  be_sample_say (test->sample, 2, "two");
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_is_at_end (test, 12));
  filter = G_LIST_MODEL (BE_CONVERSATION (test->conversation)->filter);
  g_assert_false (gtk_widget_get_sensitive (toggle));

  be_event_list_select (test->list, 8);
  g_assert_true (gtk_widget_get_sensitive (toggle));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (filter), ==, 6);

  /* Another selected row does not change what is shown alone. */
  be_event_list_select (test->list, 0);
  g_assert_cmpuint (g_list_model_get_n_items (filter), ==, 6);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (filter), ==, 12);
}

static void
add_tests (void)
{
  be_conversation_test_add_with ("/filter-bar/finds-and-shows-everything-again", MANY,
                                 test_finds_and_shows_everything_again);
  be_conversation_test_add_with ("/filter-bar/a-filter-keeps-the-row-that-one-reads", MANY,
                                 test_a_filter_keeps_the_row_that_one_reads);
  be_conversation_test_add_with ("/filter-bar/one-kind-is-pressed-always", MANY,
                                 test_one_kind_is_pressed_always);
  be_conversation_test_add_with ("/filter-bar/the-filter-bar-closes-at-its-far-end", MANY,
                                 test_the_filter_bar_closes_at_its_far_end);
  be_conversation_test_add_with ("/filter-bar/escape-closes-the-filter-bar-and-gives-the-keyboard-back", MANY,
                                 test_escape_closes_the_filter_bar_and_gives_the_keyboard_back);
  be_conversation_test_add_with ("/filter-bar/shows-the-connection-of-the-selected-row-alone", MANY,
                                 test_shows_the_connection_of_the_selected_row_alone);
}

int
main (int    argc,
      char **argv)
{
  return be_conversation_test_run (argc, argv, add_tests);
}
