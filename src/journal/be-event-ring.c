/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-ring.h"

#include <string.h>

#define CHUNK_MAX_RECORDS 4096u
#define CHUNK_MAX_BYTES (256u * 1024)
#define CHUNK_FIRST_BYTES 4096u
#define CHUNK_FIRST_RECORDS 32u

/* A chunk is what falls off at once, so it must be a small part of all. */
#define MIN_CHUNKS 8u

/* Records one behind another, and where each of them begins. */
typedef struct
{
  guint8 *bytes;
  gsize   size;
  gsize   capacity;

  guint32 *offsets;
  guint    n_records;
  guint    offsets_capacity;

  guint64 first; /* how many records came before this chunk's, ever */
} Chunk;

struct _BeEventRing
{
  guint max_events;
  gsize max_bytes;
  guint chunk_records;
  gsize chunk_bytes;

  GPtrArray *chunks; /* of Chunk; only the last one grows */
  guint      length;
  gsize      bytes;
  guint64    n_appended; /* ever */
};

static void
chunk_free (gpointer data)
{
  Chunk *self = data;

  g_free (self->bytes);
  g_free (self->offsets);
  g_free (self);
}

static gsize
chunk_get_memory (const Chunk *self)
{
  return self->capacity + self->offsets_capacity * sizeof (guint32);
}

static Chunk *
get_chunk (BeEventRing *self,
           guint        number)
{
  return g_ptr_array_index (self->chunks, number);
}

static gboolean
chunk_has_room (const BeEventRing *self,
                const Chunk       *chunk,
                gsize              size)
{
  return chunk->n_records < self->chunk_records &&
         size <= self->chunk_bytes &&
         chunk->size <= self->chunk_bytes - size;
}

static void
chunk_reserve (Chunk *self,
               gsize  size)
{
  if (self->capacity - self->size < size)
    {
      gsize capacity = MAX (self->capacity, CHUNK_FIRST_BYTES);

      while (capacity - self->size < size)
        capacity *= 2;

      self->bytes = g_realloc (self->bytes, capacity);
      self->capacity = capacity;
    }

  if (self->n_records == self->offsets_capacity)
    {
      self->offsets_capacity = MAX (2 * self->offsets_capacity, CHUNK_FIRST_RECORDS);
      self->offsets = g_renew (guint32, self->offsets, self->offsets_capacity);
    }
}

static void
chunk_append (Chunk               *self,
              const BeEventRecord *record,
              gsize                size,
              guint32              connection)
{
  gsize          used = sizeof (BeEventRecord) + record->kept_length;
  BeEventRecord *copy;

  chunk_reserve (self, size);

  /* Aligned: every size is a multiple of 8. */
  copy = (gpointer) (self->bytes + self->size);
  memcpy (copy, record, used);
  memset (self->bytes + self->size + used, 0, size - used);
  copy->size = (guint32) size;
  copy->connection = connection;

  self->offsets[self->n_records++] = (guint32) self->size;
  self->size += size;
}

/* Nothing more comes into it. */
static void
chunk_finish (Chunk *self)
{
  self->bytes = g_realloc (self->bytes, self->size);
  self->capacity = self->size;
  self->offsets = g_renew (guint32, self->offsets, self->n_records);
  self->offsets_capacity = self->n_records;
}

static Chunk *
get_chunk_for (BeEventRing *self,
               gsize        size)
{
  Chunk *last = NULL;

  if (self->chunks->len > 0)
    {
      last = get_chunk (self, self->chunks->len - 1);
      if (chunk_has_room (self, last, size))
        return last;

      self->bytes -= chunk_get_memory (last);
      chunk_finish (last);
      self->bytes += chunk_get_memory (last);
    }

  last = g_new0 (Chunk, 1);
  last->first = self->n_appended;
  g_ptr_array_add (self->chunks, last);

  return last;
}

/**
 * be_event_ring_new:
 * @max_events: how many records to hold, at least 1
 * @max_bytes: how much memory to hold
 *
 * Both bounds are kept by be_event_ring_trim (), to within one chunk: an
 * eighth of them at most.
 *
 * Returns: (transfer full): an empty ring.
 */
BeEventRing *
be_event_ring_new (guint max_events,
                   gsize max_bytes)
{
  BeEventRing *self;

  g_return_val_if_fail (max_events > 0, NULL);
  g_return_val_if_fail (max_bytes > 0, NULL);

  self = g_new0 (BeEventRing, 1);
  self->max_events = max_events;
  self->max_bytes = max_bytes;
  self->chunk_records = CLAMP (max_events / MIN_CHUNKS, 1, CHUNK_MAX_RECORDS);
  self->chunk_bytes = CLAMP (max_bytes / MIN_CHUNKS, sizeof (BeEventRecord), CHUNK_MAX_BYTES);
  self->chunks = g_ptr_array_new_with_free_func (chunk_free);

  return self;
}

/**
 * be_event_ring_free:
 *
 * Ends the ring and all its records.
 */
void
be_event_ring_free (BeEventRing *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->chunks, g_ptr_array_unref);
  g_free (self);
}

/**
 * be_event_ring_append:
 * @record: with its payload right behind it; copied
 * @connection: the record's connection
 *
 * Records that were lent before may move.
 */
void
be_event_ring_append (BeEventRing         *self,
                      const BeEventRecord *record,
                      guint32              connection)
{
  gsize  size;
  Chunk *chunk;

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  size = be_event_record_size_for (record->kept_length);
  chunk = get_chunk_for (self, size);

  self->bytes -= chunk_get_memory (chunk);
  chunk_append (chunk, record, size, connection);
  self->bytes += chunk_get_memory (chunk);

  self->length++;
  self->n_appended++;
}

/**
 * be_event_ring_trim:
 *
 * Drops the oldest chunks until both bounds hold. The newest chunk stays,
 * whatever its size.
 *
 * Returns: how many records fell off.
 */
guint
be_event_ring_trim (BeEventRing *self)
{
  guint n_chunks = 0;
  guint n_fallen = 0;

  g_return_val_if_fail (self != NULL, 0);

  while (n_chunks + 1 < self->chunks->len &&
         (self->length > self->max_events || self->bytes > self->max_bytes))
    {
      const Chunk *chunk = get_chunk (self, n_chunks++);

      self->length -= chunk->n_records;
      self->bytes -= chunk_get_memory (chunk);
      n_fallen += chunk->n_records;
    }

  if (n_chunks > 0)
    g_ptr_array_remove_range (self->chunks, 0, n_chunks);

  return n_fallen;
}

/**
 * be_event_ring_get_length:
 *
 * Returns: how many records there are.
 */
guint
be_event_ring_get_length (BeEventRing *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

/**
 * be_event_ring_get_bytes:
 *
 * Returns: the memory that the records and their index take.
 */
gsize
be_event_ring_get_bytes (BeEventRing *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->bytes;
}

/**
 * be_event_ring_get:
 * @position: 0 is the oldest record
 *
 * Returns: (nullable): the record, followed by its payload, lent until the
 *   next append or trim; %NULL when there is none at @position.
 */
const BeEventRecord *
be_event_ring_get (BeEventRing *self,
                   guint        position)
{
  guint64      wanted;
  guint        low = 0;
  guint        high;
  const Chunk *chunk;

  g_return_val_if_fail (self != NULL, NULL);

  if (position >= self->length)
    return NULL;

  wanted = self->n_appended - self->length + position;
  high = self->chunks->len - 1;
  while (low < high)
    {
      guint middle = high - (high - low) / 2;

      if (get_chunk (self, middle)->first <= wanted)
        low = middle;
      else
        high = middle - 1;
    }

  chunk = get_chunk (self, low);

  return (gconstpointer) (chunk->bytes + chunk->offsets[wanted - chunk->first]);
}
