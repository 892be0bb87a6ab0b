/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"
#include "be-reply-loop.h"

G_BEGIN_DECLS

/**
 * BeDatagramPeer:
 *
 * Somebody a UDP socket has heard from or sent to.
 */
typedef struct
{
  BeAddress address;
  guint32   id;
  guint64   bytes_received;
  guint64   bytes_sent;

  BeReplyLoop reply_loop;

  GList link; /* in order of use */
} BeDatagramPeer;

/**
 * BeDatagramPeers:
 *
 * The peers of one UDP server, at most so many: the one not heard of for the
 * longest time is forgotten for a new one. UDP has no connections, so nobody
 * says when a peer is gone. Belongs to the port and ends with it.
 */
typedef struct _BeDatagramPeers BeDatagramPeers;

BeDatagramPeers *be_datagram_peers_new (guint max_peers);
void             be_datagram_peers_free (BeDatagramPeers *self);
BeDatagramPeer  *be_datagram_peers_use (BeDatagramPeers *self,
                                        const BeAddress *address);
BeDatagramPeer  *be_datagram_peers_add (BeDatagramPeers *self,
                                        const BeAddress *address,
                                        guint32          id,
                                        guint32         *forgotten_id);
BeDatagramPeer  *be_datagram_peers_find (BeDatagramPeers *self,
                                         guint32          id);
guint            be_datagram_peers_get_max (BeDatagramPeers *self);
GList           *be_datagram_peers_get_all (BeDatagramPeers *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeDatagramPeers, be_datagram_peers_free)

G_END_DECLS
