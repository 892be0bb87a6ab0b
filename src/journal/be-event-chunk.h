/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-criteria.h"

G_BEGIN_DECLS

#define BE_EVENT_CHUNK_MAX_RECORDS 4096u

/* Longer payloads stand behind a record as it was, and are lent where they
 * are; to copy them for every look would take longer than room is worth. */
#define BE_EVENT_CHUNK_MAX_PACKED_BYTES 1024u

/* What a chunk that grows needs to find addresses again. */
#define BE_EVENT_CHUNK_RECENT 1024u

/**
 * BeEventSpace:
 *
 * Room for one record that is made again from a packed one.
 */
typedef struct
{
  BeEventRecord record;
  guint8        payload[BE_EVENT_CHUNK_MAX_PACKED_BYTES];
} BeEventSpace;

/**
 * BeEventChunk:
 *
 * Some thousand records one behind another, packed: their addresses, which
 * are few, stand in a table, and one byte of each record aside, which is all
 * that most searches look at. Grows at its end until it is finished; belongs
 * to the ring.
 */
typedef struct _BeEventChunk BeEventChunk;

BeEventChunk        *be_event_chunk_new (guint64       first,
                                         gsize         expected_bytes,
                                         guint16      *recent,
                                         BeEventChunk *fallen);
void                 be_event_chunk_free (BeEventChunk *self);
guint64              be_event_chunk_get_first (const BeEventChunk *self);
guint                be_event_chunk_get_length (const BeEventChunk *self);
gsize                be_event_chunk_get_size (const BeEventChunk *self);
gsize                be_event_chunk_get_memory (const BeEventChunk *self);
void                 be_event_chunk_append (BeEventChunk        *self,
                                            const BeEventRecord *record,
                                            guint32              connection);
void                 be_event_chunk_finish (BeEventChunk *self);
const BeEventRecord *be_event_chunk_get (const BeEventChunk *self,
                                         guint               index,
                                         BeEventSpace       *space);
guint                be_event_chunk_scan (const BeEventChunk    *self,
                                          const BeEventCriteria *criteria,
                                          guint                  begin,
                                          guint                  end,
                                          guint32                base,
                                          guint32               *found);

G_END_DECLS
