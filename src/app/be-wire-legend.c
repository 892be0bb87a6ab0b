/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-legend.h"

#include <glib/gi18n-lib.h>

#include "be-legend-drawing.h"
#include "be-magnification.h"

/**
 * BeWireLegend:
 *
 * Tells the two kinds of arrows in the lane apart: solid where calls of ours
 * returned, dashed where the system is inferred to have sent something. For a
 * whole room, and where the lane is narrow, one stands above the other. All or
 * nothing: where it does not fit, it takes no room.
 */
struct _BeWireLegend
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (BeWireLegend, be_wire_legend, GTK_TYPE_WIDGET)

/* The first form that fits; if none does, the last. */
static void
legend_init (BeLegendDrawing *legend,
             GtkWidget       *widget,
             int              width)
{
  guint form = be_magnification_is_projected () ? BE_LEGEND_STACKED : BE_LEGEND_LINE;

  be_legend_drawing_init (legend, gtk_widget_get_pango_context (widget), be_magnification_get_factor (), (BeLegendForm) form);
  while (width >= 0 && legend->width > width && ++form < BE_LEGEND_N_FORMS)
    {
      be_legend_drawing_clear (legend);
      be_legend_drawing_init (legend, gtk_widget_get_pango_context (widget), be_magnification_get_factor (), (BeLegendForm) form);
    }
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
  BeLegendDrawing legend;

  legend_init (&legend, widget, orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural = legend.width;
    }
  else
    {
      *minimum = *natural = for_size < 0 || for_size >= legend.width ? legend.height : 0;
    }
  be_legend_drawing_clear (&legend);
}

static void
be_wire_legend_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  BeLegendDrawing legend;

  legend_init (&legend, widget, gtk_widget_get_width (widget));
  if (gtk_widget_get_width (widget) >= legend.width && gtk_widget_get_height (widget) >= legend.height)
    be_legend_drawing_snapshot (&legend, snapshot, be_palette_get_default (),
                                (gtk_widget_get_width (widget) - legend.width) / 2);
  be_legend_drawing_clear (&legend);
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
  const char *meaning = _ ("Thick arrows are observed, thin dashed arrows are inferred. What goes to another program, or is "
                           "a datagram that is refused, is thick half way: that it was sent is observed, that it came is "
                           "inferred. A thick dashed arrow that stops on the way was sent, and its bytes are not all read yet. "
                           "A state in a dashed frame follows from the call; the system was not asked.");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, meaning, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), meaning);
}
