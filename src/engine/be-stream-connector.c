/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-connector-private.h"

#include "be-socket.h"

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
                       guint32   socket_id,
                       guint32  *peer_id)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  *peer_id = socket_id;
  if (socket_id != self->socket_id)
    return BE_SOCKET_NONE;

  return self->peer != NULL ? be_stream_peer_get_socket (self->peer) : self->socket;
}

static void
connector_update (BeWorker *worker)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  if (self->peer != NULL)
    be_stream_peer_update (self->peer);
  else if (worker->gate != NULL && self->is_connecting)
    be_stream_connector_note_waiting (self);
}

static void
connector_stop (BeWorker *worker)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  if (self->socket != BE_SOCKET_NONE)
    be_stream_connector_cancel (self);
  else if (self->peer != NULL)
    be_stream_peer_stop (self->peer);
  else
    be_worker_cancel_held (worker, self->socket_id);
  self->next_address = self->n_addresses;
}

static void
connector_free (BeWorker *worker)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  g_clear_pointer (&self->addresses, g_free);
  g_free (self);
}

static const BeWorkerClass connector_class = {
  .open = be_stream_connector_open,
  .send = connector_send,
  .end_peer = connector_end_peer,
  .allow_reads = connector_allow_reads,
  .find_socket = connector_find_socket,
  .update = connector_update,
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
