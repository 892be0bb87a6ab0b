/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-queue.h"

#include "be-hot.h"

#include <stdatomic.h>
#include <string.h>

/* Room for the longest datagram. */
#define CHUNK_BYTES (68u * 1024)

/* How many empty chunks are kept for the next burst. */
#define MAX_SPARE_CHUNKS 8u

/* A piece of memory with records one behind another. The writer fills it, and
 * says how far with one atomic store for each record. When the next one has no
 * room any more it links a new chunk. The reader gives it back when the writer
 * has gone on and all of it was read. */
typedef struct _Chunk Chunk;
struct _Chunk
{
  _Atomic (Chunk *) next;     /* NULL while the writer is here */
  _Atomic (guint64) progress; /* how many records are there, and their bytes: see make_progress () */
  gsize             capacity;

  _Alignas(8) guint8 bytes[];
};

struct _BeEventQueue
{
  /* the writer's */
  Chunk   *writing;
  guint64  sequence;
  gint64   last_time;
  gsize    credit_burst;
  gsize    credit_per_second;
  gint64   credit_time;
  gsize    credit;
  guint64  n_written_bytes;
  gboolean has_news;

  /* written by one of them, read by the other */
  _Atomic (guint64) n_taken_bytes;
  _Atomic (guint64) n_trimmed;
  _Atomic (guint64) n_lost;
  atomic_bool       reader_is_told;

  /* the reader's */
  Chunk  *reading;
  guint64 read_progress; /* of it */
  Chunk  *lent_chunk;    /* with the end of the batch that is lent; NULL: none is */
  guint64 lent_progress;
  guint64 seen_trimmed;
  guint64 seen_lost;

  GMutex lock; /* of the spare chunks */
  Chunk *spare;
  guint  n_spare;
};

/* Both numbers in one, so that a reader never has one without the other. */
static guint64
make_progress (guint n_records,
               gsize size)
{
  return (guint64) n_records << 32 | size;
}

static guint
get_n_records (guint64 progress)
{
  return (guint) (progress >> 32);
}

static gsize
get_size (guint64 progress)
{
  return (guint32) progress;
}

/* With room for a link behind a record of @size bytes. */
static Chunk *
get_empty_chunk (BeEventQueue *self,
                 gsize         size)
{
  gsize  capacity = MAX (size + sizeof (BeEventLink), CHUNK_BYTES);
  Chunk *chunk = NULL;

  g_mutex_lock (&self->lock);
  if (self->spare != NULL && capacity == CHUNK_BYTES)
    {
      chunk = self->spare;
      self->spare = atomic_load_explicit (&chunk->next, memory_order_relaxed);
      self->n_spare--;
    }
  g_mutex_unlock (&self->lock);

  if (chunk == NULL)
    chunk = g_malloc (sizeof *chunk + capacity);
  atomic_init (&chunk->next, NULL);
  atomic_init (&chunk->progress, 0);
  chunk->capacity = capacity;

  return chunk;
}

static void
give_back_chunk (BeEventQueue *self,
                 Chunk        *chunk)
{
  g_mutex_lock (&self->lock);
  if (self->n_spare < MAX_SPARE_CHUNKS && chunk->capacity == CHUNK_BYTES)
    {
      atomic_store_explicit (&chunk->next, self->spare, memory_order_relaxed);
      self->spare = g_steal_pointer (&chunk);
      self->n_spare++;
    }
  g_mutex_unlock (&self->lock);

  g_free (chunk);
}

static void
free_chunks (Chunk *first)
{
  while (first != NULL)
    {
      Chunk *next = atomic_load (&first->next);

      g_free (first);
      first = next;
    }
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

/* Returns whether there was credit for a payload as long as this one. */
static gboolean
use_credit (BeEventQueue        *self,
            const BeEventRecord *record)
{
  gint64  elapsed = MIN (record->time - self->credit_time, G_USEC_PER_SEC);
  guint64 earned = (guint64) elapsed * self->credit_per_second / G_USEC_PER_SEC;

  self->credit_time = record->time;
  self->credit = (gsize) MIN (self->credit + earned, self->credit_burst);
  if (self->credit < record->kept_length)
    return FALSE;

  self->credit -= record->kept_length;

  return TRUE;
}

/* Nobody else writes it, so that it needs no exchange. */
static void
count (_Atomic (guint64) *counter)
{
  guint64 value = atomic_load_explicit (counter, memory_order_relaxed);

  atomic_store_explicit (counter, value + 1, memory_order_relaxed);
}

static void
cut_payload (BeEventQueue  *self,
             BeEventRecord *record,
             gsize          n_waiting,
             gboolean       needs_credit)
{
  gboolean is_too_much = FALSE;

  if (n_waiting + record->kept_length > BE_EVENT_QUEUE_FULL_BYTES)
    is_too_much = record->kept_length > BE_EVENT_QUEUE_CUT_BYTES;
  else if (needs_credit && record->kept_length > BE_EVENT_QUEUE_SHORT_BYTES)
    is_too_much = !use_credit (self, record);

  if (!is_too_much)
    return;

  record->kept_length = BE_EVENT_QUEUE_CUT_BYTES;
  count (&self->n_trimmed);
}

/* Goes on in a new chunk, unless this one has room for @size bytes and a link. */
static void
reserve (BeEventQueue *self,
         gsize         size)
{
  Chunk      *chunk = self->writing;
  gsize       used = get_size (atomic_load_explicit (&chunk->progress, memory_order_relaxed));
  BeEventLink link = { 0 };

  if (used + size + sizeof link <= chunk->capacity)
    return;

  self->writing = get_empty_chunk (self, size);
  link.next = self->writing->bytes;
  memcpy (chunk->bytes + used, &link, sizeof link);
  atomic_store_explicit (&chunk->next, self->writing, memory_order_release);
}

static void
append (BeEventQueue        *self,
        const BeEventRecord *record,
        const guint8        *payload)
{
  guint64 progress;
  guint8 *place;

  reserve (self, record->size);
  progress = atomic_load_explicit (&self->writing->progress, memory_order_relaxed);
  place = self->writing->bytes + get_size (progress);

  memcpy (place, record, sizeof *record);
  if (record->kept_length > 0)
    memcpy (place + sizeof *record, payload, record->kept_length);

  self->n_written_bytes += record->size;
  atomic_store_explicit (&self->writing->progress, progress + make_progress (1, record->size),
                         memory_order_release);
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
  be_event_queue_set_credit (self, BE_EVENT_QUEUE_BURST_BYTES, BE_EVENT_QUEUE_BYTES_PER_SECOND);
  self->writing = get_empty_chunk (self, 0);
  self->reading = self->writing;

  return self;
}

void
be_event_queue_free (BeEventQueue *self)
{
  g_return_if_fail (self != NULL);

  free_chunks (self->reading);
  free_chunks (self->spare);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * be_event_queue_set_credit:
 * @burst: how many bytes of long payloads are kept whole at once;
 *   %BE_EVENT_QUEUE_BURST_BYTES at first
 * @per_second: and how many from then on; %BE_EVENT_QUEUE_BYTES_PER_SECOND at
 *   first
 *
 * For the writer.
 */
void
be_event_queue_set_credit (BeEventQueue *self,
                           gsize         burst,
                           gsize         per_second)
{
  g_return_if_fail (self != NULL);

  self->credit_burst = burst;
  self->credit_per_second = per_second;
  self->credit = burst;
}

/**
 * be_event_queue_push:
 * @record: what happened, with @kept_length bytes of payload; its size,
 *   sequence and perhaps a smaller kept_length are filled in; its time is
 *   never before that of the event before it
 * @payload: (nullable): the payload's bytes
 * @needs_credit: whether a long payload may be cut because there are many;
 *   when not, only a late reader is a reason
 *
 * Appends one event, which the reader can take from now on.
 */
BE_HOT void
be_event_queue_push (BeEventQueue  *self,
                     BeEventRecord *record,
                     const guint8  *payload,
                     gboolean       needs_credit)
{
  gsize n_waiting;

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);
  g_return_if_fail (payload != NULL || record->kept_length == 0);
  g_return_if_fail (record->kept_length <= BE_EVENT_RECORD_MAX_KEPT_BYTES);

  record->sequence = ++self->sequence;
  record->time = MAX (record->time, self->last_time);
  self->last_time = record->time;
  self->has_news = TRUE;

  n_waiting = be_event_queue_get_waiting (self);
  cut_payload (self, record, n_waiting, needs_credit);
  record->size = (guint32) be_event_record_size_for (record->kept_length);

  if (n_waiting > BE_EVENT_QUEUE_HARD_BYTES && can_be_left_out (record))
    count (&self->n_lost);
  else
    append (self, record, payload);
}

/**
 * be_event_queue_get_waiting:
 *
 * For the writer.
 *
 * Returns: how many bytes of records nobody has taken yet
 */
BE_HOT gsize
be_event_queue_get_waiting (BeEventQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (gsize) (self->n_written_bytes -
                  atomic_load_explicit (&self->n_taken_bytes, memory_order_relaxed));
}

/**
 * be_event_queue_must_tell:
 *
 * For the writer, after some pushes and before it waits.
 *
 * Returns: %TRUE when the reader must be told that there is something again
 */
BE_HOT gboolean
be_event_queue_must_tell (BeEventQueue *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->has_news)
    return FALSE;

  self->has_news = FALSE;

  /* A reader that was told, or comes by itself, sees all that was written before
   * this exchange. */
  return !atomic_exchange_explicit (&self->reader_is_told, TRUE, memory_order_acq_rel);
}

static guint64
take_count (_Atomic (guint64) *count,
            guint64           *seen)
{
  guint64 now = atomic_load_explicit (count, memory_order_relaxed);
  guint64 news = now - *seen;

  *seen = now;

  return news;
}

static void
look (BeEventQueue *self,
      BeEventBatch *batch)
{
  Chunk  *last = self->reading;
  Chunk  *next;
  guint64 taken = -self->read_progress;

  /* A chunk that the writer has left does not change any more. */
  while ((next = atomic_load_explicit (&last->next, memory_order_acquire)) != NULL)
    {
      taken += atomic_load_explicit (&last->progress, memory_order_relaxed);
      last = next;
    }
  self->lent_chunk = last;
  self->lent_progress = atomic_load_explicit (&last->progress, memory_order_acquire);
  taken += self->lent_progress;

  batch->begin = self->reading->bytes + get_size (self->read_progress);
  batch->end = last->bytes + get_size (self->lent_progress);
  batch->size = get_size (taken);
  batch->n_records = get_n_records (taken);
}

/**
 * be_event_queue_take:
 * @batch: (out): all events since the last call, lent until the next or until
 *   be_event_queue_release ()
 *
 * For the one reader. The events are those pushed before the call. As long as
 * there are some, the reader comes again by itself; when there are none, the
 * next push asks to tell it.
 */
void
be_event_queue_take (BeEventQueue *self,
                     BeEventBatch *batch)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (batch != NULL);

  be_event_queue_release (self);
  look (self, batch);

  /* What came before the exchange is seen now, and what comes after it is told. */
  if (batch->n_records == 0)
    {
      atomic_exchange_explicit (&self->reader_is_told, FALSE, memory_order_acq_rel);
      look (self, batch);
      if (batch->n_records > 0)
        atomic_store_explicit (&self->reader_is_told, TRUE, memory_order_relaxed);
    }

  atomic_store_explicit (&self->n_taken_bytes,
                         atomic_load_explicit (&self->n_taken_bytes, memory_order_relaxed) +
                           batch->size,
                         memory_order_relaxed);
  batch->n_trimmed = take_count (&self->n_trimmed, &self->seen_trimmed);
  batch->n_lost = take_count (&self->n_lost, &self->seen_lost);
}

/**
 * be_event_queue_release:
 *
 * The batch that was taken last is not looked at any more: its memory is for
 * the next events, or given back.
 */
void
be_event_queue_release (BeEventQueue *self)
{
  g_return_if_fail (self != NULL);

  if (self->lent_chunk == NULL)
    return;

  while (self->reading != self->lent_chunk)
    {
      Chunk *read = self->reading;

      self->reading = atomic_load_explicit (&read->next, memory_order_relaxed);
      give_back_chunk (self, read);
    }
  self->read_progress = self->lent_progress;
  self->lent_chunk = NULL;
}
