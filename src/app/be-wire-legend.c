/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-legend.h"

#include <glib/gi18n-lib.h>

#include "be-magnification.h"
#include "be-palette.h"

#define ARROW_LENGTH 20.0
#define HEAD_LENGTH 9.0
#define HEAD_HALF_WIDTH 4.0
#define DASH_LENGTH 4.0
#define DASH_GAP 2.0
#define ARROW_TO_WORDS 5.0
#define BETWEEN_ENTRIES 13.0
#define MARGIN 4.0
#define N_ENTRIES 2

/**
 * BeWireLegend:
 *
 * Tells the two kinds of arrows in the lane apart: solid where calls of ours
 * returned, dashed where the system is inferred to have sent something. All or
 * nothing: where it does not fit, it takes no room.
 */
struct _BeWireLegend
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (BeWireLegend, be_wire_legend, GTK_TYPE_WIDGET)

typedef struct
{
  PangoLayout *layouts[N_ENTRIES]; /* observed, inferred */
  int          widths[N_ENTRIES];
  int          width;
  int          height;
} Words;

static void
words_init (Words     *self,
            GtkWidget *widget)
{
  const char *texts[N_ENTRIES] = { _ ("observed"), _ ("inferred") };
  double      factor = be_magnification_get_factor ();
  double      width = (BETWEEN_ENTRIES * (N_ENTRIES - 1) + 2 * MARGIN) * factor;

  self->height = 0;
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      int height;

      self->layouts[i] = gtk_widget_create_pango_layout (widget, texts[i]);
      pango_layout_get_pixel_size (self->layouts[i], &self->widths[i], &height);
      self->height = MAX (self->height, height);
      width += (ARROW_LENGTH + ARROW_TO_WORDS) * factor + self->widths[i];
    }
  self->width = (int) width + 1;
}

static void
words_clear (Words *self)
{
  for (guint i = 0; i < N_ENTRIES; i++)
    g_clear_object (&self->layouts[i]);
}

static GtkSizeRequestMode
be_wire_legend_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
be_wire_legend_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  Words words;

  words_init (&words, widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural = words.width;
    }
  else
    {
      *minimum = *natural = for_size < 0 || for_size >= words.width ? words.height : 0;
    }
  words_clear (&words);
}

static void
draw_arrow (cairo_t       *cairo,
            const GdkRGBA *colour,
            double         width,
            gboolean       is_dashed)
{
  gdk_cairo_set_source_rgba (cairo, colour);
  cairo_set_line_width (cairo, width);
  if (is_dashed)
    cairo_set_dash (cairo, (double[]){ DASH_LENGTH, DASH_GAP }, 2, 0);
  cairo_move_to (cairo, 0, 0);
  cairo_line_to (cairo, ARROW_LENGTH - HEAD_LENGTH, 0);
  cairo_stroke (cairo);
  cairo_move_to (cairo, ARROW_LENGTH, 0);
  cairo_line_to (cairo, ARROW_LENGTH - HEAD_LENGTH, -HEAD_HALF_WIDTH);
  cairo_line_to (cairo, ARROW_LENGTH - HEAD_LENGTH, HEAD_HALF_WIDTH);
  cairo_close_path (cairo);
  cairo_fill (cairo);
}

static void
snapshot_entry (GtkSnapshot *snapshot,
                const Words *words,
                guint        entry,
                double       x)
{
  const BePalette *palette = be_palette_get_default ();
  double           factor = be_magnification_get_factor ();
  double           arrow_length = ARROW_LENGTH * factor;
  cairo_t         *cairo;

  cairo = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, 0, (float) arrow_length,
                                                                    (float) words->height));
  cairo_translate (cairo, x, words->height / 2.0);
  cairo_scale (cairo, factor, factor);
  if (entry == 0)
    draw_arrow (cairo, &palette->text, 2.4, FALSE);
  else
    draw_arrow (cairo, &palette->inferred, 1.4, TRUE);
  cairo_destroy (cairo);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x + arrow_length + ARROW_TO_WORDS * factor), 0));
  gtk_snapshot_append_layout (snapshot, words->layouts[entry], &palette->small_text);
  gtk_snapshot_restore (snapshot);
}

static void
be_wire_legend_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  double factor = be_magnification_get_factor ();
  Words  words;
  double x;

  words_init (&words, widget);
  if (gtk_widget_get_width (widget) >= words.width && gtk_widget_get_height (widget) >= words.height)
    {
      x = (gtk_widget_get_width (widget) - words.width) / 2 + MARGIN * factor;
      for (guint i = 0; i < N_ENTRIES; i++)
        {
          snapshot_entry (snapshot, &words, i, x);
          x += (ARROW_LENGTH + ARROW_TO_WORDS + BETWEEN_ENTRIES) * factor + words.widths[i];
        }
    }
  words_clear (&words);
}

static void
be_wire_legend_class_init (BeWireLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = be_wire_legend_get_request_mode;
  widget_class->measure = be_wire_legend_measure;
  widget_class->snapshot = be_wire_legend_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
be_wire_legend_init (BeWireLegend *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Thick arrows are observed, thin dashed arrows are inferred."), -1);
}
