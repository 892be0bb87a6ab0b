/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeEventQueue:
 *
 * Records on their way from the network thread to their reader. Two buffers:
 * one is written while the other is read, and they change places when the
 * reader asks. Any thread may write, one reads. Owned by the network thread's
 * object and ends with it.
 *
 * Bounded: when the reader is late, payloads are cut to their first bytes,
 * then events that only moved bytes, or failed to move a datagram, are left
 * out; both are counted. Events that change a state are always kept: each
 * socket has a few of them.
 */
typedef struct _BeEventQueue BeEventQueue;

#define BE_EVENT_QUEUE_FULL_BYTES (4u * 1024 * 1024)
#define BE_EVENT_QUEUE_HARD_BYTES (2 * BE_EVENT_QUEUE_FULL_BYTES)
#define BE_EVENT_QUEUE_CUT_BYTES 64u

BeEventQueue *be_event_queue_new (void);
void          be_event_queue_free (BeEventQueue *self);
gboolean      be_event_queue_push (BeEventQueue  *self,
                                   BeEventRecord *record,
                                   const guint8  *payload);
void          be_event_queue_take (BeEventQueue *self,
                                   BeEventBatch *batch);
void          be_event_queue_release (BeEventQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeEventQueue, be_event_queue_free)

G_END_DECLS
