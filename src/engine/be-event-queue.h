/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeEventQueue:
 *
 * Records on their way from the network thread to their reader: one thread
 * writes, one reads, and neither waits for the other. They stand in chunks of
 * memory that go to and fro between the two. Owned by the network thread's
 * object and ends with it.
 *
 * Bounded in three ways. Long payloads are kept whole as long as there is
 * credit for them, for a burst and then at a steady rate, or copying them would
 * cost more than moving them. When the reader is late, payloads are cut to
 * their first bytes, then events that only moved bytes, or failed to move a
 * datagram, are left out. All of it is counted. Events that change a state are
 * always kept: each socket has a few of them.
 */
typedef struct _BeEventQueue BeEventQueue;

#define BE_EVENT_QUEUE_FULL_BYTES (4u * 1024 * 1024)
#define BE_EVENT_QUEUE_HARD_BYTES (2 * BE_EVENT_QUEUE_FULL_BYTES)
#define BE_EVENT_QUEUE_CUT_BYTES 64u

/* Shorter payloads cost no credit. */
#define BE_EVENT_QUEUE_SHORT_BYTES 256u
#define BE_EVENT_QUEUE_BURST_BYTES BE_EVENT_QUEUE_FULL_BYTES
#define BE_EVENT_QUEUE_BYTES_PER_SECOND (16u * 1000 * 1000)

BeEventQueue *be_event_queue_new (void);
void          be_event_queue_free (BeEventQueue *self);

/* For the one who writes. */
void     be_event_queue_set_credit (BeEventQueue *self,
                                    gsize         burst,
                                    gsize         per_second);
void     be_event_queue_push (BeEventQueue  *self,
                              BeEventRecord *record,
                              const guint8  *payload,
                              gboolean       needs_credit);
gboolean be_event_queue_must_tell (BeEventQueue *self);
gsize    be_event_queue_get_waiting (BeEventQueue *self);

/* For the one who reads. */
void be_event_queue_take (BeEventQueue *self,
                          BeEventBatch *batch);
void be_event_queue_release (BeEventQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeEventQueue, be_event_queue_free)

G_END_DECLS
