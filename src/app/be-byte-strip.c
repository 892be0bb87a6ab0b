/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-byte-strip.h"

#include "be-palette.h"
#include "be-payload-layout.h"
#include "be-payload-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* On the grid of the interface font. */
#define PADDING_X 9
#define PADDING_Y 4
#define RADIUS 10
#define GAP 6
#define CAPTION_HEIGHT 17
#define LINE_HEIGHT 1.5 /* of the font's size; marks alone are lower */
#define LINE_WIDTH 1.5
#define DASH_LENGTH 3.0
#define DASH_GAP 2.0
#define MIN_WIDTH 120

#define MAX_LINES 3

/* How much of a piece is shown: its beginning. */
#define MAX_CHARACTERS 48
#define MAX_BYTES 512u

/* How many pieces a screen reader is told of. */
#define MAX_SPOKEN_PIECES 20u

typedef struct
{
  char   *caption;
  char   *spoken;
  guint8  bytes[MAX_BYTES];
  gsize   n_bytes;
  guint32 ends[2];
  guint   n_ends;
  guint8  is_open;
  guint8  is_lost;

  PangoLayout    *text; /* NULL: to be shaped */
  PangoLayout    *caption_text;
  GArray         *ticks;
  graphene_rect_t bubble;
  float           text_y; /* in the bubble */
} Chip;

/**
 * BeByteStrip:
 *
 * Bytes in pieces, each a bubble with a line below it, one behind another in
 * as many lines as are needed. Three strips over the same bytes show how a
 * stream was cut when it was sent, when it was received, and by a rule. Drawn
 * without child widgets; owns copies of the beginnings of the pieces, and ends
 * with its page.
 */
struct _BeByteStrip
{
  GtkWidget parent_instance;

  BeByteStripKind kind;
  guint32         connection;
  GPtrArray      *chips;
  char           *label;

  BeLettering *lettering;
  int          arranged_width;
  int          arranged_height;
};

G_DEFINE_FINAL_TYPE (BeByteStrip, be_byte_strip, GTK_TYPE_WIDGET)

static void
chip_forget (Chip *chip)
{
  g_clear_object (&chip->text);
  g_clear_object (&chip->caption_text);
  g_array_set_size (chip->ticks, 0);
}

static void
chip_free (gpointer data)
{
  Chip *chip = data;

  chip_forget (chip);
  g_array_unref (chip->ticks);
  g_free (chip->caption);
  g_free (chip->spoken);
  g_free (chip);
}

static void
provide_lettering (BeByteStrip *self)
{
  if (self->lettering != NULL && be_lettering_is_current (self->lettering))
    return;

  g_clear_object (&self->lettering);
  self->lettering = be_lettering_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  for (guint i = 0; i < self->chips->len; i++)
    chip_forget (g_ptr_array_index (self->chips, i));
  self->arranged_width = -1;
}

static void
strike_through (PangoLayout *layout)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_copy (pango_layout_get_attributes (layout));

  pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (layout, attributes);
}

static void
shape (BeByteStrip *self,
       Chip        *chip)
{
  const BePayloadBorders borders = { .ends = chip->ends, .n_ends = chip->n_ends, .has_gaps = TRUE };
  const char            *nothing = chip->is_open || chip->is_lost ? "…" : C_ ("a datagram without bytes", "empty");

  if (chip->text != NULL)
    return;

  if (chip->n_bytes > 0)
    chip->text = be_payload_layout_make_for_bytes (self->lettering, chip->bytes, chip->n_bytes, MAX_CHARACTERS,
                                                   &borders, chip->ticks);
  else
    chip->text = be_lettering_make (self->lettering, BE_FONT_PAYLOAD, nothing);
  if (chip->is_lost)
    strike_through (chip->text);
  pango_layout_set_wrap (chip->text, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (chip->text, -MAX_LINES);
  pango_layout_set_ellipsize (chip->text, PANGO_ELLIPSIZE_END);
  chip->caption_text = be_lettering_make (self->lettering, BE_FONT_TIME, chip->caption);
}

/* Returns the size of a piece with its caption; the bubble begins at 0. */
static void
measure_chip (BeByteStrip *self,
              Chip        *chip,
              int          width,
              double      *chip_width,
              double      *chip_height)
{
  double scale = be_lettering_get_scale (self->lettering);
  double room = MAX (width - 2 * PADDING_X * scale, 1);
  double line = be_lettering_get_size (self->lettering, BE_FONT_PAYLOAD) * LINE_HEIGHT;
  int    text_height;

  shape (self, chip);
  pango_layout_set_width (chip->text, (int) (room * PANGO_SCALE));
  pango_layout_get_pixel_size (chip->text, NULL, &text_height);

  chip->bubble = GRAPHENE_RECT_INIT (0, 0, (float) ceil (be_lettering_get_width (chip->text) + 2 * PADDING_X * scale),
                                     (float) ceil (MAX (text_height, line) + 2 * PADDING_Y * scale));
  chip->text_y = (float) (((double) chip->bubble.size.height - text_height) / 2);
  *chip_width = MAX ((double) chip->bubble.size.width, be_lettering_get_width (chip->caption_text));
  *chip_height = (double) chip->bubble.size.height + CAPTION_HEIGHT * scale;
}

/* One behind another, and on where a line is full; from left to right in every
 * language, as bytes are. */
static int
arrange (BeByteStrip *self,
         int          width)
{
  double scale;
  double x = 0;
  double y = 0;
  double line_height = 0;

  provide_lettering (self);
  if (width == self->arranged_width)
    return self->arranged_height;

  scale = be_lettering_get_scale (self->lettering);
  for (guint i = 0; i < self->chips->len; i++)
    {
      Chip  *chip = g_ptr_array_index (self->chips, i);
      double chip_width;
      double chip_height;

      measure_chip (self, chip, width, &chip_width, &chip_height);
      if (x > 0 && x + chip_width > width)
        {
          x = 0;
          y += line_height + GAP * scale;
          line_height = 0;
        }
      graphene_rect_offset (&chip->bubble, (float) round (x), (float) round (y));
      x += chip_width + GAP * scale;
      line_height = MAX (line_height, chip_height);
    }

  self->arranged_width = width;
  self->arranged_height = (int) ceil (y + line_height);

  return self->arranged_height;
}

/*
 * GtkWidget
 */

static GtkSizeRequestMode
be_byte_strip_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
be_byte_strip_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  BeByteStrip *self = BE_BYTE_STRIP (widget);

  provide_lettering (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = (int) (MIN_WIDTH * be_lettering_get_scale (self->lettering));
  else
    *minimum = *natural = arrange (self, MAX (for_size, MIN_WIDTH));
}

static void
be_byte_strip_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  arrange (BE_BYTE_STRIP (widget), width);
}

static void
draw_dashed (GtkSnapshot           *snapshot,
             const graphene_rect_t *bounds,
             double                 scale,
             const GdkRGBA         *colour)
{
  const double line = LINE_WIDTH * scale;
  const double radius = RADIUS * scale - line / 2;
  const double left = bounds->origin.x + line / 2;
  const double top = bounds->origin.y + line / 2;
  const double right = bounds->origin.x + bounds->size.width - line / 2;
  const double bottom = bounds->origin.y + bounds->size.height - line / 2;
  cairo_t     *cairo = gtk_snapshot_append_cairo (snapshot, bounds);

  gdk_cairo_set_source_rgba (cairo, colour);
  cairo_set_line_width (cairo, line);
  cairo_set_dash (cairo, (double[]){ DASH_LENGTH * scale, DASH_GAP * scale }, 2, 0);
  cairo_arc (cairo, right - radius, top + radius, radius, -G_PI_2, 0);
  cairo_arc (cairo, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cairo, left + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cairo, left + radius, top + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cairo);
  cairo_stroke (cairo);
  cairo_destroy (cairo);
}

static void
draw_bubble (BeByteStrip *self,
             GtkSnapshot *snapshot,
             const Chip  *chip,
             const BeInk *ink)
{
  const double   scale = be_lettering_get_scale (self->lettering);
  const float    line = (float) (LINE_WIDTH * scale);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &chip->bubble, (float) (RADIUS * scale));
  if (self->kind != BE_BYTE_STRIP_MESSAGES && !chip->is_lost)
    {
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, self->kind == BE_BYTE_STRIP_SENT ? &ink->strong : &ink->tint,
                                 &chip->bubble);
      gtk_snapshot_pop (snapshot);
    }

  if (chip->is_open || chip->is_lost)
    draw_dashed (snapshot, &chip->bubble, scale, &ink->strong);
  else if (self->kind != BE_BYTE_STRIP_SENT)
    gtk_snapshot_append_border (snapshot, &outline, (float[4]){ line, line, line, line },
                                (GdkRGBA[4]){ ink->strong, ink->strong, ink->strong, ink->strong });
}

static void
draw_chip (BeByteStrip     *self,
           GtkSnapshot     *snapshot,
           const BePalette *palette,
           Chip            *chip)
{
  const BeInk   *ink = be_palette_get_ink (palette, self->connection);
  const double   scale = be_lettering_get_scale (self->lettering);
  const double   x = chip->bubble.origin.x + PADDING_X * scale;
  const double   y = round ((double) (chip->bubble.origin.y + chip->text_y));
  const double   bottom = chip->bubble.origin.y + chip->bubble.size.height;
  const GdkRGBA *colour = self->kind == BE_BYTE_STRIP_SENT ? &ink->on_strong : &palette->text;

  if (chip->is_lost)
    colour = &palette->small_text;
  else if (self->kind == BE_BYTE_STRIP_RECEIVED)
    colour = &ink->on_tint;

  draw_bubble (self, snapshot, chip, ink);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, chip->text, colour);
  gtk_snapshot_restore (snapshot);
  be_payload_layout_snapshot_boxes (chip->text, snapshot, x, y, scale, colour);
  be_payload_ticks_snapshot (chip->ticks, chip->text, snapshot, x, y, chip->bubble.origin.y, bottom, scale,
                             self->kind == BE_BYTE_STRIP_SENT ? &ink->on_strong : &ink->strong);
  be_lettering_snapshot (self->lettering, snapshot, chip->caption_text, BE_FONT_TIME, chip->bubble.origin.x,
                         bottom + CAPTION_HEIGHT * scale / 2, &palette->small_text);
}

static void
be_byte_strip_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  BeByteStrip *self = BE_BYTE_STRIP (widget);

  arrange (self, gtk_widget_get_width (widget));
  for (guint i = 0; i < self->chips->len; i++)
    draw_chip (self, snapshot, be_palette_get_default (), g_ptr_array_index (self->chips, i));
}

/*
 * GObject
 */

static void
be_byte_strip_finalize (GObject *object)
{
  BeByteStrip *self = BE_BYTE_STRIP (object);

  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->label, g_free);
  g_clear_object (&self->lettering);

  G_OBJECT_CLASS (be_byte_strip_parent_class)->finalize (object);
}

static void
be_byte_strip_class_init (BeByteStripClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = be_byte_strip_finalize;

  widget_class->get_request_mode = be_byte_strip_get_request_mode;
  widget_class->measure = be_byte_strip_measure;
  widget_class->size_allocate = be_byte_strip_size_allocate;
  widget_class->snapshot = be_byte_strip_snapshot;

  gtk_widget_class_set_css_name (widget_class, "be-byte-strip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
be_byte_strip_init (BeByteStrip *self)
{
  self->chips = g_ptr_array_new_with_free_func (chip_free);
  self->connection = G_MAXUINT32;
  self->arranged_width = -1;
}

/**
 * be_byte_strip_new:
 *
 * Returns: (transfer floating): a strip without pieces
 */
GtkWidget *
be_byte_strip_new (void)
{
  return g_object_new (BE_TYPE_BYTE_STRIP, NULL);
}

/**
 * be_byte_strip_begin:
 * @kind: how the pieces look
 * @connection: whose colour they have
 *
 * Takes all pieces away; others are added, and be_byte_strip_end() shows them.
 */
void
be_byte_strip_begin (BeByteStrip    *self,
                     BeByteStripKind kind,
                     guint32         connection)
{
  g_return_if_fail (BE_IS_BYTE_STRIP (self));

  self->kind = kind;
  self->connection = connection;
  g_ptr_array_set_size (self->chips, 0);
}

void
be_byte_strip_add (BeByteStrip            *self,
                   const BeByteStripPiece *piece)
{
  Chip            *chip;
  g_autofree char *display = NULL;

  g_return_if_fail (BE_IS_BYTE_STRIP (self));
  g_return_if_fail (piece != NULL);
  g_return_if_fail (piece->header_length + piece->trailer_length <= piece->length);

  chip = g_new0 (Chip, 1);
  chip->caption = g_strdup (piece->caption);
  chip->n_bytes = MIN (piece->length, MAX_BYTES);
  chip->is_open = (guint8) piece->is_open;
  chip->is_lost = (guint8) piece->is_lost;
  if (chip->n_bytes > 0)
    memcpy (chip->bytes, piece->bytes, chip->n_bytes);
  if (piece->header_length > 0)
    chip->ends[chip->n_ends++] = (guint32) piece->header_length;
  if (piece->trailer_length > 0 && piece->length <= MAX_BYTES)
    chip->ends[chip->n_ends++] = (guint32) (piece->length - piece->trailer_length);
  chip->ticks = g_array_new (FALSE, FALSE, sizeof (BePayloadTick));

  display = be_payload_text_to_display (chip->bytes, chip->n_bytes, MAX_CHARACTERS);
  chip->spoken = g_strdelimit (g_steal_pointer (&display), "\n", ' ');
  g_ptr_array_add (self->chips, chip);
}

/**
 * be_byte_strip_end:
 * @title: what stands above the strip
 *
 * Shows the pieces that were added, and tells them to a screen reader.
 */
void
be_byte_strip_end (BeByteStrip *self,
                   const char  *title)
{
  g_autoptr (GString) label = g_string_new (title);

  g_return_if_fail (BE_IS_BYTE_STRIP (self));

  for (guint i = 0; i < MIN (self->chips->len, MAX_SPOKEN_PIECES); i++)
    {
      const Chip *chip = g_ptr_array_index (self->chips, i);

      g_string_append_printf (label, "\n%s: %s", chip->caption, chip->spoken);
    }

  /* Here and not while sizes are allocated, so that who adds knows what it costs. */
  provide_lettering (self);
  for (guint i = 0; i < self->chips->len; i++)
    shape (self, g_ptr_array_index (self->chips, i));

  self->arranged_width = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (g_strcmp0 (label->str, self->label) == 0)
    return;

  g_free (self->label);
  self->label = g_strdup (label->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

/**
 * be_byte_strip_get_n_pieces:
 *
 * Returns: how many pieces are shown
 */
guint
be_byte_strip_get_n_pieces (BeByteStrip *self)
{
  g_return_val_if_fail (BE_IS_BYTE_STRIP (self), 0);

  return self->chips->len;
}
