/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How the calls of a stream are held back. Only while the worker has a gate. */

#include "be-stream-peer-private.h"

static BeCallGate *
get_gate (BeStreamPeer *self)
{
  return self->owner->gate;
}

static BeGatedCall
make_call (BeStreamPeer *self,
           BeCall        call,
           guint32       argument,
           guint16       flags)
{
  return (BeGatedCall){
    .call = call,
    .socket_id = self->socket_id,
    .peer_id = self->socket_id,
    .argument = argument,
    .flags = flags,
    .local = self->local,
    .peer = self->remote,
  };
}

/* Reading */

gsize
be_stream_peer_get_recv_size (BeStreamPeer *self,
                              gsize         size)
{
  return be_call_gate_get_recv_size (get_gate (self), self->socket_id, size);
}

static void
read_cb (gpointer           owner,
         const BeGatedCall *call)
{
  BeStreamPeer *self = owner;

  if (be_stream_peer_receive (self))
    be_stream_peer_update_conditions (self);
}

/* A reply is sent before the next read. Returns whether the poller is to look
 * for something to read. */
gboolean
be_stream_peer_may_read (BeStreamPeer *self,
                         gboolean      wants)
{
  BeGatedCall call;
  gsize       size;

  if (!wants || be_call_gate_has_replies (get_gate (self), self->socket_id))
    {
      be_call_gate_withdraw_read (get_gate (self), self->socket_id);
      return FALSE;
    }

  be_read_buffer_get (be_network_thread_get_read_buffer (self->owner->network), &size);
  call = make_call (self, BE_CALL_RECV, (guint32) be_stream_peer_get_recv_size (self, size), 0);
  call.socket = self->socket;

  return be_call_gate_want (get_gate (self), &call, read_cb, self);
}

/* The other calls, one after another */

static void
make_held_cb (gpointer           owner,
              const BeGatedCall *call)
{
  BeStreamPeer *self = owner;
  gsize         length;
  const guint8 *bytes;

  if (call->call == BE_CALL_SHUTDOWN)
    be_stream_peer_end_now (self, BE_WORKER_HALF_CLOSE);
  else if (call->call == BE_CALL_CLOSE)
    be_stream_peer_close_held (self, (call->flags & BE_EVENT_RESET) != 0);
  else
    {
      bytes = g_bytes_get_data (call->bytes, &length);
      be_stream_peer_send_now (self, bytes, length, call->flags);
    }
}

static gboolean
hold (BeStreamPeer      *self,
      const BeGatedCall *call)
{
  if (!be_call_gate_hold (get_gate (self), call, make_held_cb, self))
    return FALSE;

  be_stream_peer_update_conditions (self);

  return TRUE;
}

/**
 * be_stream_peer_hold_bytes:
 *
 * Returns: whether the send is held; not when it can be made now
 */
gboolean
be_stream_peer_hold_bytes (BeStreamPeer *self,
                           GBytes       *bytes,
                           guint16       flags)
{
  BeGatedCall call = make_call (self, BE_CALL_SEND, (guint32) g_bytes_get_size (bytes), flags);

  call.bytes = bytes;
  if (!hold (self, &call))
    return FALSE;

  /* The close that follows the end of the stream comes last. */
  be_call_gate_withdraw_closes (get_gate (self), self->socket_id, FALSE);

  return TRUE;
}

gboolean
be_stream_peer_hold_reply (BeStreamPeer *self,
                           const guint8 *bytes,
                           gsize         length)
{
  g_autoptr (GBytes) copy = NULL;

  if (!be_call_gate_holds_calls (get_gate (self)))
    return FALSE;

  copy = g_bytes_new (bytes, length);

  return be_stream_peer_hold_bytes (self, copy, BE_EVENT_REPLY);
}

/**
 * be_stream_peer_has_room:
 *
 * Returns: whether a send of @length bytes may be held behind what waits
 */
gboolean
be_stream_peer_has_room (BeStreamPeer *self,
                         gsize         length)
{
  gsize waiting = be_write_queue_get_length (&self->waiting);

  return be_call_gate_has_room (get_gate (self), self->socket_id, length + waiting,
                                BE_STREAM_PEER_QUEUE_BYTES);
}

/**
 * be_stream_peer_hold_end:
 *
 * Returns: whether shutdown () or close () is held, or not to be made at all
 */
gboolean
be_stream_peer_hold_end (BeStreamPeer  *self,
                         BeWorkerEnding ending)
{
  BeGatedCall call = make_call (self, BE_CALL_CLOSE, 0, BE_EVENT_ON_REQUEST);

  if (!be_call_gate_holds_calls (get_gate (self)))
    return FALSE;

  if (ending == BE_WORKER_HALF_CLOSE)
    {
      call.call = BE_CALL_SHUTDOWN;
      if (self->is_shut_down || be_call_gate_has_call (get_gate (self), self->socket_id, call.call))
        return TRUE;
      hold (self, &call);
      be_call_gate_withdraw_closes (get_gate (self), self->socket_id, FALSE);
      return TRUE;
    }

  /* Only TCP has an RST. Who asks again has thought better of it. */
  if (ending == BE_WORKER_RESET && self->owner->protocol == BE_PROTOCOL_TCP)
    call.flags |= BE_EVENT_RESET;
  be_call_gate_withdraw_closes (get_gate (self), self->socket_id, TRUE);

  return hold (self, &call);
}

/**
 * be_stream_peer_close_or_hold:
 *
 * Nothing is left but the close; when it is held other calls may still come
 * before it.
 *
 * Returns: whether the peer is still there
 */
gboolean
be_stream_peer_close_or_hold (BeStreamPeer *self)
{
  BeCallGate *gate = get_gate (self);
  BeGatedCall call = make_call (self, BE_CALL_CLOSE, 0, 0);
  gboolean    has_calls;

  /* A send that waited for room fails with the socket, and with the connection. */
  if (gate != NULL && self->is_broken)
    {
      be_call_gate_note_returned (gate, self->socket_id, BE_CALL_SEND);
      call.peer = (BeAddress){ 0 };
    }

  has_calls = gate != NULL && be_call_gate_has_calls (gate, self->socket_id);
  if (!has_calls && (gate == NULL || !be_call_gate_holds_calls (gate)))
    {
      be_stream_peer_close_socket (self, FALSE);
      return FALSE;
    }

  if (!has_calls)
    be_call_gate_hold (gate, &call, make_held_cb, self);
  be_stream_peer_update_conditions (self);

  return TRUE;
}

/**
 * be_stream_peer_note_waiting_send:
 *
 * A send () has not taken everything, and waits for room.
 */
void
be_stream_peer_note_waiting_send (BeStreamPeer *self)
{
  BeGatedCall call = make_call (self, BE_CALL_SEND,
                                (guint32) be_write_queue_get_length (&self->waiting),
                                self->waiting.flags);

  be_call_gate_note_waiting (get_gate (self), &call);
}

/**
 * be_stream_peer_update:
 *
 * The gate has come, gone or changed.
 */
void
be_stream_peer_update (BeStreamPeer *self)
{
  g_return_if_fail (self != NULL);

  if (get_gate (self) != NULL && be_write_queue_get_length (&self->waiting) > 0 && !self->is_broken)
    be_stream_peer_note_waiting_send (self);

  /* Asked for before, but not made: something waited. */
  if (get_gate (self) != NULL && self->wants_shutdown && !self->is_shut_down &&
      be_stream_peer_hold_end (self, BE_WORKER_HALF_CLOSE))
    self->wants_shutdown = FALSE;

  be_stream_peer_update_conditions (self);
}
