/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal-filter.h"
#include "be-ladder-ends.h"
#include "be-transfer-match.h"

G_BEGIN_DECLS

/* Instead of a row: one that is older than the excerpt. */
#define BE_LADDER_EXCERPT_OLDER (BE_TRANSFER_NO_ROW - 1)

/**
 * BeLadderExcerptRow:
 *
 * One row, copied: what happens after the copy changes it no more.
 */
typedef struct
{
  BeEventRecord *record; /* with as much of its payload as a row can show */
  char          *detail; /* nullable: what the row says of itself, where the payload was cut for the copy */
  gboolean       is_hollow;
} BeLadderExcerptRow;

/**
 * BeLadderExcerpt:
 *
 * The newest rows of a filter and what links them, as they were at one moment.
 * Not an object: it belongs to who draws it, and ends with it.
 */
typedef struct
{
  BeJournal *journal;
  GArray    *rows;  /* of BeLadderExcerptRow */
  GArray    *links; /* of BeTransferLink, whose rows are those of the excerpt */
  guint      n_left_out;
  gint64     start; /* of the clock that rows show, µs */
  gboolean   has_side[2];
} BeLadderExcerpt;

BeLadderExcerpt          *be_ladder_excerpt_new (BeJournalFilter *filter,
                                                 guint            max_rows);
void                      be_ladder_excerpt_free (BeLadderExcerpt *self);
const BeLadderExcerptRow *be_ladder_excerpt_get (BeLadderExcerpt *self,
                                                 guint            row);
char                     *be_ladder_excerpt_dup_protocols (BeLadderExcerpt *self);
BeLadderEnds             *be_ladder_excerpt_find_ends (BeLadderExcerpt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeLadderExcerpt, be_ladder_excerpt_free)

G_END_DECLS
