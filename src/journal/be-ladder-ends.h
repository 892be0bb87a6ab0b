/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeLadderEnds:
 *
 * Who takes part in some rows: the addresses of the server, and those of the
 * clients. Not an object: it belongs to who reads the rows, and ends with it.
 */
typedef struct _BeLadderEnds BeLadderEnds;

BeLadderEnds *be_ladder_ends_new (void);
void          be_ladder_ends_free (BeLadderEnds *self);
void          be_ladder_ends_add (BeLadderEnds        *self,
                                  const BeEventRecord *record);
char         *be_ladder_ends_dup_server (BeLadderEnds *self);
char         *be_ladder_ends_dup_clients (BeLadderEnds *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeLadderEnds, be_ladder_ends_free)

G_END_DECLS
