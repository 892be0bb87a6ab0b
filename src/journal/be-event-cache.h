/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event.h"

G_BEGIN_DECLS

/**
 * BeEventCache:
 *
 * The events that somebody holds, so that who asks twice for the same gets
 * the same. Belongs to the journal and ends with it; the events may outlive
 * it, and it keeps none alive.
 */
typedef struct _BeEventCache BeEventCache;

BeEventCache *be_event_cache_new (void);
void          be_event_cache_free (BeEventCache *self);
BeEvent      *be_event_cache_dup_event (BeEventCache        *self,
                                        guint32              key,
                                        const BeEventRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeEventCache, be_event_cache_free)

G_END_DECLS
