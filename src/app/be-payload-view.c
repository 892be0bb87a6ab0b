/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-payload-view.h"

#include <glib/gi18n-lib.h>

#include "be-hex-dump.h"
#include "be-payload-text.h"

#define TEXT_PIECE_BYTES 4096u
#define HEX_PIECE_BYTES 1024u
#define FIRST_STEP_BYTES 2048u
#define MAX_UTF8_TAIL_BYTES 3u

/**
 * BePayloadView:
 *
 * The bytes of one event, as text or as a hex dump. It begins with as much as
 * is laid out within a frame; a button brings more, twice as much each time,
 * until all that the log kept is there. Each piece is a label: it can be
 * selected, copied and read out. Keeps the event; ends with its parent.
 */
struct _BePayloadView
{
  GtkWidget parent_instance;

  GtkWidget *scroller; /* of a dump that is wider than the view */
  GtkWidget *pieces;
  GtkWidget *more;

  BeEvent *event; /* (nullable) */
  gboolean is_hex;
  gsize    n_shown;
  gsize    step;
  gsize    bytes_per_line;
  guint    refill_tick;
};

G_DEFINE_FINAL_TYPE (BePayloadView, be_payload_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_IS_HEX = 1,
} BePayloadViewProperty;

static GParamSpec *properties[PROP_IS_HEX + 1];

static const guint8 *
get_bytes (BePayloadView *self,
           gsize         *length)
{
  *length = 0;

  return self->event != NULL ? be_event_get_payload (self->event, length) : NULL;
}

static void
update_more (BePayloadView *self,
             gsize          length)
{
  gsize            n_left = length - self->n_shown;
  guint            n_next = (guint) MIN (n_left, self->step);
  g_autofree char *text = g_strdup_printf (ngettext ("Show %'u More Byte", "Show %'u More Bytes", n_next), n_next);

  gtk_button_set_label (GTK_BUTTON (self->more), text);
  gtk_widget_set_visible (self->more, n_left > 0);
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);

  return label;
}

/* Not in the middle of a character. */
static gsize
find_text_end (const guint8 *bytes,
               gsize         length,
               gsize         begin)
{
  gsize end = MIN (length, begin + TEXT_PIECE_BYTES);
  gsize earliest = end - MIN (end - begin - 1, MAX_UTF8_TAIL_BYTES);

  for (gsize i = end; i < length && i >= earliest; i--)
    {
      if ((bytes[i] & 0xc0) != 0x80)
        return i;
    }

  return end;
}

/* A piece begins a line of its own although nobody sent a line break. */
static void
append_break (BePayloadView *self)
{
  guint            n = (guint) self->n_shown;
  g_autofree char *text = g_strdup_printf (ngettext ("behind %'u byte:", "behind %'u bytes:", n), n);

  GtkWidget *label = make_label (text);

  gtk_widget_add_css_class (label, "be-small");
  gtk_box_append (GTK_BOX (self->pieces), label);
}

static void
append_text (BePayloadView *self,
             const guint8  *bytes,
             gsize          length)
{
  gsize            end = find_text_end (bytes, length, self->n_shown);
  g_autofree char *text = be_payload_text_to_display (bytes + self->n_shown, end - self->n_shown, 0);
  GtkWidget       *label = make_label (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (self->n_shown > 0)
    append_break (self);
  gtk_box_append (GTK_BOX (self->pieces), label);
  self->n_shown = end;
}

static void
append_dump (BePayloadView *self,
             const guint8  *bytes,
             gsize          length)
{
  gsize            n = MIN (length - self->n_shown, HEX_PIECE_BYTES);
  g_autofree char *text = be_hex_dump_to_text (bytes + self->n_shown, n, self->n_shown, self->bytes_per_line);
  GtkWidget       *label = make_label (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (self->pieces), label);
  self->n_shown += n;
}

static void
append_until (BePayloadView *self,
              gsize          n_wanted)
{
  gsize         length;
  const guint8 *bytes = get_bytes (self, &length);

  while (self->n_shown < MIN (n_wanted, length))
    {
      if (self->is_hex)
        append_dump (self, bytes, length);
      else
        append_text (self, bytes, length);
    }
  update_more (self, length);
}

/* The keyboard may be in one of them. */
static void
remove_pieces (BePayloadView *self)
{
  GtkWidget *child;

  if (gtk_widget_get_focus_child (self->pieces) != NULL)
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_BACKWARD);
  while ((child = gtk_widget_get_first_child (self->pieces)) != NULL)
    gtk_box_remove (GTK_BOX (self->pieces), child);
  self->n_shown = 0;
}

static void
refill (BePayloadView *self)
{
  gsize n_wanted = MAX (self->n_shown, FIRST_STEP_BYTES);

  remove_pieces (self);
  append_until (self, n_wanted);
}

static gboolean
refill_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  BePayloadView *self = BE_PAYLOAD_VIEW (widget);

  self->refill_tick = 0;
  refill (self);

  return G_SOURCE_REMOVE;
}

/* With the last piece the button goes, and the keyboard with it to what came. */
static void
more_clicked_cb (BePayloadView *self)
{
  GtkWidget *last = gtk_widget_get_last_child (self->pieces);
  gboolean   has_focus = gtk_widget_has_focus (self->more);
  GtkWidget *next;

  self->step *= 2;
  append_until (self, self->n_shown + self->step / 2);

  next = last != NULL ? gtk_widget_get_next_sibling (last) : NULL;
  while (next != NULL && !gtk_widget_get_focusable (next))
    next = gtk_widget_get_next_sibling (next);
  if (has_focus && next != NULL && !gtk_widget_get_visible (self->more))
    gtk_widget_grab_focus (next);
}

static gsize
find_bytes_per_line (BePayloadView *self,
                     int            width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->pieces, NULL);
  guint            n_columns = be_hex_dump_count_columns (BE_HEX_DUMP_WIDE_BYTES);
  g_autofree char *line = g_strnfill (n_columns, '0');
  int              line_width;

  pango_layout_set_text (layout, line, -1);
  pango_layout_get_pixel_size (layout, &line_width, NULL);

  return line_width <= width ? BE_HEX_DUMP_WIDE_BYTES : BE_HEX_DUMP_NARROW_BYTES;
}

/* GObject */

static void
be_payload_view_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BePayloadView *self = BE_PAYLOAD_VIEW (object);

  switch ((BePayloadViewProperty) prop_id)
    {
    case PROP_IS_HEX:
      self->is_hex = g_value_get_boolean (value);
      if (self->is_hex)
        gtk_widget_add_css_class (self->pieces, "be-hex");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_payload_view_dispose (GObject *object)
{
  BePayloadView *self = BE_PAYLOAD_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_object (&self->event);

  G_OBJECT_CLASS (be_payload_view_parent_class)->dispose (object);
}

static void
be_payload_view_class_init (BePayloadViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = be_payload_view_set_property;
  object_class->dispose = be_payload_view_dispose;

  properties[PROP_IS_HEX] = g_param_spec_boolean ("is-hex", NULL, NULL, FALSE,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "payloadview");
}

static void
be_payload_view_init (BePayloadView *self)
{
  self->bytes_per_line = BE_HEX_DUMP_NARROW_BYTES;
  self->pieces = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->pieces, "be-payload");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->pieces);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  self->more = gtk_button_new_with_label ("");
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->more, 6);
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
}

/**
 * be_payload_view_set_event:
 * @event: (nullable): whose bytes to show; not in the middle of an allocation
 */
void
be_payload_view_set_event (BePayloadView *self,
                           BeEvent       *event)
{
  g_return_if_fail (BE_IS_PAYLOAD_VIEW (self));

  if (!g_set_object (&self->event, event))
    return;

  self->step = FIRST_STEP_BYTES;
  self->n_shown = 0;
  refill (self);
}

/**
 * be_payload_view_set_width:
 * @width: how wide the view is, which decides how many bytes stand in a line of
 *   a dump; in an allocation too
 */
void
be_payload_view_set_width (BePayloadView *self,
                           int            width)
{
  gsize bytes_per_line;

  g_return_if_fail (BE_IS_PAYLOAD_VIEW (self));

  bytes_per_line = find_bytes_per_line (self, width);
  if (bytes_per_line == self->bytes_per_line)
    return;

  self->bytes_per_line = bytes_per_line;
  if (self->is_hex && self->refill_tick == 0)
    self->refill_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), refill_cb, NULL, NULL);
}
