/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A part of be-event-record.h: what is asked of every event, so that asking is no
 * call. */

#include "be-event-record.h"

G_BEGIN_DECLS

#define BE_EVENT_RECORD_ALIGNMENT_BYTES 8

/* Far more than one call moves; its size still is a number of 32 bits. */
#define BE_EVENT_RECORD_MAX_KEPT_BYTES (1024u * 1024 * 1024)

/**
 * be_event_record_size_for:
 *
 * Returns: the bytes that a record takes together with @kept_length bytes of
 *   payload, rounded up so that the next record is aligned.
 */
static inline gsize
be_event_record_size_for (gsize kept_length)
{
  return (sizeof (BeEventRecord) + kept_length + BE_EVENT_RECORD_ALIGNMENT_BYTES - 1) &
         ~(gsize) (BE_EVENT_RECORD_ALIGNMENT_BYTES - 1);
}

/**
 * be_event_record_payload:
 *
 * Returns: the bytes right behind the record, of which kept_length count.
 */
static inline const guint8 *
be_event_record_payload (const BeEventRecord *self)
{
  return (const guint8 *) (self + 1);
}

/**
 * be_event_record_is_failure:
 *
 * A call that a person ended before it returned is an ending, no failure.
 *
 * Returns: whether the call failed.
 */
static inline gboolean
be_event_record_is_failure (const BeEventRecord *self)
{
  return self->result == -1 && (self->flags & BE_EVENT_CANCELLED) == 0;
}

/**
 * be_event_record_is_data:
 *
 * Returns: whether the call moved bytes, or a datagram, which may be empty
 *   (RFC 768: a length of 8, the header alone).
 */
static inline gboolean
be_event_record_is_data (const BeEventRecord *self)
{
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
static inline gboolean
be_event_record_is_end_of_stream (const BeEventRecord *self)
{
  return self->protocol != BE_PROTOCOL_UDP &&
         be_call_is_reading (self->call) &&
         self->result == 0;
}

/* Records and links are aligned, because the first is and every size is a
 * multiple of 8. */
static inline const BeEventRecord *
be_event_batch_at (const BeEventBatch *self,
                   const guint8       *place)
{
  while (place != self->end && ((const BeEventLink *) (gconstpointer) place)->size == 0)
    place = ((const BeEventLink *) (gconstpointer) place)->next;

  return place != self->end ? (gconstpointer) place : NULL;
}

/**
 * be_event_batch_next:
 * @record: one of the batch
 *
 * Returns: (nullable): the record behind @record, or %NULL after the last.
 */
static inline const BeEventRecord *
be_event_batch_next (const BeEventBatch  *self,
                     const BeEventRecord *record)
{
  return be_event_batch_at (self, (const guint8 *) record + record->size);
}

G_END_DECLS
