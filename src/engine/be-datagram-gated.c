/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How the calls of a UDP socket are held back. Only while the worker has a gate. */

#include "be-datagram-port-private.h"

/* As much as may wait for a stream. */
#define MAX_HELD_BYTES (8u * 1024 * 1024)

static BeCallGate *
get_gate (BeDatagramPort *self)
{
  return self->parent.gate;
}

BeGatedCall
be_datagram_port_make_call (BeDatagramPort       *self,
                            BeCall                call,
                            const BeDatagramPeer *peer)
{
  BeGatedCall made = {
    .call = call,
    .socket_id = self->socket_id,
    .local = self->local,
  };

  if (!be_datagram_port_is_server (self))
    made.peer_id = self->socket_id;
  if (peer != NULL)
    {
      made.peer_id = peer->id;
      made.peer = peer->address;
    }

  return made;
}

static BeGatedCall
make_send (BeDatagramPort       *self,
           const BeDatagramPeer *peer,
           gsize                 length,
           guint16               flags)
{
  BeGatedCall call = be_datagram_port_make_call (
    self, be_datagram_port_is_server (self) ? BE_CALL_SENDTO : BE_CALL_SEND, peer);

  call.argument = (guint32) length;
  call.flags = flags;

  return call;
}

/* Reading */

static void
read_cb (gpointer           owner,
         const BeGatedCall *call)
{
  BeDatagramPort *self = owner;

  be_datagram_port_receive_one (self);
  be_datagram_port_update_conditions (self);
}

/* A reply is sent before the next read. Returns whether the poller is to look
 * for something to read. */
gboolean
be_datagram_port_may_read (BeDatagramPort *self,
                           gboolean        wants)
{
  gboolean    is_server = be_datagram_port_is_server (self);
  BeGatedCall call;

  if (!wants || be_call_gate_has_replies (get_gate (self), self->socket_id))
    {
      be_call_gate_withdraw_read (get_gate (self), self->socket_id);
      return FALSE;
    }

  call = be_datagram_port_make_call (self, is_server ? BE_CALL_RECVFROM : BE_CALL_RECV,
                                     is_server ? NULL : &self->only_peer);
  call.socket = self->socket;
  call.argument = be_call_gate_get_recv_size (get_gate (self), self->socket_id,
                                              self->receive_bytes);

  return be_call_gate_want (get_gate (self), &call, read_cb, self);
}

/* Sending */

static void
send_cb (gpointer           owner,
         const BeGatedCall *call)
{
  BeDatagramPort *self = owner;
  BeDatagramPeer *peer = be_datagram_port_find_peer (self, call->peer_id);
  gsize           length;
  const guint8   *bytes = g_bytes_get_data (call->bytes, &length);

  /* A server may have forgotten whom it was for. */
  if (peer != NULL)
    be_datagram_port_send_or_keep (self, peer, bytes, length, call->flags);
  if (g_queue_is_empty (&self->waiting))
    be_datagram_port_note_returned (self, call->call);
  be_call_gate_note_taken (get_gate (self), self->socket_id); /* an error that had come (ICMP) */
  be_datagram_port_update_conditions (self);
}

/**
 * be_datagram_port_hold_send:
 *
 * Returns: whether the send is held, or refused; not when it can be made now
 */
gboolean
be_datagram_port_hold_send (BeDatagramPort *self,
                            BeDatagramPeer *peer,
                            GBytes         *bytes,
                            guint16         flags)
{
  gsize       length = g_bytes_get_size (bytes);
  BeGatedCall call = make_send (self, peer, length, flags);

  if (!be_call_gate_holds_calls (get_gate (self)))
    return FALSE;

  call.bytes = bytes;
  if (be_call_gate_has_room (get_gate (self), self->socket_id, length, MAX_HELD_BYTES))
    be_call_gate_hold (get_gate (self), &call, send_cb, self);
  else
    be_datagram_port_refuse (self, peer, flags);

  return TRUE;
}

/* Returns how many of them are held: all or none. */
guint
be_datagram_port_hold_answers (BeDatagramPort         *self,
                               BeDatagramPeer *const  *peers,
                               const BeSocketDatagram *answers,
                               guint                   n_answers)
{
  if (!be_call_gate_holds_calls (get_gate (self)))
    return 0;

  for (guint i = 0; i < n_answers; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (answers[i].bytes, answers[i].length);

      be_datagram_port_hold_send (self, peers[i], bytes, BE_EVENT_REPLY);
    }

  return n_answers;
}

static void
close_cb (gpointer           owner,
          const BeGatedCall *call)
{
  be_datagram_port_close (owner);
}

/**
 * be_datagram_port_hold_close:
 *
 * Returns: whether close () is held
 */
gboolean
be_datagram_port_hold_close (BeDatagramPort *self)
{
  BeGatedCall call = be_datagram_port_make_call (self, BE_CALL_CLOSE, &self->only_peer);

  call.flags = BE_EVENT_ON_REQUEST;

  return be_call_gate_has_call (get_gate (self), self->socket_id, BE_CALL_CLOSE) ||
         be_call_gate_hold (get_gate (self), &call, close_cb, self);
}

/* What became of them */

void
be_datagram_port_note_waiting_send (BeDatagramPort       *self,
                                    const BeDatagramPeer *peer,
                                    gsize                 length,
                                    guint16               flags)
{
  BeGatedCall call = make_send (self, peer, length, flags);

  be_call_gate_note_waiting (get_gate (self), &call);
}

void
be_datagram_port_note_returned (BeDatagramPort *self,
                                BeCall          call)
{
  be_call_gate_note_returned (get_gate (self), self->socket_id, call);
}
