/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-chunk.h"

G_BEGIN_DECLS

/* What the two halves of BeEventChunk share: packing and scanning. */

#define BE_EVENT_CHUNK_MAX_ADDRESSES (2 * BE_EVENT_CHUNK_MAX_RECORDS)

/* In a record's traits: it stands there as it was. */
#define BE_EVENT_TRAIT_WHOLE (1 << 7)

/* A packed record is all of a BeEventRecord that comes before its addresses. Of
 * them it has the places in the chunk's table, where a record has its size, which
 * can be told from the rest. */
#define BE_PACKED_RECORD_BYTES G_STRUCT_OFFSET (BeEventRecord, local)

static inline guint32
be_packed_record_make_places (guint16 local,
                              guint16 peer)
{
  return (guint32) peer << 16 | local;
}

static inline guint16
be_packed_record_get_local_place (const BeEventRecord *self)
{
  return (guint16) self->size;
}

static inline guint16
be_packed_record_get_peer_place (const BeEventRecord *self)
{
  return (guint16) (self->size >> 16);
}

struct _BeEventChunk
{
  guint64 first; /* how many records came before this chunk's, ever */
  guint   n_records;

  guint8 *bytes;
  gsize   size;
  gsize   capacity;
  gsize   expected_bytes;

  guint32 *offsets;
  guint8  *traits; /* BeEventTraits */
  guint    records_capacity;

  BeAddress *addresses;
  guint      n_addresses;
  guint      addresses_capacity;
  guint16   *recent; /* unowned: hash → place of an address; NULL when finished */
  guint16    last_local;
  guint16    last_peer;
};

G_END_DECLS
