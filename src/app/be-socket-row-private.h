/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BeSocketRow share; nobody else includes this. */

#pragma once

#include "be-socket-row.h"

#include "be-badge.h"
#include "be-state-chip.h"

G_BEGIN_DECLS

/**
 * BeSocketRow:
 *
 * One socket in a card: its badge on the lifeline, *local → peer*, the state
 * that the system reports, and bytes out and in. The server's rows are
 * mirrored, because the lifeline is on the other side of their card. A click
 * opens what can be done to it. Where there is little room, first the counters
 * are left out, then the address that all rows of a card have in common.
 *
 * It is recycled: it has a summary and nothing of its own but the menu. What
 * it is asked to do it hands to the card ("endpoint.*-peer") and the window
 * ("win.inspect-socket").
 */
struct _BeSocketRow
{
  GtkWidget parent_instance;

  GtkWidget   *badge_place;
  BeBadge     *badge;
  GtkLabel    *addresses;
  GtkLabel    *one_address;
  BeStateChip *chip;
  GtkLabel    *sent;
  GtkLabel    *received;
  GMenuModel  *menu;

  GtkWidget       *popover;
  BeSocketSummary *summary;
  GSignalGroup    *signals;
  guint            update_tick;
  gint64           update_time; /* of the frame, µs */
  guint            position;
  gboolean         was_open; /* when it came to this position */

  guint line_serial; /* of the font that these two are for, in pixels; never 0 */
  int   line_height;
  int   narrowest_address;
};

/* be-socket-row-layout.c */
void be_socket_row_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline);
void be_socket_row_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline);

G_END_DECLS
