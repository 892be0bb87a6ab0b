/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeBatchSize:
 *
 * How many connections or datagrams to ask for in one turn, by how many there
 * were in the turns before. Many at once cost less each; but where they come one
 * by one, asking for another costs a call in vain, each time. A value inside its
 * owner.
 */
typedef struct
{
  guint wanted;
  guint n_singles; /* how many turns in a row asked for one and got it */
} BeBatchSize;

#define BE_BATCH_SIZE_INIT \
  {                        \
    .wanted = 1,           \
  }

void be_batch_size_note (BeBatchSize *self,
                         guint        n_found,
                         guint        limit);

G_END_DECLS
