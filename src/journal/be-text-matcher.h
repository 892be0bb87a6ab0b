/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeTextMatcher:
 *
 * Which records contain a text. Made for going through many of them; belongs
 * to the filter that asks, and ends with the question.
 */
typedef struct _BeTextMatcher BeTextMatcher;

BeTextMatcher *be_text_matcher_new (const char *text);
void           be_text_matcher_free (BeTextMatcher *self);
gboolean       be_text_matcher_matches (BeTextMatcher       *self,
                                        const BeEventRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeTextMatcher, be_text_matcher_free)

G_END_DECLS
