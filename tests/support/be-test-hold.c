/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-hold.h"

#include "be-network-thread-private.h"
#include "be-test.h"

static void
hold_cb (gpointer data)
{
  BeTestHold *self = data;

  g_atomic_int_set (&self->has_begun, TRUE);
  while (g_atomic_int_get (&self->is_over) == FALSE)
    g_thread_yield ();

  /* The test may leave its function now. */
  g_atomic_int_set (&self->has_begun, FALSE);
}

/* Returns when the thread does nothing any more. */
void
be_test_hold_begin (BeTestHold      *self,
                    BeNetworkThread *network)
{
  *self = (BeTestHold){ 0 };
  be_network_thread_post (network, hold_cb, self);
  be_test_wait_until (g_atomic_int_get (&self->has_begun));
}

void
be_test_hold_end (BeTestHold *self)
{
  g_atomic_int_set (&self->is_over, TRUE);
  while (g_atomic_int_get (&self->has_begun))
    g_thread_yield ();
}
