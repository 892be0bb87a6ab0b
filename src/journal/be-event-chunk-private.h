/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-chunk.h"

G_BEGIN_DECLS

/* What the two halves of BeEventChunk share: packing and scanning. */

#define BE_EVENT_CHUNK_MAX_ADDRESSES (2 * BE_EVENT_CHUNK_MAX_RECORDS)

/* In a record's traits: it stands there as it was. */
#define BE_EVENT_TRAIT_WHOLE (1 << 7)

/* All of a BeEventRecord that cannot be told from the rest: not its size, and
 * of its addresses the place in the chunk's table. */
typedef struct
{
  guint64 sequence;
  gint64  time;
  guint64 position;
  guint32 kept_length;
  guint32 session_id;
  guint32 socket_id;
  guint32 peer_id;
  guint32 connection;
  gint32  result;
  gint32  error;
  guint32 payload_length;
  guint32 detail;
  guint16 flags;
  guint16 local;
  guint16 peer;
  guint8  side;
  guint8  call;
  guint8  protocol;
  guint8  state;
} BePackedRecord;

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
