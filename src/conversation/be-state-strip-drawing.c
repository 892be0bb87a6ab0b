/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What BeStateStrip looks like. */

#include "be-state-strip-private.h"

#include "be-chip.h"
#include "be-dashed-badge.h"
#include "be-wire.h"

#include <glib/gi18n-lib.h>

/* On the grid of the interface font. */
#define BADGE_TO_CHIP 24
#define CHIP_TO_WORDS 11
#define WORDS_TO_NOW 16
#define OUTER_MARGIN 18
#define FOLDED_BADGE_MARGIN 24
#define FOLDED_BADGE_TO_CHIP 20
#define FOLDED_END_WIDTH 150
#define EDGE_SHARE 0.35f

/* The end of another program, as its arrows in the rows. */
#define STUB_SHARE 0.27
#define STUB_HALF_HEIGHT 8
#define STUB_WIDTH 2
#define STUB_TO_CHIP 8
#define STUB_MARGIN 14

/* Where one end stands: outward from its lifeline or, folded, inward from the
 * edge where its badge is. */
typedef struct
{
  double   badge_x;
  double   chip_distance;
  double   length; /* from the badge to the end of its room */
  gboolean goes_right;
} Place;

/* See be-state-strip-private.h. */
void
be_state_strip_ensure_lettering (BeStateStrip *self)
{
  if (self->lettering != NULL && !be_lettering_is_current (self->lettering))
    g_clear_object (&self->lettering);

  if (self->lettering == NULL)
    self->lettering = be_lettering_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
}

/* How many connections have no line: the newest have. */
static guint
get_n_more (BeStateStrip *self)
{
  return self->n_more + self->n_lines - MIN (self->n_lines, self->max_lines);
}

/* With less room it is a number between the ends of the first line. See
 * be-state-strip-private.h. */
gboolean
be_state_strip_has_line_for_more (BeStateStrip *self,
                                  guint         max_lines)
{
  return max_lines == BE_STATE_LINES_MAX && self->n_more > 0;
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

/* Nobody reads the beginning of a word: what has no room is left out. */
static PangoLayout *
make_words (BeStateStrip *self,
            const char   *words,
            double        room)
{
  g_autoptr (PangoLayout) layout = be_lettering_share (self->lettering, BE_FONT_SMALL, words);

  return *words != '\0' && be_lettering_get_width (layout) <= room ? g_steal_pointer (&layout) : NULL;
}

static void
draw_words (BeStateStrip      *self,
            GtkSnapshot       *snapshot,
            const BePalette   *palette,
            const Place       *place,
            const BeStateLine *line,
            BeSide             side,
            double             from,
            double             centre)
{
  g_autofree char *words = be_state_line_dup_words (line, side, FALSE);
  g_autofree char *short_words = be_state_line_dup_words (line, side, TRUE);
  double           room;
  double           now_width;
  double           width;
  g_autoptr (PangoLayout) now = be_lettering_make (self->lettering, BE_FONT_TIME, _ ("now"));
  g_autoptr (PangoLayout) layout = NULL;

  now_width = be_lettering_get_width (now);
  be_lettering_snapshot (self->lettering, snapshot, now, BE_FONT_TIME,
                         to_x (place, place->length - now_width, now_width), centre, &palette->small_text);

  room = place->length - now_width - WORDS_TO_NOW * be_lettering_get_scale (self->lettering) - from;
  layout = make_words (self, words, room);
  if (layout == NULL)
    layout = make_words (self, short_words, room);
  if (layout == NULL)
    return;

  width = be_lettering_get_width (layout);
  be_lettering_snapshot (self->lettering, snapshot, layout, BE_FONT_SMALL, to_x (place, from, width), centre,
                         &palette->small_text);
}

static void
draw_chip (BeStateStrip      *self,
           GtkSnapshot       *snapshot,
           const BePalette   *palette,
           const BeStateLine *line,
           BeSide             side,
           PangoLayout       *chip,
           double             x,
           double             centre)
{
  be_chip_snapshot (snapshot, palette, self->lettering, chip, line->ends[side].kind, FALSE, x, centre);
}

/* Another program's end, which is no socket of ours, stands where its arrows
 * end in the rows. Without room for that, and in a chat, it is left out. */
static void
draw_stranger (BeStateStrip         *self,
               GtkSnapshot          *snapshot,
               const BePalette      *palette,
               const BeWireGeometry *geometry,
               const BeStateLine    *line,
               BeSide                side,
               double                centre)
{
  double   scale = be_lettering_get_scale (self->lettering);
  double   lane = geometry->client_x - geometry->server_x;
  double   stub = side == BE_SIDE_CLIENT ? geometry->server_x + lane * STUB_SHARE : geometry->client_x - lane * STUB_SHARE;
  Place    place = find_place (self, geometry, side, gtk_widget_get_width (GTK_WIDGET (self)));
  gboolean goes_right = side == BE_SIDE_CLIENT;
  double   width;
  g_autoptr (PangoLayout) chip = be_lettering_make (self->lettering, BE_FONT_CHIP, line->ends[side].state);

  width = be_chip_get_width (self->lettering, chip, FALSE);
  if (geometry->is_folded || width + (STUB_TO_CHIP + STUB_MARGIN) * scale > lane * (1 - STUB_SHARE))
    return;

  gtk_snapshot_append_color (snapshot, &palette->lifeline,
                             &GRAPHENE_RECT_INIT ((float) (stub - STUB_WIDTH * scale / 2), (float) (centre - STUB_HALF_HEIGHT * scale),
                                                  (float) (STUB_WIDTH * scale), (float) (2 * STUB_HALF_HEIGHT * scale)));
  draw_chip (self, snapshot, palette, line, side, chip,
             goes_right ? stub + STUB_TO_CHIP * scale : stub - STUB_TO_CHIP * scale - width, centre);
  draw_words (self, snapshot, palette, &place, line, side, place.chip_distance, centre);
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

  if (line->ends[side].is_stranger)
    {
      draw_stranger (self, snapshot, palette, geometry, line, side, centre);
      return;
    }

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
  draw_chip (self, snapshot, palette, line, side, chip, to_x (&place, place.chip_distance, width), centre);
  if (!geometry->is_folded)
    draw_words (self, snapshot, palette, &place, line, side,
                place.chip_distance + width + CHIP_TO_WORDS * be_lettering_get_scale (self->lettering), centre);
}

/* Between the ends of a line, of which a chat has more than a lane. */
static PangoLayout *
make_number (BeStateStrip         *self,
             const BeWireGeometry *geometry,
             guint                 n_more)
{
  double           scale = be_lettering_get_scale (self->lettering);
  double           width = gtk_widget_get_width (GTK_WIDGET (self));
  double           room = geometry->is_folded ? width - 2 * FOLDED_END_WIDTH * scale : geometry->client_x - geometry->server_x - 2 * BADGE_TO_CHIP * scale;
  g_autofree char *text = g_strdup_printf (ngettext ("+%u connection", "+%u connections", n_more), n_more);
  g_autoptr (PangoLayout) layout = make_words (self, text, room);
  g_autofree char *number = NULL;

  if (layout != NULL)
    return g_steal_pointer (&layout);

  number = g_strdup_printf ("+%u", n_more);

  return be_lettering_share (self->lettering, BE_FONT_SMALL, number);
}

static void
draw_more (BeStateStrip         *self,
           GtkSnapshot          *snapshot,
           const BePalette      *palette,
           const BeWireGeometry *geometry,
           double                centre)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  guint  n_more = get_n_more (self);
  g_autoptr (PangoLayout) layout = NULL;

  if (be_state_strip_has_line_for_more (self, self->max_lines))
    {
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

      layout = be_lettering_share (self->lettering, BE_FONT_SMALL, text);
    }
  else
    {
      layout = make_number (self, geometry, n_more);
    }
  be_lettering_snapshot (self->lettering, snapshot, layout, BE_FONT_SMALL,
                         (width - be_lettering_get_width (layout)) / 2, centre, &palette->small_text);
}

/* Where nobody of ours of that side has a state it is as in the list of one that has not
 * begun. */
static gboolean
has_end (BeStateStrip *self,
         BeSide        side)
{
  for (guint i = 0; i < self->n_lines; i++)
    if (self->lines[i].ends[side].state != NULL && !self->lines[i].ends[side].is_stranger)
      return TRUE;

  return FALSE;
}

void
be_state_strip_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  BeStateStrip    *self = BE_STATE_STRIP (widget);
  const BePalette *palette = be_palette_get_default ();
  const int        width = gtk_widget_get_width (widget);
  const int        height = gtk_widget_get_height (widget);
  guint            n_shown = MIN (self->n_lines, self->max_lines);
  BeWireGeometry   geometry = be_wire_geometry_for_width (width);
  const GdkRGBA    edge = be_palette_mix (&palette->list, &palette->lifeline, palette->is_high_contrast ? 1 : EDGE_SHARE);
  double           scale;
  double           centre;

  if (n_shown == 0)
    return;

  be_state_strip_ensure_lettering (self);
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

  centre = BE_STATE_STRIP_PADDING * scale;
  if (be_state_strip_has_line_for_more (self, self->max_lines))
    {
      draw_more (self, snapshot, palette, &geometry, centre + BE_STATE_STRIP_MORE_HEIGHT * scale / 2);
      centre += BE_STATE_STRIP_MORE_HEIGHT * scale;
    }
  centre += BE_STATE_STRIP_LINE_HEIGHT * scale / 2;
  if (!be_state_strip_has_line_for_more (self, self->max_lines) && get_n_more (self) > 0)
    draw_more (self, snapshot, palette, &geometry, centre);
  for (guint i = self->n_lines - n_shown; i < self->n_lines; i++, centre += BE_STATE_STRIP_LINE_HEIGHT * scale)
    {
      draw_end (self, snapshot, palette, &geometry, &self->lines[i], BE_SIDE_SERVER, centre);
      draw_end (self, snapshot, palette, &geometry, &self->lines[i], BE_SIDE_CLIENT, centre);
    }
}
