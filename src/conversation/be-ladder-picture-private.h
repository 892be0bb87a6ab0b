/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BeLadderPicture share; nobody else includes this. */

#pragma once

#include "be-ladder-picture.h"

#include "be-ladder-heading.h"

G_BEGIN_DECLS

typedef enum
{
  BE_LADDER_STEP_ROWS,
  BE_LADDER_STEP_SHEETS,
  BE_LADDER_STEP_ARROWS,
  BE_LADDER_STEP_END,
} BeLadderStep;

struct _BeLadderPicture
{
  GObject parent_instance;

  BeLadderFormat   format;
  BeLadderExcerpt *excerpt;
  PangoContext    *context;
  const BePalette *palette;
  BeRowSetting     setting;
  BeLadderHeading  heading;

  BeLadderStep step;
  guint        next; /* row or link of the step */
  guint        next_sheet;
  guint        n_drawn;    /* rows, when it is finished */
  guint        n_undrawn;  /* rows that an image has no room for */
  guint        n_left_out; /* these, and those that were not even copied */
  double       bottom;     /* of the rows so far */
  GArray      *rows;       /* of BeLadderRow */
  GArray      *sheets;     /* of BeLadderSheet */
};

/* be-ladder-sheets.c */
void     be_ladder_picture_make_sheets (BeLadderPicture *self);
gboolean be_ladder_picture_work_on_sheets (BeLadderPicture *self);

G_END_DECLS
