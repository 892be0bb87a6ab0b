/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-record.h"

#define RECORD_ALIGNMENT_BYTES 8
#define KEPT_MAX_BYTES (G_MAXUINT32 - sizeof (BeEventRecord) - RECORD_ALIGNMENT_BYTES)

/* The payload begins right behind the record, the next record right behind
 * the rounded size. */
G_STATIC_ASSERT (sizeof (BeAddress) == 24);
G_STATIC_ASSERT (sizeof (BeEventRecord) % RECORD_ALIGNMENT_BYTES == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (BeEventRecord, size) == G_STRUCT_OFFSET (BeEventLink, size));

/**
 * be_event_record_size_for:
 *
 * Returns: the bytes that a record takes together with @kept_length bytes of
 *   payload, rounded up so that the next record is aligned.
 */
gsize
be_event_record_size_for (gsize kept_length)
{
  g_return_val_if_fail (kept_length <= KEPT_MAX_BYTES, sizeof (BeEventRecord));

  return (sizeof (BeEventRecord) + kept_length + RECORD_ALIGNMENT_BYTES - 1) &
         ~(gsize) (RECORD_ALIGNMENT_BYTES - 1);
}

/**
 * be_event_record_payload:
 *
 * Returns: the bytes right behind the record, of which kept_length count.
 */
const guint8 *
be_event_record_payload (const BeEventRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const guint8 *) (self + 1);
}

/**
 * be_event_record_is_failure:
 *
 * A call that a person ended before it returned is an ending, no failure.
 *
 * Returns: whether the call failed.
 */
gboolean
be_event_record_is_failure (const BeEventRecord *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->result == -1 && (self->flags & BE_EVENT_CANCELLED) == 0;
}

/**
 * be_event_record_is_data:
 *
 * Returns: whether the call moved bytes, or a datagram, which may be empty
 *   (RFC 768: a length of 8, the header alone).
 */
gboolean
be_event_record_is_data (const BeEventRecord *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!be_call_is_sending (self->call) && !be_call_is_reading (self->call))
    return FALSE;

  if (self->protocol == BE_PROTOCOL_UDP)
    return self->result >= 0;

  return self->result > 0;
}

/**
 * be_event_record_is_end_of_stream:
 *
 * Returns: whether the call was a read that returned 0 because the other end
 *   sends no more (recv(2)); on a datagram socket 0 is an empty datagram.
 */
gboolean
be_event_record_is_end_of_stream (const BeEventRecord *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->protocol != BE_PROTOCOL_UDP &&
         be_call_is_reading (self->call) &&
         self->result == 0;
}

static const BeEventRecord *
record_at (const BeEventBatch *batch,
           const guint8       *place)
{
  /* Aligned, because the first record is and every size is a multiple of 8. */
  const BeEventLink *link = (gconstpointer) place;

  if (place == batch->end)
    return NULL;

  if (link->size == 0)
    return record_at (batch, link->next);

  return (gconstpointer) place;
}

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

  return record_at (self, self->begin);
}

/**
 * be_event_batch_next:
 * @record: one of the batch
 *
 * Returns: (nullable): the record behind @record, or %NULL after the last.
 */
const BeEventRecord *
be_event_batch_next (const BeEventBatch  *self,
                     const BeEventRecord *record)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);
  g_return_val_if_fail (record->size >= sizeof (BeEventRecord), NULL);

  return record_at (self, (const guint8 *) record + record->size);
}
