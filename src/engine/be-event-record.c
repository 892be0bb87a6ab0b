/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-record.h"

/* The payload begins right behind the record, the next record right behind
 * the rounded size. */
G_STATIC_ASSERT (sizeof (BeAddress) == 24);
G_STATIC_ASSERT (sizeof (BeEventRecord) % BE_EVENT_RECORD_ALIGNMENT_BYTES == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (BeEventRecord, size) == G_STRUCT_OFFSET (BeEventLink, size));

/**
 * be_event_record_get_option_value:
 *
 * Returns: what a setsockopt asked for; of SO_LINGER the seconds, or
 *   %BE_SOCKET_LINGER_OFF
 */
int
be_event_record_get_option_value (const BeEventRecord *self)
{
  g_return_val_if_fail (self != NULL && self->call == BE_CALL_SETSOCKOPT, 0);

  return (int) (gint64) self->position;
}

/**
 * be_event_batch_first:
 *
 * Returns: (nullable): the first record, or %NULL when the batch is empty.
 */
const BeEventRecord *
be_event_batch_first (const BeEventBatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return be_event_batch_at (self, self->begin);
}
