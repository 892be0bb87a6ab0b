/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeLadder:
 *
 * Both ends of a conversation as rows of plain text on standard output: the
 * time, what the server did, the lane between the ends, what the client did.
 * Fits in a terminal of 80 columns. Not an object: it belongs to the command
 * that prints, and ends with it.
 */
typedef struct _BeLadder BeLadder;

BeLadder *be_ladder_new (void);
void      be_ladder_free (BeLadder *self);
void      be_ladder_print_heading (BeLadder *self);
void      be_ladder_print_record (BeLadder            *self,
                                  const BeEventRecord *record);
void      be_ladder_print_text (BeLadder   *self,
                                const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeLadder, be_ladder_free)

G_END_DECLS
