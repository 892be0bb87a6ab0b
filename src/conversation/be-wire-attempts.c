/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a connect () that nobody accepted sent: a SYN, to which a RST came back
 * or nothing. There is one row only, so both arrows go down beside it. */

#include "be-wire-arrows-private.h"

#include <glib/gi18n-lib.h>

/* On the grid of the interface font. */
#define FALL 34.0
#define SHORTEST_FALL 11.0
#define TO_NEXT_ROW 22.0   /* free below the row, whatever follows */
#define WORDS_FALL 20.0    /* from which on both words fit in the middle */
#define INFERRED_FALL 30.0 /* from which on there is room for one more below the line */
#define APART_SHARE 0.37
#define UNANSWERED_SHARE 0.55
#define LABEL_GAP 6.0
#define INFERRED_BELOW 18.0
#define STUB_HALF_HEIGHT 19.0
#define RING_RADIUS 10.5
#define RING_LINE_WIDTH 2.0
#define RING_CROSS_REACH 3.5

/* Where the arrow stands. */
typedef struct
{
  double           fall;
  graphene_point_t answer; /* the middle of the ring, or where the SYN ends */
  BeWireSegment    segment;
} Attempt;

gboolean
be_wire_arrow_is_attempt (const BeWireArrow *arrow)
{
  return arrow->kind == BE_WIRE_ARROW_REFUSED || arrow->kind == BE_WIRE_ARROW_REFUSED_BY_STUB ||
         arrow->kind == BE_WIRE_ARROW_UNANSWERED;
}

/* The side that called connect (). */
static BeSide
get_caller (const BeWireArrow *arrow)
{
  return arrow->means == BE_TRANSFER_BY_RST ? 1 - arrow->from_side : arrow->from_side;
}

static double
get_answer_share (const BeWireArrow *arrow)
{
  if (arrow->kind == BE_WIRE_ARROW_REFUSED_BY_STUB)
    return BE_WIRE_REFUSED_STUB_SHARE;

  return arrow->kind == BE_WIRE_ARROW_UNANSWERED ? UNANSWERED_SHARE : 1;
}

/* Two segments share the height that the row leaves free. */
static double
get_fall (const BeWireDrawing *drawing,
          const BeWireArrow   *arrow)
{
  double room = arrow->to_y - arrow->from_y + TO_NEXT_ROW * drawing->scale;

  return CLAMP (room / 2, SHORTEST_FALL * drawing->scale, FALL * drawing->scale);
}

/* Returns whether any of it can be seen. */
static gboolean
place (const BeWireDrawing *drawing,
       const BeWireArrow   *arrow,
       Attempt             *attempt)
{
  const BeWireGeometry *geometry = drawing->geometry;
  double                lane = geometry->client_x - geometry->server_x;
  BeSide                caller = get_caller (arrow);
  double                share = get_answer_share (arrow);
  double                ring = arrow->kind == BE_WIRE_ARROW_UNANSWERED ? 0 : BE_WIRE_RING_REACH * drawing->scale / lane;
  double                badge = BE_WIRE_BADGE_REACH * drawing->scale / lane;
  double                lifeline = BE_WIRE_LIFELINE_REACH * drawing->scale / lane;
  BeWireSegment        *segment = &attempt->segment;
  double                y = arrow->from_y;

  attempt->fall = get_fall (drawing, arrow);
  graphene_point_init (&attempt->answer, (float) be_wire_get_x (geometry, caller, share), (float) (y + attempt->fall));
  *segment = (BeWireSegment){ .connection = BE_EVENT_NO_CONNECTION, .share = attempt->fall >= WORDS_FALL * drawing->scale ? 0.5 : APART_SHARE };
  if (arrow->means == BE_TRANSFER_BY_RST)
    {
      graphene_point_init (&segment->from, (float) be_wire_get_x (geometry, caller, share - ring), attempt->answer.y);
      graphene_point_init (&segment->to, (float) be_wire_get_x (geometry, caller, lifeline), (float) (y + 2 * attempt->fall));
    }
  else
    {
      graphene_point_init (&segment->from, (float) be_wire_get_x (geometry, caller, badge), (float) y);
      graphene_point_init (&segment->to, (float) be_wire_get_x (geometry, caller, share - ring), attempt->answer.y);
    }
  segment->words = be_wire_choose_words (drawing, segment, arrow->means);

  return y + 2 * attempt->fall > -BE_WIRE_OUT_OF_VIEW && y < drawing->height + BE_WIRE_OUT_OF_VIEW;
}

/* Where the SYN or the datagram came to, and nobody was. */
void
be_wire_draw_ring (const BeWireDrawing    *drawing,
                   const graphene_point_t *middle)
{
  cairo_t *cairo = drawing->cairo;

  cairo_save (cairo);
  cairo_translate (cairo, middle->x, middle->y);
  cairo_scale (cairo, drawing->scale, drawing->scale);
  cairo_arc (cairo, 0, 0, BE_WIRE_RING_REACH, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cairo, &drawing->palette->list);
  cairo_fill (cairo);
  gdk_cairo_set_source_rgba (cairo, &drawing->palette->error);
  cairo_set_line_width (cairo, RING_LINE_WIDTH);
  cairo_arc (cairo, 0, 0, RING_RADIUS, 0, 2 * G_PI);
  cairo_close_path (cairo);
  cairo_move_to (cairo, -RING_CROSS_REACH, -RING_CROSS_REACH);
  cairo_line_to (cairo, RING_CROSS_REACH, RING_CROSS_REACH);
  cairo_move_to (cairo, -RING_CROSS_REACH, RING_CROSS_REACH);
  cairo_line_to (cairo, RING_CROSS_REACH, -RING_CROSS_REACH);
  cairo_stroke (cairo);
  cairo_restore (cairo);
}

void
be_wire_draw_attempt (const BeWireDrawing *drawing,
                      const BeWireArrow   *arrow)
{
  Attempt attempt;

  if (!place (drawing, arrow, &attempt))
    return;

  be_wire_draw_segment (drawing, &attempt.segment, be_wire_get_inferred_colour (drawing->palette, arrow->means),
                        arrow->is_marked);
  if (arrow->means == BE_TRANSFER_BY_RST || arrow->kind == BE_WIRE_ARROW_UNANSWERED)
    return;

  if (arrow->kind == BE_WIRE_ARROW_REFUSED_BY_STUB)
    be_wire_draw_stub (drawing, &attempt.answer, STUB_HALF_HEIGHT);
  be_wire_draw_ring (drawing, &attempt.answer);
}

/* On the far side of where the SYN came to, seen from the caller. */
static void
append_label (GtkSnapshot         *snapshot,
              const BeWireDrawing *drawing,
              const BeWireArrow   *arrow,
              const Attempt       *attempt)
{
  double gap = LABEL_GAP * drawing->scale;
  double x = attempt->answer.x;

  if (arrow->kind != BE_WIRE_ARROW_UNANSWERED)
    gap += BE_WIRE_RING_REACH * drawing->scale;
  x += get_caller (arrow) == BE_SIDE_CLIENT ? -gap - be_lettering_get_width (arrow->label) : gap;
  be_lettering_snapshot (drawing->lettering, snapshot, arrow->label, BE_FONT_TIME, x, attempt->answer.y,
                         &drawing->palette->small_text);
}

static void
append_inferred (GtkSnapshot         *snapshot,
                 const BeWireDrawing *drawing,
                 const Attempt       *attempt)
{
  const BeWireSegment *segment = &attempt->segment;
  double               x = ((double) segment->from.x + segment->to.x) / 2;
  double               y = ((double) segment->from.y + segment->to.y) / 2 + INFERRED_BELOW * drawing->scale;
  g_autoptr (PangoLayout) layout = be_lettering_share (drawing->lettering, BE_FONT_TIME, _ ("inferred"));

  be_lettering_snapshot (drawing->lettering, snapshot, layout, BE_FONT_TIME,
                         x - be_lettering_get_width (layout) / 2, y, &drawing->palette->inferred);
}

void
be_wire_append_attempt_words (GtkSnapshot         *snapshot,
                              const BeWireDrawing *drawing,
                              const BeWireArrow   *arrow)
{
  Attempt attempt;

  if (!place (drawing, arrow, &attempt))
    return;

  be_wire_append_segment_words (snapshot, drawing, &attempt.segment,
                                be_wire_get_inferred_colour (drawing->palette, arrow->means));
  if (arrow->label != NULL)
    append_label (snapshot, drawing, arrow, &attempt);
  if (arrow->means == BE_TRANSFER_BY_RST && attempt.segment.words != NULL && attempt.fall >= INFERRED_FALL * drawing->scale)
    append_inferred (snapshot, drawing, &attempt);
}
