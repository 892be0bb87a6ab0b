/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-arrows-private.h"

#include "be-cairo-part.h"

#include <math.h>

/* On the grid of the interface font. */
#define LINE_WIDTH 2.4
#define MARKED_LINE_WIDTH 4.0
#define HEAD_HALF_WIDTH 5.0
#define WAITING_FALL 20.0 /* as far as a row of the other side would stand below */
#define WAITING_SHARE 0.78
#define CLEAR_OF_NODE 17.0 /* the head, and the badge of a row that the arrow does not lead to */
#define SHORTEST_FALL 2.0
#define CROSS_REACH 5.5
#define CROSS_LINE_WIDTH 2.4
#define STUB_LINE_WIDTH 2.0
#define SENT_SHARE 0.5 /* of the way to a stub */
#define STUB_TO_LABEL 6.0
#define FAR_HEIGHT 110.0 /* between rows that have others between them */

gboolean
be_wire_arrow_is_stub (const BeWireArrow *arrow)
{
  return arrow->kind == BE_WIRE_ARROW_TO_STUB || arrow->kind == BE_WIRE_ARROW_FROM_STUB;
}

/* @share of the way from the lifeline of @side to the other one. */
double
be_wire_get_x (const BeWireGeometry *geometry,
               BeSide                side,
               double                share)
{
  double distance = share * (geometry->client_x - geometry->server_x);

  return side == BE_SIDE_SERVER ? geometry->server_x + distance : geometry->client_x - distance;
}

/* Leaves out what is far out of view: the height of such a row is a guess, and
 * lines of a million pixels are drawn badly. */
void
be_wire_cut (const BeWireDrawing *drawing,
             graphene_point_t    *end,
             graphene_point_t     other)
{
  float low = (float) -BE_WIRE_OUT_OF_VIEW;
  float high = (float) (drawing->height + BE_WIRE_OUT_OF_VIEW);
  float y = CLAMP (end->y, low, high);

  if (y != end->y && end->y != other.y)
    end->x += (other.x - end->x) * (y - end->y) / (other.y - end->y);
  end->y = y;
}

void
be_wire_draw_head (const BeWireDrawing    *drawing,
                   const graphene_point_t *tip,
                   double                  angle,
                   double                  size)
{
  double length = size * BE_WIRE_HEAD_LENGTH * drawing->scale;
  double half_width = size * HEAD_HALF_WIDTH * drawing->scale;

  cairo_save (drawing->cairo);
  cairo_translate (drawing->cairo, tip->x, tip->y);
  cairo_rotate (drawing->cairo, angle);
  cairo_move_to (drawing->cairo, 0, 0);
  cairo_line_to (drawing->cairo, -length, -half_width);
  cairo_line_to (drawing->cairo, -length, half_width);
  cairo_close_path (drawing->cairo);
  cairo_fill (drawing->cairo);
  cairo_restore (drawing->cairo);
}

void
be_wire_draw_stub (const BeWireDrawing    *drawing,
                   const graphene_point_t *middle,
                   double                  half_height)
{
  half_height *= drawing->scale;
  gdk_cairo_set_source_rgba (drawing->cairo, &drawing->palette->lifeline);
  cairo_set_line_width (drawing->cairo, STUB_LINE_WIDTH * drawing->scale);
  cairo_move_to (drawing->cairo, middle->x, middle->y - half_height);
  cairo_line_to (drawing->cairo, middle->x, middle->y + half_height);
  cairo_stroke (drawing->cairo);
}

/* How far below its row an arrow that comes to no other row ends, on the grid: on the bare
 * lifeline, for at the badge of another connection it would seem to be that one's. */
double
be_wire_get_loose_fall (const BeWireDrawing *drawing,
                        const BeWireArrow   *arrow,
                        double               fall)
{
  if (arrow->room <= 0)
    return fall;

  return CLAMP (arrow->room / drawing->scale - CLEAR_OF_NODE, SHORTEST_FALL, fall);
}

/* From the edge of a badge to the edge of the other, or to what stands there
 * instead. */
void
be_wire_find_ends (const BeWireDrawing *drawing,
                   const BeWireArrow   *arrow,
                   graphene_point_t    *from,
                   graphene_point_t    *to)
{
  double lane = drawing->geometry->client_x - drawing->geometry->server_x;
  double edge = BE_WIRE_BADGE_REACH * drawing->scale / lane;
  double from_share = edge;
  double to_share = 1 - edge;
  double to_y = arrow->to_y;

  /* What the system takes comes to the other lifeline; what a call was to take must not
   * seem to come to a row of another call that happens to stand there. */
  if (arrow->kind == BE_WIRE_ARROW_WAITING && arrow->means == BE_TRANSFER_BY_CALLS)
    {
      to_share = WAITING_SHARE;
      to_y = arrow->from_y + to_share * WAITING_FALL * drawing->scale;
    }
  else if (arrow->kind == BE_WIRE_ARROW_WAITING)
    {
      to_share = 1 - BE_WIRE_LIFELINE_REACH * drawing->scale / lane;
      to_y = arrow->from_y + be_wire_get_loose_fall (drawing, arrow, WAITING_FALL) * drawing->scale;
    }
  else if (arrow->kind == BE_WIRE_ARROW_LOST)
    to_share = 0.5;
  else if (arrow->kind == BE_WIRE_ARROW_TO_STUB)
    to_share = BE_WIRE_STUB_SHARE;
  else if (arrow->kind == BE_WIRE_ARROW_FROM_STUB)
    from_share = 1 - BE_WIRE_STUB_SHARE;

  graphene_point_init (from, (float) be_wire_get_x (drawing->geometry, arrow->from_side, from_share), (float) arrow->from_y);
  graphene_point_init (to, (float) be_wire_get_x (drawing->geometry, arrow->from_side, to_share), (float) to_y);
}

/* The side that has a row. */
static BeSide
get_own_side (const BeWireArrow *arrow)
{
  return arrow->kind == BE_WIRE_ARROW_FROM_STUB ? 1 - arrow->from_side : arrow->from_side;
}

static void
draw_cross (const BeWireDrawing    *drawing,
            const graphene_point_t *middle)
{
  double reach = CROSS_REACH * drawing->scale;

  gdk_cairo_set_source_rgba (drawing->cairo, &drawing->palette->error);
  cairo_set_line_width (drawing->cairo, CROSS_LINE_WIDTH * drawing->scale);
  cairo_move_to (drawing->cairo, middle->x - reach, middle->y - reach);
  cairo_line_to (drawing->cairo, middle->x + reach, middle->y + reach);
  cairo_move_to (drawing->cairo, middle->x - reach, middle->y + reach);
  cairo_line_to (drawing->cairo, middle->x + reach, middle->y - reach);
  cairo_stroke (drawing->cairo);
}

/* As what is observed: a line, and a head unless it is lost. */
void
be_wire_draw_line (const BeWireDrawing    *drawing,
                   const BeWireArrow      *arrow,
                   const graphene_point_t *from,
                   const graphene_point_t *to,
                   gboolean                has_head)
{
  double           angle = atan2 (to->y - from->y, to->x - from->x);
  graphene_point_t line_end = *to;

  if (has_head)
    {
      line_end.x -= (float) (BE_WIRE_HEAD_LENGTH * drawing->scale / 2 * cos (angle));
      line_end.y -= (float) (BE_WIRE_HEAD_LENGTH * drawing->scale / 2 * sin (angle));
    }

  gdk_cairo_set_source_rgba (drawing->cairo, &be_palette_get_ink (drawing->palette, arrow->connection)->strong);
  cairo_set_line_width (drawing->cairo, (arrow->is_marked ? MARKED_LINE_WIDTH : LINE_WIDTH) * drawing->scale);
  if (arrow->kind == BE_WIRE_ARROW_WAITING)
    cairo_set_dash (drawing->cairo, (double[]){ BE_WIRE_DASH_LENGTH * drawing->scale, BE_WIRE_DASH_GAP * drawing->scale }, 2, 0);
  cairo_move_to (drawing->cairo, from->x, from->y);
  cairo_line_to (drawing->cairo, line_end.x, line_end.y);
  cairo_stroke (drawing->cairo);
  cairo_set_dash (drawing->cairo, NULL, 0, 0);
  if (has_head)
    be_wire_draw_head (drawing, to, angle, 1);
}

/* That our call sent it is observed; that it came there is not. */
void
be_wire_draw_sent (const BeWireDrawing    *drawing,
                   const BeWireArrow      *arrow,
                   const graphene_point_t *from,
                   const graphene_point_t *to)
{
  BeWireSegment inferred = { .to = *to, .connection = BE_EVENT_NO_CONNECTION };

  graphene_point_interpolate (from, to, SENT_SHARE, &inferred.from);
  be_wire_draw_line (drawing, arrow, from, &inferred.from, FALSE);
  be_wire_draw_segment (drawing, &inferred, &drawing->palette->inferred, arrow->is_marked);
}

static void
draw_arrow (const BeWireDrawing *drawing,
            const BeWireArrow   *arrow)
{
  graphene_point_t from;
  graphene_point_t to;

  be_wire_find_ends (drawing, arrow, &from, &to);
  be_wire_cut (drawing, &from, to);
  be_wire_cut (drawing, &to, from);

  if (arrow->kind == BE_WIRE_ARROW_TO_STUB)
    be_wire_draw_sent (drawing, arrow, &from, &to);
  else
    be_wire_draw_line (drawing, arrow, &from, &to, arrow->kind != BE_WIRE_ARROW_LOST);
  if (arrow->kind == BE_WIRE_ARROW_LOST)
    draw_cross (drawing, &to);
  if (be_wire_arrow_is_stub (arrow))
    be_wire_draw_stub (drawing, arrow->kind == BE_WIRE_ARROW_TO_STUB ? &to : &from, BE_WIRE_STUB_HALF_HEIGHT);
}

static void
append_label (GtkSnapshot          *snapshot,
              const BePalette      *palette,
              BeLettering          *lettering,
              const BeWireGeometry *geometry,
              const BeWireArrow    *arrow)
{
  BeSide side = get_own_side (arrow);
  double x = be_wire_get_x (geometry, side, BE_WIRE_STUB_SHARE);
  double gap = STUB_TO_LABEL * be_lettering_get_scale (lettering);

  x += side == BE_SIDE_SERVER ? gap : -gap - be_lettering_get_width (arrow->label);
  be_lettering_snapshot (lettering, snapshot, arrow->label, BE_FONT_TIME, x, arrow->from_y, &palette->small_text);
}

BeWireArrowKind
be_wire_get_kind (const BeTransferLink *link)
{
  switch ((BeTransferOutcome) link->outcome)
    {
    case BE_TRANSFER_LOST:
      return BE_WIRE_ARROW_LOST;
    case BE_TRANSFER_WAITING:
      return BE_WIRE_ARROW_WAITING;
    case BE_TRANSFER_REFUSED:
      return link->means == BE_TRANSFER_BY_ICMP ? BE_WIRE_ARROW_REFUSED_DATAGRAM : BE_WIRE_ARROW_REFUSED;
    case BE_TRANSFER_REFUSED_ELSEWHERE:
      return link->means == BE_TRANSFER_BY_ICMP ? BE_WIRE_ARROW_REFUSED_DATAGRAM_BY_STUB : BE_WIRE_ARROW_REFUSED_BY_STUB;
    case BE_TRANSFER_UNANSWERED:
      return BE_WIRE_ARROW_UNANSWERED;
    case BE_TRANSFER_FOREIGN:
      return link->to == BE_TRANSFER_NO_ROW ? BE_WIRE_ARROW_TO_STUB : BE_WIRE_ARROW_FROM_STUB;
    case BE_TRANSFER_ARRIVED:
    default:
      return BE_WIRE_ARROW_WHOLE;
    }
}

/* Who accepts late has not shaken hands, and across many rows a handshake would
 * seem to last as long as they do: both are drawn where connect () returned. So is
 * a FIN beside the call that sent it, when it was read after its ACK had gone. */
static gboolean
is_over_before (const BeTransferLink *link,
                double                height)
{
  return link->is_late || (link->means == BE_TRANSFER_BY_HANDSHAKE && height > FAR_HEIGHT);
}

/**
 * be_wire_arrow_init:
 * @arrow: (out): without a label and a mark
 * @link: what went from row to row
 * @from_y: the middle of the row that it begins at
 * @to_y: of that where it ends
 * @scale: of the interface font
 *
 * Decides how the arrow of a link is drawn.
 */
void
be_wire_arrow_init (BeWireArrow          *arrow,
                    const BeTransferLink *link,
                    double                from_y,
                    double                to_y,
                    double                scale)
{
  g_return_if_fail (arrow != NULL);
  g_return_if_fail (link != NULL);

  *arrow = (BeWireArrow){
    .kind = be_wire_get_kind (link),
    .connection = link->connection,
    .from_side = link->from_side,
    .means = (BeTransferMeans) link->means,
    .from_y = from_y,
    .to_y = to_y,
    .is_acknowledged = link->is_acknowledged,
    .is_also_acknowledgement = link->is_also_acknowledgement,
    .is_reply = link->from == BE_TRANSFER_NO_ROW,
  };
  if (arrow->kind == BE_WIRE_ARROW_WHOLE && is_over_before (link, (to_y - from_y) / scale))
    arrow->kind = BE_WIRE_ARROW_WAITING;
}

/**
 * be_wire_arrow_get_loose_row:
 * @arrow: as it is drawn
 * @link: what it stands for
 * @side: (out): whose lifeline it ends at
 *
 * An arrow, or the ACK that answers it, may end where no row tells of it. How far the next
 * row of that side is from the one below which it ends is the room of the arrow.
 *
 * Returns: the row below which it ends, or %BE_TRANSFER_NO_ROW: it has no such end
 */
guint
be_wire_arrow_get_loose_row (const BeWireArrow    *arrow,
                             const BeTransferLink *link,
                             BeSide               *side)
{
  g_return_val_if_fail (arrow != NULL, BE_TRANSFER_NO_ROW);
  g_return_val_if_fail (link != NULL, BE_TRANSFER_NO_ROW);
  g_return_val_if_fail (side != NULL, BE_TRANSFER_NO_ROW);

  *side = link->from_side;
  if (arrow->kind == BE_WIRE_ARROW_WHOLE && arrow->is_acknowledged)
    return link->to;

  *side = 1 - link->from_side;
  if (arrow->kind == BE_WIRE_ARROW_WAITING && arrow->means != BE_TRANSFER_BY_CALLS)
    return link->from;

  return BE_TRANSFER_NO_ROW;
}

/**
 * be_wire_fills_row:
 * @link: what went from row to row
 *
 * Returns: whether its arrow goes down beside its row, and therefore wants to
 *   know where that ends
 */
gboolean
be_wire_fills_row (const BeTransferLink *link)
{
  BeWireArrowKind kind;

  g_return_val_if_fail (link != NULL, FALSE);

  kind = be_wire_get_kind (link);

  return kind == BE_WIRE_ARROW_REFUSED || kind == BE_WIRE_ARROW_REFUSED_BY_STUB || kind == BE_WIRE_ARROW_UNANSWERED;
}

/**
 * be_wire_snapshot_arrows:
 * @snapshot: where to draw
 * @palette: the colours
 * @lettering: the fonts
 * @geometry: where the lane is
 * @height: of the view
 * @arrows: (array length=n_arrows): what went from side to side
 * @n_arrows: how many
 *
 * Draws all of them at once, for one picture of the lane is cheaper than one
 * for each arrow. Nothing when the lane is folded away.
 */
void
be_wire_snapshot_arrows (GtkSnapshot          *snapshot,
                         const BePalette      *palette,
                         BeLettering          *lettering,
                         const BeWireGeometry *geometry,
                         double                height,
                         const BeWireArrow    *arrows,
                         guint                 n_arrows)
{
  double        reach;
  BeCairoPart   part;
  BeWireDrawing drawing = { .palette = palette, .geometry = geometry, .height = height, .lettering = lettering };

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (palette != NULL);
  g_return_if_fail (BE_IS_LETTERING (lettering));
  g_return_if_fail (geometry != NULL);

  if (geometry->is_folded || n_arrows == 0)
    return;

  drawing.scale = be_lettering_get_scale (lettering);
  reach = BE_WIRE_BADGE_REACH * drawing.scale;
  drawing.cairo = be_cairo_part_begin (&part, &GRAPHENE_RECT_INIT ((float) (geometry->server_x - reach), 0,
                                                                   (float) (geometry->lane_width + 2 * reach),
                                                                   (float) height));
  for (guint marked = 0; marked <= 1; marked++)
    for (guint i = 0; i < n_arrows; i++)
      if (arrows[i].is_marked != (gboolean) marked)
        continue;
      else if (be_wire_arrow_is_attempt (&arrows[i]))
        be_wire_draw_attempt (&drawing, &arrows[i]);
      else if (be_wire_arrow_is_refused (&arrows[i]))
        be_wire_draw_refused (&drawing, &arrows[i]);
      else if (arrows[i].means == BE_TRANSFER_BY_CALLS)
        draw_arrow (&drawing, &arrows[i]);
      else
        be_wire_draw_inferred (&drawing, &arrows[i]);
  be_cairo_part_end (&part, snapshot);

  for (guint i = 0; i < n_arrows; i++)
    {
      if (be_wire_arrow_is_stub (&arrows[i]) && arrows[i].label != NULL)
        append_label (snapshot, palette, lettering, geometry, &arrows[i]);
      if (be_wire_arrow_is_attempt (&arrows[i]))
        be_wire_append_attempt_words (snapshot, &drawing, &arrows[i]);
      else if (be_wire_arrow_is_refused (&arrows[i]))
        be_wire_append_refused_words (snapshot, &drawing, &arrows[i]);
      else if (arrows[i].means != BE_TRANSFER_BY_CALLS)
        be_wire_append_inferred_words (snapshot, &drawing, &arrows[i]);
    }
}
