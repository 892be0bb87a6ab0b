/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal-filter.h"

G_BEGIN_DECLS

char *be_event_copy_record (const BeEventRecord *record,
                            gint64               start);
char *be_event_copy_all (BeJournalFilter *filter);

G_END_DECLS
