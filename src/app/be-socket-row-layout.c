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

static int
height_of (gpointer child)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* Each part is one line: what it says changes often, how tall it is with the
 * font only. */
static void
update_line (BeSocketRow *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->addresses));
  guint         serial = pango_context_get_serial (context);
  gpointer      children[] = { self->badge_place, self->addresses, self->chip, self->sent, self->received };

  if (self->line_serial == serial)
    return;

  self->line_serial = serial;
  self->line_height = 0;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    self->line_height = MAX (self->line_height, height_of (children[i]));
  gtk_widget_measure (GTK_WIDGET (self->one_address), GTK_ORIENTATION_HORIZONTAL, -1, &self->narrowest_address,
                      NULL, NULL, NULL);
}

/**
 * be_socket_row_measure:
 *
 * Asks no text but the state how large it is: others would have to be shaped for
 * that. A row takes the width that it gets.
 */
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

  update_line (self);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = self->line_height;
  else
    *minimum = *natural = be_wire_get_badge_room () + self->narrowest_address + GAP + width_of (self->chip) + OUTER_MARGIN;
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
