/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-ladder-excerpt.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  BE_LADDER_SVG,
  BE_LADDER_PDF,
  BE_LADDER_PNG,
} BeLadderFormat;

/* How wide every picture is, in pixels of the grid: the two sides and the lane. */
#define BE_LADDER_WIDTH 1160

/* Rows of a picture; older ones are left out. */
#define BE_LADDER_MAX_ROWS 5000u

/* Cairo's bound on the height of an image. */
#define BE_LADDER_MAX_PNG_HEIGHT 32767

/**
 * BeLadderRow:
 *
 * A row that was drawn, and where it stands in the ladder.
 */
typedef struct
{
  GskRenderNode *node;
  double         top;
  double         middle;
  double         bottom;
} BeLadderRow;

/**
 * BeLadderSheet:
 *
 * One page, or the whole picture where there are no pages. Its arrows are
 * drawn from the top of its rows.
 */
typedef struct
{
  guint          first; /* row */
  guint          last;
  double         top; /* in the ladder */
  double         bottom;
  double         next_top; /* where the next sheet goes on; the bottom of the last one */
  double         heading_height;
  GskRenderNode *heading;
  GskRenderNode *footing;  /* nullable */
  GskRenderNode *lane;     /* with the lifelines */
  GPtrArray     *arrows;   /* of GskRenderNode */
  guint          n_arrows; /* in these nodes */
} BeLadderSheet;

#define BE_TYPE_LADDER_PICTURE (be_ladder_picture_get_type ())
G_DECLARE_FINAL_TYPE (BeLadderPicture, be_ladder_picture, BE, LADDER_PICTURE, GObject)

BeLadderPicture     *be_ladder_picture_new (BeJournalFilter *filter,
                                            BeLadderFormat   format);
void                 be_ladder_picture_load_fonts (BeLadderPicture *self);
gboolean             be_ladder_picture_work (BeLadderPicture *self,
                                             gint64           deadline);
void                 be_ladder_picture_forget_drawing (BeLadderPicture *self);
BeLadderFormat       be_ladder_picture_get_format (BeLadderPicture *self);
const char          *be_ladder_picture_get_title (BeLadderPicture *self);
guint                be_ladder_picture_get_n_rows (BeLadderPicture *self);
guint                be_ladder_picture_get_n_left_out (BeLadderPicture *self);
guint                be_ladder_picture_get_n_sheets (BeLadderPicture *self);
const BeLadderSheet *be_ladder_picture_get_sheet (BeLadderPicture *self,
                                                  guint            sheet);
const BeLadderRow   *be_ladder_picture_get_row (BeLadderPicture *self,
                                                guint            row);

G_END_DECLS
