/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

char    *be_event_text_call (const BeEventRecord *record);
char    *be_event_text_detail (const BeEventRecord *record);
gboolean be_event_text_is_state_implied (const BeEventRecord *record);
char    *be_event_text_state (const BeEventRecord *record);
char    *be_event_text_time (const BeEventRecord *record,
                             gint64               start);
char    *be_event_text_exact_time (const BeEventRecord *record,
                                   gint64               start);
char    *be_event_text_sentence (const BeEventRecord *record);

G_END_DECLS
