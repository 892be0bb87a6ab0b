/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-row-placement.h"

#include "be-magnification.h"
#include "be-payload-layout.h"
#include "be-row-placing.h"
#include "be-row-rhythm.h"

#include <math.h>

/* Outward from the lifeline, on the grid of the interface font. */
#define BADGE_TO_BUBBLE 24
#define BUBBLE_HALF_HEIGHT 15
#define BUBBLE_PADDING 14
#define BUBBLE_TO_CALL 11
#define DETAIL_TO_TIME 16
#define OUTER_MARGIN 18

/* What a long payload may take of its side, when the rest must give way. */
#define BUBBLE_SHARE 0.5
#define FOLDED_BUBBLE_SHARE 0.6

#define FOLDED_BADGE_MARGIN 24
#define FOLDED_BUBBLE_MARGIN 46
#define FOLDED_OUTER_MARGIN 12
#define FOLDED_BUBBLE_TO_CALL 9

/* How far the call and the chip are from the middle where one is above the other. */
#define COUNT_BELOW 9

/* For a whole room all rows have their time, or none of them, which takes less
 * room than some of them need. */
#define PROJECTED_TIMES_FROM_LENGTH 376

/* A line below a bubble, or below a call without one. */
#define SECOND_LINE_BELOW_BUBBLE 25
#define SECOND_LINE_BELOW 19
#define SECOND_LINE_HEIGHT 16
#define DETAIL_TO_SECOND_TIME 10

#define NOTE_BELOW 26

/* More than what the frame of the row that follows takes of it. */
#define NOTE_BOTTOM 10

#define CARD_BELOW 23
#define CARD_OUTER_MARGIN 27
#define CARD_MAX_WIDTH 520
#define CARD_PADDING 17
#define CARD_ICON_ROOM 30
#define CARD_TITLE_MIDDLE 25
#define CARD_TITLE_TO_REASON 18
#define CARD_GAP 7
#define CARD_BOTTOM 15

/* Returns the width of the bubble. */
static double
place_bubble (const BeRowPlacing *placing,
              double              distance,
              double              max_width)
{
  BeRowPlacement *to = placing->to;
  PangoLayout    *layout = placing->content->pieces[BE_PIECE_PAYLOAD];
  double          padding = BUBBLE_PADDING * placing->scale;
  double          half_height = BUBBLE_HALF_HEIGHT * placing->scale;
  double          more_lines;
  double          width;

  more_lines = be_row_placing_wrap (layout, MAX (max_width - 2 * padding, padding), BE_PAYLOAD_LAYOUT_MAX_LINES);
  width = MAX (be_lettering_get_width (layout) + 2 * padding, 2 * half_height);
  to->height += more_lines;

  to->bubble = GRAPHENE_RECT_INIT ((float) round (be_row_placing_to_x (placing, distance, width)),
                                   (float) round (to->centre - half_height), (float) round (width),
                                   (float) round (2 * half_height + more_lines));
  be_row_placing_show (placing, BE_PIECE_PAYLOAD, to->bubble.origin.x + padding, to->centre);

  return width;
}

/* Bubble or chip, whichever the row has; returns what it takes with the gap
 * behind it. */
static double
place_lead (const BeRowPlacing *placing,
            double              distance,
            double              max_width,
            double              gap)
{
  PangoLayout *chip = placing->content->pieces[BE_PIECE_CHIP];
  double       width = 0;

  if (placing->content->pieces[BE_PIECE_PAYLOAD] != NULL)
    {
      width = place_bubble (placing, distance, max_width);
    }
  else if (chip != NULL)
    {
      width = be_chip_get_width (placing->setting->lettering, chip, FALSE);
      be_row_placing_show (placing, BE_PIECE_CHIP, be_row_placing_to_x (placing, distance, width), placing->to->centre);
    }

  return width > 0 ? width + gap : 0;
}

/* The call and its detail, read from left to right on both sides. */
static void
place_texts (const BeRowPlacing *placing,
             double              distance,
             double              width)
{
  double x = be_row_placing_to_x (placing, distance, width);

  be_row_placing_show (placing, BE_PIECE_CALL, x, placing->to->centre);
  x += be_row_placing_get_width (placing, BE_PIECE_CALL) + BE_ROW_PLACING_CALL_TO_DETAIL * placing->scale;
  be_row_placing_show (placing, BE_PIECE_DETAIL, x, placing->to->centre);
}

static gboolean
try_count (const BeRowPlacing *placing,
           PangoLayout        *count,
           double              distance,
           double              caption,
           double              end)
{
  double gap = BE_ROW_PLACING_CALL_TO_DETAIL * placing->scale;
  double width = be_chip_get_width (placing->setting->lettering, count, FALSE);
  double time_room = be_row_placing_get_width (placing, BE_PIECE_TIME) + DETAIL_TO_TIME * placing->scale;

  if (distance + caption + gap + width > end)
    return FALSE;

  g_set_object (&placing->content->pieces[BE_PIECE_CHIP], count);
  placing->to->is_shown[BE_PIECE_TIME] &= distance + caption + gap + width + time_room <= end;
  be_row_placing_show (placing, BE_PIECE_CHIP, be_row_placing_to_x (placing, distance + caption + gap, width), placing->to->centre);

  return TRUE;
}

/* Where nothing else has room: the call above, the chip below it. */
static void
stack_count (const BeRowPlacing *placing,
             PangoLayout        *count,
             double              distance,
             double              end)
{
  double call = be_row_placing_get_width (placing, BE_PIECE_CALL);
  double width = be_chip_get_width (placing->setting->lettering, count, FALSE);
  double half = COUNT_BELOW * placing->scale;

  if (distance + MAX (call, width) > end)
    return;

  g_set_object (&placing->content->pieces[BE_PIECE_CHIP], count);
  be_row_placing_show (placing, BE_PIECE_CALL, be_row_placing_to_x (placing, distance, call), placing->to->centre - half);
  be_row_placing_show (placing, BE_PIECE_CHIP, be_row_placing_to_x (placing, distance, width), placing->to->centre + half);
  placing->to->is_shown[BE_PIECE_TIME] &= distance + width + DETAIL_TO_TIME * placing->scale +
                                            be_row_placing_get_width (placing, BE_PIECE_TIME) <=
                                          end;
}

/* Behind the caption, how many sends made one recv. For it the time gives way
 * first, then the detail: it takes no room from the bubble, whose height is
 * known before this. */
static void
place_caption (const BeRowPlacing *placing,
               double              distance,
               double              end)
{
  PangoLayout *const *counts = placing->content->counts;
  double              caption = be_row_placing_get_caption_width (placing);
  double              call = be_row_placing_get_width (placing, BE_PIECE_CALL);

  place_texts (placing, distance, caption);
  if (placing->content->pieces[BE_PIECE_PAYLOAD] == NULL)
    return;

  g_clear_object (&placing->content->pieces[BE_PIECE_CHIP]);
  if (counts[0] == NULL || try_count (placing, counts[0], distance, caption, end))
    return;

  place_texts (placing, distance, call);
  if (!try_count (placing, counts[0], distance, call, end) && !try_count (placing, counts[1], distance, call, end))
    stack_count (placing, counts[1], distance, end);

  if (placing->to->is_shown[BE_PIECE_CHIP])
    placing->to->is_shown[BE_PIECE_DETAIL] = FALSE;
  else
    place_texts (placing, distance, caption);
}

/* The detail has a line of its own. */
static void
place_call_and_count (const BeRowPlacing *placing,
                      double              distance,
                      double              end)
{
  PangoLayout *count = placing->content->counts[1];
  double       call = be_row_placing_get_width (placing, BE_PIECE_CALL);

  be_row_placing_show (placing, BE_PIECE_CALL, be_row_placing_to_x (placing, distance, call), placing->to->centre);
  if (placing->content->pieces[BE_PIECE_PAYLOAD] == NULL)
    return;

  g_clear_object (&placing->content->pieces[BE_PIECE_CHIP]);
  if (count != NULL)
    try_count (placing, count, distance, call, end);
}

static gboolean
has_time (const BeRowPlacing *placing)
{
  return !be_magnification_is_projected () ||
         (!placing->to->is_folded && placing->length >= PROJECTED_TIMES_FROM_LENGTH * placing->scale);
}

/* For a whole room a row is one line, in which a bubble is high enough for the
 * call above and the detail below it. Returns whether that is done. */
static gboolean
stack_detail (const BeRowPlacing *placing,
              double              distance,
              double              end)
{
  double call = be_row_placing_get_width (placing, BE_PIECE_CALL);
  double detail = be_row_placing_get_width (placing, BE_PIECE_DETAIL);
  double half = COUNT_BELOW * placing->scale;

  if (!be_magnification_is_projected () || placing->content->pieces[BE_PIECE_PAYLOAD] == NULL ||
      placing->content->counts[0] != NULL || detail <= 0 ||
      distance + be_row_placing_get_caption_width (placing) <= end || distance + MAX (call, detail) > end)
    return FALSE;

  g_clear_object (&placing->content->pieces[BE_PIECE_CHIP]);
  be_row_placing_show (placing, BE_PIECE_CALL, be_row_placing_to_x (placing, distance, call), placing->to->centre - half);
  be_row_placing_show (placing, BE_PIECE_DETAIL, be_row_placing_to_x (placing, distance, detail), placing->to->centre + half);

  return TRUE;
}

/* At the outer edge, below the middle of the row by @below. */
static void
show_time (const BeRowPlacing *placing,
           double              end,
           double              below)
{
  double time = be_row_placing_get_width (placing, BE_PIECE_TIME);

  be_row_placing_show (placing, BE_PIECE_TIME, be_row_placing_to_x (placing, end - time, time), placing->to->centre + below);
}

/* Whether a bubble has several lines, beside which there is room below the call. */
static gboolean
has_several_lines (const BeRowPlacing *placing)
{
  return placing->to->bubble.size.height >= (2 * BUBBLE_HALF_HEIGHT + SECOND_LINE_HEIGHT) * placing->scale;
}

static void
place_wide (const BeRowPlacing *placing)
{
  const double scale = placing->scale;
  const double margin = OUTER_MARGIN * scale;
  double       time = be_row_placing_get_width (placing, BE_PIECE_TIME);
  double       time_room = has_time (placing) ? time + DETAIL_TO_TIME * scale : 0;
  double       distance = BADGE_TO_BUBBLE * scale;
  double       end = placing->length - margin;
  double       room = end - distance;
  double       caption = be_row_placing_get_caption_width (placing);
  double       call = be_row_placing_get_width (placing, BE_PIECE_CALL);
  double       beside = (be_magnification_is_projected () ? call : caption) + time_room;
  double       lead;

  placing->to->badge_x = placing->origin;
  lead = place_lead (placing, distance,
                     MAX (room - BUBBLE_TO_CALL * scale - beside, room * BUBBLE_SHARE),
                     BUBBLE_TO_CALL * scale);

  /* The time gives way first, then the detail; for a whole room the detail does. */
  if (time_room > 0 && lead + (be_magnification_is_projected () ? call : caption) + time_room <= room + 1)
    {
      show_time (placing, end, 0);
      end -= be_magnification_is_projected () ? time_room : 0;
    }
  else if (!be_magnification_is_projected () && has_several_lines (placing) && lead + time <= room)
    {
      show_time (placing, end, SECOND_LINE_BELOW * scale);
    }
  if (stack_detail (placing, distance + lead, end))
    return;

  if (lead + caption + time_room > room + 1)
    be_row_placing_narrow_detail (placing, end - distance - lead - call - BE_ROW_PLACING_CALL_TO_DETAIL * scale);
  place_caption (placing, distance + lead, end);
}

/* What has no room beside the call stands below it: the time, and before it the
 * detail when that would be cut. */
static void
place_second_line (const BeRowPlacing *placing,
                   double              distance,
                   gboolean            has_detail)
{
  const double scale = placing->scale;
  gboolean     has_bubble = placing->content->pieces[BE_PIECE_PAYLOAD] != NULL;
  double       below = (has_bubble ? SECOND_LINE_BELOW_BUBBLE : SECOND_LINE_BELOW) * scale;
  double       y = placing->to->height - placing->to->centre + below;
  double       time = be_row_placing_get_width (placing, BE_PIECE_TIME);
  double       gap = DETAIL_TO_SECOND_TIME * scale;
  double       detail = has_detail ? be_row_placing_get_width (placing, BE_PIECE_DETAIL) + gap : 0;
  double       x = be_row_placing_to_x (placing, distance, detail + time);

  if (has_detail)
    be_row_placing_show (placing, BE_PIECE_DETAIL, x, y);
  be_row_placing_show (placing, BE_PIECE_TIME, x + detail, y);
  placing->to->height += SECOND_LINE_HEIGHT * scale;
}

/* As in a chat: what the server did at the left edge, what the client did at
 * the right one. A chip stands where a bubble would, and the time at the edge
 * across. */
static void
place_folded (const BeRowPlacing *placing)
{
  const double scale = placing->scale;
  const double gap = FOLDED_BUBBLE_TO_CALL * scale;
  const double margin = FOLDED_OUTER_MARGIN * scale;
  double       distance = FOLDED_BUBBLE_MARGIN * scale;
  double       room = placing->length - distance - margin;
  double       call = be_row_placing_get_width (placing, BE_PIECE_CALL) + BE_ROW_PLACING_CALL_TO_DETAIL * scale;
  double       time = be_row_placing_get_width (placing, BE_PIECE_TIME);
  double       end = placing->length - margin;
  gboolean     has_own_line;
  gboolean     is_cut;
  double       lead;

  placing->to->badge_x = be_row_placing_to_x (placing, FOLDED_BADGE_MARGIN * scale, 0);
  lead = place_lead (placing, distance,
                     MAX (room - gap - be_row_placing_get_caption_width (placing), room * FOLDED_BUBBLE_SHARE), gap);
  is_cut = lead + be_row_placing_get_caption_width (placing) > room;
  has_own_line = lead + be_row_placing_get_caption_width (placing) + DETAIL_TO_TIME * scale + time > room;

  /* For a whole room each row is one line. */
  if (be_magnification_is_projected ())
    {
      if (stack_detail (placing, distance + lead, end))
        return;
      if (is_cut)
        be_row_placing_narrow_detail (placing, room - lead - call);
      place_caption (placing, distance + lead, end);
      return;
    }

  if (!has_own_line)
    {
      show_time (placing, end, 0);
      place_caption (placing, distance + lead, end);
      return;
    }

  if (is_cut)
    {
      place_call_and_count (placing, distance + lead, end);
      be_row_placing_narrow_detail (placing, room - DETAIL_TO_SECOND_TIME * scale - time);
    }
  else
    {
      place_caption (placing, distance + lead, end);
    }
  place_second_line (placing, distance, is_cut && placing->content->pieces[BE_PIECE_DETAIL] != NULL);
}

/* A quiet text below the row, as high as the font makes it: each script has
 * other lines. */
static void
place_note (const BeRowPlacing *placing)
{
  PangoLayout *note = placing->content->pieces[BE_PIECE_NOTE];
  double       distance = (placing->to->is_folded ? FOLDED_BUBBLE_MARGIN : BADGE_TO_BUBBLE) * placing->scale;
  double       room = placing->length - distance - OUTER_MARGIN * placing->scale;
  double       y = placing->to->height - (BE_ROW_RHYTHM_HALF_ROW - NOTE_BELOW) * placing->scale;

  if (note == NULL)
    return;

  be_row_placing_wrap (note, room, 0);
  be_row_placing_show (placing, BE_PIECE_NOTE, be_row_placing_to_x (placing, distance, be_row_placing_get_width (placing, BE_PIECE_NOTE)), y);
  placing->to->height = be_row_placing_get_bottom (placing, BE_PIECE_NOTE) + NOTE_BOTTOM * placing->scale;
}

/* Places one paragraph below @y, and returns where it ends. */
static double
place_paragraph (const BeRowPlacing *placing,
                 BePiece             piece,
                 double              x,
                 double              y,
                 double              width)
{
  PangoLayout *layout = placing->content->pieces[piece];
  double       line;

  if (layout == NULL)
    return y;

  line = be_lettering_get_size (placing->setting->lettering, be_row_content_get_font (piece)) * 1.3;
  y += CARD_GAP * placing->scale + line / 2;
  be_row_placing_show (placing, piece, x, y);

  return y + line / 2 + be_row_placing_wrap (layout, width, 0);
}

/* Why a call failed, in a box of its own below it. */
static void
place_card (const BeRowPlacing *placing)
{
  BeRowPlacement *to = placing->to;
  const double    scale = placing->scale;
  const double    padding = CARD_PADDING * scale;
  double          distance = (to->is_folded ? FOLDED_OUTER_MARGIN : BADGE_TO_BUBBLE) * scale;
  double          margin = (to->is_folded ? FOLDED_OUTER_MARGIN : CARD_OUTER_MARGIN) * scale;
  double          width = MIN (placing->length - distance - margin, CARD_MAX_WIDTH * scale);
  double          top = to->height - to->centre + CARD_BELOW * scale;
  double          x = be_row_placing_to_x (placing, distance, width);
  double          y = top + CARD_TITLE_MIDDLE * scale;

  if (placing->content->pieces[BE_PIECE_TITLE] == NULL)
    return;

  be_row_placing_show (placing, BE_PIECE_TITLE, x + padding + CARD_ICON_ROOM * scale, y);
  y += be_row_placing_wrap (placing->content->pieces[BE_PIECE_TITLE],
                            MAX (width - 2 * padding - CARD_ICON_ROOM * scale, 1), 0);
  y += CARD_TITLE_TO_REASON * scale - CARD_GAP * scale;

  x += padding;
  y = place_paragraph (placing, BE_PIECE_REASON, x, y, MAX (width - 2 * padding, 1));
  y = place_paragraph (placing, BE_PIECE_CAUSES, x, y, MAX (width - 2 * padding, 1));
  y = place_paragraph (placing, BE_PIECE_REMEDY, x, y, MAX (width - 2 * padding, 1));
  y = place_paragraph (placing, BE_PIECE_OUTCOME, x, y, MAX (width - 2 * padding, 1));
  y += CARD_BOTTOM * scale;

  to->card = GRAPHENE_RECT_INIT ((float) round (x - padding), (float) round (top),
                                 (float) round (width), (float) round (y - top));
  to->height = MAX (to->height, y + CARD_BELOW * scale / 2);
}

/**
 * be_row_placement_compute:
 * @self: what to fill
 * @content: the shaped texts, of which long ones are wrapped and cut to fit
 * @setting: what all rows share
 */
void
be_row_placement_compute (BeRowPlacement     *self,
                          BeRowContent       *content,
                          const BeRowSetting *setting)
{
  BeRowPlacing placing = { self, content, setting, 0 };

  g_return_if_fail (self != NULL);
  g_return_if_fail (content != NULL);
  g_return_if_fail (setting != NULL);

  *self = (BeRowPlacement){ 0 };
  placing.scale = self->scale = be_lettering_get_scale (setting->lettering);
  self->is_folded = setting->geometry.is_folded;
  self->centre = round (BE_ROW_RHYTHM_HALF_ROW * self->scale);
  self->height = 2 * self->centre;
  be_row_placing_find_side (&placing);

  if (!self->is_folded)
    place_wide (&placing);
  else
    place_folded (&placing);

  self->is_shown[BE_PIECE_LETTER] = content->pieces[BE_PIECE_LETTER] != NULL;
  place_note (&placing);
  place_card (&placing);
  self->height = ceil (self->height);
  be_row_placing_outline (&placing);
}
