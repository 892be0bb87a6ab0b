/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The gate as workers see it. */

#include "be-call-gate.h"

#include "be-call-gate-private.h"

/**
 * be_call_gate_new:
 *
 * Returns: (transfer full): a gate that lets everything through
 */
BeCallGate *
be_call_gate_new (BeWorker *worker)
{
  BeCallGate *self = g_new0 (BeCallGate, 1);

  self->worker = worker;
  self->sockets = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->timed = g_sequence_new (NULL);

  return self;
}

static void
drop_calls (BeCallGate   *self,
            BeGateSocket *socket)
{
  if (socket->read != NULL)
    be_call_gate_remove (self, socket->read);
  while (socket->calls.length > 0)
    be_call_gate_remove (self, socket->calls.tail->data);
}

/**
 * be_call_gate_free:
 *
 * Ends the gate; what is held still is not made any more.
 */
void
be_call_gate_free (BeCallGate *self)
{
  BeDeadlines   *deadlines;
  GHashTableIter iter;
  gpointer       socket;

  g_return_if_fail (self != NULL);

  deadlines = be_network_thread_get_deadlines (self->worker->network);
  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    drop_calls (self, socket);
  be_call_gate_tell (self);
  be_deadlines_cancel (deadlines, &self->timer);
  be_deadlines_cancel (deadlines, &self->tell);

  g_sequence_free (self->timed);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->sockets);
  g_free (self);
}

/* For workers */

/**
 * be_call_gate_hold:
 * @func: makes the call when its turn has come
 *
 * Holds a call back, behind those of the same socket.
 *
 * Returns: %FALSE when it is not to be held: then it is made now
 */
gboolean
be_call_gate_hold (BeCallGate        *self,
                   const BeGatedCall *call,
                   BeGateFunc         func,
                   gpointer           owner)
{
  BeGateEntry *entry;

  if (!be_call_gate_holds (self, be_call_gate_find_socket (self, call->socket_id), call->call))
    return FALSE;

  entry = be_call_gate_add (self, be_call_gate_get_socket (self, call->socket_id), call, BE_PENDING_HELD);
  entry->func = func;
  entry->owner = owner;

  return TRUE;
}

/**
 * be_call_gate_note_waiting:
 *
 * A call was made and has not returned. It may be known already.
 */
void
be_call_gate_note_waiting (BeCallGate        *self,
                           const BeGatedCall *call)
{
  BeGateSocket *socket = be_call_gate_get_socket (self, call->socket_id);

  if (socket->calls.length == 0)
    be_call_gate_add (self, socket, call, BE_PENDING_WAITING);
}

/**
 * be_call_gate_holds_calls:
 *
 * Returns: whether every call is held, not only reads
 */
gboolean
be_call_gate_holds_calls (BeCallGate *self)
{
  return self->pace == BE_PACE_STEPS || self->pace == BE_PACE_TIMED;
}

gboolean
be_call_gate_has_call (BeCallGate *self,
                       guint32     socket_id,
                       BeCall      call)
{
  const BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);

  for (GList *link = socket != NULL ? socket->calls.head : NULL; link != NULL; link = link->next)
    if (((BeGateEntry *) link->data)->call.call == call)
      return TRUE;

  return FALSE;
}

/**
 * be_call_gate_has_calls:
 *
 * Returns: whether the socket has calls to make before its read
 */
gboolean
be_call_gate_has_calls (BeCallGate *self,
                        guint32     socket_id)
{
  const BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);

  return socket != NULL && socket->calls.length > 0;
}

gboolean
be_call_gate_has_replies (BeCallGate *self,
                          guint32     socket_id)
{
  const BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);

  return socket != NULL && socket->n_replies > 0;
}

/**
 * be_call_gate_has_room:
 *
 * Returns: whether one more send may be held, of @bytes, when those of the
 *   socket together may be @max_bytes
 */
gboolean
be_call_gate_has_room (BeCallGate *self,
                       guint32     socket_id,
                       gsize       bytes,
                       gsize       max_bytes)
{
  const BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);

  if (socket == NULL)
    return bytes <= max_bytes;

  return socket->calls.length < BE_CALL_GATE_MAX_CALLS &&
         socket->held_bytes + bytes <= max_bytes;
}

/**
 * be_call_gate_withdraw_closes:
 * @on_request_too: also one that a person has asked for
 *
 * The socket is not to be closed yet.
 */
void
be_call_gate_withdraw_closes (BeCallGate *self,
                              guint32     socket_id,
                              gboolean    on_request_too)
{
  BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);
  BeGateEntry  *last;

  /* There is one at most. A send may stand behind it. */
  for (GList *link = socket != NULL ? socket->calls.tail : NULL; link != NULL; link = link->prev)
    {
      last = link->data;
      if (last->call.call != BE_CALL_CLOSE)
        continue;

      if (on_request_too || (last->call.flags & BE_EVENT_ON_REQUEST) == 0)
        {
          be_call_gate_remove (self, last);
          be_call_gate_leave_socket (self, socket);
        }
      return;
    }
}

/**
 * be_call_gate_want:
 *
 * The socket is to read next, or accept. May be asked again and again.
 *
 * Returns: whether the poller is to look: for the call itself, or because it
 *   is held and be_call_gate_note_ready () has not said yet that it would return
 */
gboolean
be_call_gate_want (BeCallGate        *self,
                   const BeGatedCall *call,
                   BeGateFunc         func,
                   gpointer           owner)
{
  BeGateSocket *socket = be_call_gate_get_socket (self, call->socket_id);
  BeGateEntry  *entry = socket->read;

  if (entry == NULL)
    {
      gboolean is_held = be_call_gate_holds (self, socket, call->call);

      entry = be_call_gate_add (self, socket, call, is_held ? BE_PENDING_HELD : BE_PENDING_WAITING);
      entry->is_unasked = !is_held;
      entry->func = func;
      entry->owner = owner;
    }
  else if (entry->call.argument != call->argument)
    {
      entry->call.argument = call->argument;
      g_clear_pointer (&entry->told, be_pending_call_unref);
      be_call_gate_note_change (self);
    }

  return entry->state == BE_PENDING_WAITING || !entry->is_ready;
}

/**
 * be_call_gate_withdraw_read:
 *
 * The socket is not to read now.
 */
void
be_call_gate_withdraw_read (BeCallGate *self,
                            guint32     socket_id)
{
  BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);

  if (socket == NULL || socket->read == NULL)
    return;

  be_call_gate_remove (self, socket->read);
  be_call_gate_leave_socket (self, socket);
}

/**
 * be_call_gate_get_recv_size:
 * @size: what it reads otherwise
 *
 * Returns: how many bytes one read of the socket asks for
 */
guint
be_call_gate_get_recv_size (BeCallGate *self,
                            guint32     socket_id,
                            gsize       size)
{
  guint wanted = be_call_gate_get_reading (self, be_call_gate_find_socket (self, socket_id))->recv_size;

  return wanted > 0 ? (guint) MIN (wanted, size) : (guint) size;
}

/**
 * be_call_gate_note_returned:
 *
 * A call that may have waited waits no more.
 */
void
be_call_gate_note_returned (BeCallGate *self,
                            guint32     socket_id,
                            BeCall      call)
{
  BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);
  BeGateEntry  *entry;

  if (socket == NULL)
    return;

  if (be_call_gate_is_read (call))
    {
      if (socket->read != NULL && socket->read->state == BE_PENDING_WAITING)
        be_call_gate_remove (self, socket->read);
    }
  else
    while ((entry = g_queue_peek_head (&socket->calls)) != NULL &&
           entry->state == BE_PENDING_WAITING)
      be_call_gate_remove (self, entry);

  be_call_gate_leave_socket (self, socket);
}

/**
 * be_call_gate_get_opening:
 * @call: (out): a held socket (), bind (), listen () or connect (); its bytes
 *   are not lent
 *
 * Returns: whether the socket is held while it is being opened
 */
gboolean
be_call_gate_get_opening (BeCallGate  *self,
                          guint32      socket_id,
                          BeGatedCall *call)
{
  const BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);
  const BeGateEntry  *first = socket != NULL ? g_queue_peek_head ((GQueue *) &socket->calls) : NULL;

  if (first == NULL || first->state != BE_PENDING_HELD)
    return FALSE;

  *call = first->call;

  return call->call == BE_CALL_SOCKET || call->call == BE_CALL_BIND ||
         call->call == BE_CALL_LISTEN || call->call == BE_CALL_CONNECT;
}

/**
 * be_call_gate_forget:
 *
 * The socket closes: none of its calls is made any more.
 *
 * Returns: how many bytes were to be sent and were not
 */
gsize
be_call_gate_forget (BeCallGate *self,
                     guint32     socket_id)
{
  BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);
  gsize         held_bytes;

  if (socket == NULL)
    return 0;

  held_bytes = socket->held_bytes;
  drop_calls (self, socket);
  self->n_readings -= socket->has_reading ? 1 : 0;
  socket->has_reading = FALSE;
  be_call_gate_leave_socket (self, socket);
  be_call_gate_note_change (self);

  return held_bytes;
}
