/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files that draw arrows share; nobody else includes this. */

#pragma once

#include "be-wire-arrows.h"

G_BEGIN_DECLS

/* On the grid of the interface font. */
#define BE_WIRE_BADGE_REACH 13.5
#define BE_WIRE_HEAD_LENGTH 11.0
#define BE_WIRE_DASH_LENGTH 6.0
#define BE_WIRE_DASH_GAP 4.0
#define BE_WIRE_LIFELINE_REACH 4.0 /* where no badge stands */
#define BE_WIRE_STUB_HALF_HEIGHT 8.0
#define BE_WIRE_RING_REACH 12.5

/* Where in the lane a stub stands, as seen from the side that is ours. */
#define BE_WIRE_STUB_SHARE 0.27
#define BE_WIRE_REFUSED_STUB_SHARE 0.46 /* the lines to it have words */

/* Steeper arrows, of very far rows, are cut so far out of view. */
#define BE_WIRE_OUT_OF_VIEW 200.0

typedef struct
{
  cairo_t              *cairo;
  const BePalette      *palette;
  const BeWireGeometry *geometry;
  double                scale;
  double                height;
  BeLettering          *lettering;
} BeWireDrawing;

/* A line that the system is inferred to have sent, and what it says. */
typedef struct
{
  graphene_point_t from;
  graphene_point_t to;
  gboolean         goes_both_ways;
  double           share;      /* of the line, where the words stand */
  const char      *words;      /* NULL where there is no room */
  guint32          connection; /* whose letter follows the words: it ends at no row of it; or BE_EVENT_NO_CONNECTION */
} BeWireSegment;

/* be-wire-arrows.c */
gboolean        be_wire_arrow_is_stub (const BeWireArrow *arrow);
double          be_wire_get_x (const BeWireGeometry *geometry, BeSide side, double share);
BeWireArrowKind be_wire_get_kind (const BeTransferLink *link);
double          be_wire_get_loose_fall (const BeWireDrawing *drawing, const BeWireArrow *arrow, double fall);
void            be_wire_cut (const BeWireDrawing *drawing, graphene_point_t *end, graphene_point_t other);
void            be_wire_draw_head (const BeWireDrawing *drawing, const graphene_point_t *tip, double angle, double size);
void            be_wire_draw_stub (const BeWireDrawing *drawing, const graphene_point_t *middle, double half_height);
void            be_wire_draw_line (const BeWireDrawing *drawing, const BeWireArrow *arrow, const graphene_point_t *from, const graphene_point_t *to, gboolean has_head);
void            be_wire_draw_sent (const BeWireDrawing *drawing, const BeWireArrow *arrow, const graphene_point_t *from, const graphene_point_t *to);
void            be_wire_find_ends (const BeWireDrawing *drawing, const BeWireArrow *arrow, graphene_point_t *from, graphene_point_t *to);

/* be-wire-inferred.c */
const char    *be_wire_choose_words (const BeWireDrawing *drawing, const BeWireSegment *segment, BeTransferMeans means);
void           be_wire_draw_segment (const BeWireDrawing *drawing, const BeWireSegment *segment, const GdkRGBA *colour, gboolean is_marked);
void           be_wire_append_segment_words (GtkSnapshot *snapshot, const BeWireDrawing *drawing, const BeWireSegment *segment, const GdkRGBA *colour);
const GdkRGBA *be_wire_get_inferred_colour (const BePalette *palette, BeTransferMeans means);
void           be_wire_draw_inferred (const BeWireDrawing *drawing, const BeWireArrow *arrow);
void           be_wire_append_inferred_words (GtkSnapshot *snapshot, const BeWireDrawing *drawing, const BeWireArrow *arrow);

/* be-wire-attempts.c */
gboolean be_wire_arrow_is_attempt (const BeWireArrow *arrow);
void     be_wire_draw_attempt (const BeWireDrawing *drawing,
                               const BeWireArrow   *arrow);
void     be_wire_append_attempt_words (GtkSnapshot         *snapshot,
                                       const BeWireDrawing *drawing,
                                       const BeWireArrow   *arrow);
void     be_wire_draw_ring (const BeWireDrawing    *drawing,
                            const graphene_point_t *middle);

/* be-wire-refused.c */
gboolean be_wire_arrow_is_refused (const BeWireArrow *arrow);
void     be_wire_draw_refused (const BeWireDrawing *drawing,
                               const BeWireArrow   *arrow);
void     be_wire_append_refused_words (GtkSnapshot         *snapshot,
                                       const BeWireDrawing *drawing,
                                       const BeWireArrow   *arrow);

G_END_DECLS
