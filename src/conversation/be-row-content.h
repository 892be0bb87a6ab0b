/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-chip.h"
#include "be-journal.h"
#include "be-wire.h"

G_BEGIN_DECLS

typedef enum
{
  BE_PIECE_PAYLOAD,
  BE_PIECE_CHIP,
  BE_PIECE_CALL,
  BE_PIECE_DETAIL,
  BE_PIECE_TIME,
  BE_PIECE_LETTER,
  BE_PIECE_NOTE,
  BE_PIECE_TITLE,
  BE_PIECE_REASON,
  BE_PIECE_CAUSES,
  BE_PIECE_REMEDY,
  BE_PIECE_OUTCOME,
} BePiece;

#define BE_N_PIECES (BE_PIECE_OUTCOME + 1)

/**
 * BeRowSetting:
 *
 * What all rows of one list have in common: borrowed and passed down.
 */
typedef struct
{
  BeLettering   *lettering;
  BeWireGeometry geometry;
  int            width;
  BeJournal     *journal; /* lent */
  gint64         start;   /* of the clock that rows show, µs */
} BeRowSetting;

/**
 * BeRowContent:
 *
 * The texts of one row, shaped. Plain memory inside of a row: begins zeroed,
 * ends with be_row_content_clear().
 */
typedef struct
{
  BeEventRecord record; /* without its payload */
  gboolean      is_data;
  gboolean      is_sent;
  gboolean      is_failure;
  gboolean      is_hollow; /* of a connection that never came about */
  gboolean      continues_run;
  BeChipKind    chip_kind;
  PangoLayout  *pieces[BE_N_PIECES];

  /* What is known from the other end; see be_row_borders_set (). */
  guint        n_sends;   /* of which there are bytes in this recv, when they are several */
  guint        n_recvs;   /* that took this send, when they are several */
  guint        n_lost;    /* bytes of a datagram that were thrown away */
  PangoLayout *counts[2]; /* a chip that says so, and a shorter one; NULL: nothing to say */
  GArray      *ends;      /* of guint32: where sends ended in the payload; NULL: none ever did */
  GArray      *ticks;     /* of BePayloadTick: where they are in the text */
} BeRowContent;

BeFont be_row_content_get_font (BePiece piece);
int    be_row_content_get_payload_width (const BeRowSetting *setting);
void   be_row_content_fill (BeRowContent        *self,
                            const BeRowSetting  *setting,
                            const BeEventRecord *before,
                            const BeEventRecord *record);
void   be_row_content_clear (BeRowContent *self);

G_END_DECLS
