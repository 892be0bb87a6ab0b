/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-datagram-port.h"

#include "be-datagram-port-private.h"
#include "be-socket.h"

/* Room for 60 datagrams of the largest size before one is lost. */
#define SOCKET_BUFFER_BYTES (4 * 1024 * 1024)

gboolean
be_datagram_port_is_server (const BeDatagramPort *self)
{
  return self->parent.side == BE_SIDE_SERVER;
}

void
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

void
be_datagram_port_close (BeDatagramPort *self)
{
  if (self->socket == BE_SOCKET_NONE)
    return;

  be_poller_remove (be_network_thread_get_poller (self->parent.network), &self->watch);
  if (self->is_own_port)
    be_own_ports_remove (be_network_thread_get_own_ports (self->parent.network), &self->local);
  self->is_own_port = FALSE;
  be_datagram_queue_clear (&self->waiting);
  be_worker_close_socket (&self->parent, be_socket_steal (&self->socket), self->socket_id,
                          be_datagram_port_is_server (self) ? 0 : self->socket_id, &self->local,
                          be_datagram_port_is_server (self) ? NULL : &self->only_peer.address);
}

static gboolean
connect_to_peer (BeDatagramPort  *self,
                 const BeAddress *address,
                 guint16          flags)
{
  BeEventRecord record;
  int           error;
  int           result = be_socket_connect (self->socket, address, &error);

  self->only_peer.id = self->socket_id;
  self->only_peer.address = *address;
  be_socket_get_local (self->socket, &self->local);
  be_datagram_port_begin_record (self, &record, BE_CALL_CONNECT, &self->only_peer);
  if (result < 0)
    {
      record.flags = flags;
      record.state = BE_SYSTEM_STATE_CLOSED;
    }
  be_worker_report (&self->parent, &record, result, error);

  return result == 0;
}

/* Returns whether it succeeded. */
static gboolean
open_socket (BeDatagramPort  *self,
             const BeAddress *address,
             guint16          flags)
{
  const BeAddress *bound = NULL;
  BeAddress        asked = be_address_for_family (&self->asked_local, address->family);

  self->socket_id = be_network_thread_next_socket_id (self->parent.network);
  self->socket = be_worker_open_socket (&self->parent, address, self->socket_id, flags,
                                        BE_SYSTEM_STATE_CLOSED);
  if (self->socket == BE_SOCKET_NONE)
    return FALSE;

  if (be_datagram_port_is_server (self))
    bound = address;
  else if (self->asked_local.family != BE_ADDRESS_NONE)
    bound = &asked;

  be_socket_set_buffer_bytes (self->socket, SOCKET_BUFFER_BYTES);
  self->local = bound != NULL ? *bound : (BeAddress){ 0 };
  if (bound != NULL &&
      !be_worker_bind_socket (&self->parent, self->socket, bound, self->socket_id, flags,
                              BE_SYSTEM_STATE_UDP_BOUND))
    return FALSE;

  if (!be_datagram_port_is_server (self))
    return connect_to_peer (self, address, flags);

  be_socket_get_local (self->socket, &self->local);
  be_own_ports_add (be_network_thread_get_own_ports (self->parent.network), &self->local);
  self->is_own_port = TRUE;

  return TRUE;
}

static void
port_open (BeWorker        *worker,
           const BeAddress *addresses,
           guint            n_addresses)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  /* A server takes the first address that this computer has, a client the
   * first that the system has a way to. */
  for (guint i = 0; i < n_addresses; i++)
    {
      if (open_socket (self, &addresses[i], i + 1 < n_addresses ? BE_EVENT_MORE : 0))
        {
          be_poller_add (be_network_thread_get_poller (worker->network), &self->watch,
                         self->socket, G_IO_IN, be_datagram_port_ready_cb, self);
          return;
        }
      if (self->socket != BE_SOCKET_NONE)
        be_datagram_port_close (self);
    }
}

static void
port_send (BeWorker *worker,
           guint32   peer_id,
           GBytes   *bytes)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;
  gsize           length;
  const guint8   *data = g_bytes_get_data (bytes, &length);

  if (self->socket == BE_SOCKET_NONE)
    return;

  if (be_datagram_port_is_server (self) && peer_id == 0)
    {
      for (GList *link = be_datagram_peers_get_all (self->peers); link != NULL; link = link->next)
        be_datagram_port_send_or_keep (self, link->data, data, length, BE_EVENT_ON_REQUEST);
    }
  else
    {
      BeDatagramPeer *peer = be_datagram_port_find_peer (self, peer_id);

      if (peer != NULL)
        be_datagram_port_send_or_keep (self, peer, data, length, BE_EVENT_ON_REQUEST);
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
  if (!be_datagram_port_is_server (self) && ending != BE_WORKER_HALF_CLOSE)
    be_datagram_port_close (self);
}

static BeSocket
port_find_socket (BeWorker *worker,
                  guint32   socket_id)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  return socket_id == self->socket_id ? self->socket : BE_SOCKET_NONE;
}

static void
port_stop (BeWorker *worker)
{
  be_datagram_port_close ((BeDatagramPort *) worker);
}

static void
port_free (BeWorker *worker)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  g_clear_pointer (&self->peers, be_datagram_peers_free);
  g_free (self);
}

static const BeWorkerClass port_class = {
  .open = port_open,
  .send = port_send,
  .end_peer = port_end_peer,
  .find_socket = port_find_socket,
  .stop = port_stop,
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
