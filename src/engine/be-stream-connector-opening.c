/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From socket () to the connection, one address after the other. */

#include "be-stream-connector-private.h"

#include "be-call-gate.h"
#include "be-socket.h"

#define RETRY_CONNECT_MICROSECONDS (G_USEC_PER_SEC / 20)

static void connect_socket (BeStreamConnector *self);
static void try_next_address (BeStreamConnector *self);

static void
peer_closed_cb (BeWorker     *worker,
                BeStreamPeer *peer)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  self->peer = NULL;
}

/* Nothing is reported before connect () returns; who watches the states finds
 * the socket here. A path has no state to be watched. */
static void
tell_connecting (BeStreamConnector *self)
{
  BeConnectingSocket socket = {
    .session_id = self->parent.session_id,
    .socket_id = self->socket_id,
    .peer = self->remote,
  };

  if (self->parent.protocol != BE_PROTOCOL_TCP)
    return;

  be_socket_get_local (self->socket, &socket.local);
  be_connecting_begin (be_network_thread_get_connecting (self->parent.network), &socket);
}

static void
stop_waiting (BeStreamConnector *self)
{
  if (self->watch.is_added)
    be_connecting_end (be_network_thread_get_connecting (self->parent.network), self->socket_id);
  be_poller_remove (be_network_thread_get_poller (self->parent.network), &self->watch);
  be_deadlines_cancel (be_network_thread_get_deadlines (self->parent.network), &self->deadline);
  be_deadlines_cancel (be_network_thread_get_deadlines (self->parent.network), &self->retry);
  self->is_connecting = FALSE;
  if (self->parent.gate != NULL)
    be_call_gate_note_returned (self->parent.gate, self->socket_id, BE_CALL_CONNECT);
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

static BeGatedCall
make_call (BeStreamConnector *self,
           BeCall             call,
           const BeAddress   *local)
{
  return (BeGatedCall){
    .call = call,
    .socket_id = self->socket_id,
    .peer_id = self->socket_id,
    .local = *local,
    .peer = self->remote,
  };
}

static void
report_connect_failure (BeStreamConnector *self,
                        guint16            flags,
                        int                error)
{
  BeEventRecord record;

  stop_waiting (self);
  begin_connect_record (self, &record, BE_SYSTEM_STATE_CLOSED);
  record.flags = flags;
  self->closing_local = record.local;
  be_worker_report (&self->parent, &record, -1, error);
}

static void
close_socket (BeStreamConnector *self,
              const BeAddress   *local)
{
  be_worker_close_socket (&self->parent, be_socket_steal (&self->socket), self->socket_id,
                          self->socket_id, local, &self->remote, 0);
}

static void
close_cb (gpointer           owner,
          const BeGatedCall *call)
{
  BeStreamConnector *self = owner;

  close_socket (self, &call->local);
  if (self->next_address < self->n_addresses)
    try_next_address (self);
}

/* And goes on with the next address, if there is one. */
static void
make_close (BeStreamConnector *self,
            const BeAddress   *local)
{
  BeGatedCall call = make_call (self, BE_CALL_CLOSE, local);

  call.peer = (BeAddress){ 0 };
  self->is_closing = TRUE;
  self->closing_local = *local;
  be_worker_make_call (&self->parent, &call, close_cb, self);
}

static void
give_up_address (BeStreamConnector *self,
                 guint16            flags,
                 int                error)
{
  report_connect_failure (self, flags, error);
  make_close (self, &self->closing_local);
}

/* Stop: at once, whatever is held. */
void
be_stream_connector_cancel (BeStreamConnector *self)
{
  gboolean is_told = !self->is_closing;

  if (self->parent.gate != NULL)
    be_call_gate_forget (self->parent.gate, self->socket_id);
  if (is_told)
    report_connect_failure (self, BE_EVENT_CANCELLED, 0);
  close_socket (self, &self->closing_local);

  /* How the connect ended had been told before. */
  if (!is_told && self->next_address < self->n_addresses)
    be_worker_cancel_next (&self->parent, &self->addresses[self->next_address]);
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

void
be_stream_connector_note_waiting (BeStreamConnector *self)
{
  BeAddress   local = { 0 };
  BeGatedCall call;

  be_socket_get_local (self->socket, &local);
  call = make_call (self, BE_CALL_CONNECT, &local);
  be_call_gate_note_waiting (self->parent.gate, &call);
}

static void
start_clock (BeStreamConnector *self)
{
  self->is_connecting = TRUE;
  if (self->parent.gate != NULL)
    be_stream_connector_note_waiting (self);
  if (self->deadline.time == 0)
    be_deadlines_set (be_network_thread_get_deadlines (self->parent.network), &self->deadline,
                      g_get_monotonic_time () + self->timeout, deadline_cb, self);
}

static void
wait_for_connect (BeStreamConnector *self)
{
  be_poller_add (be_network_thread_get_poller (self->parent.network), &self->watch,
                 self->socket, G_IO_OUT, connect_ready_cb, self);
  tell_connecting (self);
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
connect_cb (gpointer           owner,
            const BeGatedCall *call)
{
  connect_socket (owner);
}

static void
make_connect (BeStreamConnector *self)
{
  BeGatedCall call;
  BeAddress   local = { 0 };

  if (self->has_local)
    be_socket_get_local (self->socket, &local);
  call = make_call (self, BE_CALL_CONNECT, &local);
  be_worker_make_call (&self->parent, &call, connect_cb, self);
}

static void
bind_cb (gpointer           owner,
         const BeGatedCall *call)
{
  BeStreamConnector *self = owner;

  if (be_worker_bind_socket (&self->parent, self->socket, &call->local, self->socket_id,
                             flags_when_failed (self), BE_SYSTEM_STATE_CLOSED))
    make_connect (self);
  else
    make_close (self, &call->local);
}

static void
socket_cb (gpointer           owner,
           const BeGatedCall *call)
{
  BeStreamConnector *self = owner;
  BeAddress          local = be_address_for_family (&self->local, self->remote.family);
  BeGatedCall        bind;

  self->socket = be_worker_open_socket (&self->parent, &self->remote, self->socket_id,
                                        flags_when_failed (self), BE_SYSTEM_STATE_CLOSED);
  if (self->socket == BE_SOCKET_NONE)
    {
      if (self->next_address < self->n_addresses)
        try_next_address (self);
      return;
    }

  if (!self->has_local)
    {
      make_connect (self);
      return;
    }

  bind = make_call (self, BE_CALL_BIND, &local);
  be_worker_make_call (&self->parent, &bind, bind_cb, self);
}

static void
try_next_address (BeStreamConnector *self)
{
  BeGatedCall call;

  self->is_closing = FALSE;
  self->remote = self->addresses[self->next_address++];
  self->socket_id = be_network_thread_next_socket_id (self->parent.network);
  call = make_call (self, BE_CALL_SOCKET, &(BeAddress){ 0 });
  be_worker_make_call (&self->parent, &call, socket_cb, self);
}

void
be_stream_connector_open (BeWorker        *worker,
                          const BeAddress *addresses,
                          guint            n_addresses)
{
  BeStreamConnector *self = (BeStreamConnector *) worker;

  self->addresses = g_memdup2 (addresses, n_addresses * sizeof *addresses);
  self->n_addresses = n_addresses;
  try_next_address (self);
}
