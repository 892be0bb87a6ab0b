/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-list.h"

G_BEGIN_DECLS

/**
 * BeSocketList:
 *
 * The sockets that one side holds, as a list model of #BeSocketSummary in the
 * order in which they appeared: a server's clients or peers, a client's
 * connections; no listeners. Of the closed ones the newest 16 stay.
 *
 * Owns the summaries. Follows a network thread without keeping it, and ends
 * with its last reference. While a batch is read, @sockets may hold more than
 * the model says.
 */
struct _BeSocketList
{
  GObject parent_instance;

  BeSide     side;
  BePairing *pairing;

  GPtrArray  *sockets; /* of BeSocketSummary, owned */
  GHashTable *by_peer; /* peer_id → BeSocketSummary, unowned */
  GPtrArray  *changed; /* of BeSocketSummary, owned: those of this batch */
  guint       n_items;
  guint       n_open;

  BeSocketSummary *last; /* unowned: that of the last event; NULL: none */
  guint32          last_peer_id;
};

/* be-socket-list-reading.c */
void be_socket_list_read (BeSocketList        *self,
                          const BeEventRecord *record);

G_END_DECLS
