/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-row-drawing.h"

#include "be-event-text.h"
#include "be-payload-layout.h"
#include "be-row-borders.h"

#include <math.h>

#define BUBBLE_RADIUS 15
#define BUBBLE_CORNER 5
#define BORDER_SHARE 0.45f
#define CARD_RADIUS 12
#define CARD_BORDER 1.5f
#define CARD_ICON_MIDDLE 10
#define ICON_RADIUS 9.0
#define ICON_BAR_WIDTH 10.0
#define ICON_BAR_HEIGHT 3.0
#define SELECTION_RADIUS 9
#define SELECTION_MARGIN 4
#define FOCUS_WIDTH 2
#define PARTNER_WIDTH 1.5f
#define NEWEST_WIDTH 2
#define NEWEST_MARGIN 1

typedef struct
{
  GtkSnapshot          *snapshot;
  const BePalette      *palette;
  BeLettering          *lettering;
  const BeRowContent   *content;
  const BeRowPlacement *placement;
} Drawing;

static void
append_filled (const Drawing        *drawing,
               const GskRoundedRect *outline,
               const GdkRGBA        *colour)
{
  gtk_snapshot_push_rounded_clip (drawing->snapshot, outline);
  gtk_snapshot_append_color (drawing->snapshot, colour, &outline->bounds);
  gtk_snapshot_pop (drawing->snapshot);
}

static void
append_border (const Drawing        *drawing,
               const GskRoundedRect *outline,
               float                 width,
               const GdkRGBA        *colour)
{
  const float   widths[4] = { width, width, width, width };
  const GdkRGBA colours[4] = { *colour, *colour, *colour, *colour };

  gtk_snapshot_append_border (drawing->snapshot, outline, widths, colours);
}

static void
draw_piece (const Drawing *drawing,
            BePiece        piece,
            const GdkRGBA *colour)
{
  const BeRowPlacement *placement = drawing->placement;

  if (!placement->is_shown[piece] || drawing->content->pieces[piece] == NULL)
    return;

  be_lettering_snapshot (drawing->lettering, drawing->snapshot, drawing->content->pieces[piece],
                         be_row_content_get_font (piece), placement->x[piece], placement->y[piece],
                         colour);
}

static void
draw_look (const Drawing *drawing,
           BeRowLook      look)
{
  const BePalette *palette = drawing->palette;
  graphene_rect_t  bounds;
  GskRoundedRect   outline;

  if (look == BE_ROW_PLAIN)
    return;

  /* By an outline too: the ground alone does not reach the last row of a room. */
  if (look & BE_ROW_NEWEST)
    {
      graphene_rect_inset_r (&drawing->placement->frame, NEWEST_MARGIN, 0, &bounds);
      gsk_rounded_rect_init_from_rect (&outline, &bounds, SELECTION_RADIUS);
      append_filled (drawing, &outline, &palette->lane);
      append_border (drawing, &outline, NEWEST_WIDTH * (float) drawing->placement->scale,
                     &be_palette_get_ink (palette, drawing->content->record.connection)->strong);
    }
  graphene_rect_inset_r (&drawing->placement->frame, SELECTION_MARGIN, 0, &bounds);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, SELECTION_RADIUS);
  if (look & BE_ROW_SELECTED)
    append_filled (drawing, &outline, &palette->selection);
  if (look & BE_ROW_PARTNER)
    append_border (drawing, &outline, PARTNER_WIDTH,
                   &be_palette_get_ink (palette, drawing->content->record.connection)->strong);
  if (look & BE_ROW_FOCUSED)
    append_border (drawing, &outline, FOCUS_WIDTH, &palette->connections[0].strong);
}

static void
draw_payload (const Drawing *drawing,
              const GdkRGBA *colour,
              const GdkRGBA *tick_colour)
{
  const BeRowPlacement *placement = drawing->placement;
  PangoLayout          *layout = drawing->content->pieces[BE_PIECE_PAYLOAD];
  double                top;

  draw_piece (drawing, BE_PIECE_PAYLOAD, colour);
  if (!placement->is_shown[BE_PIECE_PAYLOAD])
    return;

  top = be_lettering_get_top (drawing->lettering, layout, BE_FONT_PAYLOAD, placement->y[BE_PIECE_PAYLOAD]);
  be_payload_layout_snapshot_boxes (layout, drawing->snapshot, round (placement->x[BE_PIECE_PAYLOAD]),
                                    top, placement->scale, colour);
  be_row_borders_snapshot (drawing->snapshot, drawing->content, placement, top, tick_colour);
}

/* What was thrown away is an empty continuation of the bubble. */
static void
draw_ground (const Drawing        *drawing,
             const GskRoundedRect *outline)
{
  const BeRowContent *content = drawing->content;
  const BePalette    *palette = drawing->palette;
  const BeInk        *ink = be_palette_get_ink (palette, content->record.connection);
  GdkRGBA             border = be_palette_mix (&ink->tint, &ink->strong,
                                   palette->is_high_contrast ? 1 : BORDER_SHARE);
  graphene_rect_t     kept = outline->bounds;
  double              lost_x;
  gboolean            has_lost = be_row_borders_get_lost_x (content, drawing->placement, &lost_x);

  if (has_lost)
    {
      be_row_borders_snapshot_lost (drawing->snapshot, drawing->placement, lost_x, &ink->strong);
      kept.size.width = (float) lost_x - kept.origin.x;
      gtk_snapshot_push_clip (drawing->snapshot, &kept);
    }

  append_filled (drawing, outline, content->is_sent ? &ink->strong : &ink->tint);
  if (!content->is_sent)
    append_border (drawing, outline, palette->border_width, &border);

  if (has_lost)
    gtk_snapshot_pop (drawing->snapshot);
}

/* The corner at the row's lifeline is sharp, and where a run of sends goes on
 * the one above it too. */
static void
draw_bubble (const Drawing *drawing)
{
  const BeRowContent   *content = drawing->content;
  const BeInk          *ink = be_palette_get_ink (drawing->palette, content->record.connection);
  const float           scale = (float) drawing->placement->scale;
  const graphene_size_t round_corner = { BUBBLE_RADIUS * scale, BUBBLE_RADIUS * scale };
  const graphene_size_t sharp_corner = { BUBBLE_CORNER * scale, BUBBLE_CORNER * scale };
  const graphene_size_t joined_corner = content->continues_run ? sharp_corner : round_corner;
  gboolean              is_server = content->record.side == BE_SIDE_SERVER;
  gboolean              is_left = is_server == drawing->placement->is_folded;
  GskRoundedRect        outline;

  if (content->pieces[BE_PIECE_PAYLOAD] == NULL)
    return;

  if (is_left)
    gsk_rounded_rect_init (&outline, &drawing->placement->bubble,
                           &joined_corner, &round_corner, &round_corner, &sharp_corner);
  else
    gsk_rounded_rect_init (&outline, &drawing->placement->bubble,
                           &round_corner, &joined_corner, &sharp_corner, &round_corner);

  draw_ground (drawing, &outline);
  draw_payload (drawing, content->is_sent ? &ink->on_strong : &ink->on_tint,
                content->is_sent ? &ink->on_strong : &ink->strong);
}

static void
draw_error_icon (const Drawing *drawing,
                 double         x,
                 double         y)
{
  const double    scale = drawing->placement->scale;
  const float     radius = (float) (ICON_RADIUS * scale);
  const float     bar_width = (float) (ICON_BAR_WIDTH * scale);
  const float     bar_height = (float) (ICON_BAR_HEIGHT * scale);
  graphene_rect_t bounds;
  GskRoundedRect  outline;

  bounds = GRAPHENE_RECT_INIT ((float) x - radius, (float) y - radius, 2 * radius, 2 * radius);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, radius);
  append_filled (drawing, &outline, &drawing->palette->error);
  gtk_snapshot_append_color (drawing->snapshot, &drawing->palette->list,
                             &GRAPHENE_RECT_INIT ((float) x - bar_width / 2, (float) y - bar_height / 2,
                                                  bar_width, bar_height));
}

static void
draw_card (const Drawing *drawing)
{
  const BePalette      *palette = drawing->palette;
  const BeRowPlacement *placement = drawing->placement;
  const float           scale = (float) placement->scale;
  GskRoundedRect        outline;

  if (!placement->is_shown[BE_PIECE_TITLE])
    return;

  gsk_rounded_rect_init_from_rect (&outline, &placement->card, CARD_RADIUS * scale);
  append_filled (drawing, &outline, &palette->list);
  append_border (drawing, &outline,
                 palette->is_high_contrast ? 2 * CARD_BORDER : CARD_BORDER, &palette->error);
  draw_error_icon (drawing,
                   placement->x[BE_PIECE_TITLE] - (30 - CARD_ICON_MIDDLE) * scale,
                   placement->y[BE_PIECE_TITLE]);
  draw_piece (drawing, BE_PIECE_TITLE, &palette->text);
  draw_piece (drawing, BE_PIECE_REASON, &palette->text);
  draw_piece (drawing, BE_PIECE_CAUSES, &palette->text);
  draw_piece (drawing, BE_PIECE_REMEDY, &palette->text);
  draw_piece (drawing, BE_PIECE_OUTCOME, &palette->small_text);
}

static void
draw_chip (const Drawing *drawing)
{
  const BeRowPlacement *placement = drawing->placement;
  PangoLayout          *label = drawing->content->pieces[BE_PIECE_CHIP];
  BeChipKind            kind = drawing->content->chip_kind;

  if (!placement->is_shown[BE_PIECE_CHIP] || label == NULL)
    return;

  if (be_event_text_is_state_implied (&drawing->content->record))
    be_chip_snapshot_implied (drawing->snapshot, drawing->palette, drawing->lettering, label, kind,
                              placement->x[BE_PIECE_CHIP], placement->y[BE_PIECE_CHIP]);
  else
    be_chip_snapshot (drawing->snapshot, drawing->palette, drawing->lettering, label, kind, FALSE,
                      placement->x[BE_PIECE_CHIP], placement->y[BE_PIECE_CHIP]);
}

/**
 * be_row_drawing_snapshot:
 * @snapshot: where to draw
 * @palette: the colours
 * @lettering: the fonts
 * @content: what the row says
 * @placement: where it says it
 * @look: whether it is selected or has the focus
 *
 * Draws one row, on the screen or into a picture.
 */
void
be_row_drawing_snapshot (GtkSnapshot          *snapshot,
                         const BePalette      *palette,
                         BeLettering          *lettering,
                         const BeRowContent   *content,
                         const BeRowPlacement *placement,
                         BeRowLook             look)
{
  const Drawing drawing = { snapshot, palette, lettering, content, placement };

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (palette != NULL);
  g_return_if_fail (content != NULL);
  g_return_if_fail (placement != NULL);

  draw_look (&drawing, look);
  be_wire_snapshot_badge (snapshot, palette, lettering, content->record.connection,
                          content->pieces[BE_PIECE_LETTER], content->is_hollow,
                          placement->badge_x, placement->centre);
  draw_bubble (&drawing);
  draw_chip (&drawing);
  draw_piece (&drawing, BE_PIECE_CALL, content->is_failure ? &palette->error : &palette->text);
  draw_piece (&drawing, BE_PIECE_DETAIL, &palette->small_text);
  draw_piece (&drawing, BE_PIECE_TIME, &palette->small_text);
  draw_piece (&drawing, BE_PIECE_NOTE, &palette->small_text);
  draw_card (&drawing);
}
