/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-listener.h"

#include "be-listener-private.h"
#include "be-socket.h"
#include "be-stream-peer.h"

#define MAX_ACCEPTS_PER_TURN 64

/* Descriptors may be given back by somebody who does not tell us. */
#define RETRY_ACCEPT_MICROSECONDS (G_USEC_PER_SEC / 4)

static BePoller *
get_poller (BeListener *self)
{
  return be_network_thread_get_poller (self->parent.network);
}

static void accept_held_cb (gpointer           owner,
                            const BeGatedCall *call);

/* Whether the poller looks for somebody who waits. */
static void
update_conditions (BeListener *self)
{
  BeCallGate *gate = self->parent.gate;
  gboolean    accepts = self->is_listening && !self->is_paused;

  if (gate != NULL && accepts)
    {
      const BeGatedCall call = {
        .call = BE_CALL_ACCEPT,
        .socket = self->socket,
        .socket_id = self->socket_id,
        .local = self->local,
      };

      accepts = be_call_gate_want (gate, &call, accept_held_cb, self);
    }
  else if (gate != NULL)
    be_call_gate_withdraw_read (gate, self->socket_id);

  if (self->is_listening)
    be_poller_set_conditions (get_poller (self), &self->watch, accepts ? G_IO_IN : 0);
}

static void
resume (gpointer data)
{
  BeListener *self = data;

  if (!self->is_paused || self->socket == BE_SOCKET_NONE)
    return;

  be_deadlines_cancel (be_network_thread_get_deadlines (self->parent.network), &self->retry);
  self->is_paused = FALSE;
  update_conditions (self);
}

static void
pause_accepting (BeListener *self)
{
  self->is_paused = TRUE;
  update_conditions (self);
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
  if (self->parent.gate != NULL)
    be_call_gate_note_returned (self->parent.gate, self->socket_id, BE_CALL_ACCEPT);

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

  if (self->parent.gate != NULL)
    be_call_gate_note_returned (self->parent.gate, self->socket_id, BE_CALL_ACCEPT);
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

/* As many as come at once; one when each is held. */
static void
accept_some (BeListener *self,
             guint       wanted)
{
  guint n_accepted = 0;
  int   error;

  while (n_accepted < wanted && may_accept (self, n_accepted == 0))
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

  if (self->parent.gate == NULL)
    be_batch_size_note (&self->batch_size, n_accepted, MAX_ACCEPTS_PER_TURN);
  else
    update_conditions (self);
}

static void
accept_ready_cb (gpointer     user_data,
                 GIOCondition ready)
{
  BeListener *self = user_data;

  if (self->parent.gate != NULL && be_call_gate_note_ready (self->parent.gate, self->socket_id))
    update_conditions (self);
  else if (ready & G_IO_NVAL)
    handle_accept_error (self, self->watch.error);
  else
    accept_some (self, self->parent.gate == NULL ? self->batch_size.wanted : 1);
}

/* Only the poller knows whether somebody waits whom there is no room for. */
static void
accept_held_cb (gpointer           owner,
                const BeGatedCall *call)
{
  BeListener *self = owner;

  if (g_hash_table_size (self->peers) < self->max_clients)
    accept_some (self, 1);
  else
    update_conditions (self);
}

void
be_listener_start_accepting (BeListener *self)
{
  self->is_listening = TRUE;
  be_poller_add (get_poller (self), &self->watch, self->socket,
                 self->parent.gate == NULL ? G_IO_IN : 0, accept_ready_cb, self);
  if (self->parent.gate != NULL)
    update_conditions (self);
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
                      guint32   socket_id,
                      guint32  *peer_id)
{
  BeListener   *self = (BeListener *) worker;
  BeStreamPeer *peer = g_hash_table_lookup (self->peers, GUINT_TO_POINTER (socket_id));

  *peer_id = peer != NULL ? socket_id : 0;
  if (peer != NULL)
    return be_stream_peer_get_socket (peer);

  return socket_id == self->socket_id ? self->socket : BE_SOCKET_NONE;
}

static void
stop_peer (BeStreamPeer *peer,
           gpointer      data)
{
  be_stream_peer_stop (peer);
}

static void
listener_stop (BeWorker *worker)
{
  /* Listening first: a client that leaves would make room to accept another. */
  be_listener_stop_listening (worker);
  for_each_peer ((BeListener *) worker, 0, stop_peer, NULL);
}

static void
update_peer (BeStreamPeer *peer,
             gpointer      data)
{
  be_stream_peer_update (peer);
}

static void
listener_update (BeWorker *worker)
{
  BeListener *self = (BeListener *) worker;

  update_conditions (self);
  for_each_peer (self, 0, update_peer, NULL);
}

static void
listener_free (BeWorker *worker)
{
  BeListener *self = (BeListener *) worker;

  g_clear_pointer (&self->peers, g_hash_table_unref);
  g_clear_pointer (&self->addresses, g_free);
  g_free (self);
}

static const BeWorkerClass listener_class = {
  .open = be_listener_open,
  .send = listener_send,
  .end_peer = listener_end_peer,
  .find_socket = listener_find_socket,
  .stop_listening = be_listener_stop_listening,
  .update = listener_update,
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
