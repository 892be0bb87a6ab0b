/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event.h"
#include "be-network-thread.h"

G_BEGIN_DECLS

#define BE_TALLY_CALLS 32

/**
 * BeTally:
 *
 * How often each call has returned and failed, and how many bytes it moved, on
 * one network thread: a log that keeps no event, for runs with very many of
 * them. Ends before the network thread.
 */
typedef struct
{
  BeNetworkThread *network;
  gulong           handler;

  guint   n_calls[BE_TALLY_CALLS];
  guint   n_failures[BE_TALLY_CALLS];
  guint64 n_bytes[BE_TALLY_CALLS];
  guint64 n_lost;
  gint64  last_time; /* of the newest event, as the network thread saw it */
} BeTally;

BeTally *be_tally_new (BeNetworkThread *network);
void     be_tally_free (BeTally *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeTally, be_tally_free)

G_END_DECLS
