/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"

G_BEGIN_DECLS

guint                be_journal_search_sequence (BeJournal *journal,
                                                 guint64    sequence);
const BeEventRecord *be_journal_search_reset (BeJournal           *journal,
                                              const BeEventRecord *record);
gboolean             be_journal_search_failed_connect (BeJournal           *journal,
                                                       const BeEventRecord *record);

G_END_DECLS
