/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-list.h"

G_BEGIN_DECLS

#define BE_SOCKET_LIST_N_PROTOCOLS 3

/**
 * BeSocketList:
 *
 * The sockets that one side holds, as a list model of #BeSocketSummary in the
 * order in which they appeared: a server's clients or peers, a client's
 * connections; no listeners. Of the closed ones those 16 stay that were closed
 * last, and the others are counted.
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
  guint       n_closings;                            /* of all that ever were in it */
  guint       n_ended_sending;                       /* the same, by shutdown () */
  guint       n_removed[BE_SOCKET_LIST_N_PROTOCOLS]; /* closed too long ago to stay */

  BeSocketSummary *last; /* unowned: that of the last event; NULL: none */
  guint32          last_peer_id;
};

/* be-socket-list-reading.c */
void be_socket_list_read (BeSocketList        *self,
                          const BeEventRecord *record);

G_END_DECLS
