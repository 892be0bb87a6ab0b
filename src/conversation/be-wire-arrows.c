/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-arrows.h"

#include "be-cairo-part.h"

#include <math.h>

/* On the grid of the interface font. */
#define BADGE_REACH 13.5
#define LINE_WIDTH 2.4
#define MARKED_LINE_WIDTH 4.0
#define HEAD_LENGTH 11.0
#define HEAD_HALF_WIDTH 5.0
#define DASH_LENGTH 6.0
#define DASH_GAP 4.0
#define WAITING_FALL 20.0 /* as far as a row of the other side would stand below */
#define CROSS_REACH 5.5
#define CROSS_LINE_WIDTH 2.4
#define INFERRED_LINE_WIDTH 1.4
#define INFERRED_MARKED_LINE_WIDTH 2.4
#define INFERRED_HEAD_SHARE 0.8 /* of the other heads */
#define LIFELINE_REACH 4.0      /* where no badge stands */
#define GAP_BESIDE_WORDS 6.0
#define SHORTEST_DASHES 8.0 /* on each side of the words */
#define APART_HEIGHT 40.0   /* enough for the three lines of a handshake */
#define APART_WORDS_SHARE 0.37
#define STUB_HALF_HEIGHT 8.0
#define STUB_LINE_WIDTH 2.0
#define STUB_TO_LABEL 6.0

/* Where in the lane a stub stands, as seen from the side that is ours. */
#define STUB_SHARE 0.27

/* Steeper arrows, of very far rows, are cut so far out of view. */
#define OUT_OF_VIEW 200.0

typedef struct
{
  cairo_t              *cairo;
  const BePalette      *palette;
  const BeWireGeometry *geometry;
  double                scale;
  double                height;
  BeLettering          *lettering;
} Drawing;

/* A line that the system is inferred to have sent, and what it says. */
typedef struct
{
  graphene_point_t from;
  graphene_point_t to;
  gboolean         goes_both_ways;
  double           share; /* of the line, where the words stand */
  const char      *words; /* NULL where there is no room */
} Segment;

#define MAX_SEGMENTS 3 /* of an arrow */

static gboolean
is_stub (const BeWireArrow *arrow)
{
  return arrow->kind == BE_WIRE_ARROW_TO_STUB || arrow->kind == BE_WIRE_ARROW_FROM_STUB;
}

/* The side that has a row. */
static BeSide
get_own_side (const BeWireArrow *arrow)
{
  return arrow->kind == BE_WIRE_ARROW_FROM_STUB ? 1 - arrow->from_side : arrow->from_side;
}

/* @share of the way from the lifeline of @side to the other one. */
static double
get_x (const BeWireGeometry *geometry,
       BeSide                side,
       double                share)
{
  double distance = share * (geometry->client_x - geometry->server_x);

  return side == BE_SIDE_SERVER ? geometry->server_x + distance : geometry->client_x - distance;
}

/* Leaves out what is far out of view: the height of such a row is a guess, and
 * lines of a million pixels are drawn badly. */
static void
cut (const Drawing    *drawing,
     graphene_point_t *end,
     graphene_point_t  other)
{
  float low = (float) -OUT_OF_VIEW;
  float high = (float) (drawing->height + OUT_OF_VIEW);
  float y = CLAMP (end->y, low, high);

  if (y != end->y && end->y != other.y)
    end->x += (other.x - end->x) * (y - end->y) / (other.y - end->y);
  end->y = y;
}

static void
draw_head (const Drawing          *drawing,
           const graphene_point_t *tip,
           double                  angle,
           double                  size)
{
  double length = size * HEAD_LENGTH * drawing->scale;
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

static void
draw_cross (const Drawing          *drawing,
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

static void
draw_stub (const Drawing          *drawing,
           const graphene_point_t *middle)
{
  double half_height = STUB_HALF_HEIGHT * drawing->scale;

  gdk_cairo_set_source_rgba (drawing->cairo, &drawing->palette->lifeline);
  cairo_set_line_width (drawing->cairo, STUB_LINE_WIDTH * drawing->scale);
  cairo_move_to (drawing->cairo, middle->x, middle->y - half_height);
  cairo_line_to (drawing->cairo, middle->x, middle->y + half_height);
  cairo_stroke (drawing->cairo);
}

/* From the edge of a badge to the edge of the other, or to what stands there
 * instead. */
static void
find_ends (const Drawing     *drawing,
           const BeWireArrow *arrow,
           graphene_point_t  *from,
           graphene_point_t  *to)
{
  double lane = drawing->geometry->client_x - drawing->geometry->server_x;
  double edge = BADGE_REACH * drawing->scale / lane;
  double from_share = edge;
  double to_share = 1 - edge;
  double to_y = arrow->to_y;

  if (arrow->kind == BE_WIRE_ARROW_WAITING)
    to_y += WAITING_FALL * drawing->scale;
  else if (arrow->kind == BE_WIRE_ARROW_LOST)
    to_share = 0.5;
  else if (arrow->kind == BE_WIRE_ARROW_TO_STUB)
    to_share = STUB_SHARE;
  else if (arrow->kind == BE_WIRE_ARROW_FROM_STUB)
    from_share = 1 - STUB_SHARE;

  graphene_point_init (from, (float) get_x (drawing->geometry, arrow->from_side, from_share), (float) arrow->from_y);
  graphene_point_init (to, (float) get_x (drawing->geometry, arrow->from_side, to_share), (float) to_y);
}

/* The system answers between the two calls: a third of the way each. */
static guint
get_apart_segments (const Drawing     *drawing,
                    const BeWireArrow *arrow,
                    Segment            segments[MAX_SEGMENTS])
{
  static const char *const words[MAX_SEGMENTS] = { "SYN", "SYN-ACK", "ACK" };
  double                   lane = drawing->geometry->client_x - drawing->geometry->server_x;
  double                   badge = BADGE_REACH * drawing->scale / lane;
  double                   lifeline = LIFELINE_REACH * drawing->scale / lane;
  double                   step = (arrow->to_y - arrow->from_y) / MAX_SEGMENTS;

  for (guint i = 0; i < MAX_SEGMENTS; i++)
    {
      BeSide from_side = i % 2 == 0 ? arrow->from_side : 1 - arrow->from_side;
      double from_share = i == 0 ? badge : lifeline;
      double to_share = 1 - (i == MAX_SEGMENTS - 1 ? badge : lifeline);

      graphene_point_init (&segments[i].from, (float) get_x (drawing->geometry, from_side, from_share),
                           (float) (arrow->from_y + i * step));
      graphene_point_init (&segments[i].to, (float) get_x (drawing->geometry, from_side, to_share),
                           (float) (arrow->from_y + (i + 1) * step));
      segments[i].goes_both_ways = FALSE;
      segments[i].share = APART_WORDS_SHARE;
      segments[i].words = words[i];
    }

  return MAX_SEGMENTS;
}

static double
get_words_width (const Drawing *drawing,
                 const char    *words)
{
  g_autoptr (PangoLayout) layout = be_lettering_share (drawing->lettering, BE_FONT_TIME, words);

  return be_lettering_get_width (layout);
}

/* A far row has its height guessed, and three lines to it say no more than one. */
static gboolean
has_room_apart (const Drawing     *drawing,
                const BeWireArrow *arrow)
{
  double lane = drawing->geometry->client_x - drawing->geometry->server_x;
  double before_words = GAP_BESIDE_WORDS + SHORTEST_DASHES + LIFELINE_REACH;

  return arrow->to_y - arrow->from_y >= APART_HEIGHT * drawing->scale &&
         arrow->from_y > -OUT_OF_VIEW && arrow->to_y < drawing->height + OUT_OF_VIEW &&
         get_words_width (drawing, "SYN-ACK") / 2 + before_words * drawing->scale <= APART_WORDS_SHARE * lane;
}

/* The names are the field's own, and the same in every language. */
static const char *
choose_words (const Drawing  *drawing,
              const Segment  *segment,
              BeTransferMeans means)
{
  static const char *const choices[][3] = {
    [BE_TRANSFER_BY_HANDSHAKE] = { "SYN · SYN-ACK · ACK", "SYN … ACK", NULL },
    [BE_TRANSFER_BY_FIN] = { "FIN", NULL },
    [BE_TRANSFER_BY_RST] = { "RST", NULL },
  };
  double margin = GAP_BESIDE_WORDS + SHORTEST_DASHES + HEAD_LENGTH * INFERRED_HEAD_SHARE;
  double room = fabs ((double) segment->to.x - segment->from.x) - 2 * margin * drawing->scale;

  for (guint i = 0; choices[means][i] != NULL; i++)
    if (get_words_width (drawing, choices[means][i]) <= room)
      return choices[means][i];

  return NULL;
}

/* Returns how many lines the arrow is. */
static guint
get_segments (const Drawing     *drawing,
              const BeWireArrow *arrow,
              Segment            segments[MAX_SEGMENTS])
{
  gboolean is_handshake = arrow->means == BE_TRANSFER_BY_HANDSHAKE && !is_stub (arrow);

  if (is_handshake && has_room_apart (drawing, arrow))
    return get_apart_segments (drawing, arrow, segments);

  find_ends (drawing, arrow, &segments[0].from, &segments[0].to);
  cut (drawing, &segments[0].from, segments[0].to);
  cut (drawing, &segments[0].to, segments[0].from);
  segments[0].goes_both_ways = is_handshake;
  segments[0].share = 0.5;
  segments[0].words = is_stub (arrow) ? NULL : choose_words (drawing, &segments[0], arrow->means);

  return 1;
}

static const GdkRGBA *
get_inferred_colour (const BePalette   *palette,
                     const BeWireArrow *arrow)
{
  return arrow->means == BE_TRANSFER_BY_RST ? &palette->error : &palette->inferred;
}

/* From one tip to the other, but for the heads and for the words. */
static void
draw_dashes (const Drawing *drawing,
             const Segment *segment)
{
  double head = INFERRED_HEAD_SHARE * HEAD_LENGTH * drawing->scale;
  double dx = (double) segment->to.x - segment->from.x;
  double dy = (double) segment->to.y - segment->from.y;
  double length = hypot (dx, dy);
  double begin = segment->goes_both_ways ? head / length : 0;
  double end = 1 - head / length;
  double gap = 0;

  if (segment->words != NULL)
    gap = (get_words_width (drawing, segment->words) / 2 + GAP_BESIDE_WORDS * drawing->scale) / fabs (dx);

  cairo_set_dash (drawing->cairo, (double[]){ DASH_LENGTH * drawing->scale, DASH_GAP * drawing->scale }, 2, 0);
  cairo_move_to (drawing->cairo, segment->from.x + begin * dx, segment->from.y + begin * dy);
  if (gap > 0)
    {
      cairo_line_to (drawing->cairo, segment->from.x + (segment->share - gap) * dx, segment->from.y + (segment->share - gap) * dy);
      cairo_move_to (drawing->cairo, segment->from.x + (segment->share + gap) * dx, segment->from.y + (segment->share + gap) * dy);
    }
  cairo_line_to (drawing->cairo, segment->from.x + end * dx, segment->from.y + end * dy);
  cairo_stroke (drawing->cairo);
  cairo_set_dash (drawing->cairo, NULL, 0, 0);
}

static void
draw_inferred (const Drawing     *drawing,
               const BeWireArrow *arrow)
{
  Segment segments[MAX_SEGMENTS];
  guint   n_segments = get_segments (drawing, arrow, segments);
  double  width = arrow->is_marked ? INFERRED_MARKED_LINE_WIDTH : INFERRED_LINE_WIDTH;

  gdk_cairo_set_source_rgba (drawing->cairo, get_inferred_colour (drawing->palette, arrow));
  cairo_set_line_width (drawing->cairo, width * drawing->scale);
  for (guint i = 0; i < n_segments; i++)
    {
      const Segment *segment = &segments[i];
      double         angle = atan2 (segment->to.y - segment->from.y, segment->to.x - segment->from.x);

      draw_dashes (drawing, segment);
      draw_head (drawing, &segment->to, angle, INFERRED_HEAD_SHARE);
      if (segment->goes_both_ways)
        draw_head (drawing, &segment->from, angle + G_PI, INFERRED_HEAD_SHARE);
    }
  if (is_stub (arrow))
    draw_stub (drawing, arrow->kind == BE_WIRE_ARROW_TO_STUB ? &segments[0].to : &segments[0].from);
}

static void
append_words (GtkSnapshot       *snapshot,
              const Drawing     *drawing,
              const BeWireArrow *arrow)
{
  Segment segments[MAX_SEGMENTS];
  guint   n_segments = get_segments (drawing, arrow, segments);

  for (guint i = 0; i < n_segments; i++)
    {
      const Segment *segment = &segments[i];
      double         x = segment->from.x + segment->share * ((double) segment->to.x - segment->from.x);
      double         y = segment->from.y + segment->share * ((double) segment->to.y - segment->from.y);
      g_autoptr (PangoLayout) layout = NULL;

      if (segment->words == NULL)
        continue;

      layout = be_lettering_share (drawing->lettering, BE_FONT_TIME, segment->words);
      be_lettering_snapshot (drawing->lettering, snapshot, layout, BE_FONT_TIME,
                             x - be_lettering_get_width (layout) / 2, y, get_inferred_colour (drawing->palette, arrow));
    }
}

static void
draw_arrow (const Drawing     *drawing,
            const BeWireArrow *arrow)
{
  const GdkRGBA   *colour = &be_palette_get_ink (drawing->palette, arrow->connection)->strong;
  graphene_point_t from;
  graphene_point_t to;
  graphene_point_t line_end;
  double           angle;
  gboolean         has_head = arrow->kind != BE_WIRE_ARROW_LOST;

  find_ends (drawing, arrow, &from, &to);
  cut (drawing, &from, to);
  cut (drawing, &to, from);
  angle = atan2 (to.y - from.y, to.x - from.x);
  line_end = to;
  if (has_head)
    {
      line_end.x -= (float) (HEAD_LENGTH * drawing->scale / 2 * cos (angle));
      line_end.y -= (float) (HEAD_LENGTH * drawing->scale / 2 * sin (angle));
    }

  gdk_cairo_set_source_rgba (drawing->cairo, colour);
  cairo_set_line_width (drawing->cairo, (arrow->is_marked ? MARKED_LINE_WIDTH : LINE_WIDTH) * drawing->scale);
  if (arrow->kind == BE_WIRE_ARROW_WAITING)
    cairo_set_dash (drawing->cairo, (double[]){ DASH_LENGTH * drawing->scale, DASH_GAP * drawing->scale }, 2, 0);
  cairo_move_to (drawing->cairo, from.x, from.y);
  cairo_line_to (drawing->cairo, line_end.x, line_end.y);
  cairo_stroke (drawing->cairo);
  cairo_set_dash (drawing->cairo, NULL, 0, 0);

  if (has_head)
    draw_head (drawing, &to, angle, 1);
  else
    draw_cross (drawing, &to);
  if (is_stub (arrow))
    draw_stub (drawing, arrow->kind == BE_WIRE_ARROW_TO_STUB ? &to : &from);
}

static void
append_label (GtkSnapshot          *snapshot,
              const BePalette      *palette,
              BeLettering          *lettering,
              const BeWireGeometry *geometry,
              const BeWireArrow    *arrow)
{
  BeSide side = get_own_side (arrow);
  double x = get_x (geometry, side, STUB_SHARE);
  double gap = STUB_TO_LABEL * be_lettering_get_scale (lettering);

  x += side == BE_SIDE_SERVER ? gap : -gap - be_lettering_get_width (arrow->label);
  be_lettering_snapshot (lettering, snapshot, arrow->label, BE_FONT_TIME, x, arrow->from_y, &palette->small_text);
}

/**
 * be_wire_arrow_kind_for_link:
 * @link: what went from row to row
 *
 * Returns: how its arrow is drawn
 */
BeWireArrowKind
be_wire_arrow_kind_for_link (const BeTransferLink *link)
{
  g_return_val_if_fail (link != NULL, BE_WIRE_ARROW_WHOLE);

  switch ((BeTransferOutcome) link->outcome)
    {
    case BE_TRANSFER_LOST:
      return BE_WIRE_ARROW_LOST;
    case BE_TRANSFER_WAITING:
      return BE_WIRE_ARROW_WAITING;
    case BE_TRANSFER_FOREIGN:
      return link->to == BE_TRANSFER_NO_ROW ? BE_WIRE_ARROW_TO_STUB : BE_WIRE_ARROW_FROM_STUB;
    case BE_TRANSFER_ARRIVED:
    default:
      return BE_WIRE_ARROW_WHOLE;
    }
}

/**
 * be_wire_get_label_room:
 * @geometry: where the lane is
 *
 * Returns: how wide the address at a stub may be, in pixels
 */
double
be_wire_get_label_room (const BeWireGeometry *geometry)
{
  g_return_val_if_fail (geometry != NULL, 0);

  return MAX (geometry->lane_width * (1 - STUB_SHARE) - 2 * BADGE_REACH, 1);
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
  BeCairoPart part;
  Drawing     drawing = { .palette = palette, .geometry = geometry, .height = height, .lettering = lettering };

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (palette != NULL);
  g_return_if_fail (BE_IS_LETTERING (lettering));
  g_return_if_fail (geometry != NULL);

  if (geometry->is_folded || n_arrows == 0)
    return;

  drawing.scale = be_lettering_get_scale (lettering);
  drawing.cairo = be_cairo_part_begin (&part, &GRAPHENE_RECT_INIT ((float) geometry->server_x, 0,
                                                                   (float) geometry->lane_width, (float) height));
  for (guint marked = 0; marked <= 1; marked++)
    for (guint i = 0; i < n_arrows; i++)
      if (arrows[i].is_marked != (gboolean) marked)
        continue;
      else if (arrows[i].means == BE_TRANSFER_BY_CALLS)
        draw_arrow (&drawing, &arrows[i]);
      else
        draw_inferred (&drawing, &arrows[i]);
  be_cairo_part_end (&part, snapshot);

  for (guint i = 0; i < n_arrows; i++)
    {
      if (is_stub (&arrows[i]) && arrows[i].label != NULL)
        append_label (snapshot, palette, lettering, geometry, &arrows[i]);
      if (arrows[i].means != BE_TRANSFER_BY_CALLS)
        append_words (snapshot, &drawing, &arrows[i]);
    }
}
