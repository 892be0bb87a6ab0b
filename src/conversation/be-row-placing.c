/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How pieces of a row find their places: for be-row-placement.c only. */

#include "be-row-placing.h"

#include "be-magnification.h"
#include "be-row-rhythm.h"

#include <math.h>

/* A detail that has less room says nothing. */
#define DETAIL_MIN_WIDTH 36

/* How far a row's own half goes beyond its lifeline. */
#define BADGE_REACH 15

double
be_row_placing_to_x (const BeRowPlacing *placing,
                     double              distance,
                     double              width)
{
  return placing->goes_right ? placing->origin + distance : placing->origin - distance - width;
}

double
be_row_placing_get_width (const BeRowPlacing *placing,
                          BePiece             piece)
{
  return be_lettering_get_width (placing->content->pieces[piece]);
}

void
be_row_placing_find_side (BeRowPlacing *placing)
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

void
be_row_placing_show (const BeRowPlacing *placing,
                     BePiece             piece,
                     double              x,
                     double              y)
{
  placing->to->is_shown[piece] = placing->content->pieces[piece] != NULL;
  placing->to->x[piece] = x;
  placing->to->y[piece] = y;
}

/* Shared texts are never changed: one that has to give way gets a copy. */
void
be_row_placing_narrow_detail (const BeRowPlacing *placing,
                              double              width)
{
  PangoLayout **detail = &placing->content->pieces[BE_PIECE_DETAIL];
  g_autoptr (PangoLayout) copy = NULL;

  if (*detail == NULL || be_row_placing_get_width (placing, BE_PIECE_DETAIL) <= width)
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

double
be_row_placing_get_caption_width (const BeRowPlacing *placing)
{
  double detail = be_row_placing_get_width (placing, BE_PIECE_DETAIL);

  return be_row_placing_get_width (placing, BE_PIECE_CALL) + (detail > 0 ? BE_ROW_PLACING_CALL_TO_DETAIL * placing->scale + detail : 0);
}

/* Wraps a layout that nobody else uses; returns the height below its first line.
 * Most texts have fewer lines than allowed: to say so beforehand would make
 * Pango lay out each of them twice. */
double
be_row_placing_wrap (PangoLayout *layout,
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

  if (max_lines > 0 && pango_layout_get_line_count (layout) > max_lines)
    {
      pango_layout_set_height (layout, line_height * max_lines);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_get_size (layout, NULL, &height);

  return MAX ((double) (height - line_height) / PANGO_SCALE, 0);
}

/* Where the text of a piece ends that is shown. */
double
be_row_placing_get_bottom (const BeRowPlacing *placing,
                           BePiece             piece)
{
  PangoLayout *layout = placing->content->pieces[piece];
  int          height;

  pango_layout_get_size (layout, NULL, &height);

  return be_lettering_get_top (placing->setting->lettering, layout, be_row_content_get_font (piece), placing->to->y[piece]) +
         (double) height / PANGO_SCALE;
}

/* Rows without a bubble stand closer together than they are high. Each may be
 * pointed at where it overlaps the one above, but a frame there would cover
 * what that one says. */
void
be_row_placing_outline (const BeRowPlacing *placing)
{
  BeRowPlacement *to = placing->to;
  double          reach = to->is_folded ? 0 : BADGE_REACH * placing->scale;
  double          length = placing->length + reach;
  gboolean        has_bubble = placing->content->pieces[BE_PIECE_PAYLOAD] != NULL;
  double          free = has_bubble ? 0 : round ((BE_ROW_RHYTHM_HALF_ROW - BE_ROW_RHYTHM_HALF_STATE) * placing->scale);

  to->own_half = GRAPHENE_RECT_INIT ((float) be_row_placing_to_x (placing, -reach, length), 0,
                                     (float) length, (float) to->height);
  graphene_rect_inset_r (&to->own_half, 0, (float) free, &to->frame);
}
