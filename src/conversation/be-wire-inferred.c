/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What no call sent, but the system: the dashed arrows of the lane. */

#include "be-wire-arrows-private.h"

#include "be-pairing.h"

#include <math.h>

/* On the grid of the interface font. */
#define INFERRED_LINE_WIDTH 1.4
#define INFERRED_MARKED_LINE_WIDTH 2.4
#define INFERRED_HEAD_SHARE 0.8 /* of the other heads */
#define GAP_BESIDE_WORDS 6.0
#define SHORTEST_DASHES 8.0 /* on each side of the words */
#define APART_HEIGHT 40.0   /* enough for the three lines of a handshake */
#define APART_WORDS_SHARE 0.37
#define FIN_WORDS_SHARE 0.3 /* two may cross in the middle */
#define ACK_BELOW 5.0
#define ACK_FALL 14.0

#define MAX_SEGMENTS 3 /* of an arrow */

/* accept () returns what is complete: the last ACK came before its row. */
static double
get_accept_top (const BeWireDrawing *drawing,
                const BeWireArrow   *arrow)
{
  return MAX (arrow->to_y - BE_WIRE_BADGE_REACH * drawing->scale, arrow->from_y);
}

/* The system answers between the two calls: a third of the way each. */
static guint
get_apart_segments (const BeWireDrawing *drawing,
                    const BeWireArrow   *arrow,
                    BeWireSegment        segments[MAX_SEGMENTS])
{
  static const char *const words[MAX_SEGMENTS] = { "SYN", "SYN-ACK", "ACK" };
  double                   lane = drawing->geometry->client_x - drawing->geometry->server_x;
  double                   badge = BE_WIRE_BADGE_REACH * drawing->scale / lane;
  double                   lifeline = BE_WIRE_LIFELINE_REACH * drawing->scale / lane;
  double                   step = (get_accept_top (drawing, arrow) - arrow->from_y) / MAX_SEGMENTS;

  for (guint i = 0; i < MAX_SEGMENTS; i++)
    {
      BeSide from_side = i % 2 == 0 ? arrow->from_side : 1 - arrow->from_side;
      double from_share = i == 0 ? badge : lifeline;
      double to_share = 1 - lifeline;

      graphene_point_init (&segments[i].from, (float) be_wire_get_x (drawing->geometry, from_side, from_share),
                           (float) (arrow->from_y + i * step));
      graphene_point_init (&segments[i].to, (float) be_wire_get_x (drawing->geometry, from_side, to_share),
                           (float) (arrow->from_y + (i + 1) * step));
      segments[i].goes_both_ways = FALSE;
      segments[i].share = APART_WORDS_SHARE;
      segments[i].words = words[i];
      segments[i].connection = BE_EVENT_NO_CONNECTION;
    }

  return MAX_SEGMENTS;
}

static double
get_words_width (const BeWireDrawing *drawing,
                 const char          *words)
{
  g_autoptr (PangoLayout) layout = be_lettering_share (drawing->lettering, BE_FONT_TIME, words);

  return be_lettering_get_width (layout);
}

/* Where no row tells whose segment came, it says so itself. */
static char *
dup_words (const BeWireSegment *segment,
           const char          *words)
{
  g_autofree char *letter = NULL;

  if (segment->connection == BE_EVENT_NO_CONNECTION)
    return g_strdup (words);

  letter = be_pairing_dup_letter (segment->connection);

  return g_strdup_printf ("%s · %s", words, letter);
}

static double
get_segment_words_width (const BeWireDrawing *drawing,
                         const BeWireSegment *segment,
                         const char          *words)
{
  g_autofree char *text = dup_words (segment, words);

  return get_words_width (drawing, text);
}

/* A far row has its height guessed, and three lines to it say no more than one. */
static gboolean
has_room_apart (const BeWireDrawing *drawing,
                const BeWireArrow   *arrow)
{
  double lane = drawing->geometry->client_x - drawing->geometry->server_x;
  double before_words = GAP_BESIDE_WORDS + SHORTEST_DASHES + BE_WIRE_LIFELINE_REACH;

  return arrow->kind != BE_WIRE_ARROW_WAITING && arrow->to_y - arrow->from_y >= APART_HEIGHT * drawing->scale &&
         arrow->from_y > -BE_WIRE_OUT_OF_VIEW && arrow->to_y < drawing->height + BE_WIRE_OUT_OF_VIEW &&
         get_words_width (drawing, "SYN-ACK") / 2 + before_words * drawing->scale <= APART_WORDS_SHARE * lane;
}

/* From the sender on the words stand behind some dashes: so far away, in parts of the way. */
static double
get_first_share (const BeWireDrawing *drawing,
                 const BeWireSegment *segment,
                 const char          *words)
{
  double before = GAP_BESIDE_WORDS + SHORTEST_DASHES + BE_WIRE_HEAD_LENGTH * INFERRED_HEAD_SHARE;
  double length = fabs ((double) segment->to.x - segment->from.x);

  return (get_segment_words_width (drawing, segment, words) / 2 + before * drawing->scale) / length;
}

/* The names are the field's own, and the same in every language. */
const char *
be_wire_choose_words (const BeWireDrawing *drawing,
                      const BeWireSegment *segment,
                      BeTransferMeans      means)
{
  static const char *const choices[][3] = {
    [BE_TRANSFER_BY_HANDSHAKE] = { "SYN · SYN-ACK · ACK", "SYN … ACK", NULL },
    [BE_TRANSFER_BY_FIN] = { "FIN", NULL },
    [BE_TRANSFER_BY_RST] = { "RST", NULL },
    [BE_TRANSFER_BY_SYN] = { "SYN", NULL },
    [BE_TRANSFER_BY_ICMP] = { "ICMP port unreachable", "ICMP", NULL },
  };
  double margin = GAP_BESIDE_WORDS + SHORTEST_DASHES + BE_WIRE_HEAD_LENGTH * INFERRED_HEAD_SHARE;
  double room = fabs ((double) segment->to.x - segment->from.x) - 2 * margin * drawing->scale;

  for (guint i = 0; choices[means][i] != NULL; i++)
    if (get_segment_words_width (drawing, segment, choices[means][i]) <= room)
      return choices[means][i];

  return NULL;
}

/* In a narrow lane the longer words of a FIN that is an ACK too go nearer to the middle. */
static void
set_words (const BeWireDrawing *drawing,
           const BeWireArrow   *arrow,
           BeWireSegment       *segment)
{
  double share = MAX (get_first_share (drawing, segment, BE_TRANSFER_FIN_ACK), FIN_WORDS_SHARE);

  segment->share = arrow->means == BE_TRANSFER_BY_FIN ? FIN_WORDS_SHARE : 0.5;
  if (be_wire_arrow_is_stub (arrow))
    segment->words = NULL;
  else if (arrow->is_also_acknowledgement && share <= 0.5)
    {
      segment->share = share;
      segment->words = BE_TRANSFER_FIN_ACK;
    }
  else
    segment->words = be_wire_choose_words (drawing, segment, arrow->means);
}

/* From just below where the FIN comes to. Where that is beside its own row, another row
 * may be near: the ACK must not seem to come to that. */
static void
set_acknowledgement (const BeWireDrawing *drawing,
                     const BeWireArrow   *arrow,
                     double               fin_y,
                     BeWireSegment       *segment)
{
  double   lane = drawing->geometry->client_x - drawing->geometry->server_x;
  double   badge = BE_WIRE_BADGE_REACH * drawing->scale / lane;
  double   lifeline = BE_WIRE_LIFELINE_REACH * drawing->scale / lane;
  BeSide   from_side = 1 - arrow->from_side;
  gboolean is_beside_own_row = arrow->kind == BE_WIRE_ARROW_WAITING;
  double   whole_fall = ACK_BELOW + ACK_FALL;
  double   fall = is_beside_own_row ? whole_fall : be_wire_get_loose_fall (drawing, arrow, whole_fall);

  graphene_point_init (&segment->from, (float) be_wire_get_x (drawing->geometry, from_side, badge),
                       (float) (fin_y + MIN (ACK_BELOW, fall) * drawing->scale));
  graphene_point_init (&segment->to, (float) be_wire_get_x (drawing->geometry, from_side, 1 - (is_beside_own_row ? badge : lifeline)),
                       (float) (fin_y + fall * drawing->scale));
  be_wire_cut (drawing, &segment->from, segment->to);
  be_wire_cut (drawing, &segment->to, segment->from);
  segment->goes_both_ways = FALSE;
  segment->share = APART_WORDS_SHARE;
  segment->words = "ACK";
  segment->connection = arrow->connection;
}

/* Returns how many lines the arrow is. */
static guint
get_segments (const BeWireDrawing *drawing,
              const BeWireArrow   *arrow,
              BeWireSegment        segments[MAX_SEGMENTS])
{
  gboolean is_handshake = arrow->means == BE_TRANSFER_BY_HANDSHAKE && !be_wire_arrow_is_stub (arrow);
  double   fin_y;

  if (is_handshake && has_room_apart (drawing, arrow))
    return get_apart_segments (drawing, arrow, segments);

  be_wire_find_ends (drawing, arrow, &segments[0].from, &segments[0].to);
  fin_y = segments[0].to.y;
  if (is_handshake && arrow->kind == BE_WIRE_ARROW_WHOLE)
    segments[0].to.y = (float) get_accept_top (drawing, arrow);
  be_wire_cut (drawing, &segments[0].from, segments[0].to);
  be_wire_cut (drawing, &segments[0].to, segments[0].from);
  segments[0].goes_both_ways = is_handshake;
  segments[0].connection = arrow->kind == BE_WIRE_ARROW_WAITING && !is_handshake ? arrow->connection : BE_EVENT_NO_CONNECTION;
  set_words (drawing, arrow, &segments[0]);
  if (!arrow->is_acknowledged || (arrow->kind != BE_WIRE_ARROW_WHOLE && arrow->kind != BE_WIRE_ARROW_WAITING))
    return 1;

  set_acknowledgement (drawing, arrow, fin_y, &segments[1]);

  return 2;
}

const GdkRGBA *
be_wire_get_inferred_colour (const BePalette *palette,
                             BeTransferMeans  means)
{
  return means == BE_TRANSFER_BY_RST ? &palette->error : &palette->inferred;
}

/* From one tip to the other, but for the heads and for the words. */
static void
draw_dashes (const BeWireDrawing *drawing,
             const BeWireSegment *segment)
{
  double head = INFERRED_HEAD_SHARE * BE_WIRE_HEAD_LENGTH * drawing->scale;
  double dx = (double) segment->to.x - segment->from.x;
  double dy = (double) segment->to.y - segment->from.y;
  double length = hypot (dx, dy);
  double begin = segment->goes_both_ways ? head / length : 0;
  double end = 1 - head / length;
  double gap = 0;

  if (segment->words != NULL)
    gap = (get_segment_words_width (drawing, segment, segment->words) / 2 + GAP_BESIDE_WORDS * drawing->scale) / fabs (dx);

  cairo_set_dash (drawing->cairo, (double[]){ BE_WIRE_DASH_LENGTH * drawing->scale, BE_WIRE_DASH_GAP * drawing->scale }, 2, 0);
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

void
be_wire_draw_segment (const BeWireDrawing *drawing,
                      const BeWireSegment *segment,
                      const GdkRGBA       *colour,
                      gboolean             is_marked)
{
  double angle = atan2 (segment->to.y - segment->from.y, segment->to.x - segment->from.x);
  double width = is_marked ? INFERRED_MARKED_LINE_WIDTH : INFERRED_LINE_WIDTH;

  gdk_cairo_set_source_rgba (drawing->cairo, colour);
  cairo_set_line_width (drawing->cairo, width * drawing->scale);
  draw_dashes (drawing, segment);
  be_wire_draw_head (drawing, &segment->to, angle, INFERRED_HEAD_SHARE);
  if (segment->goes_both_ways)
    be_wire_draw_head (drawing, &segment->from, angle + G_PI, INFERRED_HEAD_SHARE);
}

void
be_wire_draw_inferred (const BeWireDrawing *drawing,
                       const BeWireArrow   *arrow)
{
  BeWireSegment segments[MAX_SEGMENTS];
  guint         n_segments = get_segments (drawing, arrow, segments);

  for (guint i = 0; i < n_segments; i++)
    be_wire_draw_segment (drawing, &segments[i], be_wire_get_inferred_colour (drawing->palette, arrow->means),
                          arrow->is_marked);
  if (be_wire_arrow_is_stub (arrow))
    be_wire_draw_stub (drawing, arrow->kind == BE_WIRE_ARROW_TO_STUB ? &segments[0].to : &segments[0].from,
                       BE_WIRE_STUB_HALF_HEIGHT);
}

void
be_wire_append_segment_words (GtkSnapshot         *snapshot,
                              const BeWireDrawing *drawing,
                              const BeWireSegment *segment,
                              const GdkRGBA       *colour)
{
  double           x = segment->from.x + segment->share * ((double) segment->to.x - segment->from.x);
  double           y = segment->from.y + segment->share * ((double) segment->to.y - segment->from.y);
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;

  if (segment->words == NULL)
    return;

  text = dup_words (segment, segment->words);
  layout = be_lettering_share (drawing->lettering, BE_FONT_TIME, text);
  be_lettering_snapshot (drawing->lettering, snapshot, layout, BE_FONT_TIME,
                         x - be_lettering_get_width (layout) / 2, y, colour);
}

void
be_wire_append_inferred_words (GtkSnapshot         *snapshot,
                               const BeWireDrawing *drawing,
                               const BeWireArrow   *arrow)
{
  BeWireSegment segments[MAX_SEGMENTS];
  guint         n_segments = get_segments (drawing, arrow, segments);

  for (guint i = 0; i < n_segments; i++)
    be_wire_append_segment_words (snapshot, drawing, &segments[i],
                                  be_wire_get_inferred_colour (drawing->palette, arrow->means));
}
