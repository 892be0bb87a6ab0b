/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-page.h"

#include "be-byte-strip.h"
#include "be-framing.h"
#include "be-payload-text.h"
#include "be-stream-page-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A page that changes more often cannot be read. */
#define UPDATE_INTERVAL_MICROSECONDS 100000

/* How many pieces of a strip are shown: the last. */
#define MAX_SHOWN 60u

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

/* What came behind the part of a datagram that was kept: of the last that was
 * sent before, is as long and begins the same. Where the sender is another
 * program nobody knows it. */
static void
add_lost (BeStreamPage        *self,
          BeByteStrip         *strip,
          const BeStreamPiece *piece,
          const guint8        *kept)
{
  const BeStreamEnd *sent = be_stream_bytes_get_sent (self->bytes);
  g_autofree char   *caption = be_stream_page_dup_lost_caption (piece);
  BeByteStripPiece   lost = { .caption = caption, .is_lost = TRUE };

  for (guint i = sent->pieces->len; i > 0 && lost.length == 0; i--)
    {
      const BeStreamPiece *candidate = &g_array_index (sent->pieces, BeStreamPiece, i - 1);
      const guint8        *bytes = sent->bytes->data + candidate->offset;

      if (candidate->sequence > piece->sequence || candidate->length != piece->length + piece->n_lost ||
          candidate->n_missing > 0 || piece->n_missing > 0 || memcmp (bytes, kept, piece->length) != 0)
        continue;

      lost.bytes = bytes + piece->length;
      lost.length = piece->n_lost;
    }

  be_byte_strip_add (strip, &lost);
}

static void
show_end (BeStreamPage      *self,
          BeByteStrip       *strip,
          BeByteStripKind    kind,
          const BeStreamEnd *end,
          const char        *title)
{
  guint first = end->pieces->len - MIN (end->pieces->len, MAX_SHOWN);

  be_byte_strip_begin (strip, kind, self->connection);
  for (guint i = first; i < end->pieces->len; i++)
    {
      const BeStreamPiece *piece = &g_array_index (end->pieces, BeStreamPiece, i);
      g_autofree char     *caption = be_stream_page_dup_piece_caption (piece);
      BeByteStripPiece     shown = { .bytes = end->bytes->data + piece->offset,
                                     .length = piece->length - piece->n_missing,
                                     .caption = caption,
                                     .is_open = (piece->is_cut && piece->n_lost == 0) || piece->n_missing > 0 };

      be_byte_strip_add (strip, &shown);
      if (piece->n_lost > 0)
        add_lost (self, strip, piece, shown.bytes);
    }
  be_byte_strip_end (strip, title);
  gtk_widget_set_visible (GTK_WIDGET (strip), end->pieces->len > 0);
}

static void
add_frame (BeStreamPage      *self,
           const BeStreamEnd *end,
           const BeFrame     *frame)
{
  g_autofree char *caption = be_stream_page_dup_frame_caption (frame);
  BeByteStripPiece piece = { .bytes = end->bytes->data + frame->offset,
                             .length = frame->length,
                             .header_length = frame->header_length,
                             .trailer_length = frame->trailer_length,
                             .caption = caption,
                             .is_open = !frame->is_complete };

  be_byte_strip_add (self->messages_strip, &piece);
}

/* Returns how many there are; only the last are kept while cutting. */
static guint64
show_messages (BeStreamPage      *self,
               const BeStreamEnd *end)
{
  BeFrame          frames[MAX_SHOWN];
  guint64          n_frames = 0;
  guint64          n_complete = 0;
  gsize            offset = 0;
  g_autofree char *title = NULL;
  g_autofree char *rest = NULL;

  while (be_framing_next (&self->framing, end->bytes->data, end->known, &offset, &frames[n_frames % MAX_SHOWN]))
    {
      n_complete += frames[n_frames % MAX_SHOWN].is_complete ? 1 : 0;
      n_frames++;
    }

  title = be_stream_page_dup_messages_title (&self->framing, n_complete);
  be_byte_strip_begin (self->messages_strip, BE_BYTE_STRIP_MESSAGES, self->connection);
  for (guint64 i = n_frames - MIN (n_frames, MAX_SHOWN); i < n_frames; i++)
    add_frame (self, end, &frames[i % MAX_SHOWN]);
  be_byte_strip_end (self->messages_strip, title);
  gtk_widget_set_visible (GTK_WIDGET (self->messages_strip), n_frames > 0);

  if (n_frames > 0)
    rest = be_framing_describe_rest (&self->framing, &frames[(n_frames - 1) % MAX_SHOWN]);
  show_text (self->messages_title, title);
  show_text (self->rest, rest);

  return n_frames;
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
  *n_messages = show_messages (self, end);
}

static void
show (BeStreamPage *self)
{
  BePairing         *pairing = be_journal_get_pairing (self->journal);
  gboolean           is_ours = be_pairing_has_both_ends (pairing, self->connection);
  BeProtocol         protocol = be_stream_bytes_get_protocol (self->bytes);
  const BeStreamEnd *sent = be_stream_bytes_get_sent (self->bytes);
  const BeStreamEnd *received = be_stream_bytes_get_received (self->bytes);
  const BeStreamEnd *known = be_stream_bytes_get_known (self->bytes);
  guint64            n_most = MAX (sent->pieces->len, received->pieces->len);
  guint64            n_messages = 0;
  g_autofree char   *rule = be_stream_page_dup_rule (protocol);
  g_autofree char   *sent_title = be_stream_page_dup_sent_title (sent, protocol, is_ours);
  g_autofree char   *received_title = be_stream_page_dup_received_title (received, protocol, is_ours);
  g_autofree char   *notes = NULL;

  gtk_label_set_text (self->rule, rule);
  gtk_label_set_text (self->sent_title, sent_title);
  gtk_label_set_text (self->received_title, received_title);
  show_end (self, self->sent_strip, BE_BYTE_STRIP_SENT, sent, sent_title);
  show_end (self, self->received_strip, BE_BYTE_STRIP_RECEIVED, received, received_title);

  gtk_widget_set_visible (GTK_WIDGET (self->messages), protocol != BE_PROTOCOL_UDP);
  if (protocol != BE_PROTOCOL_UDP)
    show_framing (self, known, &n_messages);

  n_most = MAX (n_most, n_messages);
  notes = be_stream_page_dup_notes (known, protocol, n_most, MIN (n_most, MAX_SHOWN));
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

  if (self->update_time != 0 && now - self->update_time < UPDATE_INTERVAL_MICROSECONDS)
    return G_SOURCE_CONTINUE;

  self->tick = 0;
  self->update_time = now;
  update (self);

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
