/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-ring.h"
#include "be-event.h"
#include "be-network-thread.h"
#include "be-pairing.h"

G_BEGIN_DECLS

#define BE_JOURNAL_MAX_EVENTS 100000
#define BE_JOURNAL_MAX_BYTES (256u * 1024 * 1024)

#define BE_TYPE_JOURNAL (be_journal_get_type ())
G_DECLARE_FINAL_TYPE (BeJournal, be_journal, BE, JOURNAL, GObject)

BeJournal           *be_journal_new (guint max_events,
                                     gsize max_bytes);
void                 be_journal_follow (BeJournal       *self,
                                        BeNetworkThread *network);
void                 be_journal_append (BeJournal          *self,
                                        const BeEventBatch *batch);
BePairing           *be_journal_get_pairing (BeJournal *self);
const BeEventRecord *be_journal_get_record (BeJournal *self,
                                            guint      position);
BeEventRing         *be_journal_get_ring (BeJournal *self,
                                          guint     *n_hidden);
gint64               be_journal_get_start (BeJournal *self);
guint64              be_journal_get_n_dropped (BeJournal *self);
guint64              be_journal_get_n_trimmed (BeJournal *self);
void                 be_journal_clear (BeJournal *self);
void                 be_journal_undo_clear (BeJournal *self);

G_END_DECLS
