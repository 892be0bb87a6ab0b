/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-dashed-badge.h"

#include "be-event-record.h"

#include <math.h>

#define RADIUS 10.5
#define DOT_RADIUS 5.5
#define HALO 2.0
#define LINE_WIDTH 1.6

/* The points of the shape of a connection, from its middle; a circle is none. */
static void
trace (cairo_t *cairo,
       guint32  connection,
       double   radius)
{
  guint  n_corners = 0;
  double turn = 0;
  double reach = radius;

  switch (connection == BE_EVENT_NO_CONNECTION ? 0 : connection % BE_PALETTE_N_CONNECTIONS)
    {
    case 1:
      n_corners = 4;
      reach = radius * 1.25;
      break;
    case 2:
      n_corners = 4;
      turn = G_PI / 4;
      reach = radius * 1.25;
      break;
    case 3:
      n_corners = 6;
      turn = G_PI / 6;
      break;
    default:
      break;
    }

  cairo_new_path (cairo);
  if (n_corners == 0)
    cairo_arc (cairo, 0, 0, radius, 0, 2 * G_PI);
  for (guint i = 0; i < n_corners; i++)
    {
      double angle = turn + i * 2 * G_PI / n_corners;

      cairo_line_to (cairo, reach * cos (angle), reach * sin (angle));
    }
  cairo_close_path (cairo);
}

/**
 * be_dashed_badge_snapshot:
 * @connection: whose badge, or %BE_EVENT_NO_CONNECTION for a small dot
 * @letter: (nullable): its letter, shaped in %BE_FONT_LETTER
 * @x: its middle
 * @y: its middle
 *
 * Draws the badge of an end that is known from the system alone: no call has
 * returned that made it, or its socket is closed.
 */
void
be_dashed_badge_snapshot (GtkSnapshot     *snapshot,
                          const BePalette *palette,
                          BeLettering     *lettering,
                          guint32          connection,
                          PangoLayout     *letter,
                          double           x,
                          double           y)
{
  gboolean       is_dot = connection == BE_EVENT_NO_CONNECTION;
  const GdkRGBA *colour = is_dot ? &palette->lifeline : &be_palette_get_ink (palette, connection)->strong;
  double         scale = be_lettering_get_scale (lettering);
  double         radius = (is_dot ? DOT_RADIUS : RADIUS) * scale;
  const double   dashes[] = { 3 * scale, 2.2 * scale };
  float          size = (float) (4 * radius);
  cairo_t       *cairo;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (palette != NULL);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  cairo = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (-size / 2, -size / 2, size, size));
  trace (cairo, connection, radius + HALO * scale);
  gdk_cairo_set_source_rgba (cairo, &palette->list);
  cairo_fill (cairo);
  trace (cairo, connection, radius - LINE_WIDTH * scale / 2);
  gdk_cairo_set_source_rgba (cairo, colour);
  cairo_set_line_width (cairo, LINE_WIDTH * scale);
  cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cairo);
  cairo_destroy (cairo);
  if (letter != NULL && !is_dot)
    be_lettering_snapshot (lettering, snapshot, letter, BE_FONT_LETTER,
                           -be_lettering_get_width (letter) / 2, 0, colour);
  gtk_snapshot_restore (snapshot);
}
