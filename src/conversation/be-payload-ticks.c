/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-payload-ticks.h"

#include <math.h>

#define TICK_WIDTH 1.5
#define DASH_LENGTH 3.0
#define DASH_GAP 2.0

/* Where the text is cut off for its height nothing ended that can be shown. */
static guint
find_cut (PangoLayout *layout)
{
  PangoLayoutIter *iter;
  guint            cut = G_MAXUINT;

  if (!pango_layout_is_ellipsized (layout))
    return cut;

  iter = pango_layout_get_iter (layout);
  do
    {
      const PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

      if (run != NULL && (run->item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) != 0)
        cut = (guint) run->item->offset;
    }
  while (cut == G_MAXUINT && pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);

  return cut;
}

static double
find_place (PangoLayout         *layout,
            const BePayloadTick *tick,
            PangoRectangle      *character)
{
  pango_layout_index_to_pos (layout, (int) tick->index, character);

  return ((double) character->x + (double) tick->share * character->width) / PANGO_SCALE;
}

static void
draw_tick (GtkSnapshot   *snapshot,
           double         x,
           double         top,
           double         bottom,
           double         scale,
           const GdkRGBA *colour)
{
  double width = MAX (round (TICK_WIDTH * scale), 1);

  for (double y = top; y < bottom; y += (DASH_LENGTH + DASH_GAP) * scale)
    gtk_snapshot_append_color (snapshot, colour,
                               &GRAPHENE_RECT_INIT ((float) round (x - width / 2), (float) y, (float) width,
                                                    (float) MIN (DASH_LENGTH * scale, bottom - y)));
}

/**
 * be_payload_ticks_get_x:
 *
 * Returns: how far a tick is from the left edge of the text, in pixels
 */
double
be_payload_ticks_get_x (PangoLayout         *layout,
                        const BePayloadTick *tick)
{
  PangoRectangle character;

  g_return_val_if_fail (PANGO_IS_LAYOUT (layout), 0);
  g_return_val_if_fail (tick != NULL, 0);

  return find_place (layout, tick, &character);
}

/**
 * be_payload_ticks_snapshot:
 * @ticks: (element-type BePayloadTick): in the order of the text
 * @layout: the text
 * @snapshot: where to draw
 * @x: the left edge of the text
 * @y: its top
 * @top: of the bubble around it
 * @bottom: of the bubble
 * @scale: of the grid
 * @colour: of the ticks
 *
 * Draws them dashed, through the whole bubble when it has one line, otherwise
 * through their lines.
 */
void
be_payload_ticks_snapshot (GArray        *ticks,
                           PangoLayout   *layout,
                           GtkSnapshot   *snapshot,
                           double         x,
                           double         y,
                           double         top,
                           double         bottom,
                           double         scale,
                           const GdkRGBA *colour)
{
  gboolean is_one_line;
  guint    cut;

  g_return_if_fail (ticks != NULL);
  g_return_if_fail (PANGO_IS_LAYOUT (layout));

  is_one_line = pango_layout_get_line_count (layout) == 1;
  cut = find_cut (layout);

  for (guint i = 0; i < ticks->len; i++)
    {
      const BePayloadTick *tick = &g_array_index (ticks, BePayloadTick, i);
      PangoRectangle       character;
      double               place = x + find_place (layout, tick, &character);
      double               line_top = y + (double) character.y / PANGO_SCALE;

      if (tick->index >= cut)
        return;

      if (is_one_line)
        draw_tick (snapshot, place, top, bottom, scale, colour);
      else
        draw_tick (snapshot, place, line_top, line_top + (double) character.height / PANGO_SCALE, scale, colour);
    }
}
