/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-legend-drawing.h"

#include "be-cairo-part.h"

#include <glib/gi18n-lib.h>

#define ARROW_LENGTH 20.0
#define HEAD_LENGTH 9.0
#define HEAD_HALF_WIDTH 4.0
#define DASH_LENGTH 4.0
#define DASH_GAP 2.0
#define ARROW_TO_WORDS 5.0
#define BETWEEN_ENTRIES 13.0
#define MARGIN 4.0

/* One above the other: where every pixel counts. */
#define STACKED_ARROW_LENGTH 16.0
#define STACKED_ARROW_TO_WORDS 3.0

static double
get_arrow_room (const BeLegendDrawing *self)
{
  return self->factor * (self->is_stacked ? STACKED_ARROW_LENGTH + STACKED_ARROW_TO_WORDS : ARROW_LENGTH + ARROW_TO_WORDS);
}

/**
 * be_legend_drawing_init:
 * @context: the font
 * @factor: by what the text is larger than the desktop asks for
 * @is_stacked: one kind of arrow above the other, and not beside it
 */
void
be_legend_drawing_init (BeLegendDrawing *self,
                        PangoContext    *context,
                        double           factor,
                        gboolean         is_stacked)
{
  const char *texts[BE_LEGEND_N_ENTRIES] = { _ ("observed"), _ ("inferred") };
  double      width = (BETWEEN_ENTRIES * (BE_LEGEND_N_ENTRIES - 1) + 2 * MARGIN) * factor;
  double      widest = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PANGO_IS_CONTEXT (context));

  self->factor = factor;
  self->is_stacked = is_stacked;
  self->line_height = 0;
  for (guint i = 0; i < BE_LEGEND_N_ENTRIES; i++)
    {
      int height;

      self->layouts[i] = pango_layout_new (context);
      pango_layout_set_text (self->layouts[i], texts[i], -1);
      pango_layout_get_pixel_size (self->layouts[i], &self->widths[i], &height);
      self->line_height = MAX (self->line_height, height);
      width += get_arrow_room (self) + self->widths[i];
      widest = MAX (widest, get_arrow_room (self) + self->widths[i]);
    }
  self->width = (int) (is_stacked ? widest : width) + 1;
  self->height = self->line_height * (is_stacked ? BE_LEGEND_N_ENTRIES : 1);
}

void
be_legend_drawing_clear (BeLegendDrawing *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < BE_LEGEND_N_ENTRIES; i++)
    g_clear_object (&self->layouts[i]);
}

static void
draw_arrow (cairo_t       *cairo,
            const GdkRGBA *colour,
            double         length,
            double         width,
            gboolean       is_dashed)
{
  gdk_cairo_set_source_rgba (cairo, colour);
  cairo_set_line_width (cairo, width);
  if (is_dashed)
    cairo_set_dash (cairo, (double[]){ DASH_LENGTH, DASH_GAP }, 2, 0);
  cairo_move_to (cairo, 0, 0);
  cairo_line_to (cairo, length - HEAD_LENGTH, 0);
  cairo_stroke (cairo);
  cairo_move_to (cairo, length, 0);
  cairo_line_to (cairo, length - HEAD_LENGTH, -HEAD_HALF_WIDTH);
  cairo_line_to (cairo, length - HEAD_LENGTH, HEAD_HALF_WIDTH);
  cairo_close_path (cairo);
  cairo_fill (cairo);
}

static void
snapshot_entry (const BeLegendDrawing *self,
                GtkSnapshot           *snapshot,
                const BePalette       *palette,
                guint                  entry,
                double                 x,
                double                 y)
{
  double      length = self->is_stacked ? STACKED_ARROW_LENGTH : ARROW_LENGTH;
  BeCairoPart part;
  cairo_t    *cairo;

  cairo = be_cairo_part_begin (&part, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) (length * self->factor),
                                                           (float) self->line_height));
  cairo_translate (cairo, x, y + self->line_height / 2.0);
  cairo_scale (cairo, self->factor, self->factor);
  if (entry == 0)
    draw_arrow (cairo, &palette->text, length, 2.4, FALSE);
  else
    draw_arrow (cairo, &palette->inferred, length, 1.4, TRUE);
  be_cairo_part_end (&part, snapshot);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x + get_arrow_room (self)), (float) y));
  gtk_snapshot_append_layout (snapshot, self->layouts[entry], &palette->small_text);
  gtk_snapshot_restore (snapshot);
}

/**
 * be_legend_drawing_snapshot:
 * @snapshot: where to draw, at the top
 * @palette: the colours
 * @x: the left edge
 */
void
be_legend_drawing_snapshot (const BeLegendDrawing *self,
                            GtkSnapshot           *snapshot,
                            const BePalette       *palette,
                            double                 x)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (palette != NULL);

  if (!self->is_stacked)
    x += MARGIN * self->factor;
  for (guint i = 0; i < BE_LEGEND_N_ENTRIES; i++)
    {
      snapshot_entry (self, snapshot, palette, i, x, self->is_stacked ? i * self->line_height : 0);
      if (!self->is_stacked)
        x += get_arrow_room (self) + BETWEEN_ENTRIES * self->factor + self->widths[i];
    }
}
