/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the children of BePendingRows stand. */

#include "be-pending-rows-private.h"

#include <math.h>

#include "be-pending-row-private.h"
#include "be-wire.h"

#define MARGIN 6
#define MORE_MARGIN 24

static BeLettering *
get_lettering (BePendingRows *self)
{
  if (self->lettering == NULL || !be_lettering_is_current (self->lettering))
    {
      g_clear_object (&self->lettering);
      self->lettering = be_lettering_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
    }

  return self->lettering;
}

static int
measure_more (BePendingRows *self,
              BeSide         side)
{
  int height = 0;

  if (gtk_widget_get_visible (self->more[side]))
    gtk_widget_measure (self->more[side], GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height;
}

static int
get_side_width (BePendingRows        *self,
                const BeWireGeometry *geometry,
                BeSide                side,
                int                   width)
{
  int reach = (int) lround (BE_PENDING_ROW_REACH * be_lettering_get_scale (get_lettering (self)));

  if (geometry->is_folded)
    return width;

  return side == BE_SIDE_SERVER ? geometry->server_x + reach : width - geometry->client_x + reach;
}

/* Places the rows of a side, or only measures them; returns where they end. */
static int
lay_out_side (BePendingRows *self,
              BeSide         side,
              int            width,
              int            top,
              gboolean       is_allocating)
{
  BeWireGeometry geometry = be_wire_geometry_for_width (width);
  int            side_width = get_side_width (self, &geometry, side, width);
  int            x = side == BE_SIDE_SERVER ? 0 : width - side_width;
  int            more = measure_more (self, side);
  int            margin = geometry.is_folded ? 0 : MORE_MARGIN;

  for (guint i = 0; i < self->n_rows[side]; i++)
    {
      int height = be_pending_row_place (BE_PENDING_ROW (self->rows[side][i]), get_lettering (self), side_width,
                                         geometry.is_folded);

      if (is_allocating)
        gtk_widget_size_allocate (self->rows[side][i], &(GtkAllocation){ x, top, side_width, height }, -1);
      top += height;
    }

  if (is_allocating && more > 0)
    gtk_widget_size_allocate (self->more[side],
                              &(GtkAllocation){ x + (side == BE_SIDE_CLIENT ? margin : 0), top, side_width - margin, more },
                              -1);

  return top + more;
}

/* Side by side, and in a narrow window one above the other. See
 * be-pending-rows-private.h. */
int
be_pending_rows_lay_out (BePendingRows *self,
                         int            width,
                         gboolean       is_allocating)
{
  BeWireGeometry geometry = be_wire_geometry_for_width (width);
  int            server_bottom = lay_out_side (self, BE_SIDE_SERVER, width, MARGIN, is_allocating);
  int            client_top = geometry.is_folded ? server_bottom : MARGIN;
  int            client_bottom = lay_out_side (self, BE_SIDE_CLIENT, width, client_top, is_allocating);

  return MAX (server_bottom, client_bottom) + MARGIN;
}
