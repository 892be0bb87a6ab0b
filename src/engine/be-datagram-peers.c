/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-datagram-peers.h"

#include "be-hot.h"

struct _BeDatagramPeers
{
  GHashTable *by_address; /* BeAddress → BeDatagramPeer, owned */
  GHashTable *by_id;
  GQueue      by_use; /* the longest unused first */
  guint       max_peers;
};

static guint
hash_address (gconstpointer key)
{
  return be_address_hash (key);
}

static gboolean
equal_addresses (gconstpointer a,
                 gconstpointer b)
{
  return be_address_equal (a, b);
}

BeDatagramPeers *
be_datagram_peers_new (guint max_peers)
{
  BeDatagramPeers *self = g_new0 (BeDatagramPeers, 1);

  self->by_address = g_hash_table_new_full (hash_address, equal_addresses, NULL, g_free);
  self->by_id = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->by_use);
  self->max_peers = MAX (max_peers, 1);

  return self;
}

void
be_datagram_peers_free (BeDatagramPeers *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_address);
  g_free (self);
}

/**
 * be_datagram_peers_use:
 *
 * Returns: (transfer none) (nullable): the peer with this address, which
 *   counts as used now; or %NULL when it is not known
 */
BE_HOT BeDatagramPeer *
be_datagram_peers_use (BeDatagramPeers *self,
                       const BeAddress *address)
{
  BeDatagramPeer *peer;

  g_return_val_if_fail (self != NULL, NULL);

  /* Very often the one of last time again. */
  peer = self->by_use.tail != NULL ? self->by_use.tail->data : NULL;
  if (peer != NULL && be_address_equal (&peer->address, address))
    return peer;

  peer = g_hash_table_lookup (self->by_address, address);
  if (peer == NULL)
    return NULL;

  g_queue_unlink (&self->by_use, &peer->link);
  g_queue_push_tail_link (&self->by_use, &peer->link);

  return peer;
}

/**
 * be_datagram_peers_add:
 * @address: not known yet
 * @id: the new peer's number
 * @forgotten_id: (out): the peer that had to go, or 0
 *
 * Returns: (transfer none): the new peer
 */
BeDatagramPeer *
be_datagram_peers_add (BeDatagramPeers *self,
                       const BeAddress *address,
                       guint32          id,
                       guint32         *forgotten_id)
{
  BeDatagramPeer *peer;

  g_return_val_if_fail (self != NULL, NULL);

  *forgotten_id = 0;
  if (self->by_use.length >= self->max_peers)
    {
      BeDatagramPeer *oldest = g_queue_pop_head_link (&self->by_use)->data;

      *forgotten_id = oldest->id;
      g_hash_table_remove (self->by_id, GUINT_TO_POINTER (oldest->id));
      g_hash_table_remove (self->by_address, &oldest->address);
    }

  peer = g_new0 (BeDatagramPeer, 1);
  peer->address = *address;
  peer->id = id;
  peer->link.data = peer;
  g_queue_push_tail_link (&self->by_use, &peer->link);
  g_hash_table_insert (self->by_address, &peer->address, peer);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (id), peer);

  return peer;
}

BeDatagramPeer *
be_datagram_peers_find (BeDatagramPeers *self,
                        guint32          id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));
}

/**
 * be_datagram_peers_get_max:
 *
 * Returns: how many peers are remembered at most
 */
BE_HOT guint
be_datagram_peers_get_max (BeDatagramPeers *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_peers;
}

/**
 * be_datagram_peers_get_all:
 *
 * Returns: (transfer none) (element-type BeDatagramPeer): everybody, the
 *   longest unused first
 */
GList *
be_datagram_peers_get_all (BeDatagramPeers *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->by_use.head;
}
