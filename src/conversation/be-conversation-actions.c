/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person can do with a BeConversation. */

#include "be-conversation-private.h"

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);
  guint           n_events = be_conversation_count_events (self);

  self->was_cleared = TRUE;
  be_journal_clear (self->journal);
  g_signal_emit (self, be_conversation_signals[BE_CONVERSATION_SIGNAL_CLEARED], 0, n_events);
}

static void
undo_clear_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  be_journal_undo_clear (BE_CONVERSATION (widget)->journal);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autofree char *text = be_conversation_dup_text (BE_CONVERSATION (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);
  gboolean        is_open = !gtk_revealer_get_reveal_child (self->filter_revealer);

  gtk_revealer_set_reveal_child (self->filter_revealer, is_open);
  if (is_open)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->filter_bar));
    }
  else
    {
      be_filter_bar_reset (self->filter_bar);
      gtk_widget_grab_focus (GTK_WIDGET (self->list));
    }
}

static void
show_everything_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  be_filter_bar_reset (BE_CONVERSATION (widget)->filter_bar);
}

static void
scroll_to_end_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  be_event_list_scroll_to_end (BE_CONVERSATION (widget)->list);
}

/* See be-conversation-private.h. */
void
be_conversation_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "conversation.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "conversation.undo-clear", NULL, undo_clear_action);
  gtk_widget_class_install_action (widget_class, "conversation.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "conversation.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "conversation.show-everything", NULL, show_everything_action);
  gtk_widget_class_install_action (widget_class, "conversation.scroll-to-end", NULL, scroll_to_end_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "conversation.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "conversation.find", NULL);
}
