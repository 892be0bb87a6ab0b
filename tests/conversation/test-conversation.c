/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-conversation-test.h"

#include "be-badge.h"
#include "be-message-window.h"
#include "be-state-chip.h"

#define MANY 100000

/* Whether a label somewhere in the conversation says this, and is shown. */
static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (says (child, text))
        return TRUE;
    }

  return FALSE;
}

static void
test_guides_before_the_first_event (BeConversationTest *test,
                                    gconstpointer       data)
{
  g_assert_cmpstr (be_conversation_test_get_page (test), ==, "guide");
  g_object_set (test->conversation, "server-port", 9000, NULL);
  g_assert_true (says (test->conversation, "It waits on port 9000, on this computer only"));

  g_object_set (test->conversation, "server-is-local", FALSE, NULL);
  g_assert_true (says (test->conversation, "It waits on port 9000, open to the network"));

  g_object_set (test->conversation, "protocol", BE_PROTOCOL_UDP, NULL);
  g_assert_true (says (test->conversation, "It binds port 9000, open to the network"));
  g_object_set (test->conversation, "server-is-local", TRUE, NULL);
  g_assert_true (says (test->conversation, "It binds port 9000, on this computer only"));

  be_conversation_test_add (test, 1);
  g_assert_cmpstr (be_conversation_test_get_page (test), ==, "list");
  be_test_wait_until (be_conversation_test_is_at_end (test, 1));
}

static void
test_the_pill_counts_and_leads_to_the_end (BeConversationTest *test,
                                           gconstpointer       data)
{
  be_conversation_test_add (test, 1000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 1000));
  gtk_adjustment_set_value (test->adjustment, 100);

  be_conversation_test_add (test, 12);
  be_test_wait_until (says (test->conversation, "12 new"));
  be_conversation_test_add (test, 1222);
  be_test_wait_until (says (test->conversation, "1,234 new"));

  be_conversation_test_activate (test, "conversation.scroll-to-end");
  be_test_wait_until (be_conversation_test_is_at_end (test, 2234));
  be_test_wait_until (!says (test->conversation, "1,234 new"));
  g_assert_true (be_conversation_is_following (BE_CONVERSATION (test->conversation)));
}

static void
test_says_how_many_rows_are_gone (BeConversationTest *test,
                                  gconstpointer       data)
{
  BeJournal       *journal = be_sample_get_journal (test->sample);
  g_autofree char *note = NULL;

  be_conversation_test_add (test, 30000);
  be_test_wait_until (be_journal_get_n_dropped (journal) > 0);
  gtk_adjustment_set_value (test->adjustment, 0);

  note = g_strdup_printf ("%u,%03u older rows are gone",
                          (guint) (be_journal_get_n_dropped (journal) / 1000),
                          (guint) (be_journal_get_n_dropped (journal) % 1000));
  be_test_wait_until (says (test->conversation, note));

  /* What was gone before a clear is of no interest after it. */
  be_conversation_test_activate (test, "conversation.clear");
  be_conversation_test_add (test, 100);
  be_test_wait_until (test->list->rows->len > 0);
  g_assert_false (gtk_widget_get_visible (test->list->note));

  be_conversation_test_activate (test, "conversation.undo-clear");
  g_assert_true (gtk_widget_get_visible (test->list->note));
}

static void
cleared_cb (BeConversation *conversation,
            guint           n_rows,
            guint          *n_cleared)
{
  *n_cleared = n_rows;
}

static void
test_clears_and_brings_back (BeConversationTest *test,
                             gconstpointer       data)
{
  guint n_cleared = 0;

  g_signal_connect (test->conversation, "cleared", G_CALLBACK (cleared_cb), &n_cleared);
  be_conversation_test_activate (test, "conversation.clear");
  g_assert_cmpuint (n_cleared, ==, 0);

  be_conversation_test_add (test, 300);
  be_test_wait_until (be_conversation_test_is_at_end (test, 300));
  be_conversation_test_activate (test, "conversation.clear");
  g_assert_cmpuint (n_cleared, ==, 300);
  be_test_wait_until (be_event_list_get_n_widgets (test->list) == 0);

  be_conversation_test_add (test, 3);
  be_test_wait_until (be_conversation_test_shows (test, 301));

  be_conversation_test_activate (test, "conversation.undo-clear");
  be_test_wait_until (be_conversation_test_is_at_end (test, 303));
  be_test_wait_until (be_conversation_test_shows (test, 300));

  /* There is nothing more to undo. */
  be_conversation_test_activate (test, "conversation.undo-clear");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (be_sample_get_journal (test->sample))), ==, 303);
}

static void
test_copies_one_row_or_all (BeConversationTest *test,
                            gconstpointer       data)
{
  BeConversation  *conversation = BE_CONVERSATION (test->conversation);
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;
  g_autofree char *again = NULL;
  g_auto (GStrv) lines = NULL;

  be_sample_connect (test->sample, 1);
  be_sample_say (test->sample, 1, "hello <b>baby</b> %s");
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_is_at_end (test, 6));

  all = be_conversation_dup_text (conversation);
  lines = g_strsplit (all, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  g_assert_nonnull (strstr (lines[2], "hello <b>baby</b> %s"));
  g_assert_nonnull (strstr (lines[2], "Client"));
  g_assert_nonnull (strstr (lines[4], "HELLO <B>BABY</B> %S"));
  g_assert_nonnull (strstr (lines[4], "Server"));

  g_assert_null (be_conversation_dup_row_text (conversation));
  be_event_list_select (test->list, 3);
  one = be_conversation_dup_row_text (conversation);
  g_assert_cmpstr (one, ==, lines[3]);

  /* A selected row does not make the whole smaller. */
  again = be_conversation_dup_text (conversation);
  g_assert_cmpstr (again, ==, all);
}

static void
test_copied_rows_tell_clients_apart (BeConversationTest *test,
                                     gconstpointer       data)
{
  g_autofree char *all = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;

  be_sample_connect (test->sample, 1);
  be_sample_connect (test->sample, 2);
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "one\ntwo", 7);
  be_sample_send (test->sample, BE_SIDE_CLIENT, 2, "one\ntwo", 7);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_is_at_end (test, 6));

  all = be_conversation_dup_text (BE_CONVERSATION (test->conversation));
  lines = g_strsplit (all, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  first = g_strsplit (lines[4], "\t", -1);
  second = g_strsplit (lines[5], "\t", -1);
  g_assert_cmpuint (g_strv_length (first), ==, 7);
  g_assert_cmpstr (first[1], ==, "Client");
  g_assert_cmpstr (first[2], ==, "A");
  g_assert_cmpstr (second[2], ==, "B");
  g_assert_cmpstr (first[3], ==, "send()");
  g_assert_cmpstr (first[4], ==, "7 bytes");
  g_assert_cmpstr (first[5], ==, "one␊two");
  g_assert_cmpstr (first[6], !=, "");
}

static void
read_text_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static void
copied_cb (BeConversation *conversation,
           guint           n_rows,
           guint          *n_copied)
{
  *n_copied = n_rows;
}

static void
test_the_clipboard_gets_it (BeConversationTest *test,
                            gconstpointer       data)
{
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  guint            n_copied = 0;

  g_signal_connect (test->conversation, "copied", G_CALLBACK (copied_cb), &n_copied);
  be_conversation_test_add (test, 5);
  be_test_wait_until (be_conversation_test_is_at_end (test, 5));
  be_event_list_select (test->list, 2);
  expected = be_conversation_dup_row_text (BE_CONVERSATION (test->conversation));

  be_conversation_test_press (test, GDK_KEY_c);
  g_assert_cmpuint (n_copied, ==, 1);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (test->conversation), NULL,
                                 read_text_cb, &text);
  be_test_wait_until (text != NULL);
  g_assert_cmpstr (text, ==, expected);

  be_conversation_test_activate (test, "conversation.copy");
  g_assert_cmpuint (n_copied, ==, 5);
}

static BeMessageWindow *
find_message (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (BE_IS_MESSAGE_WINDOW (window))
        return BE_MESSAGE_WINDOW (window);
    }

  return NULL;
}

static void
test_a_long_message_can_be_read_to_its_end (BeConversationTest *test,
                                            gconstpointer       data)
{
  g_autoptr (GString) message = g_string_new (NULL);
  g_autofree char *shown = NULL;

  for (guint i = 1; i <= 40; i++)
    g_string_append_printf (message, "line %u\n", i);
  be_sample_connect (test->sample, 1);
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, message->str, message->len);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_is_at_end (test, 3));

  /* A row that moved nothing has nothing more to show. */
  be_event_list_select (test->list, 0);
  be_conversation_test_press (test, GDK_KEY_Return);
  g_assert_null (find_message ());

  be_event_list_select (test->list, 2);
  be_conversation_test_press (test, GDK_KEY_Return);
  g_assert_nonnull (find_message ());
  be_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (find_message ())));
  shown = be_message_window_dup_text (find_message ());
  g_assert_true (g_str_has_prefix (shown, "line 1␊\nline 2␊\n"));
  g_assert_true (g_str_has_suffix (shown, "line 40␊"));

  gtk_widget_activate_action (GTK_WIDGET (find_message ()), "window.close", NULL);
  be_test_wait_until (find_message () == NULL);
}

/* A call can move more than a text view can show in reasonable time. */
static void
test_a_very_long_message_says_what_is_left_out (BeConversationTest *test,
                                                gconstpointer       data)
{
  g_autoptr (GString) message = g_string_new ("ab");
  g_autofree char *shown = NULL;
  g_autofree char *copied = NULL;
  GtkWidget       *window = NULL;
  GtkLabel        *rest = NULL;

  for (guint i = 0; i < 30000; i++)
    g_string_append (message, "你");
  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, message->str, message->len);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_is_at_end (test, 1));
  be_event_list_select (test->list, 0);
  be_conversation_test_press (test, GDK_KEY_Return);
  window = GTK_WIDGET (find_message ());
  be_test_wait_until (gtk_widget_get_mapped (window));

  shown = be_message_window_dup_text (find_message ());
  g_assert_cmpuint (strlen (shown), ==, 65534);
  g_assert_true (g_str_has_suffix (shown, "你"));
  rest = GTK_LABEL (gtk_widget_get_template_child (window, BE_TYPE_MESSAGE_WINDOW, "rest"));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (rest)));
  g_assert_cmpstr (gtk_label_get_text (rest), ==, "24468 bytes more are left out here; “Copy All” copies them too.");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, "send() 90002 bytes");

  gtk_widget_activate_action (window, "message.copy-all", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (window), NULL, read_text_cb, &copied);
  be_test_wait_until (copied != NULL);
  g_assert_cmpstr (copied, ==, message->str);

  gtk_widget_activate_action (window, "window.close", NULL);
  be_test_wait_until (find_message () == NULL);
}

static void
test_the_pill_does_not_take_the_keyboard_along (BeConversationTest *test,
                                                gconstpointer       data)
{
  GtkWidget *pill = BE_CONVERSATION (test->conversation)->pill;

  be_conversation_test_add (test, 1000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 1000));
  gtk_adjustment_set_value (test->adjustment, 100);
  be_conversation_test_add (test, 12);
  be_test_wait_until (gtk_widget_get_mapped (pill) && gtk_widget_grab_focus (pill));

  gtk_widget_activate (pill);
  be_test_wait_until (be_conversation_test_is_at_end (test, 1012));
  be_test_wait_until (gtk_window_get_focus (GTK_WINDOW (test->window)) == GTK_WIDGET (test->list));
}

static void
test_shows_another_journal (BeConversationTest *test,
                            gconstpointer       data)
{
  g_autoptr (BeSample) other = be_sample_new (1000);

  be_conversation_test_add (test, 100);
  be_test_wait_until (be_conversation_test_is_at_end (test, 100));
  be_event_list_select (test->list, 3);

  g_object_set (test->conversation, "journal", be_sample_get_journal (other), NULL);
  g_assert_cmpstr (be_conversation_test_get_page (test), ==, "guide");
  g_assert_null (be_conversation_get_selected (BE_CONVERSATION (test->conversation)));
  be_sample_add_many (other, 7);
  be_sample_flush (other);
  be_test_wait_until (be_conversation_test_is_at_end (test, 7));

  g_object_set (test->conversation, "journal", NULL, NULL);
  g_assert_cmpstr (be_conversation_test_get_page (test), ==, "guide");
}

/* Text size, width and darkness change at any time. */
static void
test_bears_every_change_of_look (BeConversationTest *test,
                                 gconstpointer       data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int          dpi = 0;
  double       upper;

  be_sample_add_lesson (test->sample);
  be_sample_add_oddities (test->sample);
  be_sample_refuse (test->sample, 9);
  be_sample_flush (test->sample);
  be_test_wait_until (test->list->rows->len > 0);

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  upper = gtk_adjustment_get_upper (test->adjustment);
  g_object_set (settings, "gtk-xft-dpi", 192 * 1024, NULL);
  be_test_wait_until (gtk_adjustment_get_upper (test->adjustment) > 1.5 * upper);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  be_test_wait_until (gtk_adjustment_get_upper (test->adjustment) < 1.5 * upper);

  gtk_window_set_default_size (GTK_WINDOW (test->window), 400, 700);
  be_test_wait_until (test->list->setting.geometry.is_folded);
  gtk_window_set_default_size (GTK_WINDOW (test->window), 1200, 700);
  be_test_wait_until (!test->list->setting.geometry.is_folded);
  g_assert_true (be_event_list_is_following (test->list));
}

static void
test_fits_a_narrow_window (BeConversationTest *test,
                           gconstpointer       data)
{
  int minimum = 0;

  gtk_widget_measure (test->conversation, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
test_badges_and_chips_tell_what_they_are (void)
{
  GtkWidget *badge = g_object_ref_sink (be_badge_new ());
  GtkWidget *chip = g_object_ref_sink (be_state_chip_new ());

  g_object_set (badge, "connection", 1, "is-hollow", TRUE, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (badge), GTK_ACCESSIBLE_PROPERTY_LABEL, "B");

  g_object_set (chip, "label", "Listening", "kind", BE_CHIP_OPEN, "show-dot", TRUE, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, "Listening");

  g_assert_finalize_object (badge);
  g_assert_finalize_object (chip);
}

static void
add_tests (void)
{
  be_conversation_test_add_with ("/conversation/guides-before-the-first-event", MANY,
                                 test_guides_before_the_first_event);
  be_conversation_test_add_with ("/conversation/the-pill-counts-and-leads-to-the-end", MANY,
                                 test_the_pill_counts_and_leads_to_the_end);
  be_conversation_test_add_with ("/conversation/says-how-many-rows-are-gone", 10000,
                                 test_says_how_many_rows_are_gone);
  be_conversation_test_add_with ("/conversation/clears-and-brings-back", MANY,
                                 test_clears_and_brings_back);
  be_conversation_test_add_with ("/conversation/copies-one-row-or-all", MANY,
                                 test_copies_one_row_or_all);
  be_conversation_test_add_with ("/conversation/a-very-long-message-says-what-is-left-out", MANY,
                                 test_a_very_long_message_says_what_is_left_out);
  be_conversation_test_add_with ("/conversation/a-long-message-can-be-read-to-its-end", MANY,
                                 test_a_long_message_can_be_read_to_its_end);
  be_conversation_test_add_with ("/conversation/copied-rows-tell-clients-apart", MANY,
                                 test_copied_rows_tell_clients_apart);
  be_conversation_test_add_with ("/conversation/the-clipboard-gets-it", MANY,
                                 test_the_clipboard_gets_it);
  be_conversation_test_add_with ("/conversation/the-pill-does-not-take-the-keyboard-along", MANY,
                                 test_the_pill_does_not_take_the_keyboard_along);
  be_conversation_test_add_with ("/conversation/shows-another-journal", MANY,
                                 test_shows_another_journal);
  be_conversation_test_add_with ("/conversation/bears-every-change-of-look", MANY,
                                 test_bears_every_change_of_look);
  be_conversation_test_add_with ("/conversation/fits-a-narrow-window", MANY,
                                 test_fits_a_narrow_window);
  g_test_add_func ("/conversation/badges-and-chips-tell-what-they-are",
                   test_badges_and_chips_tell_what_they_are);
}

int
main (int    argc,
      char **argv)
{
  return be_conversation_test_run (argc, argv, add_tests);
}
