/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-message-window.h"

#include "be-event-text.h"
#include "be-payload-text.h"

#include <glib/gi18n-lib.h>

/* More would keep the text view busy for longer than one waits. */
#define MAX_SHOWN_BYTES 65536u
#define MAX_CHARACTER_BYTES 4u

/**
 * BeMessageWindow:
 *
 * One message as it moved in one call, of which the list shows some lines
 * only: to be read to its end, and copied in parts or whole. Of a very long one
 * it shows the beginning, and says how much that is.
 *
 * It keeps a copy of the bytes and nothing of the event. It ends with its
 * parent, or when somebody closes it.
 */
struct _BeMessageWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkTextView    *text;
  GtkLabel       *rest;

  GBytes *bytes;
};

G_DEFINE_FINAL_TYPE (BeMessageWindow, be_message_window, ADW_TYPE_WINDOW)

/* How much is shown of @bytes: no character is cut. */
static gsize
count_shown (const guint8 *bytes,
             gsize         length)
{
  gsize n_shown = MIN (length, MAX_SHOWN_BYTES);

  for (guint i = 1; n_shown < length && i < MAX_CHARACTER_BYTES && (bytes[n_shown] & 0xc0) == 0x80; i++)
    n_shown--;

  return n_shown;
}

/* Returns: (transfer full) (nullable): what is not shown, in sentences */
static char *
describe_rest (const BeEventRecord *record,
               gsize                n_shown)
{
  guint            n_left_out = (guint) (record->kept_length - n_shown);
  guint            n_lost = record->payload_length - MIN (record->kept_length, record->payload_length);
  g_autofree char *left_out = NULL;
  g_autofree char *lost = NULL;

  if (n_left_out > 0)
    left_out = g_strdup_printf (ngettext ("%'u byte more is left out here; “Copy All” copies it too.",
                                          "%'u bytes more are left out here; “Copy All” copies them too.", n_left_out),
                                n_left_out);
  if (n_lost > 0)
    lost = g_strdup_printf (ngettext ("%'u byte more moved and was not kept.",
                                      "%'u bytes more moved and were not kept.", n_lost),
                            n_lost);
  if (left_out != NULL && lost != NULL)
    /* Translators: two whole sentences */
    return g_strdup_printf (C_ ("two sentences", "%s %s"), left_out, lost);

  return left_out != NULL ? g_steal_pointer (&left_out) : g_steal_pointer (&lost);
}

static void
copy_all_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BeMessageWindow *self = BE_MESSAGE_WINDOW (widget);
  gsize            length = 0;
  const guint8    *bytes = g_bytes_get_data (self->bytes, &length);
  g_autofree char *text = be_payload_text_to_display (bytes, length, 0);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
be_message_window_finalize (GObject *object)
{
  BeMessageWindow *self = BE_MESSAGE_WINDOW (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);

  G_OBJECT_CLASS (be_message_window_parent_class)->finalize (object);
}

static void
be_message_window_class_init (BeMessageWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = be_message_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/be-message-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BeMessageWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, BeMessageWindow, text);
  gtk_widget_class_bind_template_child (widget_class, BeMessageWindow, rest);
  gtk_widget_class_install_action (widget_class, "message.copy-all", NULL, copy_all_cb);
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
  g_autofree char     *name = NULL;
  g_autofree char     *text = NULL;
  g_autofree char     *rest = NULL;
  gsize                n_shown;

  g_return_val_if_fail (BE_IS_EVENT (event), NULL);

  self = g_object_new (BE_TYPE_MESSAGE_WINDOW, NULL);
  record = be_event_get_record (event);
  call = be_event_text_call (record);
  detail = be_event_text_detail (record);
  name = g_strdup_printf ("%s %s", call, detail != NULL ? detail : "");
  n_shown = count_shown (be_event_record_payload (record), record->kept_length);
  text = be_payload_text_to_display (be_event_record_payload (record), n_shown, 0);
  rest = describe_rest (record, n_shown);
  self->bytes = g_bytes_new (be_event_record_payload (record), record->kept_length);

  adw_window_title_set_title (self->heading, call);
  adw_window_title_set_subtitle (self->heading, detail != NULL ? detail : "");
  gtk_window_set_title (GTK_WINDOW (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_label_set_text (self->rest, rest != NULL ? rest : "");
  gtk_widget_set_visible (GTK_WIDGET (self->rest), rest != NULL);
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
