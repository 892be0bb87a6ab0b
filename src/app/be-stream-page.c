/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-page.h"

#include "be-framing.h"
#include "be-payload-text.h"
#include "be-stream-page-words.h"
#include "be-stream-strips.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A page that changes more often cannot be read; and where there is much to
 * shape, most of the time belongs to others. */
#define UPDATE_INTERVAL_MICROSECONDS 100000
#define UPDATE_INTERVAL_PER_COST 20

/**
 * BeStreamPage:
 *
 * One direction of one connection, three times: as it was sent, as it was
 * received, and as a rule cuts the same bytes into messages. The rule is
 * chosen here, and cuts again what is there already. Looks at the journal only
 * while it is on the screen, and remembers its choices as long as it lives.
 */
struct _BeStreamPage
{
  GtkWidget parent_instance;

  GtkStack        *stack;
  GtkToggleButton *from_client;
  GtkToggleButton *from_server;
  GtkLabel        *rule;
  GtkLabel        *sent_title;
  BeByteStrip     *sent_strip;
  GtkLabel        *received_title;
  BeByteStrip     *received_strip;
  GtkBox          *messages;
  GtkDropDown     *framing_choice;
  GtkSpinButton   *fixed_length;
  GtkEntry        *delimiter;
  GtkLabel        *messages_title;
  BeByteStrip     *messages_strip;
  GtkLabel        *rest;
  GtkLabel        *notes;

  BeJournal     *journal;
  guint32        connection;
  BeSide         from_side;
  BeFraming      framing;
  BeStreamBytes *bytes; /* NULL: to be collected anew */
  gulong         items_changed_id;
  guint          tick;
  gint64         update_cost; /* of the last, µs */
  gint64         update_time; /* of the frame, µs; 0: to be updated with the next */
  gboolean       is_stale;    /* although nothing new came */
};

G_DEFINE_FINAL_TYPE (BeStreamPage, be_stream_page, GTK_TYPE_WIDGET)

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* What is typed in may be no rule yet. */
static char *
read_framing (BeStreamPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) delimiter = NULL;
  gsize length;

  self->framing.kind = (BeFramingKind) gtk_drop_down_get_selected (self->framing_choice);
  self->framing.fixed_length = (guint32) gtk_spin_button_get_value_as_int (self->fixed_length);
  if (self->framing.kind != BE_FRAMING_DELIMITER)
    return NULL;

  delimiter = be_payload_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->delimiter)), &error);
  if (delimiter == NULL)
    return g_strdup (error->message);

  length = g_bytes_get_size (delimiter);
  if (length == 0)
    return g_strdup (_ ("A delimiter has one byte at least."));
  if (length > BE_FRAMING_MAX_DELIMITER)
    return g_strdup_printf (ngettext ("A delimiter has at most %u byte.", "A delimiter has at most %u bytes.",
                                      BE_FRAMING_MAX_DELIMITER),
                            BE_FRAMING_MAX_DELIMITER);

  self->framing.delimiter_length = (guint) length;
  memcpy (self->framing.delimiter, g_bytes_get_data (delimiter, NULL), length);

  return NULL;
}

static void
show_framing (BeStreamPage      *self,
              const BeStreamEnd *end,
              guint64           *n_messages)
{
  g_autofree char *trouble = read_framing (self);
  g_autofree char *title = NULL;
  g_autofree char *rest = NULL;
  gboolean         is_delimiter = self->framing.kind == BE_FRAMING_DELIMITER;

  gtk_widget_set_visible (GTK_WIDGET (self->fixed_length), self->framing.kind == BE_FRAMING_FIXED);
  gtk_widget_set_visible (GTK_WIDGET (self->delimiter), is_delimiter);
  if (trouble != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->delimiter), "error");
      gtk_widget_set_visible (GTK_WIDGET (self->messages_strip), FALSE);
      show_text (self->messages_title, NULL);
      show_text (self->rest, trouble);
      return;
    }

  gtk_widget_remove_css_class (GTK_WIDGET (self->delimiter), "error");
  *n_messages = be_stream_strips_show_messages (self->messages_strip, self->connection, &self->framing, end,
                                                &title, &rest);
  show_text (self->messages_title, title);
  show_text (self->rest, rest);
}

/* Also after its calls were cleared from the log. */
static gboolean
is_ours (BeStreamPage *self,
         BeSide        side)
{
  return be_stream_bytes_has_side (self->bytes, side) ||
         be_pairing_has_both_ends (be_journal_get_pairing (self->journal), self->connection);
}

static void
show (BeStreamPage *self)
{
  BeProtocol         protocol = be_stream_bytes_get_protocol (self->bytes);
  const BeStreamEnd *sent = be_stream_bytes_get_sent (self->bytes);
  const BeStreamEnd *received = be_stream_bytes_get_received (self->bytes);
  const BeStreamEnd *known = be_stream_bytes_get_known (self->bytes);
  guint64            n_most = MAX (sent->pieces->len, received->pieces->len);
  guint64            n_messages = 0;
  g_autofree char   *rule = be_stream_page_dup_rule (protocol);
  g_autofree char   *sent_title = be_stream_page_dup_sent_title (sent, protocol, is_ours (self, self->from_side));
  g_autofree char   *received_title = be_stream_page_dup_received_title (received, protocol,
                                                                         is_ours (self, (BeSide) (1 - self->from_side)));
  g_autofree char   *notes = NULL;

  gtk_label_set_text (self->rule, rule);
  gtk_label_set_text (self->sent_title, sent_title);
  gtk_label_set_text (self->received_title, received_title);
  be_stream_strips_show_end (self->sent_strip, BE_BYTE_STRIP_SENT, self->connection, sent, NULL, sent_title);
  be_stream_strips_show_end (self->received_strip, BE_BYTE_STRIP_RECEIVED, self->connection, received, sent,
                             received_title);

  gtk_widget_set_visible (GTK_WIDGET (self->messages), protocol != BE_PROTOCOL_UDP);
  if (protocol != BE_PROTOCOL_UDP)
    show_framing (self, known, &n_messages);

  n_most = MAX (n_most, n_messages);
  notes = be_stream_page_dup_notes (known, protocol, n_most, MIN (n_most, BE_STREAM_STRIPS_MAX_SHOWN));
  show_text (self->notes, notes);
}

static void
update (BeStreamPage *self)
{
  gboolean is_new = self->bytes == NULL;

  if (self->journal == NULL || self->connection == BE_EVENT_NO_CONNECTION)
    return;

  if (is_new)
    self->bytes = be_stream_bytes_new (self->journal, self->connection, self->from_side);
  if (!be_stream_bytes_update (self->bytes) && !is_new && !self->is_stale)
    return;

  self->is_stale = FALSE;
  show (self);
}

static gboolean
update_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  BeStreamPage *self = BE_STREAM_PAGE (widget);
  gint64        now = gdk_frame_clock_get_frame_time (clock);
  gint64        interval = MAX (UPDATE_INTERVAL_MICROSECONDS, self->update_cost * UPDATE_INTERVAL_PER_COST);
  gint64        begin;

  if (self->update_time != 0 && now - self->update_time < interval)
    return G_SOURCE_CONTINUE;

  self->tick = 0;
  self->update_time = now;
  begin = g_get_monotonic_time ();
  update (self);
  self->update_cost = g_get_monotonic_time () - begin;

  return G_SOURCE_REMOVE;
}

static void
queue_update (BeStreamPage *self)
{
  if (self->tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), update_tick_cb, NULL, NULL);
}

/* What a person asked for is there with the next frame. */
static void
queue_update_now (BeStreamPage *self)
{
  self->update_time = 0;
  self->is_stale = TRUE;
  queue_update (self);
}

static void
items_changed_cb (BeStreamPage *self,
                  guint         position,
                  guint         n_removed,
                  guint         n_added)
{
  /* Cleared, or brought back: what is shown is what the journal shows. What
   * falls off at the front is kept. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->journal)) == 0 || (position == 0 && n_added > 0))
    g_clear_pointer (&self->bytes, be_stream_bytes_free);
  queue_update (self);
}

static void
framing_changed_cb (BeStreamPage *self)
{
  queue_update_now (self);
}

static void
direction_toggled_cb (BeStreamPage *self)
{
  be_stream_page_set_from_side (self, gtk_toggle_button_get_active (self->from_server) ? BE_SIDE_SERVER
                                                                                       : BE_SIDE_CLIENT);
}

static void
unfollow (BeStreamPage *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_signal_handler (&self->items_changed_id, self->journal);
}

static void
follow (BeStreamPage *self)
{
  if (self->journal == NULL || self->items_changed_id != 0)
    return;

  self->items_changed_id = g_signal_connect_object (self->journal, "items-changed", G_CALLBACK (items_changed_cb),
                                                    self, G_CONNECT_SWAPPED);
  queue_update_now (self);
}

/*
 * GtkWidget
 */

static void
be_stream_page_map (GtkWidget *widget)
{
  BeStreamPage *self = BE_STREAM_PAGE (widget);

  GTK_WIDGET_CLASS (be_stream_page_parent_class)->map (widget);

  g_clear_pointer (&self->bytes, be_stream_bytes_free);
  follow (self);
}

static void
be_stream_page_unmap (GtkWidget *widget)
{
  unfollow (BE_STREAM_PAGE (widget));

  GTK_WIDGET_CLASS (be_stream_page_parent_class)->unmap (widget);
}

static gboolean
be_stream_page_grab_focus (GtkWidget *widget)
{
  BeStreamPage *self = BE_STREAM_PAGE (widget);

  /* GTK asks this too when Shift+Tab is about to leave: then it must go on. */
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  return gtk_widget_grab_focus (GTK_WIDGET (self->from_side == BE_SIDE_SERVER ? self->from_server : self->from_client));
}

/*
 * GObject
 */

static void
be_stream_page_dispose (GObject *object)
{
  BeStreamPage *self = BE_STREAM_PAGE (object);

  if (self->journal != NULL)
    unfollow (self);
  g_clear_pointer (&self->bytes, be_stream_bytes_free);
  g_clear_object (&self->journal);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;

  G_OBJECT_CLASS (be_stream_page_parent_class)->dispose (object);
}

static void
be_stream_page_class_init (BeStreamPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_stream_page_dispose;
  widget_class->map = be_stream_page_map;
  widget_class->unmap = be_stream_page_unmap;
  widget_class->grab_focus = be_stream_page_grab_focus;

  g_type_ensure (BE_TYPE_BYTE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-stream-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, from_client);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, from_server);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, rule);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, sent_title);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, sent_strip);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, received_title);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, received_strip);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, messages);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, framing_choice);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, fixed_length);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, delimiter);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, messages_title);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, messages_strip);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, rest);
  gtk_widget_class_bind_template_child (widget_class, BeStreamPage, notes);
  gtk_widget_class_bind_template_callback (widget_class, framing_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, direction_toggled_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "be-stream-page");
}

static void
be_stream_page_init (BeStreamPage *self)
{
  self->connection = BE_EVENT_NO_CONNECTION;
  self->from_side = BE_SIDE_CLIENT;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * be_stream_page_new:
 *
 * Returns: (transfer floating): a page of no connection
 */
GtkWidget *
be_stream_page_new (void)
{
  return g_object_new (BE_TYPE_STREAM_PAGE, NULL);
}

/**
 * be_stream_page_set_stream:
 * @journal: (nullable): where its events are
 * @connection: whose bytes are shown, or %BE_EVENT_NO_CONNECTION
 */
void
be_stream_page_set_stream (BeStreamPage *self,
                           BeJournal    *journal,
                           guint32       connection)
{
  gboolean has_stream = journal != NULL && connection != BE_EVENT_NO_CONNECTION;

  g_return_if_fail (BE_IS_STREAM_PAGE (self));
  g_return_if_fail (journal == NULL || BE_IS_JOURNAL (journal));

  if (self->journal == journal && self->connection == connection)
    return;

  if (self->journal != NULL)
    unfollow (self);
  g_clear_pointer (&self->bytes, be_stream_bytes_free);
  g_set_object (&self->journal, journal);
  self->connection = connection;
  gtk_stack_set_visible_child_name (self->stack, has_stream ? "stream" : "empty");
  if (has_stream && gtk_widget_get_mapped (GTK_WIDGET (self)))
    follow (self);
}

/**
 * be_stream_page_set_from_side:
 * @from_side: who sends in the direction that is shown
 */
void
be_stream_page_set_from_side (BeStreamPage *self,
                              BeSide        from_side)
{
  g_return_if_fail (BE_IS_STREAM_PAGE (self));

  if (self->from_side == from_side)
    return;

  self->from_side = from_side;
  gtk_toggle_button_set_active (from_side == BE_SIDE_SERVER ? self->from_server : self->from_client, TRUE);
  g_clear_pointer (&self->bytes, be_stream_bytes_free);
  queue_update_now (self);
}
