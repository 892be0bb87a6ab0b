/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-lettering.h"
#include "be-palette.h"

G_BEGIN_DECLS

/**
 * BeWireGeometry:
 *
 * Where the two lifelines stand and how wide the lane between them is, in
 * pixels from the left edge. Folded there is no lane and no lifeline. The
 * server is on the left in every language, as addresses are.
 */
typedef struct
{
  gboolean is_folded;
  int      lane_width;
  int      server_x;
  int      client_x;
  int      card_overhang; /* of a card of the window over its lifeline, into the lane */
} BeWireGeometry;

BeWireGeometry be_wire_geometry_for_width (int width);
int            be_wire_get_badge_room (void);
void           be_wire_snapshot_lane (GtkSnapshot          *snapshot,
                                      const BePalette      *palette,
                                      const BeWireGeometry *geometry,
                                      double                height);
void           be_wire_snapshot_lifeline (GtkSnapshot     *snapshot,
                                          const BePalette *palette,
                                          int              x,
                                          double           top,
                                          double           bottom,
                                          gboolean         is_dotted);
void           be_wire_snapshot_badge (GtkSnapshot     *snapshot,
                                       const BePalette *palette,
                                       BeLettering     *lettering,
                                       guint32          connection,
                                       PangoLayout     *letter,
                                       gboolean         is_hollow,
                                       double           x,
                                       double           y);
void           be_wire_snapshot_arrow (GtkSnapshot            *snapshot,
                                       const GdkRGBA          *colour,
                                       double                  width,
                                       const graphene_point_t *from,
                                       const graphene_point_t *to);

G_END_DECLS
