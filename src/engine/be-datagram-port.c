/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-datagram-port.h"

#include "be-datagram-port-private.h"
#include "be-hot.h"

BE_HOT void
be_datagram_port_begin_record (const BeDatagramPort *self,
                               BeEventRecord        *record,
                               BeCall                call,
                               const BeDatagramPeer *peer)
{
  be_worker_begin_record (&self->parent, record, call, self->socket_id);
  record->local = self->local;
  record->state = be_datagram_port_is_server (self) ? BE_SYSTEM_STATE_UDP_BOUND : BE_SYSTEM_STATE_UDP_CONNECTED;
  if (peer != NULL)
    {
      record->peer_id = peer->id;
      record->peer = peer->address;
    }
}

static void
send_one (BeDatagramPort *self,
          BeDatagramPeer *peer,
          GBytes         *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (self->parent.gate == NULL ||
      !be_datagram_port_hold_send (self, peer, bytes, BE_EVENT_ON_REQUEST))
    be_datagram_port_send_or_keep (self, peer, data, length, BE_EVENT_ON_REQUEST);
}

static void
port_send (BeWorker *worker,
           guint32   peer_id,
           GBytes   *bytes)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  if (!self->watch.is_added)
    return;

  if (be_datagram_port_is_server (self) && peer_id == 0)
    {
      for (GList *link = be_datagram_peers_get_all (self->peers); link != NULL; link = link->next)
        send_one (self, link->data, bytes);
    }
  else
    {
      BeDatagramPeer *peer = be_datagram_port_find_peer (self, peer_id);

      if (peer != NULL)
        send_one (self, peer, bytes);
    }

  be_datagram_port_update_conditions (self);
}

static void
port_end_peer (BeWorker      *worker,
               guint32        peer_id,
               BeWorkerEnding ending)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  /* A server's peers are no connections: there is nothing to end. */
  if (be_datagram_port_is_server (self) || ending == BE_WORKER_HALF_CLOSE || !self->watch.is_added)
    return;

  if (worker->gate == NULL || !be_datagram_port_hold_close (self))
    be_datagram_port_close (self);
}

static BeSocket
port_find_socket (BeWorker *worker,
                  guint32   socket_id,
                  guint32  *peer_id)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  *peer_id = be_datagram_port_is_server (self) ? 0 : socket_id;
  return socket_id == self->socket_id ? self->socket : BE_SOCKET_NONE;
}

static void
port_update (BeWorker *worker)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  if (self->watch.is_added)
    be_datagram_port_update_conditions (self);
}

static void
port_free (BeWorker *worker)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  g_clear_pointer (&self->peers, be_datagram_peers_free);
  g_clear_pointer (&self->addresses, g_free);
  g_free (self);
}

static const BeWorkerClass port_class = {
  .open = be_datagram_port_open,
  .send = port_send,
  .end_peer = port_end_peer,
  .find_socket = port_find_socket,
  .update = port_update,
  .stop = be_datagram_port_stop,
  .free = port_free,
};

static BeDatagramPort *
port_new (BeNetworkThread *network,
          guint32          session_id,
          BeSide           side,
          BeReplyRule      rule,
          guint            receive_bytes)
{
  BeDatagramPort *self = g_new0 (BeDatagramPort, 1);

  self->socket = BE_SOCKET_NONE;
  self->parent.klass = &port_class;
  self->parent.network = network;
  self->parent.session_id = session_id;
  self->parent.side = side;
  self->parent.protocol = BE_PROTOCOL_UDP;
  self->rule = rule;
  self->receive_bytes = receive_bytes;
  self->batch_size = (BeBatchSize) BE_BATCH_SIZE_INIT;
  g_queue_init (&self->waiting);

  return self;
}

/**
 * be_datagram_port_new_server:
 * @max_peers: how many peers are remembered
 * @receive_bytes: what one recvfrom () takes at most; of a longer datagram
 *   the rest is lost
 *
 * Returns: (transfer full): a worker that has not opened anything yet
 */
BeWorker *
be_datagram_port_new_server (BeNetworkThread *network,
                             guint32          session_id,
                             BeReplyRule      rule,
                             guint            max_peers,
                             guint            receive_bytes)
{
  BeDatagramPort *self = port_new (network, session_id, BE_SIDE_SERVER, rule, receive_bytes);

  self->peers = be_datagram_peers_new (max_peers);
  return &self->parent;
}

/**
 * be_datagram_port_new_client:
 * @local: (nullable): the address to send from; %NULL leaves it to the system
 * @receive_bytes: what one recv () takes at most; of a longer datagram the
 *   rest is lost
 *
 * Returns: (transfer full): a worker that has not opened anything yet
 */
BeWorker *
be_datagram_port_new_client (BeNetworkThread *network,
                             guint32          session_id,
                             const BeAddress *local,
                             guint            receive_bytes)
{
  BeDatagramPort *self = port_new (network, session_id, BE_SIDE_CLIENT, BE_REPLY_NONE,
                                   receive_bytes);

  /* What it gets was asked for: replies. */
  self->parent.keeps_payloads = TRUE;
  if (local != NULL)
    self->asked_local = *local;

  return &self->parent;
}
