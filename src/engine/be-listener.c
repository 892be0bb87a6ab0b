/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-listener.h"

#include "be-batch-size.h"
#include "be-socket.h"
#include "be-stream-peer.h"

#include <glib/gstdio.h>

#define MAX_ACCEPTS_PER_TURN 64

/* Descriptors may be given back by somebody who does not tell us. */
#define RETRY_ACCEPT_MICROSECONDS (G_USEC_PER_SEC / 4)

/**
 * BeListener:
 *
 * The worker of a TCP server: one listening socket and the peers that it has
 * accepted.
 *
 * Owns both. When descriptors run out, or as many clients as allowed are
 * there, or accept () fails twice in the same way, it stops watching the
 * listening socket, whose queue then fills, and goes on when a client leaves
 * or after a moment; to go on watching would be a busy loop. It
 * listens until it is told to stop; the peers may live on after that.
 */
typedef struct
{
  BeWorker parent;

  guint       backlog;
  guint       max_clients;
  BeReplyRule rule;

  BeSocket      socket;
  guint32       socket_id;
  BeAddress     local;
  GStatBuf      path; /* of a Unix-domain socket: what bind () made */
  BePollerWatch watch;
  BeDeadline    retry;
  BeBatchSize   batch_size;
  gboolean      is_paused;
  int           accept_error; /* of the last accept; 0: it succeeded */

  GHashTable *peers; /* socket_id → BeStreamPeer, freed by itself */
} BeListener;

static BePoller *
get_poller (BeListener *self)
{
  return be_network_thread_get_poller (self->parent.network);
}

static void
resume (gpointer data)
{
  BeListener *self = data;

  if (!self->is_paused || self->socket == BE_SOCKET_NONE)
    return;

  be_deadlines_cancel (be_network_thread_get_deadlines (self->parent.network), &self->retry);
  be_poller_set_conditions (get_poller (self), &self->watch, G_IO_IN);
  self->is_paused = FALSE;
}

static void
pause_accepting (BeListener *self)
{
  self->is_paused = TRUE;
  be_poller_set_conditions (get_poller (self), &self->watch, 0);
}

static void
peer_closed_cb (BeWorker     *worker,
                BeStreamPeer *peer)
{
  BeListener *self = (BeListener *) worker;

  g_hash_table_remove (self->peers, GUINT_TO_POINTER (be_stream_peer_get_socket_id (peer)));
  resume (self);
}

static void
report_accept_failure (BeListener *self,
                       guint16     flags,
                       guint32     detail,
                       int         error)
{
  BeEventRecord record;

  be_worker_begin_record (&self->parent, &record, BE_CALL_ACCEPT, self->socket_id);
  record.local = self->local;
  record.state = (guint8) be_system_state_read (self->socket, BE_SYSTEM_STATE_LISTEN);
  record.flags = flags;
  record.detail = detail;
  be_worker_report (&self->parent, &record, -1, error);
}

static void
welcome (BeListener      *self,
         BeSocket         socket,
         const BeAddress *remote)
{
  guint32       socket_id = be_network_thread_next_socket_id (self->parent.network);
  BeEventRecord record;

  be_worker_begin_record (&self->parent, &record, BE_CALL_ACCEPT, socket_id);
  record.peer_id = socket_id;
  record.peer = *remote;
  record.local = self->local;
  /* Which of this computer's addresses was called. */
  if (be_address_is_any (&self->local))
    be_socket_get_local (socket, &record.local);
  record.state = (guint8) be_system_state_read (socket, BE_SYSTEM_STATE_ESTABLISHED);
  be_worker_report (&self->parent, &record, be_socket_get_descriptor (socket), 0);

  g_hash_table_insert (self->peers, GUINT_TO_POINTER (socket_id),
                       be_stream_peer_new (&self->parent, socket, &record, self->rule,
                                           peer_closed_cb));
}

static void
handle_accept_error (BeListener *self,
                     int         error)
{
  gboolean is_repeated = error == self->accept_error;

  if (be_socket_error_is_retry (error))
    return;

  if (!is_repeated)
    report_accept_failure (self, 0, 0, error);
  self->accept_error = error;

  /* The client is gone again, or something else is wrong with it alone. What
   * comes again at once is not about a client: it would come for ever. */
  if (!is_repeated && !be_socket_error_is_no_room (error))
    return;

  pause_accepting (self);
  be_deadlines_set (be_network_thread_get_deadlines (self->parent.network), &self->retry,
                    g_get_monotonic_time () + RETRY_ACCEPT_MICROSECONDS,
                    resume, self);
}

/* Only the first turn of the loop knows that somebody waits. */
static gboolean
may_accept (BeListener *self,
            gboolean    is_first)
{
  if (g_hash_table_size (self->peers) < self->max_clients)
    return TRUE;

  if (is_first)
    {
      report_accept_failure (self, BE_EVENT_LIMIT, self->max_clients, 0);
      pause_accepting (self);
    }

  return FALSE;
}

static void
accept_ready_cb (gpointer     user_data,
                 GIOCondition ready)
{
  BeListener *self = user_data;
  guint       n_accepted = 0;
  int         error;

  if (ready & G_IO_NVAL)
    {
      handle_accept_error (self, self->watch.error);
      return;
    }

  while (n_accepted < self->batch_size.wanted && may_accept (self, n_accepted == 0))
    {
      BeAddress remote = { 0 };
      BeSocket  socket = be_socket_accept (self->socket, &remote, &error);

      if (socket == BE_SOCKET_NONE)
        {
          handle_accept_error (self, error);
          break;
        }

      self->accept_error = 0;
      welcome (self, socket, &remote);
      n_accepted++;
    }

  be_batch_size_note (&self->batch_size, n_accepted, MAX_ACCEPTS_PER_TURN);
}

/* The path goes with its socket, unless somebody else has put another file
 * there meanwhile, as daemons do that start anew. Before the close: until then
 * no other file has this number. */
static void
remove_path (BeListener *self)
{
  const char *path = g_quark_to_string (self->local.scope);
  GStatBuf    now;

  if (self->local.family != BE_ADDRESS_UNIX || path == NULL || g_lstat (path, &now) != 0)
    return;

  if (now.st_dev == self->path.st_dev && now.st_ino == self->path.st_ino)
    g_unlink (path);
}

static void
stop_listening (BeWorker *worker)
{
  BeListener *self = (BeListener *) worker;

  if (self->socket == BE_SOCKET_NONE)
    return;

  be_deadlines_cancel (be_network_thread_get_deadlines (worker->network), &self->retry);
  be_poller_remove (get_poller (self), &self->watch);
  remove_path (self);
  be_worker_close_socket (worker, be_socket_steal (&self->socket), self->socket_id, 0,
                          &self->local, NULL);
}

/* There is no socket when it fails. */
static void
open_bound_socket (BeListener      *self,
                   const BeAddress *address,
                   guint16          flags)
{
  BeWorker *worker = &self->parent;

  self->socket_id = be_network_thread_next_socket_id (worker->network);
  self->socket = be_worker_open_socket (worker, address, self->socket_id, flags,
                                        BE_SYSTEM_STATE_CLOSED);
  if (self->socket == BE_SOCKET_NONE)
    return;

  /* Not ours when it fails, so that the path of a Unix socket stays. */
  if (!be_worker_bind_socket (worker, self->socket, address, self->socket_id, flags,
                              BE_SYSTEM_STATE_CLOSED))
    be_worker_close_socket (worker, be_socket_steal (&self->socket), self->socket_id, 0,
                            address, NULL);
}

static gboolean
start_listening (BeListener *self)
{
  BeEventRecord record;
  int           error;
  int           result = be_socket_listen (self->socket, (int) self->backlog, &error);

  be_worker_begin_record (&self->parent, &record, BE_CALL_LISTEN, self->socket_id);
  record.local = self->local;
  record.detail = self->backlog;
  record.state = (guint8) be_system_state_read (self->socket, BE_SYSTEM_STATE_LISTEN);
  be_worker_report (&self->parent, &record, result, error);

  return result == 0;
}

static void
listener_open (BeWorker        *worker,
               const BeAddress *addresses,
               guint            n_addresses)
{
  BeListener *self = (BeListener *) worker;

  /* localhost is ::1 first, also where there is no IPv6. */
  for (guint i = 0; i < n_addresses && self->socket == BE_SOCKET_NONE; i++)
    open_bound_socket (self, &addresses[i], i + 1 < n_addresses ? BE_EVENT_MORE : 0);
  if (self->socket == BE_SOCKET_NONE)
    return;

  be_socket_get_local (self->socket, &self->local);
  if (self->local.family == BE_ADDRESS_UNIX && self->local.scope != 0)
    g_lstat (g_quark_to_string (self->local.scope), &self->path);
  if (!start_listening (self))
    {
      stop_listening (worker);
      return;
    }

  be_poller_add (get_poller (self), &self->watch, self->socket, G_IO_IN, accept_ready_cb, self);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return GPOINTER_TO_UINT (a) < GPOINTER_TO_UINT (b) ? -1 : 1;
}

/* Calls for one peer or for all (0), in the order in which they came. A peer
 * may close and be gone while this runs; so it goes by their numbers. */
static void
for_each_peer (BeListener *self,
               guint32     peer_id,
               void (*func) (BeStreamPeer *peer, gpointer data),
               gpointer data)
{
  g_autoptr (GList) ids = NULL;

  if (peer_id != 0)
    ids = g_list_prepend (NULL, GUINT_TO_POINTER (peer_id));
  else
    ids = g_list_sort (g_hash_table_get_keys (self->peers), compare_ids);

  for (GList *id = ids; id != NULL; id = id->next)
    {
      BeStreamPeer *peer = g_hash_table_lookup (self->peers, id->data);

      if (peer != NULL)
        func (peer, data);
    }
}

static void
send_to_peer (BeStreamPeer *peer,
              gpointer      data)
{
  be_stream_peer_send (peer, data);
}

static void
end_peer (BeStreamPeer *peer,
          gpointer      data)
{
  be_stream_peer_end (peer, GPOINTER_TO_UINT (data));
}

static void
listener_send (BeWorker *worker,
               guint32   peer_id,
               GBytes   *bytes)
{
  for_each_peer ((BeListener *) worker, peer_id, send_to_peer, bytes);
}

static void
listener_end_peer (BeWorker      *worker,
                   guint32        peer_id,
                   BeWorkerEnding ending)
{
  for_each_peer ((BeListener *) worker, peer_id, end_peer, GUINT_TO_POINTER (ending));
}

static BeSocket
listener_find_socket (BeWorker *worker,
                      guint32   socket_id)
{
  BeListener   *self = (BeListener *) worker;
  BeStreamPeer *peer = g_hash_table_lookup (self->peers, GUINT_TO_POINTER (socket_id));

  if (peer != NULL)
    return be_stream_peer_get_socket (peer);

  return socket_id == self->socket_id ? self->socket : BE_SOCKET_NONE;
}

static void
listener_stop (BeWorker *worker)
{
  /* Listening first: a client that leaves would make room to accept another. */
  stop_listening (worker);
  listener_end_peer (worker, 0, BE_WORKER_CLOSE);
}

static void
listener_free (BeWorker *worker)
{
  BeListener *self = (BeListener *) worker;

  g_clear_pointer (&self->peers, g_hash_table_unref);
  g_free (self);
}

static const BeWorkerClass listener_class = {
  .open = listener_open,
  .send = listener_send,
  .end_peer = listener_end_peer,
  .stop_listening = stop_listening,
  .find_socket = listener_find_socket,
  .stop = listener_stop,
  .free = listener_free,
};

/**
 * be_listener_new:
 * @backlog: how many completed connections may wait for accept (listen(2))
 * @max_clients: how many may be there at once
 *
 * Returns: (transfer full): a worker that has not opened anything yet
 */
BeWorker *
be_listener_new (BeNetworkThread *network,
                 guint32          session_id,
                 BeProtocol       protocol,
                 guint            backlog,
                 guint            max_clients,
                 BeReplyRule      rule)
{
  BeListener *self = g_new0 (BeListener, 1);

  self->socket = BE_SOCKET_NONE;
  self->parent.klass = &listener_class;
  self->parent.network = network;
  self->parent.session_id = session_id;
  self->parent.side = BE_SIDE_SERVER;
  self->parent.protocol = protocol;
  self->batch_size = (BeBatchSize) BE_BATCH_SIZE_INIT;
  self->backlog = backlog;
  self->max_clients = max_clients;
  self->rule = rule;
  self->peers = g_hash_table_new (NULL, NULL);

  return &self->parent;
}
