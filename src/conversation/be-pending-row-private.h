/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BePendingRow share; nobody else includes this. */

#pragma once

#include "be-pending-row.h"
#include "be-wire.h"

G_BEGIN_DECLS

/* How far a row reaches over its lifeline, on the grid of the interface font. */
#define BE_PENDING_ROW_REACH 21

typedef enum
{
  BE_PENDING_PIECE_PAYLOAD,
  BE_PENDING_PIECE_TITLE,
  BE_PENDING_PIECE_WORDS,
  BE_PENDING_PIECE_LETTER,
} BePendingPiece;

#define BE_PENDING_N_PIECES (BE_PENDING_PIECE_LETTER + 1)

/* Where the pieces stand, in pixels from the top left corner of the row. */
typedef struct
{
  double          scale;
  double          badge_x;
  double          centre;
  double          height;
  double          full_height; /* with all words, wherever they stand */
  gboolean        has_words;
  graphene_rect_t capsule;
  double          x[BE_PENDING_N_PIECES];
  double          y[BE_PENDING_N_PIECES];
} BePendingPlacement;

struct _BePendingRow
{
  GtkWidget parent_instance;

  BePendingCall *call;
  guint32        connection;
  char          *next_client;
  gboolean       is_next;

  BeLettering       *lettering;
  PangoLayout       *pieces[BE_PENDING_N_PIECES];
  BePendingPlacement placement;
  int                width;
  gboolean           is_folded;
  gboolean           is_bare;
  gint64             now;
  double             pulse; /* 0 to 1, or -1: still */
};

/* be-pending-row-drawing.c */
void be_pending_row_draw (BePendingRow *self,
                          GtkSnapshot  *snapshot);
void be_pending_row_update_hints (BePendingRow *self);

G_END_DECLS
