/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the children of BePendingRows stand. */

#include "be-pending-rows-private.h"

#include <math.h>

#include "be-pending-row-private.h"
#include "be-wire.h"

#define MARGIN 6
#define BARE_MARGIN 2
#define MORE_MARGIN 46

/* As "now" in the strip above, on the grid of the interface font. */
#define NUMBER_MARGIN 18
#define NUMBER_GAP 8

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
              BeSide         side,
              GtkOrientation orientation)
{
  int size = 0;

  if (gtk_widget_get_visible (self->more[side]))
    gtk_widget_measure (self->more[side], orientation, -1, NULL, &size, NULL, NULL);

  return size;
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

/* Of the last row, where the number of those that have no room stands. */
static int
get_reserve (BePendingRows *self,
             BeSide         side,
             guint          position)
{
  int size;

  if (self->max_rows == BE_PENDING_ROWS_MAX || position + 1 < be_pending_rows_get_n_shown (self, side))
    return 0;

  size = measure_more (self, side, GTK_ORIENTATION_HORIZONTAL);

  return size > 0 ? size + (int) lround (NUMBER_GAP * be_lettering_get_scale (get_lettering (self))) : 0;
}

static void
allocate_number (BePendingRows       *self,
                 BeSide               side,
                 const GtkAllocation *row,
                 int                  x)
{
  int height = measure_more (self, side, GTK_ORIENTATION_VERTICAL);

  gtk_widget_size_allocate (self->more[side],
                            &(GtkAllocation){ x, row->y + (row->height - height) / 2,
                                              measure_more (self, side, GTK_ORIENTATION_HORIZONTAL), height },
                            -1);
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
  gboolean       ends_left = (side == BE_SIDE_SERVER) != geometry.is_folded;
  int            side_width = get_side_width (self, &geometry, side, width);
  int            side_x = side == BE_SIDE_SERVER ? 0 : width - side_width;
  int            margin = (int) lround (NUMBER_MARGIN * be_lettering_get_scale (get_lettering (self)));

  for (guint i = 0; i < self->n_rows[side]; i++)
    {
      int           reserve = get_reserve (self, side, i);
      GtkAllocation row = { side_x + (ends_left ? reserve : 0), top, side_width - reserve, 0 };

      row.height = be_pending_row_place (BE_PENDING_ROW (self->rows[side][i]), get_lettering (self), row.width,
                                         geometry.is_folded, self->is_bare);
      if (i >= self->max_rows)
        continue;

      if (is_allocating)
        gtk_widget_size_allocate (self->rows[side][i], &row, -1);
      if (is_allocating && reserve > 0)
        allocate_number (self, side, &row,
                         ends_left ? side_x + margin
                                   : side_x + side_width - margin - measure_more (self, side, GTK_ORIENTATION_HORIZONTAL));
      top += row.height;
    }

  return top;
}

/* Below them; returns where it ends. */
static int
lay_out_more (BePendingRows *self,
              BeSide         side,
              int            width,
              int            top,
              gboolean       is_allocating)
{
  BeWireGeometry geometry = be_wire_geometry_for_width (width);
  int            side_width = get_side_width (self, &geometry, side, width);
  int            margin = geometry.is_folded ? 0 : MORE_MARGIN;
  int            x = side == BE_SIDE_SERVER ? 0 : width - side_width + margin;
  int            height = measure_more (self, side, GTK_ORIENTATION_VERTICAL);

  if (self->max_rows < BE_PENDING_ROWS_MAX)
    return top;

  if (is_allocating && height > 0)
    gtk_widget_size_allocate (self->more[side], &(GtkAllocation){ x, top, side_width - margin, height }, -1);

  return top + height;
}

static int
get_margin (gboolean is_bare)
{
  return is_bare ? BARE_MARGIN : MARGIN;
}

/* Side by side, and in a narrow window one above the other. See
 * be-pending-rows-private.h. */
int
be_pending_rows_lay_out (BePendingRows *self,
                         int            width,
                         gboolean       is_allocating)
{
  BeWireGeometry geometry = be_wire_geometry_for_width (width);
  int            top = get_margin (self->is_bare);
  int            bottom = top;

  for (guint side = 0; side < BE_PENDING_ROWS_N_SIDES; side++)
    {
      int end = lay_out_side (self, side, width, geometry.is_folded ? bottom : top, is_allocating);

      end = lay_out_more (self, side, width, end, is_allocating);
      bottom = MAX (bottom, end);
    }

  return self->max_rows > 0 ? bottom + get_margin (self->is_bare) : 0;
}

/**
 * be_pending_rows_measure_shape:
 *
 * Returns: the height that it would take at this width in another shape, see
 *   be_pending_rows_set_shape ()
 */
int
be_pending_rows_measure_shape (BePendingRows *self,
                               int            width,
                               guint          max_rows,
                               gboolean       is_bare)
{
  BeWireGeometry geometry;
  int            bottom = 0;

  g_return_val_if_fail (BE_IS_PENDING_ROWS (self), 0);

  if (max_rows == 0 || self->n_rows[BE_SIDE_SERVER] + self->n_rows[BE_SIDE_CLIENT] == 0)
    return 0;

  geometry = be_wire_geometry_for_width (width);
  be_pending_rows_lay_out (self, width, FALSE);
  for (guint side = 0; side < BE_PENDING_ROWS_N_SIDES; side++)
    {
      int height = max_rows == BE_PENDING_ROWS_MAX && self->n_calls[side] > max_rows
                     ? measure_more (self, side, GTK_ORIENTATION_VERTICAL)
                     : 0;

      for (guint i = 0; i < MIN (self->n_rows[side], max_rows); i++)
        height += be_pending_row_get_height (BE_PENDING_ROW (self->rows[side][i]), is_bare);
      bottom = geometry.is_folded ? bottom + height : MAX (bottom, height);
    }

  return bottom + 2 * get_margin (is_bare);
}
