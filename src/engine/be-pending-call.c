/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pending-call.h"

G_DEFINE_BOXED_TYPE (BePendingCall, be_pending_call, be_pending_call_ref, be_pending_call_unref)

/**
 * be_pending_call_new:
 * @values: copied; @bytes gets a reference
 *
 * Returns: (transfer full): a pending call
 */
BePendingCall *
be_pending_call_new (const BePendingCall *values)
{
  BePendingCall *self = g_atomic_rc_box_new (BePendingCall);

  *self = *values;
  if (self->bytes != NULL)
    g_bytes_ref (self->bytes);

  return self;
}

BePendingCall *
be_pending_call_ref (BePendingCall *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BePendingCall *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
}

void
be_pending_call_unref (BePendingCall *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}
