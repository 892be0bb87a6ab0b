/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"

G_BEGIN_DECLS

#define BE_TYPE_JOURNAL_FILTER (be_journal_filter_get_type ())
G_DECLARE_FINAL_TYPE (BeJournalFilter, be_journal_filter, BE, JOURNAL_FILTER, GObject)

BeJournalFilter     *be_journal_filter_new (BeJournal *journal);
BeJournal           *be_journal_filter_get_journal (BeJournalFilter *self);
const BeEventRecord *be_journal_filter_get_record (BeJournalFilter *self,
                                                   guint            position);
gboolean             be_journal_filter_is_active (BeJournalFilter *self);
gboolean             be_journal_filter_is_scanning (BeJournalFilter *self);
void                 be_journal_filter_set_slice_time (BeJournalFilter *self,
                                                       gint64           slice_time);
void                 be_journal_filter_set_side (BeJournalFilter *self,
                                                 BeSideFilter     side);
void                 be_journal_filter_set_kinds (BeJournalFilter *self,
                                                  BeEventKinds     kinds);
void                 be_journal_filter_set_connection (BeJournalFilter *self,
                                                       guint32          connection);
void                 be_journal_filter_set_text (BeJournalFilter *self,
                                                 const char      *text);
void                 be_journal_filter_reset (BeJournalFilter *self);

G_END_DECLS
