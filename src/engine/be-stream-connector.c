/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-connector.h"

#include "be-socket.h"
#include "be-stream-peer.h"

#define RETRY_CONNECT_MICROSECONDS (G_USEC_PER_SEC / 20)

/**
 * BeStreamConnector:
 *
 * The worker of a TCP client: it tries the addresses of the server one after
 * the other until one answers, and then holds the peer that talks.
 *
 * Owns the socket that is connecting, later the peer. One address is tried at
 * a time and within @timeout; each attempt is an event, and so is its end.
 */
typedef struct
{
  BeWorker parent;

  gboolean  has_local;
  BeAddress local;   /* what to call from */
  gint64    timeout; /* µs */
  gsize     read_window;

  BeAddress *addresses;
  guint      n_addresses;
  guint      next_address;

  BeSocket      socket; /* connecting */
  guint32       socket_id;
  BeAddress     remote;
  BePollerWatch watch;
  BeDeadline    deadline;
  BeDeadline    retry; /* a path whose listener has no room now */

  BeStreamPeer *peer; /* connected; freed by itself */
} BeStreamConnector;

static void connect_socket (BeStreamConnector *self);
static void try_next_address (BeStreamConnector *self);

static void
peer_closed_cb (BeWorker     *worker,
                BeStreamPeer *peer)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  self->peer = NULL;
}

static void
stop_waiting (BeStreamConnector *self)
{
  be_poller_remove (be_network_thread_get_poller (self->parent.network), &self->watch);
  be_deadlines_cancel (be_network_thread_get_deadlines (self->parent.network), &self->deadline);
  be_deadlines_cancel (be_network_thread_get_deadlines (self->parent.network), &self->retry);
}

static guint16
flags_when_failed (BeStreamConnector *self)
{
  return self->next_address < self->n_addresses ? BE_EVENT_MORE : 0;
}

static void
begin_connect_record (BeStreamConnector *self,
                      BeEventRecord     *record,
                      BeSystemState      implied)
{
  be_worker_begin_record (&self->parent, record, BE_CALL_CONNECT, self->socket_id);
  record->peer_id = self->socket_id;
  record->peer = self->remote;
  be_socket_get_local (self->socket, &record->local);
  record->state = (guint8) be_system_state_read (self->socket, implied);
}

static void
give_up_address (BeStreamConnector *self,
                 guint16            flags,
                 int                error)
{
  BeEventRecord record;
  BeAddress     local;

  stop_waiting (self);
  begin_connect_record (self, &record, BE_SYSTEM_STATE_CLOSED);
  record.flags = flags;
  local = record.local;
  be_worker_report (&self->parent, &record, -1, error);
  be_worker_close_socket (&self->parent, be_socket_steal (&self->socket), self->socket_id,
                          self->socket_id, &local, &self->remote);

  if (flags & BE_EVENT_MORE)
    try_next_address (self);
}

static void
succeed (BeStreamConnector *self)
{
  BeEventRecord record;

  stop_waiting (self);
  begin_connect_record (self, &record, BE_SYSTEM_STATE_ESTABLISHED);
  be_worker_report (&self->parent, &record, 0, 0);
  self->peer = be_stream_peer_new (&self->parent, be_socket_steal (&self->socket), &record,
                                   BE_REPLY_NONE, peer_closed_cb);
  be_stream_peer_set_read_window (self->peer, self->read_window);
}

static void
connect_ready_cb (gpointer     user_data,
                  GIOCondition ready)
{
  BeStreamConnector *self = user_data;
  int                error = self->watch.error;

  if (error == 0 && be_socket_connect_result (self->socket, &error) == 0)
    succeed (self);
  else
    give_up_address (self, flags_when_failed (self), error);
}

static void
retry_cb (gpointer data)
{
  connect_socket (data);
}

static void
deadline_cb (gpointer data)
{
  BeStreamConnector *self = data;

  give_up_address (self, flags_when_failed (self) | BE_EVENT_TIMED_OUT,
                   be_socket_error_timed_out ());
}

static void
start_clock (BeStreamConnector *self)
{
  if (self->deadline.time == 0)
    be_deadlines_set (be_network_thread_get_deadlines (self->parent.network), &self->deadline,
                      g_get_monotonic_time () + self->timeout, deadline_cb, self);
}

static void
wait_for_connect (BeStreamConnector *self)
{
  be_poller_add (be_network_thread_get_poller (self->parent.network), &self->watch,
                 self->socket, G_IO_OUT, connect_ready_cb, self);
  start_clock (self);
}

/* With a full accept queue Linux does not begin to connect to a path: it says
 * EAGAIN, and no poll tells when there is room (connect(2)). */
static void
wait_for_room (BeStreamConnector *self)
{
  be_deadlines_set (be_network_thread_get_deadlines (self->parent.network), &self->retry,
                    g_get_monotonic_time () + RETRY_CONNECT_MICROSECONDS, retry_cb, self);
  start_clock (self);
}

static void
connect_socket (BeStreamConnector *self)
{
  int error;

  if (be_socket_connect (self->socket, &self->remote, &error) == 0)
    {
      succeed (self);
      return;
    }

  if (!be_socket_error_is_in_progress (error) && be_socket_error_is_retry (error))
    {
      wait_for_room (self);
      return;
    }

  if (!be_socket_error_is_in_progress (error))
    {
      give_up_address (self, flags_when_failed (self), error);
      return;
    }

  /* On the same computer it is often done by now. Asking at once keeps the
   * order of the log: connect () has returned before accept () can. */
  if (be_socket_is_writable (self->socket))
    connect_ready_cb (self, G_IO_OUT);
  else
    wait_for_connect (self);
}

static void
try_next_address (BeStreamConnector *self)
{
  BeAddress local;

  self->remote = self->addresses[self->next_address++];
  self->socket_id = be_network_thread_next_socket_id (self->parent.network);
  self->socket = be_worker_open_socket (&self->parent, &self->remote, self->socket_id,
                                        flags_when_failed (self), BE_SYSTEM_STATE_CLOSED);
  local = be_address_for_family (&self->local, self->remote.family);
  if (self->socket != BE_SOCKET_NONE && self->has_local &&
      !be_worker_bind_socket (&self->parent, self->socket, &local, self->socket_id,
                              flags_when_failed (self), BE_SYSTEM_STATE_CLOSED))
    be_worker_close_socket (&self->parent, be_socket_steal (&self->socket), self->socket_id,
                            self->socket_id, &local, &self->remote);

  if (self->socket != BE_SOCKET_NONE)
    connect_socket (self);
  else if (self->next_address < self->n_addresses)
    try_next_address (self);
}

static void
connector_open (BeWorker        *worker,
                const BeAddress *addresses,
                guint            n_addresses)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  self->addresses = g_memdup2 (addresses, n_addresses * sizeof *addresses);
  self->n_addresses = n_addresses;
  try_next_address (self);
}

static void
connector_send (BeWorker *worker,
                guint32   peer_id,
                GBytes   *bytes)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  if (self->peer != NULL)
    be_stream_peer_send (self->peer, bytes);
}

static void
connector_end_peer (BeWorker      *worker,
                    guint32        peer_id,
                    BeWorkerEnding ending)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  if (self->peer != NULL)
    be_stream_peer_end (self->peer, ending);
}

static void
connector_allow_reads (BeWorker *worker,
                       gsize     bytes)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  if (self->peer != NULL)
    be_stream_peer_allow_reads (self->peer, bytes);
}

static BeSocket
connector_find_socket (BeWorker *worker,
                       guint32   socket_id)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  if (socket_id != self->socket_id)
    return BE_SOCKET_NONE;

  return self->peer != NULL ? be_stream_peer_get_socket (self->peer) : self->socket;
}

static void
connector_stop (BeWorker *worker)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  if (self->socket != BE_SOCKET_NONE)
    give_up_address (self, BE_EVENT_CANCELLED, 0);
  if (self->peer != NULL)
    be_stream_peer_end (self->peer, BE_WORKER_CLOSE);
}

static void
connector_free (BeWorker *worker)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  g_clear_pointer (&self->addresses, g_free);
  g_free (self);
}

static const BeWorkerClass connector_class = {
  .open = connector_open,
  .send = connector_send,
  .end_peer = connector_end_peer,
  .allow_reads = connector_allow_reads,
  .find_socket = connector_find_socket,
  .stop = connector_stop,
  .free = connector_free,
};

/**
 * be_stream_connector_new:
 * @local: (nullable): the address to call from; %NULL leaves it to the system
 * @timeout_seconds: how long one address may take
 * @read_window: see be_stream_peer_set_read_window ()
 *
 * Returns: (transfer full): a worker that has not opened anything yet
 */
BeWorker *
be_stream_connector_new (BeNetworkThread *network,
                         guint32          session_id,
                         BeProtocol       protocol,
                         const BeAddress *local,
                         guint            timeout_seconds,
                         gsize            read_window)
{
  BeStreamConnector *self = g_new0 (BeStreamConnector, 1);

  self->socket = BE_SOCKET_NONE;
  self->parent.klass = &connector_class;
  self->parent.network = network;
  self->parent.session_id = session_id;
  self->parent.side = BE_SIDE_CLIENT;
  self->parent.protocol = protocol;
  self->timeout = timeout_seconds * G_USEC_PER_SEC;
  self->read_window = read_window;
  self->parent.keeps_payloads = read_window < G_MAXSIZE;
  if (local != NULL)
    {
      self->has_local = TRUE;
      self->local = *local;
    }

  return &self->parent;
}
