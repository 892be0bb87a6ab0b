/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

gint64 be_event_json_get_clock_offset (void);
char  *be_event_json_from_record (const BeEventRecord *record,
                                  gint64               clock_offset);

G_END_DECLS
