/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BePanes share; nobody else includes this. */

#pragma once

#include "be-panes.h"

#include "be-wire.h"

G_BEGIN_DECLS

/**
 * BePanes:
 *
 * Places what belongs to the server on the left and what belongs to the
 * client on the right, each ending a little past its lifeline in the conversation
 * below, with something in the middle. In a narrow window they are folded:
 * both stand one above the other, or only one of them is shown.
 *
 * Whether it is folded follows from the width alone, and its smallest width
 * is that of the folded form. It is decided when the width is allocated, but
 * told to the children a frame later: what changes sizes in the middle of an
 * allocation is laid out wrongly or for ever. Until then what does not fit is
 * clipped. Owns its children; ends with its parent.
 */
struct _BePanes
{
  GtkWidget parent_instance;

  GtkWidget *server;
  GtkWidget *client;
  GtkWidget *middle;

  gboolean is_folded;
  gboolean is_tight;
  gboolean is_single;
  gboolean is_kept_folded;
  BeSide   shown_side;
  int      width;
  guint    settle_tick;
};

/* be-panes.c */
BeWireGeometry be_panes_get_geometry (BePanes *self,
                                      int      width);
void           be_panes_settle (BePanes *self,
                                int      width);

/* be-panes-layout.c */
void be_panes_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline);
void be_panes_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline);

G_END_DECLS
