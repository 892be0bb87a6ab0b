/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeTextMatcher:
 *
 * Where a text is: in the payload of a record, in its addresses or in the
 * name of its call. Made for going through many of them; belongs to the
 * filter that asks, and ends with the question.
 */
typedef struct _BeTextMatcher BeTextMatcher;

BeTextMatcher *be_text_matcher_new (const char *text);
void           be_text_matcher_free (BeTextMatcher *self);
gboolean       be_text_matcher_matches_call (const BeTextMatcher *self,
                                             guint                call);
gboolean       be_text_matcher_matches_payload (const BeTextMatcher *self,
                                                const guint8        *bytes,
                                                gsize                length);
gboolean       be_text_matcher_matches_address (BeTextMatcher   *self,
                                                const BeAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeTextMatcher, be_text_matcher_free)

G_END_DECLS
