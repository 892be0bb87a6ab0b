/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-tally.h"

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           BeTally            *self)
{
  self->n_lost += batch->n_lost;
  for (const BeEventRecord *record = be_event_batch_first (batch);
       record != NULL;
       record = be_event_batch_next (batch, record))
    {
      g_assert_cmpuint (record->call, <, BE_TALLY_CALLS);
      self->n_calls[record->call]++;
      self->last_time = record->time;
      if (record->result < 0)
        self->n_failures[record->call]++;
      else
        self->n_bytes[record->call] += record->payload_length;
    }
}

BeTally *
be_tally_new (BeNetworkThread *network)
{
  BeTally *self = g_new0 (BeTally, 1);

  self->network = g_object_ref (network);
  self->handler = g_signal_connect (network, "events", G_CALLBACK (events_cb), self);

  return self;
}

void
be_tally_free (BeTally *self)
{
  g_signal_handler_disconnect (self->network, self->handler);
  g_object_unref (self->network);
  g_free (self);
}
