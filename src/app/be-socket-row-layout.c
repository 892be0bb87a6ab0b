/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the parts of BeSocketRow stand, and which are left out where there is
 * little room. */

#include "be-socket-row-private.h"

#include "be-wire.h"

#define GAP 8
#define OUTER_MARGIN 16

static int
width_of (gpointer child)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

void
be_socket_row_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  BeSocketRow *self = BE_SOCKET_ROW (widget);
  gpointer     children[] = { self->badge_place, self->addresses, self->chip, self->sent, self->received };
  int          narrowest = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (GTK_WIDGET (self->one_address), orientation, -1, &narrowest, NULL, NULL, NULL);
      *minimum = be_wire_get_badge_room () + narrowest + GAP + width_of (self->chip) + OUTER_MARGIN;
      *natural = be_wire_get_badge_room () + width_of (self->addresses) + GAP + width_of (self->chip) +
                 GAP + width_of (self->sent) + GAP + width_of (self->received) + OUTER_MARGIN;
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int height = 0;

      gtk_widget_measure (children[i], orientation, -1, NULL, &height, NULL, NULL);
      *minimum = *natural = MAX (*natural, height);
    }
}

/* From the lifeline outwards, which for the server is from right to left. */
static void
put (GtkWidget *row,
     gpointer   child,
     gboolean   is_shown,
     int        x,
     int        width)
{
  gboolean      is_mirrored = gtk_widget_get_direction (row) == GTK_TEXT_DIR_RTL;
  GtkAllocation allocation = { x, 0, MAX (width, 0), gtk_widget_get_height (row) };

  if (is_mirrored)
    allocation.x = gtk_widget_get_width (row) - x - allocation.width;
  gtk_widget_set_child_visible (child, is_shown);
  if (is_shown)
    gtk_widget_size_allocate (child, &allocation, -1);
}

/**
 * be_socket_row_size_allocate:
 *
 * An address is never cut in two while it can be shown otherwise.
 */
void
be_socket_row_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  BeSocketRow *self = BE_SOCKET_ROW (widget);
  int          start = be_wire_get_badge_room ();
  int          chip = width_of (self->chip);
  int          sent = width_of (self->sent);
  int          received = width_of (self->received);
  int          counters = GAP + sent + GAP + received;
  int          room = width - start - GAP - chip - OUTER_MARGIN;
  gboolean     has_both = width_of (self->addresses) <= room;
  GtkLabel    *shown = has_both ? self->addresses : self->one_address;
  gboolean     has_counters = width_of (shown) + counters <= room;
  int          address_width = has_counters ? room - counters : room;
  int          end = start + address_width + GAP;

  put (widget, self->badge_place, TRUE, 0, start);
  put (widget, self->addresses, has_both, start, address_width);
  put (widget, self->one_address, !has_both, start, address_width);
  put (widget, self->chip, TRUE, end, chip);
  put (widget, self->sent, has_counters, end + chip + GAP, sent);
  put (widget, self->received, has_counters, end + chip + GAP + sent + GAP, received);

  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}
