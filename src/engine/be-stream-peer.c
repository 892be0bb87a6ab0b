/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-peer.h"

#include "be-socket-report.h"
#include "be-socket.h"
#include "be-write-queue.h"

#include <string.h>

/**
 * BeStreamPeer:
 *
 * One connected stream, on either side: it reads, answers by the reply rule,
 * and writes what it is told. Every call is made in one place: receive_once (),
 * send_now (), shut_down () and close_socket (), so that this is where a call
 * can be held back.
 *
 * Owns the connected socket and the bytes that could not be written yet.
 * While bytes wait, a peer that answers reads no more: that is the
 * back-pressure which bounds them. It ends at the first close, which reports
 * one closing event, tells the owner and frees it. The functions that may
 * close return whether it is still there.
 */
struct _BeStreamPeer
{
  BeWorker              *owner;
  BeStreamPeerClosedFunc closed;
  BePollerWatch          watch;

  /* ten thousand may be there: each takes as little room as can be */
  BeSocket socket;
  guint32  socket_id;
  guint8   rule;  /* BeReplyRule */
  guint8   state; /* BeSystemState: only FIN and RST of the other end and our own calls
                   * change it; read again at each of them, and known in between */
  guint8    has_read_end : 1;
  guint8    wants_shutdown : 1;
  guint8    is_shut_down : 1;
  BeAddress local;
  BeAddress remote;
  guint64   bytes_received;
  guint64   bytes_sent;

  BeWriteQueue waiting;

  gsize read_window; /* bytes that the events of reads may take; G_MAXSIZE: any number */
};

static void
update_conditions (BeStreamPeer *self)
{
  gboolean     is_waiting = be_write_queue_get_length (&self->waiting) > 0;
  GIOCondition conditions = 0;

  if (is_waiting)
    conditions |= G_IO_OUT;
  if (!self->has_read_end && self->read_window > 0 &&
      (!is_waiting || self->rule == BE_REPLY_NONE))
    conditions |= G_IO_IN;

  if (conditions != self->watch.conditions)
    be_poller_set_conditions (be_network_thread_get_poller (self->owner->network),
                              &self->watch, conditions);
}

static void
begin_record (BeStreamPeer  *self,
              BeEventRecord *record,
              BeCall         call)
{
  be_worker_begin_record (self->owner, record, call, self->socket_id);
  record->peer_id = self->socket_id;
  record->local = self->local;
  record->peer = self->remote;
  record->state = (guint8) self->state;
}

/* A path has no TCP state that a call could imply. */
static void
read_state (BeStreamPeer *self,
            BeSystemState implied)
{
  gboolean is_tcp = self->owner->protocol == BE_PROTOCOL_TCP;

  self->state = be_system_state_read (self->socket, is_tcp ? implied : self->state);

  /* Both sides have finished, whether or not all of it was read: the system keeps
   * the addresses in TIME_WAIT, and says CLOSED of the descriptor. */
  if (self->is_shut_down && self->state == BE_SYSTEM_STATE_CLOSED)
    self->state = be_system_state_read_pair (&self->local, &self->remote, self->state);
}

static void
peer_free (BeStreamPeer *self)
{
  be_write_queue_clear (&self->waiting);
  g_free (self);
}

static void
close_socket (BeStreamPeer *self,
              gboolean      with_reset)
{
  BeEventRecord record;
  int           error = 0;
  int           result = 0;

  be_poller_remove (be_network_thread_get_poller (self->owner->network), &self->watch);
  if (self->owner->has_set_linger)
    with_reset |= be_socket_report_resets_at_close (self->socket);
  if (with_reset)
    be_socket_close_with_reset (self->socket);
  else
    result = be_socket_close (self->socket, &error);

  self->state = BE_SYSTEM_STATE_CLOSED;
  begin_record (self, &record, BE_CALL_CLOSE);
  record.detail = (guint32) be_write_queue_get_length (&self->waiting);
  record.flags = with_reset ? BE_EVENT_RESET : 0;
  be_worker_report (self->owner, &record, result, error);

  self->closed (self->owner, self);
  peer_free (self);
}

static void
shut_down (BeStreamPeer *self)
{
  BeEventRecord record;
  int           error;
  int           result = be_socket_shutdown_write (self->socket, &error);

  self->is_shut_down = TRUE;
  read_state (self, be_system_state_after_fin_sent (self->state));
  begin_record (self, &record, BE_CALL_SHUTDOWN);
  be_worker_report (self->owner, &record, result, error);
}

/* What is to be done when nothing waits any more. */
static gboolean
finish_writing (BeStreamPeer *self)
{
  if (be_write_queue_get_length (&self->waiting) > 0)
    return TRUE;

  if (self->has_read_end)
    {
      close_socket (self, FALSE);
      return FALSE;
    }

  if (self->wants_shutdown && !self->is_shut_down)
    shut_down (self);

  return TRUE;
}

/* Returns how many bytes went, 0 when none could go now, -1 when it failed. */
static gssize
send_now (BeStreamPeer *self,
          const guint8 *bytes,
          gsize         length,
          guint16       flags)
{
  BeEventRecord record;
  int           error;
  gssize        sent = be_socket_send (self->socket, bytes, length, &error);

  if (sent < 0 && be_socket_error_is_retry (error))
    return 0;

  if (sent < 0)
    read_state (self, self->state);
  begin_record (self, &record, BE_CALL_SEND);
  record.flags = flags;
  record.position = self->bytes_sent;
  self->bytes_sent += (guint64) MAX (sent, 0);
  be_worker_report_data (self->owner, &record, sent, error, bytes);

  if (sent < 0 && !self->is_shut_down)
    close_socket (self, FALSE);

  return sent;
}

static gboolean
write_or_keep (BeStreamPeer *self,
               const guint8 *bytes,
               gsize         length,
               guint16       flags)
{
  gssize sent = 0;

  if (be_write_queue_get_length (&self->waiting) == 0)
    {
      sent = send_now (self, bytes, length, flags);
      if (sent < 0)
        return FALSE;
    }

  if ((gsize) sent < length)
    be_write_queue_append (&self->waiting, bytes + sent, length - (gsize) sent, flags);

  return TRUE;
}

static gboolean
write_waiting (BeStreamPeer *self)
{
  gssize sent = send_now (self, be_write_queue_peek (&self->waiting),
                          be_write_queue_get_length (&self->waiting), self->waiting.flags);

  if (sent < 0)
    return FALSE;

  be_write_queue_drop (&self->waiting, (gsize) sent);

  return finish_writing (self);
}

static void
use_read_window (BeStreamPeer *self,
                 gsize         received)
{
  if (self->read_window < G_MAXSIZE)
    self->read_window -= MIN (self->read_window, be_event_record_size_for (received));
}

static gboolean
receive_once (BeStreamPeer *self,
              gssize       *received)
{
  BeEventRecord record;
  gsize         size;
  guint8       *buffer = be_network_thread_get_buffer (self->owner->network, &size);
  int           error;
  gsize         answer;

  *received = be_socket_recv (self->socket, buffer, MIN (size, self->read_window), &error);
  if (*received < 0 && be_socket_error_is_retry (error))
    return TRUE;

  if (*received <= 0)
    {
      self->has_read_end = TRUE;
      /* The poller may have told of the FIN, and the state is known already. */
      if (*received < 0 || self->state != BE_SYSTEM_STATE_CLOSE_WAIT)
        read_state (self, *received < 0 ? BE_SYSTEM_STATE_CLOSED
                                        : be_system_state_after_fin_received (self->state));
    }
  begin_record (self, &record, BE_CALL_RECV);
  record.position = self->bytes_received;
  self->bytes_received += (guint64) MAX (*received, 0);
  be_worker_report_data (self->owner, &record, *received, error, buffer);
  use_read_window (self, (gsize) MAX (*received, 0)); /* not what the queue kept of it */

  if (*received < 0)
    {
      close_socket (self, FALSE);
      return FALSE;
    }

  if (*received == 0)
    return finish_writing (self);

  answer = be_reply_rule_apply (self->rule, buffer, (gsize) *received);
  if (answer > 0 && !self->is_shut_down)
    return write_or_keep (self, buffer, answer, BE_EVENT_REPLY);

  return TRUE;
}

static gboolean
receive_turn (BeStreamPeer *self)
{
  gsize size;

  be_network_thread_get_buffer (self->owner->network, &size);
  for (gsize n_bytes = 0; n_bytes < BE_WORKER_BYTES_PER_TURN; n_bytes += size)
    {
      gssize received;

      if (!receive_once (self, &received))
        return FALSE;
      if (received < (gssize) size || self->read_window == 0)
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

  begin_record (self, &record, BE_CALL_RECV);
  record.position = self->bytes_received;
  be_worker_report (self->owner, &record, -1, self->watch.error);
  close_socket (self, FALSE);
}

static void
ready_cb (gpointer     user_data,
          GIOCondition ready)
{
  BeStreamPeer *self = user_data;
  GIOCondition  trouble = ready & (G_IO_HUP | G_IO_ERR);

  if (ready & G_IO_NVAL)
    {
      fail_unwatched (self);
      return;
    }

  if (trouble != 0)
    read_state (self, self->state);

  /* Reads come first: after a reset what had come can still be read, while a
   * write fails and closes. */
  if (!self->has_read_end &&
      (self->watch.conditions & G_IO_IN) && ((ready & G_IO_IN) || trouble != 0))
    {
      if (!receive_turn (self))
        return;
      ready &= trouble & G_IO_ERR ? 0 : G_IO_OUT;
    }

  if (be_write_queue_get_length (&self->waiting) > 0 && ready != 0 && !write_waiting (self))
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
                 G_IO_IN, ready_cb, self);

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

static void
refuse_send (BeStreamPeer *self,
             gsize         length,
             int           error)
{
  BeEventRecord record;

  begin_record (self, &record, BE_CALL_SEND);
  record.flags = BE_EVENT_ON_REQUEST | BE_EVENT_LIMIT;
  record.position = self->bytes_sent;
  record.detail = (guint32) MIN (length, G_MAXUINT32);
  be_worker_report (self->owner, &record, -1, error);
}

/**
 * be_stream_peer_send:
 *
 * Sends bytes after all that wait already. When more than
 * %BE_STREAM_PEER_QUEUE_BYTES would wait nothing is sent, and an event says so.
 */
void
be_stream_peer_send (BeStreamPeer *self,
                     GBytes       *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize         waiting;

  g_return_if_fail (self != NULL);

  if (length == 0)
    return;

  waiting = be_write_queue_get_length (&self->waiting);

  /* Shut down, the system refuses it (EPIPE, send(2)); the same while it does
   * not know of it yet, because something waits. */
  if (self->is_shut_down)
    send_now (self, data, length, BE_EVENT_ON_REQUEST);
  else if (self->wants_shutdown)
    refuse_send (self, length, be_socket_error_shut_down ());
  else if (length > BE_STREAM_PEER_QUEUE_BYTES - MIN (waiting, BE_STREAM_PEER_QUEUE_BYTES))
    refuse_send (self, length, be_socket_error_no_buffers ());
  else if (write_or_keep (self, data, length, BE_EVENT_ON_REQUEST))
    update_conditions (self);
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

/**
 * be_stream_peer_end:
 *
 * Half-closes (after what waits has been written), closes or resets. A close
 * or reset throws away what waits, and its event says how much that was.
 */
void
be_stream_peer_end (BeStreamPeer  *self,
                    BeWorkerEnding ending)
{
  g_return_if_fail (self != NULL);

  if (ending != BE_WORKER_HALF_CLOSE)
    {
      /* Only TCP has an RST; a path just closes. */
      close_socket (self, ending == BE_WORKER_RESET && self->owner->protocol == BE_PROTOCOL_TCP);
      return;
    }

  self->wants_shutdown = TRUE;
  if (finish_writing (self))
    update_conditions (self);
}
