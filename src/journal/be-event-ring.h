/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-criteria.h"

G_BEGIN_DECLS

/* As many records as a reader may look at side by side. */
#define BE_EVENT_RING_LENT 128u

/**
 * BeEventRing:
 *
 * The newest records, packed in chunks; whole chunks fall off at the head. Not
 * an object: it belongs to the journal and ends with it.
 */
typedef struct _BeEventRing BeEventRing;

BeEventRing         *be_event_ring_new (guint max_events,
                                        gsize max_bytes);
void                 be_event_ring_free (BeEventRing *self);
void                 be_event_ring_append (BeEventRing         *self,
                                           const BeEventRecord *record,
                                           guint32              connection);
guint                be_event_ring_trim (BeEventRing *self);
guint                be_event_ring_get_length (BeEventRing *self);
gsize                be_event_ring_get_bytes (BeEventRing *self);
const BeEventRecord *be_event_ring_get (BeEventRing *self,
                                        guint        position);
guint                be_event_ring_find_step (BeEventRing *self,
                                              guint        end);
guint                be_event_ring_scan (BeEventRing           *self,
                                         const BeEventCriteria *criteria,
                                         guint                  begin,
                                         guint                  end,
                                         guint                  n_hidden,
                                         guint32               *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeEventRing, be_event_ring_free)

G_END_DECLS
