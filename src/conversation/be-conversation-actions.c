/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person can do with a BeConversation. */

#include "be-conversation-private.h"

#include "be-event-copy.h"

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);
  guint           n_events = be_conversation_count_events (self);

  self->was_cleared = TRUE;
  self->n_gone_at_clear[1] = self->n_gone_at_clear[0];
  self->n_gone_at_clear[0] = be_journal_get_n_dropped (self->journal);
  be_journal_clear (self->journal);
  be_conversation_update_note (self);
  g_signal_emit (self, be_conversation_signals[BE_CONVERSATION_SIGNAL_CLEARED], 0, n_events);
}

static void
undo_clear_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);

  self->n_gone_at_clear[0] = self->n_gone_at_clear[1];
  be_journal_undo_clear (self->journal);
  be_conversation_update_note (self);
}

static void
take_to_clipboard (BeConversation *self,
                   const char     *text,
                   guint           n_rows)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  g_signal_emit (self, be_conversation_signals[BE_CONVERSATION_SIGNAL_COPIED], 0, n_rows);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BeConversation  *self = BE_CONVERSATION (widget);
  g_autofree char *text = be_conversation_dup_text (self);

  if (self->filter != NULL)
    take_to_clipboard (self, text, g_list_model_get_n_items (G_LIST_MODEL (self->filter)));
}

/* Without a row that is selected, all rows are. */
static void
copy_row_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  BeConversation  *self = BE_CONVERSATION (widget);
  g_autofree char *text = be_conversation_dup_row_text (self);

  if (text != NULL)
    take_to_clipboard (self, text, 1);
  else
    copy_action (widget, name, parameter);
}

/* Text that was being written must not be selected: the next key would wipe
 * it out. */
static void
give_focus_back (BeConversation *self)
{
  GtkWidget *before = self->focus_before;
  gboolean   is_given = FALSE;

  g_clear_weak_pointer (&self->focus_before);

  /* A row may show another event by now. */
  if (before != NULL && gtk_widget_is_ancestor (before, GTK_WIDGET (self)))
    before = NULL;

  if (before != NULL && gtk_widget_get_mapped (before))
    is_given = GTK_IS_TEXT (before) ? gtk_text_grab_focus_without_selecting (GTK_TEXT (before))
                                    : gtk_widget_grab_focus (before);
  if (!is_given)
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
open_filter_bar (BeConversation *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_set_weak_pointer (&self->focus_before, root != NULL ? gtk_root_get_focus (root) : NULL);
  if (self->filter_bar == NULL)
    {
      g_set_weak_pointer (&self->filter_bar, g_object_new (BE_TYPE_FILTER_BAR, NULL));
      gtk_revealer_set_child (self->filter_revealer, GTK_WIDGET (self->filter_bar));
      be_filter_bar_set_filter (self->filter_bar, self->filter);
      be_conversation_offer_connection (self);
    }
  gtk_revealer_set_reveal_child (self->filter_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_bar));
}

/* The keyboard goes back first, while the bar can still be left. */
static void
close_filter_bar (BeConversation *self)
{
  be_filter_bar_reset (self->filter_bar);
  give_focus_back (self);
  gtk_revealer_set_reveal_child (self->filter_revealer, FALSE);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);

  if (gtk_revealer_get_reveal_child (self->filter_revealer))
    close_filter_bar (self);
  else
    open_filter_bar (self);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  BeConversation *self = BE_CONVERSATION (widget);

  if (!gtk_revealer_get_reveal_child (self->filter_revealer))
    return GDK_EVENT_PROPAGATE;

  close_filter_bar (self);

  return GDK_EVENT_STOP;
}

static void
show_everything_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);

  if (self->filter_bar != NULL)
    be_filter_bar_reset (self->filter_bar);
}

static void
scroll_to_end_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);

  /* The pill is about to go, and must not take the keyboard along. */
  if (gtk_widget_has_focus (self->pill))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  be_event_list_scroll_to_end (self->list);
}

/* See be-conversation-private.h. That of the selected row; nothing before the bar
 * is opened for the first time. */
void
be_conversation_offer_connection (BeConversation *self)
{
  BeEvent *event = be_event_list_get_selected (self->list);

  if (self->filter_bar == NULL)
    return;

  be_filter_bar_set_connection (self->filter_bar,
                                event != NULL ? be_event_get_record (event)->connection
                                              : BE_EVENT_NO_CONNECTION);
}

/* See be-conversation-private.h. */
void
be_conversation_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "conversation.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "conversation.undo-clear", NULL, undo_clear_action);
  gtk_widget_class_install_action (widget_class, "conversation.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "conversation.copy-row", NULL, copy_row_action);
  gtk_widget_class_install_action (widget_class, "conversation.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "conversation.show-everything", NULL, show_everything_action);
  gtk_widget_class_install_action (widget_class, "conversation.scroll-to-end", NULL, scroll_to_end_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "conversation.find", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

/**
 * be_conversation_set_is_projected:
 * @self: a conversation
 * @is_projected: whether it is shown to a whole room: with the newest row in view,
 *   and without the filter bar, which can be called for, unless it leaves out rows
 */
void
be_conversation_set_is_projected (BeConversation *self,
                                  gboolean        is_projected)
{
  GtkWidget *focus = NULL;

  g_return_if_fail (BE_IS_CONVERSATION (self));

  if (!is_projected)
    {
      if (self->reveals_filter_later)
        gtk_revealer_set_reveal_child (self->filter_revealer, TRUE);
      self->reveals_filter_later = FALSE;
      return;
    }

  be_event_list_scroll_to_end (self->list);
  if (self->filter != NULL && be_journal_filter_is_active (self->filter))
    return;

  focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  self->reveals_filter_later = gtk_revealer_get_reveal_child (self->filter_revealer);
  if (focus == GTK_WIDGET (self->filter_revealer))
    give_focus_back (self);
  gtk_revealer_set_reveal_child (self->filter_revealer, FALSE);
}

/**
 * be_conversation_dup_text:
 * @self: a conversation
 *
 * Returns: (transfer full): what conversation.copy copies: all rows that the
 *   filter shows
 */
char *
be_conversation_dup_text (BeConversation *self)
{
  g_return_val_if_fail (BE_IS_CONVERSATION (self), NULL);

  return self->filter != NULL ? be_event_copy_all (self->filter) : g_strdup ("");
}

/**
 * be_conversation_dup_row_text:
 * @self: a conversation
 *
 * Returns: (transfer full) (nullable): what conversation.copy-row copies: the
 *   selected row
 */
char *
be_conversation_dup_row_text (BeConversation *self)
{
  BeEvent *selected;

  g_return_val_if_fail (BE_IS_CONVERSATION (self), NULL);

  selected = be_conversation_get_selected (self);
  if (selected == NULL)
    return NULL;

  return be_event_copy_record (be_event_get_record (selected), be_journal_get_start (self->journal));
}

/**
 * be_conversation_get_pending_rows:
 * @self: a conversation
 *
 * Returns: the strip below the list, for whoever knows what has not happened
 *   yet
 */
GtkWidget *
be_conversation_get_pending_rows (BeConversation *self)
{
  g_return_val_if_fail (BE_IS_CONVERSATION (self), NULL);

  return GTK_WIDGET (self->pending_rows);
}

/**
 * be_conversation_get_filter:
 * @self: a conversation
 *
 * Returns: (nullable): the rows that it shows, until it gets another journal
 */
BeJournalFilter *
be_conversation_get_filter (BeConversation *self)
{
  g_return_val_if_fail (BE_IS_CONVERSATION (self), NULL);

  return self->filter;
}
