/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"

G_BEGIN_DECLS

/**
 * BeEventKinds:
 *
 * What a reader wants to see. Failures are shown with any kind asked for,
 * unless only %BE_EVENT_KIND_ERRORS is.
 */
typedef enum
{
  BE_EVENT_KIND_DATA = 1 << 0,   /* bytes moved */
  BE_EVENT_KIND_STATES = 1 << 1, /* everything else that succeeded */
  BE_EVENT_KIND_ERRORS = 1 << 2, /* calls that failed */
} BeEventKinds;

#define BE_EVENT_KIND_ALL (BE_EVENT_KIND_DATA | BE_EVENT_KIND_STATES | BE_EVENT_KIND_ERRORS)

typedef enum
{
  BE_SIDE_FILTER_BOTH,
  BE_SIDE_FILTER_SERVER,
  BE_SIDE_FILTER_CLIENT,
} BeSideFilter;

#define BE_TYPE_JOURNAL_FILTER (be_journal_filter_get_type ())
G_DECLARE_FINAL_TYPE (BeJournalFilter, be_journal_filter, BE, JOURNAL_FILTER, GObject)

BeJournalFilter     *be_journal_filter_new (BeJournal *journal);
BeJournal           *be_journal_filter_get_journal (BeJournalFilter *self);
const BeEventRecord *be_journal_filter_get_record (BeJournalFilter *self,
                                                   guint            position);
gboolean             be_journal_filter_is_active (BeJournalFilter *self);
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
