/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-conversation-test.h"

#include <adwaita.h>

#define WIDTH 1200
#define HEIGHT 700

GtkWidget *
be_conversation_test_find_type (GtkWidget *root,
                                GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = be_conversation_test_find_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

void
be_conversation_test_set_up (BeConversationTest *self,
                             gconstpointer       max_events)
{
  self->sample = be_sample_new (GPOINTER_TO_UINT (max_events));
  self->conversation = be_conversation_new ();
  g_object_set (self->conversation, "journal", be_sample_get_journal (self->sample), NULL);
  self->list = BE_EVENT_LIST (be_conversation_test_find_type (self->conversation, BE_TYPE_EVENT_LIST));
  g_object_get (self->list, "vadjustment", &self->adjustment, NULL);

  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH, HEIGHT);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (self->conversation, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->conversation);
  gtk_window_set_child (GTK_WINDOW (self->window), self->box);
  gtk_window_present (GTK_WINDOW (self->window));
  be_test_wait_until (gtk_widget_get_mapped (self->conversation) &&
                      gtk_widget_get_width (self->conversation) > 0);
}

void
be_conversation_test_tear_down (BeConversationTest *self,
                                gconstpointer       max_events)
{
  BeJournal *journal = g_object_ref (be_sample_get_journal (self->sample));

  g_object_ref (self->conversation);
  g_object_ref (self->list);
  g_clear_object (&self->adjustment);
  gtk_window_destroy (GTK_WINDOW (self->window));

  g_assert_finalize_object (self->conversation);
  g_assert_finalize_object (self->list);
  be_sample_free (self->sample);
  g_assert_finalize_object (journal);
}

void
be_conversation_test_add (BeConversationTest *self,
                          guint               n_events)
{
  be_sample_add_many (self->sample, n_events);
  be_sample_flush (self->sample);
}

static BeEventRow *
find_row (BeConversationTest *self,
          guint64             sequence)
{
  for (guint i = 0; i < self->list->rows->len; i++)
    {
      BeEventRow *row = g_ptr_array_index (self->list->rows, i);

      if (be_event_row_get_sequence (row) == sequence)
        return row;
    }

  return NULL;
}

/* Whether the row of an event exists and stands in view. */
gboolean
be_conversation_test_shows (BeConversationTest *self,
                            guint64             sequence)
{
  int y = be_conversation_test_get_y (self, sequence);

  return y > -20 && y < gtk_widget_get_height (GTK_WIDGET (self->list));
}

gboolean
be_conversation_test_is_at_end (BeConversationTest *self,
                                guint64             sequence)
{
  double end = gtk_adjustment_get_value (self->adjustment) +
               gtk_adjustment_get_page_size (self->adjustment);

  return be_conversation_test_shows (self, sequence) &&
         end >= gtk_adjustment_get_upper (self->adjustment) - 1;
}

/* Returns where the row of an event begins in the view; a large negative
 * number where it has no row. */
int
be_conversation_test_get_y (BeConversationTest *self,
                            guint64             sequence)
{
  BeEventRow     *row = find_row (self, sequence);
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    return -100000;

  return (int) bounds.origin.y;
}

/* Does what a key does in one controller of a widget. */
gboolean
be_conversation_test_press_in (GtkWidget *widget,
                               GObject   *controller,
                               guint      key)
{
  guint n_shortcuts;

  if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
    return FALSE;

  n_shortcuts = g_list_model_get_n_items (G_LIST_MODEL (controller));
  for (guint i = 0; i < n_shortcuts; i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), i);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
          gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key)
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                             gtk_shortcut_get_arguments (shortcut));
    }

  return FALSE;
}

/* Does what a key does in the list. */
void
be_conversation_test_press (BeConversationTest *self,
                            guint               key)
{
  GtkWidget *widget = GTK_WIDGET (self->list);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  guint n_controllers = g_list_model_get_n_items (controllers);

  for (guint i = 0; i < n_controllers; i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (be_conversation_test_press_in (widget, controller, key))
        return;
    }

  g_error ("The list has no key %s", gdk_keyval_name (key));
}

/* Returns what the conversation shows: "guide", "list" or "nothing". */
const char *
be_conversation_test_get_page (BeConversationTest *test)
{
  return gtk_stack_get_visible_child_name (BE_CONVERSATION (test->conversation)->stack);
}

void
be_conversation_test_activate (BeConversationTest *test,
                               const char         *action)
{
  if (!gtk_widget_activate_action (test->conversation, action, NULL))
    g_error ("There is no action %s, or it is off", action);
}

int
be_conversation_test_run (int    argc,
                          char **argv,
                          void (*add_tests) (void))
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  add_tests ();

  return g_test_run ();
}
