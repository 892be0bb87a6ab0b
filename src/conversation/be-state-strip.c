/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-strip.h"

#include "be-chip.h"
#include "be-dashed-badge.h"
#include "be-magnification.h"
#include "be-wire.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* As in the rows above it, on the grid of the interface font. */
#define LINE_HEIGHT 32
#define MORE_HEIGHT 22
#define PADDING 2
#define BADGE_TO_CHIP 24
#define CHIP_TO_WORDS 11
#define WORDS_TO_NOW 16
#define OUTER_MARGIN 18
#define FOLDED_BADGE_MARGIN 24
#define FOLDED_BADGE_TO_CHIP 20
#define WORDS_MIN_WIDTH 60
#define EDGE_SHARE 0.35f

/**
 * BeStateStrip:
 *
 * The end of both lifelines: below the newest row, what the system says *now*
 * of each connection that opens or closes, both ends on one line. Three
 * connections, and how many more there are. Where nothing opens or closes it
 * takes no room; whoever is ESTABLISHED stands in the cards.
 *
 * Holds a reference to the watch, and owns its lines and its lettering. It
 * ends with its widget.
 */
struct _BeStateStrip
{
  GtkWidget parent_instance;

  BeStateWatch *watch;
  BeStateLine   lines[BE_STATE_LINES_MAX];
  guint         n_lines;
  guint         n_more;
  gboolean      is_off; /* UDP has no such states */

  BeLettering *lettering;
};

G_DEFINE_FINAL_TYPE (BeStateStrip, be_state_strip, GTK_TYPE_WIDGET)

/* Where one end stands: outward from its lifeline or, folded, inward from the
 * edge where its badge is. */
typedef struct
{
  double   badge_x;
  double   chip_distance;
  double   length; /* from the badge to the end of its room */
  gboolean goes_right;
} Place;

static void
ensure_lettering (BeStateStrip *self)
{
  if (self->lettering != NULL && !be_lettering_is_current (self->lettering))
    g_clear_object (&self->lettering);

  if (self->lettering == NULL)
    self->lettering = be_lettering_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
}

static void
clear_lines (BeStateStrip *self)
{
  for (guint i = 0; i < self->n_lines; i++)
    be_state_line_clear (&self->lines[i]);
  self->n_lines = 0;
  self->n_more = 0;
}

static void
update_accessible (BeStateStrip *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n_lines; i++)
    {
      g_autofree char *sentence = be_state_line_dup_sentence (&self->lines[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", sentence);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str, -1);
}

static gboolean
lines_are (BeStateStrip      *self,
           const BeStateLine *lines,
           guint              n_lines,
           guint              n_more)
{
  if (self->n_lines != n_lines || self->n_more != n_more)
    return FALSE;

  for (guint i = 0; i < n_lines; i++)
    if (!be_state_line_equal (&self->lines[i], &lines[i]))
      return FALSE;

  return TRUE;
}

static void
update (BeStateStrip *self)
{
  BeStateLine lines[BE_STATE_LINES_MAX] = { 0 };
  guint       n_more = 0;
  guint       n_lines = 0;
  gboolean    is_as_high;

  if (self->watch != NULL)
    n_lines = be_state_lines_collect (self->watch, g_get_monotonic_time (), lines, &n_more);

  if (lines_are (self, lines, n_lines, n_more))
    {
      for (guint i = 0; i < n_lines; i++)
        be_state_line_clear (&lines[i]);
      return;
    }

  is_as_high = self->n_lines == n_lines && (self->n_more > 0) == (n_more > 0);
  clear_lines (self);
  memcpy (self->lines, lines, sizeof lines);
  self->n_lines = n_lines;
  self->n_more = n_more;

  update_accessible (self);
  gtk_widget_set_visible (GTK_WIDGET (self), n_lines > 0 && !self->is_off);
  if (is_as_high)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/*
 * GtkWidget
 */

static void
be_state_strip_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  BeStateStrip *self = BE_STATE_STRIP (widget);
  double        height;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || self->n_lines == 0)
    return;

  ensure_lettering (self);
  height = (self->n_lines * LINE_HEIGHT + (self->n_more > 0 ? MORE_HEIGHT : 0) + 2 * PADDING) *
           be_lettering_get_scale (self->lettering);
  *minimum = *natural = (int) ceil (height);
}

static Place
find_place (BeStateStrip         *self,
            const BeWireGeometry *geometry,
            BeSide                side,
            double                width)
{
  double   scale = be_lettering_get_scale (self->lettering);
  gboolean is_server = side == BE_SIDE_SERVER;
  Place    place = { .chip_distance = BADGE_TO_CHIP * scale };

  if (geometry->is_folded)
    {
      place.goes_right = is_server;
      place.badge_x = is_server ? FOLDED_BADGE_MARGIN * scale : width - FOLDED_BADGE_MARGIN * scale;
      place.chip_distance = FOLDED_BADGE_TO_CHIP * scale;
      place.length = width / 2 - FOLDED_BADGE_MARGIN * scale;
      return place;
    }

  place.goes_right = !is_server;
  place.badge_x = is_server ? geometry->server_x : geometry->client_x;
  place.length = (is_server ? geometry->server_x : width - geometry->client_x) - OUTER_MARGIN * scale;

  return place;
}

static double
to_x (const Place *place,
      double       distance,
      double       width)
{
  return place->goes_right ? place->badge_x + distance : place->badge_x - distance - width;
}

static void
draw_words (BeStateStrip    *self,
            GtkSnapshot     *snapshot,
            const BePalette *palette,
            const Place     *place,
            const char      *words,
            double           from,
            double           centre)
{
  double scale = be_lettering_get_scale (self->lettering);
  double room;
  double now_width;
  double width;
  g_autoptr (PangoLayout) now = be_lettering_make (self->lettering, BE_FONT_TIME, _ ("now"));
  g_autoptr (PangoLayout) layout = NULL;

  now_width = be_lettering_get_width (now);
  be_lettering_snapshot (self->lettering, snapshot, now, BE_FONT_TIME,
                         to_x (place, place->length - now_width, now_width), centre, &palette->small_text);

  room = place->length - now_width - WORDS_TO_NOW * scale - from;
  if (*words == '\0' || room < WORDS_MIN_WIDTH * scale)
    return;

  layout = be_lettering_make (self->lettering, BE_FONT_SMALL, words);
  if (be_lettering_get_width (layout) > room)
    {
      /* From the last row of a room nobody reads the beginning of a word. */
      if (be_magnification_is_projected ())
        return;

      pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  width = MIN (be_lettering_get_width (layout), room);
  be_lettering_snapshot (self->lettering, snapshot, layout, BE_FONT_SMALL, to_x (place, from, width), centre,
                         &palette->small_text);
}

static void
draw_end (BeStateStrip         *self,
          GtkSnapshot          *snapshot,
          const BePalette      *palette,
          const BeWireGeometry *geometry,
          const BeStateLine    *line,
          BeSide                side,
          double                centre)
{
  Place  place = find_place (self, geometry, side, gtk_widget_get_width (GTK_WIDGET (self)));
  double width;
  g_autoptr (PangoLayout) letter = NULL;
  g_autoptr (PangoLayout) chip = NULL;

  if (line->ends[side].state == NULL)
    return;

  if (line->connection != BE_EVENT_NO_CONNECTION)
    {
      g_autofree char *text = be_pairing_dup_letter (line->connection);

      letter = be_lettering_share (self->lettering, BE_FONT_LETTER, text);
    }
  if (line->ends[side].is_unheld || line->connection == BE_EVENT_NO_CONNECTION)
    be_dashed_badge_snapshot (snapshot, palette, self->lettering, line->connection, letter, place.badge_x, centre);
  else
    be_wire_snapshot_badge (snapshot, palette, self->lettering, line->connection, letter, FALSE, place.badge_x, centre);

  chip = be_lettering_make (self->lettering, BE_FONT_CHIP, line->ends[side].state);
  width = be_chip_get_width (self->lettering, chip, FALSE);
  be_chip_snapshot (snapshot, palette, self->lettering, chip, line->ends[side].kind, FALSE,
                    to_x (&place, place.chip_distance, width), centre);
  if (!geometry->is_folded)
    draw_words (self, snapshot, palette, &place, line->ends[side].words,
                place.chip_distance + width + CHIP_TO_WORDS * be_lettering_get_scale (self->lettering), centre);
}

static void
draw_more (BeStateStrip    *self,
           GtkSnapshot     *snapshot,
           const BePalette *palette,
           double           centre)
{
  g_autofree char *text = NULL;
  double           width = gtk_widget_get_width (GTK_WIDGET (self));
  g_autoptr (PangoLayout) layout = NULL;

  text = g_strdup_printf (ngettext ("and %u more", "and %u more", self->n_more), self->n_more);
  layout = be_lettering_make (self->lettering, BE_FONT_SMALL, text);
  be_lettering_snapshot (self->lettering, snapshot, layout, BE_FONT_SMALL,
                         (width - be_lettering_get_width (layout)) / 2, centre, &palette->small_text);
}

/* Where nobody of that side has a state it is as in the list of one that has not
 * begun. */
static gboolean
has_end (BeStateStrip *self,
         BeSide        side)
{
  for (guint i = 0; i < self->n_lines; i++)
    if (self->lines[i].ends[side].state != NULL)
      return TRUE;

  return FALSE;
}

static void
be_state_strip_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  BeStateStrip    *self = BE_STATE_STRIP (widget);
  const BePalette *palette = be_palette_get_default ();
  const int        width = gtk_widget_get_width (widget);
  const int        height = gtk_widget_get_height (widget);
  BeWireGeometry   geometry = be_wire_geometry_for_width (width);
  const GdkRGBA    edge = be_palette_mix (&palette->list, &palette->lifeline, palette->is_high_contrast ? 1 : EDGE_SHARE);
  double           scale;
  double           centre;

  ensure_lettering (self);
  scale = be_lettering_get_scale (self->lettering);
  gtk_snapshot_append_color (snapshot, &palette->list, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  be_wire_snapshot_lane (snapshot, palette, &geometry, height);
  if (!geometry.is_folded)
    {
      be_wire_snapshot_lifeline (snapshot, palette, geometry.server_x, 0, height,
                                 !has_end (self, BE_SIDE_SERVER));
      be_wire_snapshot_lifeline (snapshot, palette, geometry.client_x, 0, height,
                                 !has_end (self, BE_SIDE_CLIENT));
    }
  gtk_snapshot_append_color (snapshot, &edge, &GRAPHENE_RECT_INIT (0, 0, (float) width, 1));

  centre = PADDING * scale;
  if (self->n_more > 0)
    {
      draw_more (self, snapshot, palette, centre + MORE_HEIGHT * scale / 2);
      centre += MORE_HEIGHT * scale;
    }
  centre += LINE_HEIGHT * scale / 2;
  for (guint i = 0; i < self->n_lines; i++, centre += LINE_HEIGHT * scale)
    {
      draw_end (self, snapshot, palette, &geometry, &self->lines[i], BE_SIDE_SERVER, centre);
      draw_end (self, snapshot, palette, &geometry, &self->lines[i], BE_SIDE_CLIENT, centre);
    }
}

/*
 * GObject
 */

static void
be_state_strip_constructed (GObject *object)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  G_OBJECT_CLASS (be_state_strip_parent_class)->constructed (object);

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           object, G_CONNECT_SWAPPED);
}

static void
be_state_strip_dispose (GObject *object)
{
  BeStateStrip *self = BE_STATE_STRIP (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->lettering);

  G_OBJECT_CLASS (be_state_strip_parent_class)->dispose (object);
}

static void
be_state_strip_finalize (GObject *object)
{
  clear_lines (BE_STATE_STRIP (object));

  G_OBJECT_CLASS (be_state_strip_parent_class)->finalize (object);
}

static void
be_state_strip_class_init (BeStateStripClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = be_state_strip_constructed;
  object_class->dispose = be_state_strip_dispose;
  object_class->finalize = be_state_strip_finalize;

  widget_class->measure = be_state_strip_measure;
  widget_class->snapshot = be_state_strip_snapshot;

  gtk_widget_class_set_css_name (widget_class, "be-state-strip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
be_state_strip_init (BeStateStrip *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * be_state_strip_set_watch:
 *
 * Gives the strip the watch of which it tells; once.
 */
void
be_state_strip_set_watch (BeStateStrip *self,
                          BeStateWatch *watch)
{
  g_return_if_fail (BE_IS_STATE_STRIP (self));
  g_return_if_fail (BE_IS_STATE_WATCH (watch));
  g_return_if_fail (self->watch == NULL);

  self->watch = g_object_ref (watch);
  g_signal_connect_object (watch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * be_state_strip_set_protocol:
 * @protocol: of the conversation; of UDP the strip shows nothing
 */
void
be_state_strip_set_protocol (BeStateStrip *self,
                             BeProtocol    protocol)
{
  g_return_if_fail (BE_IS_STATE_STRIP (self));

  self->is_off = protocol == BE_PROTOCOL_UDP;
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_lines > 0 && !self->is_off);
}

/**
 * be_state_strip_get_lines:
 * @n_lines: (out): how many
 *
 * Returns: (transfer none): what it says, valid until the main loop runs
 */
const BeStateLine *
be_state_strip_get_lines (BeStateStrip *self,
                          guint        *n_lines)
{
  g_return_val_if_fail (BE_IS_STATE_STRIP (self), NULL);

  *n_lines = self->n_lines;

  return self->lines;
}
