/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-outcome.h"

G_BEGIN_DECLS

#define BE_MAX_CAUSES 3

/**
 * BeOutcomeTexts:
 *
 * All that there is to say of one outcome, in English and marked for
 * translation; what stands in braces is not filled in yet.
 */
typedef struct
{
  const char *title;                     /* a plain sentence, without its full stop */
  const char *reason;                    /* what the network or the system did */
  const char *causes[BE_MAX_CAUSES + 1]; /* the likeliest first, ends with NULL */
  const char *remedy;                    /* what a person can do now */
  gboolean    is_cause_known;            /* there is one, and no other can be */
} BeOutcomeTexts;

const BeOutcomeTexts *be_outcome_texts_get (BeOutcome outcome);
const BeOutcomeTexts *be_outcome_texts_get_at_end (BeOutcome outcome);

G_END_DECLS
