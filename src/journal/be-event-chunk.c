/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How records are put together, and come apart again. */

#include "be-event-chunk-private.h"

#include <string.h>

#define FIRST_BYTES 4096u
#define FIRST_RECORDS 32u
#define FIRST_ADDRESSES 4u
#define KEPT_PART 16u
#define KEPT_PART_OF_INDEX 4u
#define WHOLE_RECORD_ALIGNMENT_BYTES 8u

G_STATIC_ASSERT (BE_PACKED_RECORD_BYTES == 72);
G_STATIC_ASSERT (sizeof (BeEventRecord) == BE_PACKED_RECORD_BYTES + 2 * sizeof (BeAddress));
G_STATIC_ASSERT (BE_EVENT_CHUNK_MAX_ADDRESSES <= G_MAXUINT16);
G_STATIC_ASSERT (G_STRUCT_OFFSET (BeEventSpace, payload) == sizeof (BeEventRecord));

static void
reserve_bytes (BeEventChunk *self,
               gsize         size)
{
  gsize capacity = MAX (self->capacity, FIRST_BYTES);

  if (self->capacity - self->size >= size)
    return;

  /* Not twice what all of it will take. */
  while (capacity - self->size < size)
    capacity = capacity < self->expected_bytes ? MIN (2 * capacity, self->expected_bytes)
                                               : 2 * capacity;

  self->bytes = g_realloc (self->bytes, capacity);
  self->capacity = capacity;
}

static void
set_records_capacity (BeEventChunk *self,
                      guint         capacity)
{
  self->offsets = g_renew (guint32, self->offsets, capacity);
  self->traits = g_renew (guint8, self->traits, capacity);
  self->records_capacity = capacity;
}

static void
add_index (BeEventChunk *self,
           guint8        traits)
{
  if (self->n_records == self->records_capacity)
    set_records_capacity (self, MAX (2 * self->records_capacity, FIRST_RECORDS));

  self->offsets[self->n_records] = (guint32) self->size;
  self->traits[self->n_records] = traits;
  self->n_records++;
}

static gboolean
is_address (const BeEventChunk *self,
            guint               number,
            const BeAddress    *address)
{
  return number < self->n_addresses &&
         memcmp (&self->addresses[number], address, sizeof *address) == 0;
}

/* An address may be there twice, when another one took its place among the
 * recent ones; that costs 24 bytes, and no search. */
static guint16
add_address (BeEventChunk    *self,
             const BeAddress *address)
{
  guint16 *recent = &self->recent[be_address_hash (address) % BE_EVENT_CHUNK_RECENT];

  if (is_address (self, *recent, address))
    return *recent;

  if (self->n_addresses == self->addresses_capacity)
    {
      self->addresses_capacity = MAX (2 * self->addresses_capacity, FIRST_ADDRESSES);
      self->addresses = g_renew (BeAddress, self->addresses, self->addresses_capacity);
    }

  *recent = (guint16) self->n_addresses;
  self->addresses[self->n_addresses++] = *address;

  return *recent;
}

/* Very often both are those of the record before. */
static void
add_addresses (BeEventChunk        *self,
               const BeEventRecord *record)
{
  if (!is_address (self, self->last_local, &record->local))
    self->last_local = add_address (self, &record->local);
  if (!is_address (self, self->last_peer, &record->peer))
    self->last_peer = add_address (self, &record->peer);
}

static void
append_whole (BeEventChunk        *self,
              const BeEventRecord *record,
              guint32              connection)
{
  gsize          used = sizeof *record + record->kept_length;
  gsize          size = be_event_record_size_for (record->kept_length);
  gsize          padding = -self->size % WHOLE_RECORD_ALIGNMENT_BYTES;
  BeEventRecord *copy;

  reserve_bytes (self, padding + size);
  memset (self->bytes + self->size, 0, padding);
  self->size += padding;

  copy = (gpointer) (self->bytes + self->size);
  memcpy (copy, record, used);
  memset (self->bytes + self->size + used, 0, size - used);
  copy->size = (guint32) size;
  copy->connection = connection;

  add_index (self, be_event_criteria_describe (record) | BE_EVENT_TRAIT_WHOLE);
  self->size += size;
}

static void
append_packed (BeEventChunk        *self,
               const BeEventRecord *record,
               guint32              connection)
{
  gsize   size = BE_PACKED_RECORD_BYTES + record->kept_length;
  guint32 places;
  guint8 *packed;

  add_addresses (self, record);
  places = be_packed_record_make_places (self->last_local, self->last_peer);

  reserve_bytes (self, size);
  packed = self->bytes + self->size;
  memcpy (packed, record, BE_PACKED_RECORD_BYTES);
  memcpy (packed + G_STRUCT_OFFSET (BeEventRecord, size), &places, sizeof places);
  memcpy (packed + G_STRUCT_OFFSET (BeEventRecord, connection), &connection, sizeof connection);
  memcpy (packed + BE_PACKED_RECORD_BYTES, be_event_record_payload (record), record->kept_length);

  add_index (self, be_event_criteria_describe (record));
  self->size += size;
}

static void
unpack (const BeEventChunk *self,
        guint               index,
        BeEventSpace       *space)
{
  const guint8  *packed = self->bytes + self->offsets[index];
  BeEventRecord *record = &space->record;

  memcpy (record, packed, BE_PACKED_RECORD_BYTES);
  record->local = self->addresses[be_packed_record_get_local_place (record)];
  record->peer = self->addresses[be_packed_record_get_peer_place (record)];
  record->size = (guint32) be_event_record_size_for (record->kept_length);
  memcpy (space->payload, packed + BE_PACKED_RECORD_BYTES, record->kept_length);
}

/**
 * be_event_chunk_new:
 * @first: how many records came before, ever
 * @expected_bytes: what its records will most often take
 * @recent: unowned; room for %BE_EVENT_CHUNK_RECENT numbers, until the chunk is
 *   finished
 * @fallen: (nullable) (transfer full): a chunk that nobody looks at any more,
 *   whose memory is used again
 *
 * Returns: (transfer full): an empty chunk.
 */
BeEventChunk *
be_event_chunk_new (guint64       first,
                    gsize         expected_bytes,
                    guint16      *recent,
                    BeEventChunk *fallen)
{
  BeEventChunk *self = fallen != NULL ? fallen : g_new0 (BeEventChunk, 1);

  self->first = first;
  self->expected_bytes = expected_bytes;
  self->n_records = 0;
  self->size = 0;
  self->n_addresses = 0;
  self->last_local = 0;
  self->last_peer = 0;
  self->recent = recent;
  memset (recent, 0, BE_EVENT_CHUNK_RECENT * sizeof *recent);

  return self;
}

/**
 * be_event_chunk_free:
 *
 * Ends the chunk and all its records.
 */
void
be_event_chunk_free (BeEventChunk *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->bytes);
  g_free (self->offsets);
  g_free (self->traits);
  g_free (self->addresses);
  g_free (self);
}

/**
 * be_event_chunk_get_first:
 *
 * Returns: how many records came before this chunk's, ever.
 */
guint64
be_event_chunk_get_first (const BeEventChunk *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->first;
}

/**
 * be_event_chunk_get_length:
 *
 * Returns: how many records there are.
 */
guint
be_event_chunk_get_length (const BeEventChunk *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_records;
}

/**
 * be_event_chunk_get_size:
 *
 * Returns: the bytes of the records, without what stands beside them.
 */
gsize
be_event_chunk_get_size (const BeEventChunk *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

/**
 * be_event_chunk_get_memory:
 *
 * Returns: the memory that the chunk takes in all.
 */
gsize
be_event_chunk_get_memory (const BeEventChunk *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sizeof *self + self->capacity +
         self->records_capacity * (sizeof *self->offsets + sizeof *self->traits) +
         self->addresses_capacity * sizeof *self->addresses;
}

/**
 * be_event_chunk_append:
 * @record: with its payload right behind it; copied
 * @connection: the record's connection
 *
 * Not to be called when the chunk is full or finished. Records that were lent
 * before may move.
 */
void
be_event_chunk_append (BeEventChunk        *self,
                       const BeEventRecord *record,
                       guint32              connection)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->recent != NULL);
  g_return_if_fail (self->n_records < BE_EVENT_CHUNK_MAX_RECORDS);
  g_return_if_fail (record != NULL);

  if (record->kept_length > BE_EVENT_CHUNK_MAX_PACKED_BYTES)
    append_whole (self, record, connection);
  else
    append_packed (self, record, connection);
}

/**
 * be_event_chunk_finish:
 *
 * Gives back the memory that was kept for more records.
 */
void
be_event_chunk_finish (BeEventChunk *self)
{
  g_return_if_fail (self != NULL);

  /* A little more than there is may stay: another chunk will need it. */
  if (self->capacity - self->size > self->size / KEPT_PART)
    {
      self->bytes = g_realloc (self->bytes, self->size);
      self->capacity = self->size;
    }
  if (self->records_capacity - self->n_records > self->n_records / KEPT_PART_OF_INDEX)
    set_records_capacity (self, self->n_records);
  if (self->addresses_capacity - self->n_addresses > self->n_addresses / KEPT_PART)
    {
      self->addresses = g_renew (BeAddress, self->addresses, self->n_addresses);
      self->addresses_capacity = self->n_addresses;
    }
  self->recent = NULL;
}

/**
 * be_event_chunk_get:
 * @index: less than the length
 * @space: (out): where the record may be put
 *
 * Returns: the record, followed by its payload, in @space or in the chunk.
 */
const BeEventRecord *
be_event_chunk_get (const BeEventChunk *self,
                    guint               index,
                    BeEventSpace       *space)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_records, NULL);
  g_return_val_if_fail (space != NULL, NULL);

  if (self->traits[index] & BE_EVENT_TRAIT_WHOLE)
    /* Aligned by append_whole (). */
    return (gconstpointer) (self->bytes + self->offsets[index]);

  unpack (self, index, space);

  return &space->record;
}
