/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-ladder-excerpt.h"
#include "be-row-content.h"

G_BEGIN_DECLS

/**
 * BeLadderHeading:
 *
 * What stands above and below the rows of a picture: what it is, of when, and
 * who the two ends are. Plain memory; begins with be_ladder_heading_init(),
 * ends with be_ladder_heading_clear().
 */
typedef struct
{
  const BePalette    *palette;
  const BeRowSetting *setting; /* lent */
  PangoContext       *context;
  char               *ends[2];
  char               *title;
  char               *when;
  char               *note; /* nullable: what was left out */
} BeLadderHeading;

void           be_ladder_heading_init (BeLadderHeading    *self,
                                       BeLadderExcerpt    *excerpt,
                                       const BePalette    *palette,
                                       const BeRowSetting *setting,
                                       PangoContext       *context);
void           be_ladder_heading_clear (BeLadderHeading *self);
void           be_ladder_heading_set_n_left_out (BeLadderHeading *self,
                                                 guint            n_left_out);
double         be_ladder_heading_get_height (BeLadderHeading *self,
                                             gboolean         has_title);
GskRenderNode *be_ladder_heading_draw (BeLadderHeading *self,
                                       gboolean         has_title);
GskRenderNode *be_ladder_heading_draw_footing (BeLadderHeading *self,
                                               guint            page,
                                               guint            n_pages);

G_END_DECLS
