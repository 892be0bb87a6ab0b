/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a listener comes and goes: socket (), bind (), listen () and close (). */

#include "be-listener-private.h"
#include "be-socket.h"

static void open_next (BeListener *self);

static BeGatedCall
make_call (BeListener      *self,
           BeCall           call,
           const BeAddress *local)
{
  return (BeGatedCall){
    .call = call,
    .socket_id = self->socket_id,
    .argument = call == BE_CALL_LISTEN ? self->backlog : 0,
    .local = *local,
  };
}

static guint16
flags_when_failed (BeListener *self)
{
  return self->next_address < self->n_addresses ? BE_EVENT_MORE : 0;
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
close_cb (gpointer           owner,
          const BeGatedCall *call)
{
  BeListener *self = owner;

  be_worker_close_socket (&self->parent, be_socket_steal (&self->socket), self->socket_id, 0,
                          &call->local, NULL, 0);
  open_next (self);
}

static void
listen_cb (gpointer           owner,
           const BeGatedCall *call)
{
  BeListener   *self = owner;
  BeEventRecord record;
  int           error;
  int           result = be_socket_listen (self->socket, (int) self->backlog, &error);

  be_worker_begin_record (&self->parent, &record, BE_CALL_LISTEN, self->socket_id);
  record.local = self->local;
  record.detail = self->backlog;
  record.state = (guint8) be_system_state_read (self->socket, BE_SYSTEM_STATE_LISTEN);
  be_worker_report (&self->parent, &record, result, error);

  if (result == 0)
    be_listener_start_accepting (self);
  else
    be_listener_stop_listening (&self->parent);
}

static void
bind_cb (gpointer           owner,
         const BeGatedCall *call)
{
  BeListener *self = owner;
  BeGatedCall next;

  if (!be_worker_bind_socket (&self->parent, self->socket, &call->local, self->socket_id,
                              flags_when_failed (self), BE_SYSTEM_STATE_CLOSED))
    {
      /* Not ours when it fails, so that the path of a Unix socket stays. */
      next = make_call (self, BE_CALL_CLOSE, &call->local);
      be_worker_make_call (&self->parent, &next, close_cb, self);
      return;
    }

  self->is_bound = TRUE;
  self->next_address = self->n_addresses;
  be_socket_get_local (self->socket, &self->local);
  if (self->local.family == BE_ADDRESS_UNIX && self->local.scope != 0)
    g_lstat (g_quark_to_string (self->local.scope), &self->path);
  next = make_call (self, BE_CALL_LISTEN, &self->local);
  be_worker_make_call (&self->parent, &next, listen_cb, self);
}

static void
socket_cb (gpointer           owner,
           const BeGatedCall *call)
{
  BeListener *self = owner;
  BeGatedCall next;

  self->local = call->local;
  self->socket = be_worker_open_socket (&self->parent, &call->local, self->socket_id,
                                        flags_when_failed (self), BE_SYSTEM_STATE_CLOSED);
  if (self->socket == BE_SOCKET_NONE)
    {
      open_next (self);
      return;
    }

  next = make_call (self, BE_CALL_BIND, &call->local);
  be_worker_make_call (&self->parent, &next, bind_cb, self);
}

/* localhost is ::1 first, also where there is no IPv6. */
static void
open_next (BeListener *self)
{
  BeGatedCall call;

  if (self->next_address >= self->n_addresses)
    return;

  self->socket_id = be_network_thread_next_socket_id (self->parent.network);
  call = make_call (self, BE_CALL_SOCKET, &self->addresses[self->next_address++]);
  be_worker_make_call (&self->parent, &call, socket_cb, self);
}

void
be_listener_open (BeWorker        *worker,
                  const BeAddress *addresses,
                  guint            n_addresses)
{
  BeListener *self = (BeListener *) worker;

  self->addresses = g_memdup2 (addresses, n_addresses * sizeof *addresses);
  self->n_addresses = n_addresses;
  open_next (self);
}

/* At once, whatever is held. */
void
be_listener_stop_listening (BeWorker *worker)
{
  BeListener *self = (BeListener *) worker;
  gboolean    is_told = be_worker_cancel_held (worker, self->socket_id);

  if (self->socket != BE_SOCKET_NONE)
    {
      be_deadlines_cancel (be_network_thread_get_deadlines (worker->network), &self->retry);
      be_poller_remove (be_network_thread_get_poller (worker->network), &self->watch);
      if (worker->gate != NULL)
        be_call_gate_forget (worker->gate, self->socket_id);
      if (self->is_bound)
        remove_path (self);
      self->is_listening = FALSE;
      be_worker_close_socket (worker, be_socket_steal (&self->socket), self->socket_id, 0,
                              &self->local, NULL, 0);
    }

  if (!is_told && self->next_address < self->n_addresses)
    be_worker_cancel_next (worker, &self->addresses[self->next_address]);
  self->next_address = self->n_addresses;
}
