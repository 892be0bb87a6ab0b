/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-peer.h"

#include "be-hot.h"
#include "be-socket-report.h"
#include "be-socket-unread.h"
#include "be-socket.h"
#include "be-stream-peer-private.h"

static inline void
update_conditions (BeStreamPeer *self)
{
  gboolean is_waiting = be_write_queue_get_length (&self->waiting) > 0;
  gboolean reads = !self->has_read_end && !self->is_broken && self->read_window > 0 &&
                   (!is_waiting || self->rule == BE_REPLY_NONE);
  GIOCondition conditions = 0;

  if (self->owner->gate != NULL)
    reads = be_stream_peer_may_read (self, reads);

  if (is_waiting && !self->is_broken)
    conditions |= G_IO_OUT;
  if (reads)
    conditions |= G_IO_IN;

  if (conditions != self->watch.conditions)
    be_poller_set_conditions (be_network_thread_get_poller (self->owner->network),
                              &self->watch, conditions);
}

/* A path has no TCP state that a call could imply. */
void
be_stream_peer_read_state (BeStreamPeer *self,
                           BeSystemState implied)
{
  gboolean is_tcp = self->owner->protocol == BE_PROTOCOL_TCP;

  self->state = be_system_state_read (self->socket, is_tcp ? implied : self->state);

  /* Both sides have finished, whether or not all of it was read: the system keeps
   * the addresses in TIME_WAIT, and says CLOSED of the descriptor. */
  if (self->is_shut_down && self->state == BE_SYSTEM_STATE_CLOSED)
    self->state = be_system_state_read_pair (&self->local, &self->remote, self->state);
}

void
be_stream_peer_update_conditions (BeStreamPeer *self)
{
  update_conditions (self);
}

static void
peer_free (BeStreamPeer *self)
{
  be_write_queue_clear (&self->waiting);
  g_free (self);
}

/* The system is asked when it may matter only: who has read to the end has left
 * nothing. */
static gsize
find_unread (BeStreamPeer *self,
             gboolean      is_abrupt)
{
  return is_abrupt || self->has_read_end ? 0 : be_socket_unread_at_close (self->socket);
}

/* Read before close (), for afterwards there is no descriptor to ask with. Who has
 * read to the end and closes at once knows it already. */
static void
find_state_to_close (BeStreamPeer *self,
                     gboolean      is_abrupt)
{
  if (self->owner->protocol == BE_PROTOCOL_TCP && (!self->has_read_end || self->owner->gate != NULL || is_abrupt))
    be_stream_peer_read_state (self, self->state);
}

/* A path has no state of TCP, and no RST: its system tells the other end otherwise. */
static gboolean
tells_other_end (BeStreamPeer *self,
                 gboolean      is_abrupt,
                 gsize         unread)
{
  return (is_abrupt || unread > 0) &&
         (self->owner->protocol != BE_PROTOCOL_TCP || be_system_state_sends_reset (self->state));
}

static guint16
get_close_flags (BeStreamPeer *self,
                 gsize         unread)
{
  if (unread == 0)
    return BE_EVENT_RESET;

  /* Only TCP has an RST. */
  return self->owner->protocol == BE_PROTOCOL_TCP ? BE_EVENT_UNREAD | BE_EVENT_RESET : BE_EVENT_UNREAD;
}

/* An RST leaves nothing of the connection. Nor does an abrupt close () of one whose
 * last ACK is missing; but Linux keeps TIME_WAIT. A path has no state of TCP. */
static BeSystemState
get_state_after_close (BeStreamPeer *self,
                       gboolean      is_abrupt,
                       gboolean      is_reset)
{
  if (is_reset || self->owner->protocol != BE_PROTOCOL_TCP || (is_abrupt && self->state != BE_SYSTEM_STATE_TIME_WAIT))
    return BE_SYSTEM_STATE_CLOSED;

  return be_system_state_after_close (self->state);
}

void
be_stream_peer_close_socket (BeStreamPeer *self,
                             gboolean      with_reset)
{
  BeEventRecord record;
  int           error = 0;
  int           result = 0;
  gboolean      is_abrupt = with_reset;
  gboolean      is_reset;
  gsize         unsent = be_write_queue_get_length (&self->waiting);
  gsize         unread;

  if (self->owner->gate != NULL)
    unsent += be_call_gate_forget (self->owner->gate, self->socket_id);
  be_poller_remove (be_network_thread_get_poller (self->owner->network), &self->watch);
  if (self->owner->has_set_linger)
    is_abrupt |= be_socket_report_resets_at_close (self->socket);
  unread = find_unread (self, is_abrupt);
  find_state_to_close (self, is_abrupt);
  is_reset = tells_other_end (self, is_abrupt, unread);
  if (is_abrupt)
    be_socket_close_with_reset (self->socket);
  else
    result = be_socket_close (self->socket, &error);

  self->state = get_state_after_close (self, is_abrupt, is_reset);
  be_stream_peer_begin_record (self, &record, BE_CALL_CLOSE);
  record.detail = (guint32) MIN (unsent, G_MAXUINT32);
  record.flags = is_reset ? get_close_flags (self, unread) : 0;
  record.position = is_reset ? unread : 0;
  be_worker_report (self->owner, &record, result, error);

  self->closed (self->owner, self);
  peer_free (self);
}

static void
use_read_window (BeStreamPeer *self,
                 gsize         received)
{
  if (self->read_window < G_MAXSIZE)
    self->read_window -= MIN (self->read_window, be_event_record_size_for (received));
}

/* Inline, for its other caller is there for held reads only. */
static G_ALWAYS_INLINE inline gboolean
receive_once (BeStreamPeer *self,
              gssize       *received)
{
  BeEventRecord record;
  gsize         size;
  guint8       *buffer = be_read_buffer_get (be_network_thread_get_read_buffer (self->owner->network), &size);
  int           error;
  gsize         answer;

  if (self->owner->gate != NULL)
    size = be_stream_peer_get_recv_size (self, size);
  *received = be_socket_recv (self->socket, buffer, MIN (size, self->read_window), &error);
  if (*received < 0 && be_socket_error_is_retry (error))
    return TRUE;

  if (*received <= 0)
    {
      self->has_read_end = TRUE;
      /* The poller may have told of the FIN, and the state is known already. */
      if (*received < 0 || self->state != BE_SYSTEM_STATE_CLOSE_WAIT)
        be_stream_peer_read_state (self, *received < 0 ? BE_SYSTEM_STATE_CLOSED
                                                       : be_system_state_after_fin_received (self->state));
    }
  be_stream_peer_begin_record (self, &record, BE_CALL_RECV);
  record.position = self->bytes_received;
  self->bytes_received += (guint64) MAX (*received, 0);
  be_worker_report_data (self->owner, &record, *received, error, buffer);
  use_read_window (self, (gsize) MAX (*received, 0)); /* not what the queue kept of it */
  if (self->owner->gate != NULL)
    be_call_gate_note_returned (self->owner->gate, self->socket_id, BE_CALL_RECV);

  if (*received < 0)
    {
      self->is_broken = TRUE;
      return be_stream_peer_close_or_hold (self);
    }

  if (*received == 0)
    return be_stream_peer_finish_writing (self);

  answer = be_reply_rule_apply (self->rule, buffer, (gsize) *received);
  if (answer == 0 || self->is_shut_down)
    return TRUE;
  if (self->owner->gate != NULL && be_stream_peer_hold_reply (self, buffer, answer))
    return TRUE;

  return be_stream_peer_write_or_keep (self, buffer, answer, BE_EVENT_REPLY);
}

static gboolean
receive_turn (BeStreamPeer *self)
{
  gsize size;

  be_read_buffer_get (be_network_thread_get_read_buffer (self->owner->network), &size);
  for (gsize n_bytes = 0; n_bytes < BE_WORKER_BYTES_PER_TURN; n_bytes += size)
    {
      gssize received;

      if (!receive_once (self, &received))
        return FALSE;
      if (received < (gssize) size || self->read_window == 0 || self->owner->gate != NULL)
        break; /* all that had come, or may */
      if (be_write_queue_get_length (&self->waiting) > 0 && self->rule != BE_REPLY_NONE)
        break;
    }

  return TRUE;
}

/* The system does not tell when there is something to read: no read can be. */
static void
fail_unwatched (BeStreamPeer *self)
{
  BeEventRecord record;

  be_stream_peer_begin_record (self, &record, BE_CALL_RECV);
  record.position = self->bytes_received;
  be_worker_report (self->owner, &record, -1, self->watch.error);
  if (self->owner->gate != NULL)
    be_call_gate_note_returned (self->owner->gate, self->socket_id, BE_CALL_RECV);
  self->is_broken = TRUE;
  be_stream_peer_close_or_hold (self);
}

/**
 * be_stream_peer_receive:
 *
 * Reads once, whatever the poller says.
 *
 * Returns: whether the peer is still there
 */
gboolean
be_stream_peer_receive (BeStreamPeer *self)
{
  gssize received;

  return receive_once (self, &received);
}

BE_HOT static void
ready_cb (gpointer     user_data,
          GIOCondition ready)
{
  BeStreamPeer *self = user_data;
  GIOCondition  trouble;

  if (self->owner->gate != NULL && (self->watch.conditions & G_IO_IN) && (ready & ~G_IO_OUT) != 0 &&
      be_call_gate_note_ready (self->owner->gate, self->socket_id))
    ready &= G_IO_OUT; /* the rest is for the read that is held */

  if (ready & G_IO_NVAL)
    {
      fail_unwatched (self);
      return;
    }

  trouble = ready & (G_IO_HUP | G_IO_ERR);
  if (trouble != 0)
    be_stream_peer_read_state (self, self->state);

  /* Reads come first: after a reset what had come can still be read, while a
   * write fails and closes. */
  if (!self->has_read_end &&
      (self->watch.conditions & G_IO_IN) && ((ready & G_IO_IN) || trouble != 0))
    {
      if (!receive_turn (self))
        return;
      ready &= trouble & G_IO_ERR ? 0 : G_IO_OUT;
    }

  if (be_write_queue_get_length (&self->waiting) > 0 && ready != 0 && !self->is_broken &&
      !be_stream_peer_write_waiting (self))
    return;

  update_conditions (self);
}

/**
 * be_stream_peer_new:
 * @owner: outlives the peer
 * @socket: (transfer full): a connected socket
 * @made_by: the accept () or connect () that it comes from: its number, both
 *   addresses and the state
 * @closed: called once, when it has closed
 *
 * Starts to read. The peer frees itself when it closes.
 *
 * Returns: (transfer none): the peer
 */
BeStreamPeer *
be_stream_peer_new (BeWorker              *owner,
                    BeSocket               socket,
                    const BeEventRecord   *made_by,
                    BeReplyRule            rule,
                    BeStreamPeerClosedFunc closed)
{
  BeStreamPeer *self = g_new0 (BeStreamPeer, 1);

  self->owner = owner;
  self->socket = socket;
  self->socket_id = made_by->socket_id;
  self->local = made_by->local;
  self->remote = made_by->peer;
  self->state = made_by->state;
  self->rule = rule;
  self->closed = closed;
  self->read_window = G_MAXSIZE;
  be_poller_add (be_network_thread_get_poller (owner->network), &self->watch, socket,
                 owner->gate == NULL ? G_IO_IN : 0, ready_cb, self);
  if (owner->gate != NULL)
    update_conditions (self);

  return self;
}

guint32
be_stream_peer_get_socket_id (BeStreamPeer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->socket_id;
}

/* The peer stays its owner. */
BeSocket
be_stream_peer_get_socket (BeStreamPeer *self)
{
  return self->socket;
}

/**
 * be_stream_peer_set_read_window:
 * @bytes: what the events of reads may take (be_event_record_size_for ())
 *   before more is allowed; %G_MAXSIZE: any number
 *
 * For a reader who must not miss a byte: the queue leaves out what does not fit.
 */
void
be_stream_peer_set_read_window (BeStreamPeer *self,
                                gsize         bytes)
{
  g_return_if_fail (self != NULL);

  self->read_window = bytes;
  update_conditions (self);
}

/**
 * be_stream_peer_allow_reads:
 *
 * Adds to the window. Nothing where there is none.
 */
void
be_stream_peer_allow_reads (BeStreamPeer *self,
                            gsize         bytes)
{
  g_return_if_fail (self != NULL);

  if (self->read_window < G_MAXSIZE)
    be_stream_peer_set_read_window (self, self->read_window + bytes);
}
