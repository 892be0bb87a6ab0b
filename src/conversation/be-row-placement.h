/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-row-content.h"

G_BEGIN_DECLS

/**
 * BeRowPlacement:
 *
 * Where the pieces of one row stand, in pixels from its top left corner. A
 * row is as wide as the list, but takes only its side's half of it.
 */
typedef struct
{
  gboolean        is_folded;
  double          scale;
  double          badge_x;
  double          centre; /* of the badge and of the first line */
  double          height;
  graphene_rect_t own_half;
  graphene_rect_t frame; /* what may be outlined of it */
  graphene_rect_t bubble;
  graphene_rect_t card;
  gboolean        is_shown[BE_N_PIECES];
  double          x[BE_N_PIECES];
  double          y[BE_N_PIECES]; /* the middle of the first line */
} BeRowPlacement;

void be_row_placement_compute (BeRowPlacement     *self,
                               BeRowContent       *content,
                               const BeRowSetting *setting);

G_END_DECLS
