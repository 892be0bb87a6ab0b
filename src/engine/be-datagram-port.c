/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-datagram-port.h"

#include "be-datagram-peers.h"
#include "be-datagram-queue.h"
#include "be-socket.h"

#define READS_PER_TURN 64

/* Room for 60 datagrams of the largest size before one is lost. */
#define SOCKET_BUFFER_BYTES (4 * 1024 * 1024)

/**
 * BeDatagramPort:
 *
 * One UDP socket: the worker of a UDP server, which is bound and answers
 * whoever sends, or of a UDP client, which is connected to one peer, so that
 * a refusal reaches it (connect(2), udp(7)). Calls are made in receive_once ()
 * and send_now ().
 *
 * Owns the socket, the peers it knows, and the few datagrams that the system
 * had no room for; while any waits it reads no more. Trouble is an event and
 * ends nothing: it lasts until it is stopped.
 */
typedef struct
{
  BeWorker parent;

  BeReplyRule rule;
  gsize       receive_bytes;
  BeAddress   asked_local; /* client: what to send from, if anything */

  GSocket      *socket;
  guint32       socket_id;
  BeAddress     local;
  BePollerWatch watch;
  gboolean      is_own_port; /* known to the other servers */

  BeDatagramPeers *peers;     /* server */
  BeDatagramPeer   only_peer; /* client */

  BeDatagramQueue waiting;
} BeDatagramPort;

static gboolean
is_server (BeDatagramPort *self)
{
  return self->parent.side == BE_SIDE_SERVER;
}

static void
begin_record (BeDatagramPort       *self,
              BeEventRecord        *record,
              BeCall                call,
              const BeDatagramPeer *peer)
{
  be_worker_begin_record (&self->parent, record, call, self->socket_id);
  record->local = self->local;
  record->state = is_server (self) ? BE_SYSTEM_STATE_UDP_BOUND : BE_SYSTEM_STATE_UDP_CONNECTED;
  if (peer != NULL)
    {
      record->peer_id = peer->id;
      record->peer = peer->address;
    }
}

static void
update_conditions (BeDatagramPort *self)
{
  be_poller_set_conditions (be_network_thread_get_poller (self->parent.network), &self->watch,
                            g_queue_is_empty (&self->waiting) ? G_IO_IN : G_IO_OUT);
}

static BeDatagramPeer *
find_peer (BeDatagramPort *self,
           guint32         peer_id)
{
  if (is_server (self))
    return be_datagram_peers_find (self->peers, peer_id);

  return &self->only_peer;
}

/* Returns FALSE when the system has no room now and nothing was done. */
static gboolean
send_now (BeDatagramPort *self,
          BeDatagramPeer *peer,
          const guint8   *bytes,
          gsize           length,
          guint16         flags)
{
  BeEventRecord record;
  int           error;
  gssize        sent = be_socket_sendto (self->socket, is_server (self) ? &peer->address : NULL,
                                         bytes, length, &error);

  if (sent < 0 && be_socket_error_is_retry (error))
    return FALSE;

  begin_record (self, &record, is_server (self) ? BE_CALL_SENDTO : BE_CALL_SEND, peer);
  record.flags = flags;
  record.result = (gint32) sent;
  record.error = error;
  record.position = peer->bytes_sent;
  if (sent > 0)
    {
      record.payload_length = (guint32) sent;
      record.kept_length = (guint32) sent;
      peer->bytes_sent += (guint64) sent;
    }
  be_network_thread_report (self->parent.network, &record, bytes);

  return TRUE;
}

static void
send_or_keep (BeDatagramPort *self,
              BeDatagramPeer *peer,
              const guint8   *bytes,
              gsize           length,
              guint16         flags)
{
  BeEventRecord record;

  if (g_queue_is_empty (&self->waiting) && send_now (self, peer, bytes, length, flags))
    return;

  if (be_datagram_queue_push (&self->waiting, peer->id, flags, bytes, length))
    return;

  begin_record (self, &record, is_server (self) ? BE_CALL_SENDTO : BE_CALL_SEND, peer);
  record.flags = flags | BE_EVENT_LIMIT;
  record.position = peer->bytes_sent;
  be_worker_report (&self->parent, &record, -1, be_socket_error_no_buffers ());
}

static void
send_waiting (BeDatagramPort *self)
{
  const BeDatagram *datagram;

  while ((datagram = be_datagram_queue_peek (&self->waiting)) != NULL)
    {
      BeDatagramPeer *peer = find_peer (self, datagram->peer_id);
      gsize           length;
      const guint8   *bytes = g_bytes_get_data (datagram->bytes, &length);

      if (peer != NULL && !send_now (self, peer, bytes, length, datagram->flags))
        return;

      be_datagram_queue_drop (&self->waiting);
    }
}

static BeDatagramPeer *
find_or_add_sender (BeDatagramPort  *self,
                    const BeAddress *from,
                    guint32         *forgotten_id)
{
  BeDatagramPeer *peer;

  *forgotten_id = 0;
  if (!is_server (self))
    return &self->only_peer;

  peer = be_datagram_peers_use (self->peers, from);
  if (peer == NULL)
    peer = be_datagram_peers_add (self->peers, from,
                                  be_network_thread_next_socket_id (self->parent.network),
                                  forgotten_id);

  return peer;
}

static void
report_receive_failure (BeDatagramPort *self,
                        int             error)
{
  BeEventRecord record;

  begin_record (self, &record, is_server (self) ? BE_CALL_RECVFROM : BE_CALL_RECV,
                is_server (self) ? NULL : &self->only_peer);
  record.position = is_server (self) ? 0 : self->only_peer.bytes_received;
  be_worker_report (&self->parent, &record, -1, error);
}

static void
report_received (BeDatagramPort *self,
                 BeDatagramPeer *peer,
                 const guint8   *bytes,
                 gsize           length,
                 gboolean        is_truncated,
                 gboolean        is_loop,
                 guint32         forgotten_id)
{
  BeEventRecord record;

  begin_record (self, &record, is_server (self) ? BE_CALL_RECVFROM : BE_CALL_RECV, peer);
  record.result = (gint32) length;
  record.payload_length = (guint32) length;
  record.kept_length = (guint32) length;
  record.position = peer->bytes_received;
  if (is_truncated)
    record.flags |= BE_EVENT_TRUNCATED;
  if (is_loop || forgotten_id != 0)
    record.flags |= BE_EVENT_LIMIT;
  record.detail = forgotten_id;
  peer->bytes_received += length;
  be_network_thread_report (self->parent.network, &record, bytes);
}

/* Returns FALSE when there is nothing more to read now. */
static gboolean
receive_once (BeDatagramPort *self)
{
  gsize           size;
  guint8         *buffer = be_network_thread_get_buffer (self->parent.network, &size);
  BeAddress       from = { 0 };
  BeDatagramPeer *peer;
  gboolean        is_truncated;
  gboolean        is_loop;
  guint32         forgotten_id;
  gssize          received;
  int             error;

  received = be_socket_recvfrom (self->socket, buffer, MIN (size, self->receive_bytes), &from,
                                 &is_truncated, &error);
  if (received < 0)
    {
      if (!be_socket_error_is_retry (error))
        report_receive_failure (self, error);
      return FALSE;
    }

  peer = find_or_add_sender (self, &from, &forgotten_id);
  is_loop = be_reply_loop_is_closed (&peer->reply_loop, self->rule, buffer, (gsize) received);
  report_received (self, peer, buffer, (gsize) received, is_truncated, is_loop, forgotten_id);

  /* An empty datagram is answered by an empty one, a server not at all: two
   * that answer each other never stop. */
  if (is_loop || self->rule == BE_REPLY_NONE || be_network_thread_is_own_port (self->parent.network, &from))
    return TRUE;

  send_or_keep (self, peer, buffer,
                be_reply_rule_apply (self->rule, buffer, (gsize) received), BE_EVENT_REPLY);

  return TRUE;
}

static void
close_socket (BeDatagramPort *self)
{
  if (self->socket == NULL)
    return;

  be_poller_remove (be_network_thread_get_poller (self->parent.network), &self->watch);
  if (self->is_own_port)
    be_network_thread_remove_own_port (self->parent.network, &self->local);
  self->is_own_port = FALSE;
  be_datagram_queue_clear (&self->waiting);
  be_worker_close_socket (&self->parent, g_steal_pointer (&self->socket), self->socket_id,
                          is_server (self) ? 0 : self->socket_id, &self->local,
                          is_server (self) ? NULL : &self->only_peer.address);
}

static void
ready_cb (gpointer     user_data,
          GIOCondition ready)
{
  BeDatagramPort *self = user_data;

  if (ready & G_IO_NVAL)
    {
      report_receive_failure (self, self->watch.error);
      close_socket (self);
      return;
    }

  /* An error that waits (ICMP) is handed out by the next call, whichever it
   * is; left alone, it would be ready for ever. */
  if (ready & (G_IO_OUT | G_IO_ERR | G_IO_HUP))
    send_waiting (self);

  for (guint i = 0; i < READS_PER_TURN && g_queue_is_empty (&self->waiting); i++)
    if (!receive_once (self))
      break;

  update_conditions (self);
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
  begin_record (self, &record, BE_CALL_CONNECT, &self->only_peer);
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
  if (self->socket == NULL)
    return FALSE;

  if (is_server (self))
    bound = address;
  else if (self->asked_local.family != BE_ADDRESS_NONE)
    bound = &asked;

  be_socket_set_buffer_bytes (self->socket, SOCKET_BUFFER_BYTES);
  self->local = bound != NULL ? *bound : (BeAddress){ 0 };
  if (bound != NULL &&
      !be_worker_bind_socket (&self->parent, self->socket, bound, self->socket_id, flags,
                              BE_SYSTEM_STATE_UDP_BOUND))
    return FALSE;

  if (!is_server (self))
    return connect_to_peer (self, address, flags);

  be_socket_get_local (self->socket, &self->local);
  be_network_thread_add_own_port (self->parent.network, &self->local);
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
                         self->socket, G_IO_IN, ready_cb, self);
          return;
        }
      if (self->socket != NULL)
        close_socket (self);
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

  if (self->socket == NULL)
    return;

  if (is_server (self) && peer_id == 0)
    {
      for (GList *link = be_datagram_peers_get_all (self->peers); link != NULL; link = link->next)
        send_or_keep (self, link->data, data, length, BE_EVENT_ON_REQUEST);
    }
  else
    {
      BeDatagramPeer *peer = find_peer (self, peer_id);

      if (peer != NULL)
        send_or_keep (self, peer, data, length, BE_EVENT_ON_REQUEST);
    }

  update_conditions (self);
}

static void
port_end_peer (BeWorker      *worker,
               guint32        peer_id,
               BeWorkerEnding ending)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  /* A server's peers are no connections: there is nothing to end. */
  if (!is_server (self) && ending != BE_WORKER_HALF_CLOSE)
    close_socket (self);
}

static void
port_stop (BeWorker *worker)
{
  close_socket ((BeDatagramPort *) worker);
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

  self->parent.klass = &port_class;
  self->parent.network = network;
  self->parent.session_id = session_id;
  self->parent.side = side;
  self->parent.protocol = BE_PROTOCOL_UDP;
  self->rule = rule;
  self->receive_bytes = receive_bytes;
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

  if (local != NULL)
    self->asked_local = *local;

  return &self->parent;
}
