/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal-filter.h"

G_BEGIN_DECLS

/* Mermaid draws no text that is longer than 50,000 characters, unless its page
 * says so. */
#define BE_LADDER_MERMAID_MAX_BYTES 48000u

char *be_ladder_mermaid_make (BeJournalFilter *filter,
                              guint           *n_rows);

G_END_DECLS
