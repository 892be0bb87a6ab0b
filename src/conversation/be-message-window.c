/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-message-window.h"

#include "be-event-text.h"
#include "be-payload-text.h"

/* More would keep the text view busy for longer than one waits. */
#define MAX_CHARACTERS 65536

/**
 * BeMessageWindow:
 *
 * One message as it moved in one call, of which the list shows some lines
 * only: to be read to its end, and copied in parts.
 *
 * It keeps a copy of the text and nothing of the event. It ends with its
 * parent, or when somebody closes it.
 */
struct _BeMessageWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkTextView    *text;
};

G_DEFINE_FINAL_TYPE (BeMessageWindow, be_message_window, ADW_TYPE_WINDOW)

static void
be_message_window_class_init (BeMessageWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/be-message-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BeMessageWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, BeMessageWindow, text);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
be_message_window_init (BeMessageWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * be_message_window_new:
 * @event: one that moved bytes
 *
 * Returns: (transfer floating): a window with its bytes as text
 */
GtkWidget *
be_message_window_new (BeEvent *event)
{
  BeMessageWindow     *self = NULL;
  const BeEventRecord *record = NULL;
  g_autofree char     *call = NULL;
  g_autofree char     *detail = NULL;
  g_autofree char     *text = NULL;

  g_return_val_if_fail (BE_IS_EVENT (event), NULL);

  self = g_object_new (BE_TYPE_MESSAGE_WINDOW, NULL);
  record = be_event_get_record (event);
  call = be_event_text_call (record);
  detail = be_event_text_detail (record);
  text = be_payload_text_to_display (be_event_record_payload (record), record->kept_length, MAX_CHARACTERS);

  adw_window_title_set_title (self->heading, call);
  adw_window_title_set_subtitle (self->heading, detail != NULL ? detail : "");
  gtk_window_set_title (GTK_WINDOW (self), call);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);

  return GTK_WIDGET (self);
}

/**
 * be_message_window_dup_text:
 *
 * Returns: (transfer full): what it shows
 */
char *
be_message_window_dup_text (BeMessageWindow *self)
{
  GtkTextBuffer *buffer = NULL;
  GtkTextIter    start;
  GtkTextIter    end;

  g_return_val_if_fail (BE_IS_MESSAGE_WINDOW (self), NULL);

  buffer = gtk_text_view_get_buffer (self->text);
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}
