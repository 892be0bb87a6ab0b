/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire.h"

#include "be-cairo-part.h"
#include "be-event-record.h"
#include "be-magnification.h"

#include <math.h>

/* Below this width the two sides would be too narrow for what they say. */
#define FOLDED_BELOW_WIDTH 860

#define LANE_SHARE 0.22
#define LANE_MIN_WIDTH 180
#define LANE_MAX_WIDTH 320

#define LIFELINE_WIDTH 3
#define DOT_GAP 6

/* For the eyes of a whole room: less lane, more room for large type. */
#define PROJECTED_LANE_SHARE 0.19
#define PROJECTED_LIFELINE_WIDTH 5

#define BADGE_RADIUS 10.5
#define BADGE_HALO 2.0
#define DOT_RADIUS 5.5
#define OUTLINE_WIDTH 2.0

/* How far a card of the window reaches over its lifeline, into the lane. */
#define CARD_OVERHANG 25

#define ARROW_LENGTH 11.0
#define ARROW_HALF_WIDTH 5.0

typedef enum
{
  SHAPE_CIRCLE,
  SHAPE_DIAMOND,
  SHAPE_SQUARE,
  SHAPE_HEXAGON,
  SHAPE_DOT,
} Shape;

/**
 * be_wire_geometry_for_width:
 * @width: of the conversation, or of the window's strip of cards above it
 *
 * Returns: the one geometry for this width, so that cards and rows agree
 */
BeWireGeometry
be_wire_geometry_for_width (int width)
{
  BeWireGeometry geometry = { 0 };
  gboolean       is_projected = be_magnification_is_projected ();
  double         factor = is_projected ? 1 : be_magnification_get_factor ();
  int            half_lane;

  /* What is projected is never folded for its size, but for a narrow window. */
  if (width < FOLDED_BELOW_WIDTH * factor)
    {
      geometry.is_folded = TRUE;
      geometry.client_x = MAX (width, 0);
      return geometry;
    }

  half_lane = (int) lround (width * (is_projected ? PROJECTED_LANE_SHARE : LANE_SHARE) / 2);
  half_lane = (int) CLAMP (half_lane, LANE_MIN_WIDTH * factor / 2, LANE_MAX_WIDTH * factor / 2);
  geometry.lane_width = 2 * half_lane;
  geometry.server_x = width / 2 - half_lane;
  geometry.client_x = width / 2 + half_lane;
  geometry.card_overhang = be_wire_get_badge_room () / 2;

  return geometry;
}

/**
 * be_wire_get_badge_room:
 *
 * Returns: how wide the place of a badge in a card is: its middle stands on
 *   the lifeline, and its end at the inner edge of the card
 */
int
be_wire_get_badge_room (void)
{
  return 2 * (int) lround (CARD_OVERHANG * be_magnification_get_factor ());
}

/**
 * be_wire_snapshot_lane:
 * @snapshot: where to draw
 * @palette: the colours
 * @geometry: where the lane is
 * @height: how tall
 *
 * Draws the ground of the lane; nothing when it is folded away.
 */
void
be_wire_snapshot_lane (GtkSnapshot          *snapshot,
                       const BePalette      *palette,
                       const BeWireGeometry *geometry,
                       double                height)
{
  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (palette != NULL);
  g_return_if_fail (geometry != NULL);

  if (geometry->is_folded)
    return;

  gtk_snapshot_append_color (snapshot, &palette->lane,
                             &GRAPHENE_RECT_INIT ((float) geometry->server_x, 0,
                                                  (float) geometry->lane_width, (float) height));
}

/**
 * be_wire_snapshot_lifeline:
 * @snapshot: where to draw
 * @palette: the colours
 * @x: its middle
 * @top: where it begins
 * @bottom: where it ends
 * @is_dotted: whether this side has not begun to live
 */
void
be_wire_snapshot_lifeline (GtkSnapshot     *snapshot,
                           const BePalette *palette,
                           int              x,
                           double           top,
                           double           bottom,
                           gboolean         is_dotted)
{
  const int   width = be_magnification_is_projected () ? PROJECTED_LIFELINE_WIDTH : LIFELINE_WIDTH;
  const float left = (float) (x - width / 2);

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (palette != NULL);

  if (bottom <= top)
    return;

  if (is_dotted)
    {
      gtk_snapshot_push_repeat (snapshot,
                                &GRAPHENE_RECT_INIT (left, (float) top, (float) width,
                                                     (float) (bottom - top)),
                                &GRAPHENE_RECT_INIT (left, (float) top, (float) width, DOT_GAP));
      gtk_snapshot_append_color (snapshot, &palette->lifeline,
                                 &GRAPHENE_RECT_INIT (left + 0.5f, (float) top, (float) width - 1, 2));
      gtk_snapshot_pop (snapshot);
      return;
    }

  gtk_snapshot_append_color (snapshot, &palette->lifeline,
                             &GRAPHENE_RECT_INIT (left, (float) top, (float) width,
                                                  (float) (bottom - top)));
}

/*
 * Badges
 */

static double
get_radius (Shape shape)
{
  switch (shape)
    {
    case SHAPE_DIAMOND:
      return 9.6;
    case SHAPE_SQUARE:
      return 9.5;
    case SHAPE_HEXAGON:
      return 11.5;
    case SHAPE_DOT:
      return DOT_RADIUS;
    case SHAPE_CIRCLE:
    default:
      return BADGE_RADIUS;
    }
}

static void
append_hexagon (GtkSnapshot   *snapshot,
                double         radius,
                const GdkRGBA *colour)
{
  float       size = (float) (2 * radius + 2);
  BeCairoPart part;
  cairo_t    *cairo = be_cairo_part_begin (&part, &GRAPHENE_RECT_INIT (-size / 2, -size / 2, size, size));

  for (guint i = 0; i < 6; i++)
    {
      double angle = G_PI / 6 + i * G_PI / 3;

      cairo_line_to (cairo, radius * cos (angle), radius * sin (angle));
    }
  cairo_close_path (cairo);
  gdk_cairo_set_source_rgba (cairo, colour);
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cairo, 2);
  cairo_fill_preserve (cairo);
  cairo_stroke (cairo);
  be_cairo_part_end (&part, snapshot);
}

/* A filled shape around the origin; @radius is half its width, before a
 * diamond is turned. */
static void
append_shape (GtkSnapshot   *snapshot,
              Shape          shape,
              double         radius,
              const GdkRGBA *colour)
{
  graphene_rect_t bounds;
  GskRoundedRect  outline;
  gboolean        is_round = shape == SHAPE_CIRCLE || shape == SHAPE_DOT;

  if (shape == SHAPE_HEXAGON)
    {
      append_hexagon (snapshot, radius - 1, colour);
      return;
    }

  bounds = GRAPHENE_RECT_INIT ((float) -radius, (float) -radius,
                               (float) (2 * radius), (float) (2 * radius));
  gsk_rounded_rect_init_from_rect (&outline, &bounds,
                                   (float) (is_round ? radius : radius * 0.22));

  gtk_snapshot_save (snapshot);
  if (shape == SHAPE_DIAMOND)
    gtk_snapshot_rotate (snapshot, 45);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, &bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

/**
 * be_wire_snapshot_badge:
 * @snapshot: where to draw
 * @palette: the colours
 * @lettering: the fonts
 * @connection: whose badge, or %BE_EVENT_NO_CONNECTION for a small hollow dot
 * @letter: (nullable): its letter, shaped in %BE_FONT_LETTER
 * @is_hollow: whether only its outline is drawn: it is over
 * @x: its middle
 * @y: its middle
 */
void
be_wire_snapshot_badge (GtkSnapshot     *snapshot,
                        const BePalette *palette,
                        BeLettering     *lettering,
                        guint32          connection,
                        PangoLayout     *letter,
                        gboolean         is_hollow,
                        double           x,
                        double           y)
{
  const gboolean is_dot = connection == BE_EVENT_NO_CONNECTION;
  const Shape    shape = is_dot ? SHAPE_DOT : (Shape) (connection % BE_PALETTE_N_CONNECTIONS);
  const GdkRGBA *colour;
  const GdkRGBA *letter_colour;
  double         scale;
  double         radius;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (palette != NULL);
  g_return_if_fail (BE_IS_LETTERING (lettering));

  scale = be_lettering_get_scale (lettering);
  radius = get_radius (shape) * scale;
  colour = is_dot ? &palette->lifeline : &be_palette_get_ink (palette, connection)->strong;
  letter_colour = is_hollow ? colour : &be_palette_get_ink (palette, connection)->on_strong;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  append_shape (snapshot, shape, radius + BADGE_HALO, &palette->list);
  append_shape (snapshot, shape, radius, colour);
  if (is_hollow || is_dot)
    append_shape (snapshot, shape, radius - OUTLINE_WIDTH, &palette->list);
  if (letter != NULL && !is_dot)
    be_lettering_snapshot (lettering, snapshot, letter, BE_FONT_LETTER,
                           -be_lettering_get_width (letter) / 2, 0, letter_colour);
  gtk_snapshot_restore (snapshot);
}

/**
 * be_wire_snapshot_arrow:
 * @snapshot: where to draw
 * @colour: its colour
 * @width: of the line
 * @from: where it begins
 * @to: where its tip is
 *
 * Draws a dashed arrow: what has not happened yet.
 */
void
be_wire_snapshot_arrow (GtkSnapshot            *snapshot,
                        const GdkRGBA          *colour,
                        double                  width,
                        const graphene_point_t *from,
                        const graphene_point_t *to)
{
  static const double dashes[] = { 6, 4 };
  graphene_rect_t     bounds;
  double              angle;
  BeCairoPart         part;
  cairo_t            *cairo;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (colour != NULL);
  g_return_if_fail (from != NULL && to != NULL);

  graphene_rect_init (&bounds, from->x, from->y, to->x - from->x, to->y - from->y);
  graphene_rect_inset (&bounds, (float) -ARROW_LENGTH, (float) -ARROW_LENGTH);
  angle = atan2 (to->y - from->y, to->x - from->x);

  cairo = be_cairo_part_begin (&part, &bounds);
  gdk_cairo_set_source_rgba (cairo, colour);
  cairo_set_line_width (cairo, width);
  cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cairo, from->x, from->y);
  cairo_line_to (cairo, to->x - ARROW_LENGTH * cos (angle), to->y - ARROW_LENGTH * sin (angle));
  cairo_stroke (cairo);

  cairo_translate (cairo, to->x, to->y);
  cairo_rotate (cairo, angle);
  cairo_move_to (cairo, 0, 0);
  cairo_line_to (cairo, -ARROW_LENGTH, -ARROW_HALF_WIDTH);
  cairo_line_to (cairo, -ARROW_LENGTH, ARROW_HALF_WIDTH);
  cairo_close_path (cairo);
  cairo_fill (cairo);
  be_cairo_part_end (&part, snapshot);
}
