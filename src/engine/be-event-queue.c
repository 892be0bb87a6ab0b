/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-queue.h"

#include <string.h>

/* A buffer that one burst made large is given back when it is empty again. */
#define KEPT_BUFFER_BYTES (256u * 1024)

typedef struct
{
  guint8 *bytes;
  gsize   capacity;
  gsize   size;
  guint   n_records;
  guint64 n_trimmed;
  guint64 n_lost;
} Buffer;

struct _BeEventQueue
{
  GMutex   lock; /* of everything below but the reading buffer's content */
  Buffer   buffers[2];
  guint    writing; /* index of the buffer that is written */
  guint64  sequence;
  gint64   last_time;
  gboolean reader_is_told;
};

static void
buffer_reserve (Buffer *self,
                gsize   size)
{
  if (self->size + size <= self->capacity)
    return;

  self->capacity = MAX (self->capacity * 2, self->size + size);
  self->capacity = MAX (self->capacity, 4096);
  self->bytes = g_realloc (self->bytes, self->capacity);
}

static void
buffer_append (Buffer              *self,
               const BeEventRecord *record,
               const guint8        *payload)
{
  buffer_reserve (self, record->size);
  memcpy (self->bytes + self->size, record, sizeof *record);
  if (record->kept_length > 0)
    memcpy (self->bytes + self->size + sizeof *record, payload, record->kept_length);
  self->size += record->size;
  self->n_records++;
}

static void
buffer_empty (Buffer *self)
{
  if (self->capacity > KEPT_BUFFER_BYTES)
    {
      g_clear_pointer (&self->bytes, g_free);
      self->capacity = 0;
    }
  self->size = 0;
  self->n_records = 0;
  self->n_trimmed = 0;
  self->n_lost = 0;
}

/* Whether the session and the socket list go on rightly without the event.
 * With datagrams a failure changes nothing, and each may bring one. */
static gboolean
can_be_left_out (const BeEventRecord *record)
{
  return be_event_record_is_data (record) ||
         (record->protocol == BE_PROTOCOL_UDP &&
          (be_call_is_sending (record->call) || be_call_is_reading (record->call)));
}

/**
 * be_event_queue_new:
 *
 * Returns: (transfer full): an empty queue
 */
BeEventQueue *
be_event_queue_new (void)
{
  BeEventQueue *self = g_new0 (BeEventQueue, 1);

  g_mutex_init (&self->lock);

  return self;
}

void
be_event_queue_free (BeEventQueue *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (self->buffers); i++)
    g_free (self->buffers[i].bytes);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * be_event_queue_push:
 * @record: what happened, with @kept_length bytes of payload; its size,
 *   sequence and perhaps a smaller kept_length are filled in; its time is
 *   never before that of the event before it
 * @payload: (nullable): the payload's bytes
 *
 * Appends one event. Callable from any thread.
 *
 * Returns: %TRUE when the reader must be told that there is something again
 */
gboolean
be_event_queue_push (BeEventQueue  *self,
                     BeEventRecord *record,
                     const guint8  *payload)
{
  Buffer  *buffer;
  gboolean must_tell;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail (payload != NULL || record->kept_length == 0, FALSE);

  g_mutex_lock (&self->lock);

  buffer = &self->buffers[self->writing];
  record->sequence = ++self->sequence;

  /* Two threads may come here in another order than their calls returned. */
  record->time = MAX (record->time, self->last_time);
  self->last_time = record->time;

  if (buffer->size + record->kept_length > BE_EVENT_QUEUE_FULL_BYTES &&
      record->kept_length > BE_EVENT_QUEUE_CUT_BYTES)
    {
      record->kept_length = BE_EVENT_QUEUE_CUT_BYTES;
      buffer->n_trimmed++;
    }
  record->size = (guint32) be_event_record_size_for (record->kept_length);

  if (buffer->size > BE_EVENT_QUEUE_HARD_BYTES && can_be_left_out (record))
    buffer->n_lost++;
  else
    buffer_append (buffer, record, payload);

  must_tell = !self->reader_is_told;
  self->reader_is_told = TRUE;

  g_mutex_unlock (&self->lock);

  return must_tell;
}

/**
 * be_event_queue_take:
 * @batch: (out): all events since the last call, lent until the next or until
 *   be_event_queue_release ()
 *
 * For the one reader. The events are those pushed before the call; the next
 * push asks to tell the reader again.
 */
void
be_event_queue_take (BeEventQueue *self,
                     BeEventBatch *batch)
{
  const Buffer *taken;

  g_return_if_fail (self != NULL);
  g_return_if_fail (batch != NULL);

  g_mutex_lock (&self->lock);
  taken = &self->buffers[self->writing];
  self->writing = 1 - self->writing;
  buffer_empty (&self->buffers[self->writing]);
  self->reader_is_told = FALSE;
  g_mutex_unlock (&self->lock);

  batch->bytes = taken->bytes;
  batch->size = taken->size;
  batch->n_records = taken->n_records;
  batch->n_trimmed = taken->n_trimmed;
  batch->n_lost = taken->n_lost;
}

/**
 * be_event_queue_release:
 *
 * The batch that was taken last is not looked at any more: gives back what a
 * burst made large, also when nothing follows it.
 */
void
be_event_queue_release (BeEventQueue *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  buffer_empty (&self->buffers[1 - self->writing]);
  g_mutex_unlock (&self->lock);
}
