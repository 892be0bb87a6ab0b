/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/* Half of what a row takes by itself, with room for its bubble and the focus
 * ring around it. */
#define BE_ROW_RHYTHM_HALF_ROW 18

/* Half of what a row may outline that has no bubble: what two of them have
 * from centre to centre. */
#define BE_ROW_RHYTHM_HALF_STATE 13

/* What an average row takes, before it is measured. */
#define BE_ROW_RHYTHM_ESTIMATE 29

gboolean be_row_rhythm_continues_run (const BeEventRecord *before,
                                      const BeEventRecord *record);
guint    be_row_rhythm_get_advance (const BeEventRecord *before,
                                    const BeEventRecord *record,
                                    gboolean             is_folded);

G_END_DECLS
