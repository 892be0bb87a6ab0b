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
#define MARGIN 7.0
#define SMALL_MARGIN 5.0

/* One above the other: where every pixel counts. */
#define STACKED_ARROW_LENGTH 16.0
#define STACKED_ARROW_TO_WORDS 3.0
#define SMALL_ARROW_LENGTH 14.0
#define SMALL_SHARE 0.85 /* of the type */

static double
get_arrow_length (const BeLegendDrawing *self)
{
  if (self->form == BE_LEGEND_SMALL)
    return SMALL_ARROW_LENGTH;

  return self->form == BE_LEGEND_STACKED ? STACKED_ARROW_LENGTH : ARROW_LENGTH;
}

static double
get_arrow_room (const BeLegendDrawing *self)
{
  return self->factor * (get_arrow_length (self) + (self->form == BE_LEGEND_LINE ? ARROW_TO_WORDS : STACKED_ARROW_TO_WORDS));
}

static double
get_margin (const BeLegendDrawing *self)
{
  return self->factor * (self->form == BE_LEGEND_SMALL ? SMALL_MARGIN : MARGIN);
}

static PangoLayout *
make_layout (PangoContext *context,
             const char   *text,
             BeLegendForm  form)
{
  PangoLayout *layout = pango_layout_new (context);

  pango_layout_set_text (layout, text, -1);
  if (form == BE_LEGEND_SMALL)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL_SHARE));
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
    }

  return layout;
}

/**
 * be_legend_drawing_init:
 * @context: the font
 * @factor: by what the text is larger than the desktop asks for
 * @form: how the two stand, each with a margin on both sides
 */
void
be_legend_drawing_init (BeLegendDrawing *self,
                        PangoContext    *context,
                        double           factor,
                        BeLegendForm     form)
{
  const char *texts[BE_LEGEND_N_ENTRIES] = { _ ("observed"), _ ("inferred") };
  double      all = BETWEEN_ENTRIES * (BE_LEGEND_N_ENTRIES - 1) * factor;
  double      widest = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PANGO_IS_CONTEXT (context));

  self->factor = factor;
  self->form = form;
  self->line_height = 0;
  for (guint i = 0; i < BE_LEGEND_N_ENTRIES; i++)
    {
      int height;

      self->layouts[i] = make_layout (context, texts[i], form);
      pango_layout_get_pixel_size (self->layouts[i], &self->widths[i], &height);
      self->line_height = MAX (self->line_height, height);
      all += get_arrow_room (self) + self->widths[i];
      widest = MAX (widest, get_arrow_room (self) + self->widths[i]);
    }
  self->width = (int) ((form == BE_LEGEND_LINE ? all : widest) + 2 * get_margin (self)) + 1;
  self->height = self->line_height * (form == BE_LEGEND_LINE ? 1 : BE_LEGEND_N_ENTRIES);
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
  double      length = get_arrow_length (self);
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

  x += get_margin (self);
  for (guint i = 0; i < BE_LEGEND_N_ENTRIES; i++)
    {
      snapshot_entry (self, snapshot, palette, i, x, self->form == BE_LEGEND_LINE ? 0 : i * self->line_height);
      if (self->form == BE_LEGEND_LINE)
        x += get_arrow_room (self) + BETWEEN_ENTRIES * self->factor + self->widths[i];
    }
}
