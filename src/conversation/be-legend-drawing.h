/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-palette.h"

G_BEGIN_DECLS

#define BE_LEGEND_N_ENTRIES 2

/* From the one that says it best to the one that needs least width. */
typedef enum
{
  BE_LEGEND_LINE,    /* one kind of arrow beside the other */
  BE_LEGEND_STACKED, /* one above the other */
  BE_LEGEND_SMALL,   /* the same in smaller type */
  BE_LEGEND_N_FORMS,
} BeLegendForm;

/**
 * BeLegendDrawing:
 *
 * The two kinds of arrows in the lane with a word for each, on the screen or
 * in a picture. Begins with be_legend_drawing_init(), ends with
 * be_legend_drawing_clear().
 */
typedef struct
{
  PangoLayout *layouts[BE_LEGEND_N_ENTRIES]; /* observed, inferred */
  int          widths[BE_LEGEND_N_ENTRIES];
  double       factor;
  BeLegendForm form;
  int          line_height;
  int          width;
  int          height;
} BeLegendDrawing;

void be_legend_drawing_init (BeLegendDrawing *self,
                             PangoContext    *context,
                             double           factor,
                             BeLegendForm     form);
void be_legend_drawing_clear (BeLegendDrawing *self);
void be_legend_drawing_snapshot (const BeLegendDrawing *self,
                                 GtkSnapshot           *snapshot,
                                 const BePalette       *palette,
                                 double                 x);

G_END_DECLS
