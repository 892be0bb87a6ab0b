/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"
#include "be-output.h"

G_BEGIN_DECLS

typedef enum
{
  BE_LOG_OFF,
  BE_LOG_TEXT, /* a line of words for each event */
  BE_LOG_JSON, /* a JSON object on a line for each event: docs/event.schema.json */
} BeLogFormat;

gboolean be_log_format_from_name (const char  *name,
                                  BeLogFormat *format);

/**
 * BeEventLog:
 *
 * Prints the events of a journal, each on a line, as they come. Reads the
 * journal and writes to an output, which both outlive it; belongs to a
 * command and ends with it.
 */
typedef struct _BeEventLog BeEventLog;

BeEventLog *be_event_log_new (BeJournal  *journal,
                              BeOutput   *output,
                              BeLogFormat format);
void        be_event_log_free (BeEventLog *self);
guint64     be_event_log_get_n_left_out (BeEventLog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeEventLog, be_event_log_free)

G_END_DECLS
