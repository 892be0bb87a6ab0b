/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A datagram for a port to which no socket is bound, and the ICMP message of which a
 * later call was told: there from one row, and back to another. */

#include "be-wire-arrows-private.h"

/* On the grid of the interface font. */
#define FALL 34.0
#define SHORTEST_FALL 9.0
#define LABEL_GAP 6.0
#define STUB_HALF_HEIGHT 19.0

/* Where the two stand. */
typedef struct
{
  graphene_point_t from; /* the row that sent it */
  graphene_point_t ring; /* where no socket was */
  graphene_point_t to;   /* of the line to the ring */
  BeWireSegment    icmp;
} Refused;

gboolean
be_wire_arrow_is_refused (const BeWireArrow *arrow)
{
  return arrow->kind == BE_WIRE_ARROW_REFUSED_DATAGRAM || arrow->kind == BE_WIRE_ARROW_REFUSED_DATAGRAM_BY_STUB;
}

/* The message comes at once, but the call may be told of it much later: then both
 * are as steep as if it had not. Returns whether any of it can be seen. */
static gboolean
place (const BeWireDrawing *drawing,
       const BeWireArrow   *arrow,
       Refused             *refused)
{
  const BeWireGeometry *geometry = drawing->geometry;
  double                lane = geometry->client_x - geometry->server_x;
  double                share = arrow->kind == BE_WIRE_ARROW_REFUSED_DATAGRAM ? 1 : BE_WIRE_REFUSED_STUB_SHARE;
  double                ring = share - BE_WIRE_RING_REACH * drawing->scale / lane;
  double                badge = BE_WIRE_BADGE_REACH * drawing->scale / lane;
  double                room = arrow->is_reply ? G_MAXDOUBLE : arrow->to_y - arrow->from_y;
  double                fall = CLAMP (room / 2, SHORTEST_FALL * drawing->scale, FALL * drawing->scale);
  double                ring_y = arrow->is_reply ? arrow->to_y - fall : arrow->from_y + fall;

  graphene_point_init (&refused->from, (float) be_wire_get_x (geometry, arrow->from_side, badge), (float) arrow->from_y);
  graphene_point_init (&refused->ring, (float) be_wire_get_x (geometry, arrow->from_side, share), (float) ring_y);
  graphene_point_init (&refused->to, (float) be_wire_get_x (geometry, arrow->from_side, ring), (float) ring_y);

  refused->icmp = (BeWireSegment){ .connection = BE_EVENT_NO_CONNECTION, .share = 0.5 };
  graphene_point_init (&refused->icmp.from, (float) be_wire_get_x (geometry, arrow->from_side, ring),
                       (float) (arrow->to_y - fall));
  graphene_point_init (&refused->icmp.to, (float) be_wire_get_x (geometry, arrow->from_side, badge), (float) arrow->to_y);
  refused->icmp.words = be_wire_choose_words (drawing, &refused->icmp, BE_TRANSFER_BY_ICMP);

  return arrow->to_y > -BE_WIRE_OUT_OF_VIEW && arrow->from_y < drawing->height + BE_WIRE_OUT_OF_VIEW;
}

void
be_wire_draw_refused (const BeWireDrawing *drawing,
                      const BeWireArrow   *arrow)
{
  Refused refused;

  if (!place (drawing, arrow, &refused))
    return;

  if (!arrow->is_reply)
    be_wire_draw_sent (drawing, arrow, &refused.from, &refused.to);
  be_wire_draw_segment (drawing, &refused.icmp, &drawing->palette->inferred, arrow->is_marked);
  if (arrow->kind == BE_WIRE_ARROW_REFUSED_DATAGRAM_BY_STUB)
    be_wire_draw_stub (drawing, &refused.ring, STUB_HALF_HEIGHT);
  be_wire_draw_ring (drawing, &refused.ring);
}

void
be_wire_append_refused_words (GtkSnapshot         *snapshot,
                              const BeWireDrawing *drawing,
                              const BeWireArrow   *arrow)
{
  double  gap = (LABEL_GAP + BE_WIRE_RING_REACH) * drawing->scale;
  Refused refused;

  if (!place (drawing, arrow, &refused))
    return;

  be_wire_append_segment_words (snapshot, drawing, &refused.icmp, &drawing->palette->inferred);
  if (arrow->label == NULL)
    return;

  be_lettering_snapshot (drawing->lettering, snapshot, arrow->label, BE_FONT_TIME,
                         refused.ring.x + (arrow->from_side == BE_SIDE_CLIENT ? -gap - be_lettering_get_width (arrow->label) : gap),
                         refused.ring.y, &drawing->palette->small_text);
}
