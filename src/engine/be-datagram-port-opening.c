/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a UDP socket comes and goes: socket (), bind (), connect () and close (). */

#include "be-datagram-port-private.h"
#include "be-socket.h"

/* Room for 60 datagrams of the largest size before one is lost. */
#define SOCKET_BUFFER_BYTES (4 * 1024 * 1024)

static void open_next (BeDatagramPort *self);

static gsize
count_unsent (BeDatagramPort *self)
{
  gsize unsent = 0;

  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    unsent += g_bytes_get_size (((const BeDatagram *) link->data)->bytes);
  if (self->parent.gate != NULL)
    unsent += be_call_gate_forget (self->parent.gate, self->socket_id);

  return unsent;
}

void
be_datagram_port_close (BeDatagramPort *self)
{
  gboolean is_server = be_datagram_port_is_server (self);
  gsize    unsent;

  if (self->socket == BE_SOCKET_NONE)
    return;

  be_poller_remove (be_network_thread_get_poller (self->parent.network), &self->watch);
  if (self->is_own_port)
    be_own_ports_remove (be_network_thread_get_own_ports (self->parent.network), &self->local);
  self->is_own_port = FALSE;
  unsent = count_unsent (self);
  be_datagram_queue_clear (&self->waiting);
  be_worker_close_socket (&self->parent, be_socket_steal (&self->socket), self->socket_id,
                          is_server ? 0 : self->socket_id, &self->local,
                          is_server ? NULL : &self->only_peer.address, unsent);
}

static guint16
flags_when_failed (BeDatagramPort *self)
{
  return self->next_address < self->n_addresses ? BE_EVENT_MORE : 0;
}

static void
make_call (BeDatagramPort  *self,
           BeCall           call,
           const BeAddress *local,
           const BeAddress *peer,
           BeGateFunc       func)
{
  BeGatedCall made = be_datagram_port_make_call (self, call, NULL);

  made.local = *local;
  made.peer = *peer;
  be_worker_make_call (&self->parent, &made, func, self);
}

static void
close_cb (gpointer           owner,
          const BeGatedCall *call)
{
  BeDatagramPort *self = owner;

  be_datagram_port_close (self);
  open_next (self);
}

static void
give_up_address (BeDatagramPort *self)
{
  make_call (self, BE_CALL_CLOSE, &self->local, &self->only_peer.address, close_cb);
}

static void
start_receiving (BeDatagramPort *self)
{
  BeWorker *worker = &self->parent;

  if (be_datagram_port_is_server (self))
    {
      be_socket_get_local (self->socket, &self->local);
      be_own_ports_add (be_network_thread_get_own_ports (worker->network), &self->local);
      self->is_own_port = TRUE;
    }

  self->next_address = self->n_addresses;
  be_poller_add (be_network_thread_get_poller (worker->network), &self->watch, self->socket,
                 worker->gate == NULL ? G_IO_IN : 0, be_datagram_port_ready_cb, self);
  if (worker->gate != NULL)
    be_datagram_port_update_conditions (self);
}

static void
connect_cb (gpointer           owner,
            const BeGatedCall *call)
{
  BeDatagramPort *self = owner;
  BeEventRecord   record;
  int             error;
  int             result = be_socket_connect (self->socket, &call->peer, &error);

  /* Nothing that it waits for: it says at once whether there is a way. */
  if (self->parent.gate != NULL)
    be_datagram_port_note_returned (self, BE_CALL_CONNECT);

  self->only_peer.id = self->socket_id;
  self->only_peer.address = call->peer;
  be_socket_get_local (self->socket, &self->local);
  be_datagram_port_begin_record (self, &record, BE_CALL_CONNECT, &self->only_peer);
  if (result < 0)
    {
      record.flags = flags_when_failed (self);
      record.state = BE_SYSTEM_STATE_CLOSED;
    }
  be_worker_report (&self->parent, &record, result, error);

  if (result == 0)
    start_receiving (self);
  else
    give_up_address (self);
}

static void
bind_cb (gpointer           owner,
         const BeGatedCall *call)
{
  BeDatagramPort *self = owner;

  if (!be_worker_bind_socket (&self->parent, self->socket, &call->local, self->socket_id,
                              flags_when_failed (self), BE_SYSTEM_STATE_UDP_BOUND))
    give_up_address (self);
  else if (be_datagram_port_is_server (self))
    start_receiving (self);
  else
    make_call (self, BE_CALL_CONNECT, &self->local, &call->peer, connect_cb);
}

static void
socket_cb (gpointer           owner,
           const BeGatedCall *call)
{
  BeDatagramPort  *self = owner;
  gboolean         is_server = be_datagram_port_is_server (self);
  const BeAddress *address = is_server ? &call->local : &call->peer;

  self->socket = be_worker_open_socket (&self->parent, address, self->socket_id,
                                        flags_when_failed (self), BE_SYSTEM_STATE_CLOSED);
  if (self->socket == BE_SOCKET_NONE)
    {
      open_next (self);
      return;
    }

  be_socket_set_buffer_bytes (self->socket, SOCKET_BUFFER_BYTES);
  self->local = call->local;
  if (is_server || self->asked_local.family != BE_ADDRESS_NONE)
    make_call (self, BE_CALL_BIND, &call->local, &call->peer, bind_cb);
  else
    make_call (self, BE_CALL_CONNECT, &call->local, &call->peer, connect_cb);
}

/* A server takes the first address that this computer has, a client the first
 * that the system has a way to. */
static void
open_next (BeDatagramPort *self)
{
  const BeAddress  none = { 0 };
  BeAddress        asked;
  const BeAddress *address;

  if (self->next_address >= self->n_addresses)
    return;

  address = &self->addresses[self->next_address++];
  asked = be_address_for_family (&self->asked_local, address->family);
  if (self->asked_local.family == BE_ADDRESS_NONE)
    asked = none;
  self->socket_id = be_network_thread_next_socket_id (self->parent.network);
  if (be_datagram_port_is_server (self))
    make_call (self, BE_CALL_SOCKET, address, &none, socket_cb);
  else
    make_call (self, BE_CALL_SOCKET, &asked, address, socket_cb);
}

void
be_datagram_port_open (BeWorker        *worker,
                       const BeAddress *addresses,
                       guint            n_addresses)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;

  self->addresses = g_memdup2 (addresses, n_addresses * sizeof *addresses);
  self->n_addresses = n_addresses;
  open_next (self);
}

/* At once, whatever is held. */
void
be_datagram_port_stop (BeWorker *worker)
{
  BeDatagramPort *self = (BeDatagramPort *) worker;
  gboolean        is_told = be_worker_cancel_held (worker, self->socket_id);

  be_datagram_port_close (self);
  if (!is_told && self->next_address < self->n_addresses)
    be_worker_cancel_next (worker, &self->addresses[self->next_address]);
  self->next_address = self->n_addresses;
}
