/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the children of BePanes stand. */

#include "be-panes-private.h"

#define OUTER_MARGIN 12
#define NARROWEST_WIDTH 360

static void
child_widths (BePanes *self,
              int      width,
              int     *server_width,
              int     *client_width,
              int     *middle_width)
{
  BeWireGeometry geometry = be_panes_get_geometry (self, width);

  *middle_width = 0;
  if (self->is_folded)
    {
      *server_width = *client_width = width;
      return;
    }

  if (geometry.is_folded) /* about to fold */
    {
      *server_width = *client_width = width / 2;
      return;
    }

  *server_width = geometry.server_x + geometry.card_overhang - OUTER_MARGIN;
  *client_width = width - OUTER_MARGIN - (geometry.client_x - geometry.card_overhang);
  *middle_width = MAX (0, geometry.client_x - geometry.server_x - 2 * geometry.card_overhang);
}

static void
measure_height (GtkWidget *child,
                int        width,
                int       *minimum,
                int       *natural)
{
  int narrowest = 0;

  *minimum = *natural = 0;
  if (child == NULL || !gtk_widget_should_layout (child))
    return;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, MAX (width, narrowest), minimum, natural, NULL, NULL);
}

static void
allocate_child (GtkWidget *child,
                int        x,
                int        y,
                int        width,
                int        height)
{
  GtkAllocation allocation = { x, y, width, height };
  int           narrowest = 0;

  if (child == NULL || !gtk_widget_should_layout (child))
    return;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  allocation.width = MAX (width, narrowest);
  gtk_widget_size_allocate (child, &allocation, -1);
}

/* GtkWidget */

void
be_panes_measure (GtkWidget     *widget,
                  GtkOrientation orientation,
                  int            for_size,
                  int           *minimum,
                  int           *natural,
                  int           *minimum_baseline,
                  int           *natural_baseline)
{
  BePanes *self = BE_PANES (widget);
  int      widths[3];
  int      minima[3];
  int      naturals[3];

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = NARROWEST_WIDTH;
      *natural = NARROWEST_WIDTH;
      return;
    }

  child_widths (self, for_size > 0 ? for_size : MAX (self->width, NARROWEST_WIDTH),
                &widths[0], &widths[1], &widths[2]);
  measure_height (self->server, widths[0], &minima[0], &naturals[0]);
  measure_height (self->client, widths[1], &minima[1], &naturals[1]);
  measure_height (self->middle, widths[2], &minima[2], &naturals[2]);

  if (self->is_folded && !self->is_single)
    {
      *minimum = minima[0] + minima[1];
      *natural = naturals[0] + naturals[1];
      return;
    }

  *minimum = MAX (MAX (minima[0], minima[1]), minima[2]);
  *natural = MAX (MAX (naturals[0], naturals[1]), naturals[2]);
}

void
be_panes_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  BePanes *self = BE_PANES (widget);
  int      server_width = 0;
  int      client_width = 0;
  int      middle_width = 0;
  int      server_height = 0;
  int      minimum = 0;

  be_panes_settle (self, width);
  child_widths (self, width, &server_width, &client_width, &middle_width);

  if (!self->is_folded)
    {
      int client_x = width - OUTER_MARGIN - client_width;

      allocate_child (self->server, OUTER_MARGIN, 0, server_width, height);
      allocate_child (self->client, client_x, 0, client_width, height);
      allocate_child (self->middle, OUTER_MARGIN + server_width, 0, middle_width, height);
      return;
    }

  if (self->is_single)
    {
      allocate_child (self->server, 0, 0, width, height);
      allocate_child (self->client, 0, 0, width, height);
      return;
    }

  measure_height (self->server, width, &minimum, &server_height);
  server_height = MIN (server_height, height);
  allocate_child (self->server, 0, 0, width, server_height);
  allocate_child (self->client, 0, server_height, width, height - server_height);
}
