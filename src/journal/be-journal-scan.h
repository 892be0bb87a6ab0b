/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"

G_BEGIN_DECLS

/**
 * BeJournalScan:
 *
 * Where in a journal those records stand that a reader wants, as far as it
 * has been looked at: from the newest back, in slices, so that nobody waits
 * for the oldest. Belongs to the filter, which ends it before the journal.
 */
typedef struct _BeJournalScan BeJournalScan;

BeJournalScan *be_journal_scan_new (BeJournal *journal);
void           be_journal_scan_free (BeJournalScan *self);
void           be_journal_scan_stop (BeJournalScan *self);
void           be_journal_scan_start (BeJournalScan         *self,
                                      const BeEventCriteria *criteria);
guint          be_journal_scan_go_on (BeJournalScan *self,
                                      gint64         slice_time);
gboolean       be_journal_scan_is_over (BeJournalScan *self);
guint          be_journal_scan_add_at_end (BeJournalScan *self,
                                           guint          begin,
                                           guint          end);
void           be_journal_scan_add_at_front (BeJournalScan *self,
                                             guint          n_added);
guint          be_journal_scan_remove_at_front (BeJournalScan *self,
                                                guint          n_removed);
guint          be_journal_scan_get_length (BeJournalScan *self);
guint          be_journal_scan_get (BeJournalScan *self,
                                    guint          index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeJournalScan, be_journal_scan_free)

G_END_DECLS
