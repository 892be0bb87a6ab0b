/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-ring.h"

#include "be-event-chunk.h"

#define CHUNK_MAX_BYTES (256u * 1024)

/* A chunk is what falls off at once, so it must be a small part of all. */
#define MIN_CHUNKS 8u

struct _BeEventRing
{
  guint max_events;
  gsize max_bytes;
  guint chunk_records;
  gsize chunk_bytes;

  GPtrArray *chunks; /* of BeEventChunk; only the last one grows */
  guint      length;
  gsize      bytes;      /* of all chunks but the last */
  guint64    n_appended; /* ever */

  guint16      *recent;   /* BE_EVENT_CHUNK_RECENT, for the chunk that grows */
  guint         n_fallen; /* records, since the last trim */
  BeEventChunk *fallen;   /* the one that fell off last; nothing looks at it any more */

  BeEventSpace *spaces; /* BE_EVENT_RING_LENT, for records that are lent */
  guint         next_space;
};

static BeEventChunk *
get_chunk (BeEventRing *self,
           guint        number)
{
  return g_ptr_array_index (self->chunks, number);
}

static void
free_chunk (gpointer chunk)
{
  g_clear_pointer ((BeEventChunk **) &chunk, be_event_chunk_free);
}

static gboolean
has_room (const BeEventRing  *self,
          const BeEventChunk *chunk,
          gsize               size)
{
  return be_event_chunk_get_length (chunk) < self->chunk_records &&
         size <= self->chunk_bytes &&
         be_event_chunk_get_size (chunk) <= self->chunk_bytes - size;
}

static gsize
get_bytes (BeEventRing *self)
{
  if (self->chunks->len == 0)
    return 0;

  return self->bytes + be_event_chunk_get_memory (get_chunk (self, self->chunks->len - 1));
}

/* Until both bounds hold. */
static void
drop_oldest (BeEventRing *self)
{
  guint n_chunks = 0;

  while (n_chunks + 1 < self->chunks->len &&
         (self->length > self->max_events || get_bytes (self) > self->max_bytes))
    {
      BeEventChunk *chunk = get_chunk (self, n_chunks);

      self->chunks->pdata[n_chunks++] = NULL;

      self->length -= be_event_chunk_get_length (chunk);
      self->bytes -= be_event_chunk_get_memory (chunk);
      self->n_fallen += be_event_chunk_get_length (chunk);

      /* The memory of one is for the next that is needed. */
      g_clear_pointer (&self->fallen, be_event_chunk_free);
      self->fallen = chunk;
    }

  if (n_chunks > 0)
    g_ptr_array_remove_range (self->chunks, 0, n_chunks);
}

static BeEventChunk *
get_chunk_for (BeEventRing *self,
               gsize        size)
{
  BeEventChunk *last = NULL;

  if (self->chunks->len > 0)
    {
      last = get_chunk (self, self->chunks->len - 1);
      if (has_room (self, last, size))
        return last;

      be_event_chunk_finish (last);
    }

  /* What falls off now is used again at once. */
  drop_oldest (self);
  if (last != NULL)
    self->bytes += be_event_chunk_get_memory (last);
  last = be_event_chunk_new (self->n_appended, self->chunk_bytes, self->recent, g_steal_pointer (&self->fallen));
  g_ptr_array_add (self->chunks, last);

  return last;
}

static guint64
get_first (const BeEventRing *self)
{
  return self->n_appended - self->length;
}

/* The number of the chunk with this record. */
static guint
find_chunk (BeEventRing *self,
            guint        position)
{
  guint64 wanted = get_first (self) + position;
  guint   low = 0;
  guint   high = self->chunks->len - 1;

  while (low < high)
    {
      guint middle = high - (high - low) / 2;

      if (be_event_chunk_get_first (get_chunk (self, middle)) <= wanted)
        low = middle;
      else
        high = middle - 1;
    }

  return low;
}

/* Where a chunk's first record stands. */
static guint
get_chunk_position (BeEventRing        *self,
                    const BeEventChunk *chunk)
{
  return (guint) (be_event_chunk_get_first (chunk) - get_first (self));
}

/**
 * be_event_ring_new:
 * @max_events: how many records to hold, at least 1
 * @max_bytes: how much memory to hold
 *
 * Both bounds are kept by be_event_ring_trim (), to within one chunk: an
 * eighth of them at most. Appending drops old chunks too, before it makes new
 * ones.
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
  self->chunk_records = CLAMP (max_events / MIN_CHUNKS, 1, BE_EVENT_CHUNK_MAX_RECORDS);
  self->chunk_bytes = CLAMP (max_bytes / MIN_CHUNKS, sizeof (BeEventRecord), CHUNK_MAX_BYTES);
  self->chunks = g_ptr_array_new_with_free_func (free_chunk);
  self->recent = g_new (guint16, BE_EVENT_CHUNK_RECENT);
  self->spaces = g_new (BeEventSpace, BE_EVENT_RING_LENT);

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
  g_clear_pointer (&self->fallen, be_event_chunk_free);
  g_free (self->recent);
  g_free (self->spaces);
  g_free (self);
}

/**
 * be_event_ring_append:
 * @record: with its payload right behind it; copied
 * @connection: the record's connection
 *
 * Records that were lent before may move, or fall off.
 */
void
be_event_ring_append (BeEventRing         *self,
                      const BeEventRecord *record,
                      guint32              connection)
{
  BeEventChunk *chunk;

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  chunk = get_chunk_for (self, be_event_record_size_for (record->kept_length));
  be_event_chunk_append (chunk, record, connection);

  self->length++;
  self->n_appended++;
}

/**
 * be_event_ring_trim:
 *
 * Drops the oldest chunks until both bounds hold. The newest chunk stays,
 * whatever its size.
 *
 * Returns: how many records fell off since the last call.
 */
guint
be_event_ring_trim (BeEventRing *self)
{
  guint n_fallen;

  g_return_val_if_fail (self != NULL, 0);

  drop_oldest (self);
  n_fallen = self->n_fallen;
  self->n_fallen = 0;

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
 * Returns: the memory that the records and what stands beside them take.
 */
gsize
be_event_ring_get_bytes (BeEventRing *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return get_bytes (self);
}

/**
 * be_event_ring_get:
 * @position: 0 is the oldest record
 *
 * Returns: (nullable): the record, followed by its payload, lent until the
 *   next append or trim, or until %BE_EVENT_RING_LENT others were asked for;
 *   %NULL when there is none at @position.
 */
const BeEventRecord *
be_event_ring_get (BeEventRing *self,
                   guint        position)
{
  const BeEventChunk *chunk;
  BeEventSpace       *space;

  g_return_val_if_fail (self != NULL, NULL);

  if (position >= self->length)
    return NULL;

  chunk = get_chunk (self, find_chunk (self, position));
  space = &self->spaces[self->next_space++ % BE_EVENT_RING_LENT];

  return be_event_chunk_get (chunk, position - get_chunk_position (self, chunk), space);
}

/**
 * be_event_ring_find_step:
 * @end: more than 0, at most the length
 *
 * Returns: where to begin, so that the records from there to before @end are
 *   a small piece of work, of some thousand records.
 */
guint
be_event_ring_find_step (BeEventRing *self,
                         guint        end)
{
  const BeEventChunk *chunk;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (end > 0 && end <= self->length, 0);

  chunk = get_chunk (self, find_chunk (self, end - 1));

  return get_chunk_position (self, chunk);
}

/**
 * be_event_ring_scan:
 * @begin: the first position to look at
 * @end: behind the last one, at most the length
 * @n_hidden: subtracted from what is found
 * @found: (out): room for @end − @begin positions
 *
 * Returns: at how many positions there is a wanted record; @found tells which.
 */
guint
be_event_ring_scan (BeEventRing           *self,
                    const BeEventCriteria *criteria,
                    guint                  begin,
                    guint                  end,
                    guint                  n_hidden,
                    guint32               *found)
{
  guint n_found = 0;
  guint number;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (criteria != NULL, 0);
  g_return_val_if_fail (begin <= end && end <= self->length, 0);
  g_return_val_if_fail (found != NULL, 0);

  if (begin == end)
    return 0;

  for (number = find_chunk (self, begin); begin < end; number++)
    {
      const BeEventChunk *chunk = get_chunk (self, number);
      guint               base = get_chunk_position (self, chunk);
      guint               part_end = MIN (base + be_event_chunk_get_length (chunk), end);

      n_found += be_event_chunk_scan (chunk, criteria, begin - base, part_end - base,
                                      base - n_hidden, found + n_found);
      begin = part_end;
    }

  return n_found;
}
