/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-batch-size.h"

#include "be-hot.h"

/* Up and down by this: one that came alone does not say that the crowd is over. */
#define STEP 4u

/* The only way to see that more have come is to ask for more. */
#define SINGLES_BEFORE_GROWTH 8u

/**
 * be_batch_size_note:
 * @n_found: how many there were, at most as many as were wanted
 * @limit: how many to ask for at most
 */
BE_HOT void
be_batch_size_note (BeBatchSize *self,
                    guint        n_found,
                    guint        limit)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (n_found <= self->wanted);
  g_return_if_fail (limit > 0);

  if (n_found == 1 && self->wanted == 1 && ++self->n_singles < SINGLES_BEFORE_GROWTH)
    return;

  self->n_singles = 0;
  self->wanted = CLAMP (n_found == self->wanted ? STEP * n_found : MAX (n_found, self->wanted / STEP), 1, limit);
}
