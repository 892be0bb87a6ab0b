/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-row-placement.h"

G_BEGIN_DECLS

/* Between the name of a call and what is said of it. */
#define BE_ROW_PLACING_CALL_TO_DETAIL 8

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
} BeRowPlacing;

double be_row_placing_to_x (const BeRowPlacing *placing,
                            double              distance,
                            double              width);
double be_row_placing_get_width (const BeRowPlacing *placing,
                                 BePiece             piece);
void   be_row_placing_find_side (BeRowPlacing *placing);
void   be_row_placing_show (const BeRowPlacing *placing,
                            BePiece             piece,
                            double              x,
                            double              y);
void   be_row_placing_narrow_detail (const BeRowPlacing *placing,
                                     double              width);
double be_row_placing_get_caption_width (const BeRowPlacing *placing);
double be_row_placing_wrap (PangoLayout *layout,
                            double       width,
                            int          max_lines);
double be_row_placing_get_bottom (const BeRowPlacing *placing,
                                  BePiece             piece);
void   be_row_placing_outline (const BeRowPlacing *placing);

G_END_DECLS
