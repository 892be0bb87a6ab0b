/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-row-placement.h"

#include "be-magnification.h"
#include "be-payload-layout.h"
#include "be-row-rhythm.h"

#include <math.h>

/* Outward from the lifeline, on the grid of the interface font. */
#define BADGE_TO_BUBBLE 24
#define BUBBLE_HALF_HEIGHT 15
#define BUBBLE_PADDING 14
#define BUBBLE_TO_CALL 11
#define CALL_TO_DETAIL 8
#define DETAIL_TO_TIME 16
#define OUTER_MARGIN 18
#define BADGE_REACH 15

/* What a long payload may take of its side, when the rest must give way. */
#define BUBBLE_SHARE 0.5
#define FOLDED_BUBBLE_SHARE 0.6

#define FOLDED_BADGE_MARGIN 24
#define FOLDED_BUBBLE_MARGIN 46
#define FOLDED_OUTER_MARGIN 12
#define FOLDED_BUBBLE_TO_CALL 9

/* A line below a bubble, or below a call without one. */
#define SECOND_LINE_BELOW_BUBBLE 25
#define SECOND_LINE_BELOW 19
#define SECOND_LINE_HEIGHT 16
#define DETAIL_TO_SECOND_TIME 10

#define NOTE_BELOW 26
#define NOTE_HEIGHT 22

#define CARD_BELOW 23
#define CARD_OUTER_MARGIN 27
#define CARD_MAX_WIDTH 520
#define CARD_PADDING 17
#define CARD_ICON_ROOM 30
#define CARD_TITLE_MIDDLE 25
#define CARD_TITLE_TO_REASON 18
#define CARD_GAP 7
#define CARD_BOTTOM 15

/* A detail that has less room says nothing. */
#define DETAIL_MIN_WIDTH 36

/* A side is measured outward from its lifeline, or, folded, from the edge where
 * its badge stands; the server's is mirrored. */
typedef struct
{
  BeRowPlacement     *to;
  BeRowContent       *content;
  const BeRowSetting *setting;
  double              scale;

  double   origin;
  gboolean goes_right;
  double   length;
} Placing;

static double
to_x (const Placing *placing,
      double         distance,
      double         width)
{
  return placing->goes_right ? placing->origin + distance : placing->origin - distance - width;
}

static double
get_width (const Placing *placing,
           BePiece        piece)
{
  return be_lettering_get_width (placing->content->pieces[piece]);
}

static void
find_side (Placing *placing)
{
  const BeWireGeometry *geometry = &placing->setting->geometry;
  gboolean              is_server = placing->content->record.side == BE_SIDE_SERVER;
  int                   width = placing->setting->width;

  if (geometry->is_folded)
    {
      placing->origin = is_server ? 0 : width;
      placing->goes_right = is_server;
      placing->length = width;
    }
  else
    {
      placing->origin = is_server ? geometry->server_x : geometry->client_x;
      placing->goes_right = !is_server;
      placing->length = is_server ? geometry->server_x : width - geometry->client_x;
    }
}

static void
show (const Placing *placing,
      BePiece        piece,
      double         x,
      double         y)
{
  placing->to->is_shown[piece] = placing->content->pieces[piece] != NULL;
  placing->to->x[piece] = x;
  placing->to->y[piece] = y;
}

/* Shared texts are never changed: one that has to give way gets a copy. */
static void
narrow_detail (const Placing *placing,
               double         width)
{
  PangoLayout **detail = &placing->content->pieces[BE_PIECE_DETAIL];
  g_autoptr (PangoLayout) copy = NULL;

  if (*detail == NULL || get_width (placing, BE_PIECE_DETAIL) <= width)
    return;

  /* From the last row of a room nobody reads the beginning of a word. */
  if (width < DETAIL_MIN_WIDTH * placing->scale || be_magnification_is_projected ())
    {
      g_clear_object (detail);
      return;
    }

  copy = pango_layout_copy (*detail);
  pango_layout_set_width (copy, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (copy, PANGO_ELLIPSIZE_END);
  g_set_object (detail, copy);
}

static double
get_caption_width (const Placing *placing)
{
  double detail = get_width (placing, BE_PIECE_DETAIL);

  return get_width (placing, BE_PIECE_CALL) + (detail > 0 ? CALL_TO_DETAIL * placing->scale + detail : 0);
}

/* Wraps a layout that nobody else uses; returns the height below its first line. */
static double
wrap (PangoLayout *layout,
      double       width,
      int          max_lines)
{
  PangoLayoutLine *first_line;
  int              height = 0;
  int              line_height = 0;

  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  first_line = pango_layout_get_line_readonly (layout, 0);
  pango_layout_line_get_height (first_line, &line_height);

  if (max_lines > 0)
    {
      pango_layout_set_height (layout, line_height * max_lines);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_get_size (layout, NULL, &height);

  return MAX ((double) (height - line_height) / PANGO_SCALE, 0);
}

/* Returns the width of the bubble. */
static double
place_bubble (const Placing *placing,
              double         distance,
              double         max_width)
{
  BeRowPlacement *to = placing->to;
  PangoLayout    *layout = placing->content->pieces[BE_PIECE_PAYLOAD];
  double          padding = BUBBLE_PADDING * placing->scale;
  double          half_height = BUBBLE_HALF_HEIGHT * placing->scale;
  double          more_lines;
  double          width;

  more_lines = wrap (layout, MAX (max_width - 2 * padding, padding), BE_PAYLOAD_LAYOUT_MAX_LINES);
  width = MAX (be_lettering_get_width (layout) + 2 * padding, 2 * half_height);
  to->height += more_lines;

  to->bubble = GRAPHENE_RECT_INIT ((float) round (to_x (placing, distance, width)),
                                   (float) round (to->centre - half_height), (float) round (width),
                                   (float) round (2 * half_height + more_lines));
  show (placing, BE_PIECE_PAYLOAD, to->bubble.origin.x + padding, to->centre);

  return width;
}

/* Bubble or chip, whichever the row has; returns what it takes with the gap
 * behind it. */
static double
place_lead (const Placing *placing,
            double         distance,
            double         max_width,
            double         gap)
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
      show (placing, BE_PIECE_CHIP, to_x (placing, distance, width), placing->to->centre);
    }

  return width > 0 ? width + gap : 0;
}

/* The call and its detail, read from left to right on both sides. */
static void
place_caption (const Placing *placing,
               double         distance)
{
  double x = to_x (placing, distance, get_caption_width (placing));

  show (placing, BE_PIECE_CALL, x, placing->to->centre);
  x += get_width (placing, BE_PIECE_CALL) + CALL_TO_DETAIL * placing->scale;
  show (placing, BE_PIECE_DETAIL, x, placing->to->centre);
}

static void
place_wide (const Placing *placing)
{
  const double scale = placing->scale;
  const double margin = OUTER_MARGIN * scale;
  double       time = get_width (placing, BE_PIECE_TIME);
  double       time_room = time + DETAIL_TO_TIME * scale;
  double       distance = BADGE_TO_BUBBLE * scale;
  double       room = placing->length - distance - margin;
  double       caption = get_caption_width (placing);
  double       beside = be_magnification_is_projected () ? get_width (placing, BE_PIECE_CALL) : caption + time_room;
  double       lead;

  placing->to->badge_x = placing->origin;
  lead = place_lead (placing, distance,
                     MAX (room - BUBBLE_TO_CALL * scale - beside, room * BUBBLE_SHARE),
                     BUBBLE_TO_CALL * scale);

  /* The time gives way first, then the detail. */
  if (lead + caption + time_room <= room + 1)
    show (placing, BE_PIECE_TIME, to_x (placing, placing->length - margin - time, time), placing->to->centre);
  else
    narrow_detail (placing, room - lead - get_width (placing, BE_PIECE_CALL) - CALL_TO_DETAIL * scale);

  place_caption (placing, distance + lead);
}

/* What has no room beside the call stands below it: the time, and before it the
 * detail when that would be cut. */
static void
place_second_line (const Placing *placing,
                   double         distance,
                   gboolean       has_detail)
{
  const double scale = placing->scale;
  gboolean     has_bubble = placing->content->pieces[BE_PIECE_PAYLOAD] != NULL;
  double       below = (has_bubble ? SECOND_LINE_BELOW_BUBBLE : SECOND_LINE_BELOW) * scale;
  double       y = placing->to->height - placing->to->centre + below;
  double       time = get_width (placing, BE_PIECE_TIME);
  double       gap = DETAIL_TO_SECOND_TIME * scale;
  double       detail = has_detail ? get_width (placing, BE_PIECE_DETAIL) + gap : 0;
  double       x = to_x (placing, distance, detail + time);

  if (has_detail)
    show (placing, BE_PIECE_DETAIL, x, y);
  show (placing, BE_PIECE_TIME, x + detail, y);
  placing->to->height += SECOND_LINE_HEIGHT * scale;
}

/* As in a chat: what the server did at the left edge, what the client did at
 * the right one. A chip stands where a bubble would, and the time at the edge
 * across. */
static void
place_folded (const Placing *placing)
{
  const double scale = placing->scale;
  const double gap = FOLDED_BUBBLE_TO_CALL * scale;
  const double margin = FOLDED_OUTER_MARGIN * scale;
  double       distance = FOLDED_BUBBLE_MARGIN * scale;
  double       room = placing->length - distance - margin;
  double       call = get_width (placing, BE_PIECE_CALL) + CALL_TO_DETAIL * scale;
  double       time = get_width (placing, BE_PIECE_TIME);
  gboolean     has_own_line;
  gboolean     is_cut;
  double       lead;

  placing->to->badge_x = to_x (placing, FOLDED_BADGE_MARGIN * scale, 0);
  lead = place_lead (placing, distance,
                     MAX (room - gap - get_caption_width (placing), room * FOLDED_BUBBLE_SHARE), gap);
  is_cut = lead + get_caption_width (placing) > room;
  has_own_line = lead + get_caption_width (placing) + DETAIL_TO_TIME * scale + time > room;

  /* For a whole room each row is one line. */
  if (has_own_line && be_magnification_is_projected ())
    {
      narrow_detail (placing, room - lead - call);
      place_caption (placing, distance + lead);
      return;
    }

  if (!has_own_line)
    {
      place_caption (placing, distance + lead);
      show (placing, BE_PIECE_TIME, to_x (placing, placing->length - margin - time, time), placing->to->centre);
      return;
    }

  if (is_cut)
    {
      show (placing, BE_PIECE_CALL, to_x (placing, distance + lead, get_width (placing, BE_PIECE_CALL)), placing->to->centre);
      narrow_detail (placing, room - DETAIL_TO_SECOND_TIME * scale - time);
    }
  else
    {
      place_caption (placing, distance + lead);
    }
  place_second_line (placing, distance, is_cut && placing->content->pieces[BE_PIECE_DETAIL] != NULL);
}

/* A quiet line below the row. */
static void
place_note (const Placing *placing)
{
  PangoLayout *note = placing->content->pieces[BE_PIECE_NOTE];
  double       distance = (placing->to->is_folded ? FOLDED_BUBBLE_MARGIN : BADGE_TO_BUBBLE) * placing->scale;
  double       room = placing->length - distance - OUTER_MARGIN * placing->scale;
  double       y = placing->to->height - (BE_ROW_RHYTHM_HALF_ROW - NOTE_BELOW) * placing->scale;

  if (note == NULL)
    return;

  placing->to->height += NOTE_HEIGHT * placing->scale + wrap (note, room, 0);
  show (placing, BE_PIECE_NOTE, to_x (placing, distance, get_width (placing, BE_PIECE_NOTE)), y);
}

/* Places one paragraph below @y, and returns where it ends. */
static double
place_paragraph (const Placing *placing,
                 BePiece        piece,
                 double         x,
                 double         y,
                 double         width)
{
  PangoLayout *layout = placing->content->pieces[piece];
  double       line;

  if (layout == NULL)
    return y;

  line = be_lettering_get_size (placing->setting->lettering, be_row_content_get_font (piece)) * 1.3;
  y += CARD_GAP * placing->scale + line / 2;
  show (placing, piece, x, y);

  return y + line / 2 + wrap (layout, width, 0);
}

/* Why a call failed, in a box of its own below it. */
static void
place_card (const Placing *placing)
{
  BeRowPlacement *to = placing->to;
  const double    scale = placing->scale;
  const double    padding = CARD_PADDING * scale;
  double          distance = (to->is_folded ? FOLDED_OUTER_MARGIN : BADGE_TO_BUBBLE) * scale;
  double          margin = (to->is_folded ? FOLDED_OUTER_MARGIN : CARD_OUTER_MARGIN) * scale;
  double          width = MIN (placing->length - distance - margin, CARD_MAX_WIDTH * scale);
  double          top = to->height - to->centre + CARD_BELOW * scale;
  double          x = to_x (placing, distance, width);
  double          y = top + CARD_TITLE_MIDDLE * scale;

  if (placing->content->pieces[BE_PIECE_TITLE] == NULL)
    return;

  show (placing, BE_PIECE_TITLE, x + padding + CARD_ICON_ROOM * scale, y);
  y += wrap (placing->content->pieces[BE_PIECE_TITLE],
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

static void
place_own_half (const Placing *placing)
{
  double reach = placing->to->is_folded ? 0 : BADGE_REACH * placing->scale;
  double length = placing->length + reach;

  placing->to->own_half = GRAPHENE_RECT_INIT ((float) to_x (placing, -reach, length), 0,
                                              (float) length, (float) placing->to->height);
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
  Placing placing = { self, content, setting, 0 };

  g_return_if_fail (self != NULL);
  g_return_if_fail (content != NULL);
  g_return_if_fail (setting != NULL);

  *self = (BeRowPlacement){ 0 };
  placing.scale = self->scale = be_lettering_get_scale (setting->lettering);
  self->is_folded = setting->geometry.is_folded;
  self->centre = round (BE_ROW_RHYTHM_HALF_ROW * self->scale);
  self->height = 2 * self->centre;
  find_side (&placing);

  if (!self->is_folded)
    place_wide (&placing);
  else
    place_folded (&placing);

  self->is_shown[BE_PIECE_LETTER] = content->pieces[BE_PIECE_LETTER] != NULL;
  place_note (&placing);
  place_card (&placing);
  self->height = ceil (self->height);
  place_own_half (&placing);
}
