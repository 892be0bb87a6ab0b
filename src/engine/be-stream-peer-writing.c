/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a stream writes: what it is told, replies, and its end. */

#include "be-hot.h"
#include "be-socket.h"
#include "be-stream-peer-private.h"

static void
shut_down (BeStreamPeer *self)
{
  BeEventRecord record;
  int           error;
  int           result = be_socket_shutdown_write (self->socket, &error);

  self->is_shut_down = TRUE;
  be_stream_peer_read_state (self, be_system_state_after_fin_sent (self->state));
  be_stream_peer_begin_record (self, &record, BE_CALL_SHUTDOWN);
  be_worker_report (self->owner, &record, result, error);
}

/* What is to be done when nothing waits any more. */
gboolean
be_stream_peer_finish_writing (BeStreamPeer *self)
{
  if (be_write_queue_get_length (&self->waiting) > 0 && !self->is_broken)
    return TRUE;

  if (self->wants_close)
    {
      if (self->wants_shutdown && !self->is_shut_down && !self->is_broken)
        shut_down (self);
      be_stream_peer_close_socket (self, FALSE);
      return FALSE;
    }

  if (self->has_read_end || self->is_broken)
    return be_stream_peer_close_or_hold (self);

  if (self->wants_shutdown && !self->is_shut_down)
    shut_down (self);

  return TRUE;
}

/* Returns how many bytes went, 0 when none could go now, -1 when it failed: then
 * the peer may be gone. */
BE_HOT static gssize
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
    be_stream_peer_read_state (self, self->state);
  be_stream_peer_begin_record (self, &record, BE_CALL_SEND);
  record.flags = flags;
  record.position = self->bytes_sent;
  self->bytes_sent += (guint64) MAX (sent, 0);
  be_worker_report_data (self->owner, &record, sent, error, bytes);

  if (self->owner->gate != NULL && (sent < 0 || (gsize) sent == length))
    be_call_gate_note_returned (self->owner->gate, self->socket_id, BE_CALL_SEND);

  if (sent < 0 && (self->is_broken || !self->is_shut_down))
    {
      self->is_broken = TRUE;
      be_stream_peer_close_or_hold (self);
    }

  return sent;
}

BE_HOT gboolean
be_stream_peer_write_or_keep (BeStreamPeer *self,
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

  if ((gsize) sent == length)
    return TRUE;

  be_write_queue_append (&self->waiting, bytes + sent, length - (gsize) sent, flags);
  if (self->owner->gate != NULL)
    be_stream_peer_note_waiting_send (self);

  return TRUE;
}

gboolean
be_stream_peer_write_waiting (BeStreamPeer *self)
{
  gssize sent = send_now (self, be_write_queue_peek (&self->waiting),
                          be_write_queue_get_length (&self->waiting), self->waiting.flags);

  if (sent < 0)
    return FALSE;

  be_write_queue_drop (&self->waiting, (gsize) sent);

  return be_stream_peer_finish_writing (self);
}

static void
refuse_send (BeStreamPeer *self,
             gsize         length,
             guint16       flags,
             int           error)
{
  BeEventRecord record;

  be_stream_peer_begin_record (self, &record, BE_CALL_SEND);
  record.flags = flags | BE_EVENT_LIMIT;
  record.position = self->bytes_sent;
  record.detail = (guint32) MIN (length, G_MAXUINT32);
  be_worker_report (self->owner, &record, -1, error);
}

/**
 * be_stream_peer_send_now:
 *
 * What a person has asked for is sent, or kept behind what waits.
 */
void
be_stream_peer_send_now (BeStreamPeer *self,
                         const guint8 *bytes,
                         gsize         length,
                         guint16       flags)
{
  gsize waiting = be_write_queue_get_length (&self->waiting);

  gboolean is_there = TRUE;

  /* Shut down, the system refuses it (EPIPE, send(2)); the same while it does
   * not know of it yet, because something waits. */
  if (self->is_broken)
    is_there = send_now (self, bytes, length, flags) >= 0;
  else if (self->is_shut_down)
    send_now (self, bytes, length, flags);
  else if (self->wants_shutdown || self->wants_close)
    refuse_send (self, length, flags, be_socket_error_shut_down ());
  else if (length > BE_STREAM_PEER_QUEUE_BYTES - MIN (waiting, BE_STREAM_PEER_QUEUE_BYTES))
    refuse_send (self, length, flags, be_socket_error_no_buffers ());
  else
    is_there = be_stream_peer_write_or_keep (self, bytes, length, flags);

  if (is_there && be_stream_peer_finish_writing (self))
    be_stream_peer_update_conditions (self);
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

  g_return_if_fail (self != NULL);

  if (length == 0)
    return;

  if (self->owner->gate == NULL)
    be_stream_peer_send_now (self, data, length, BE_EVENT_ON_REQUEST);
  else if (!be_stream_peer_has_room (self, length))
    refuse_send (self, length, BE_EVENT_ON_REQUEST, be_socket_error_no_buffers ());
  else if (!be_stream_peer_hold_bytes (self, bytes, BE_EVENT_ON_REQUEST))
    be_stream_peer_send_now (self, data, length, BE_EVENT_ON_REQUEST);
}

/**
 * be_stream_peer_end_now:
 *
 * be_stream_peer_end (), when its turn has come.
 */
void
be_stream_peer_end_now (BeStreamPeer  *self,
                        BeWorkerEnding ending)
{
  if (ending != BE_WORKER_HALF_CLOSE)
    {
      /* Only TCP has an RST; a path just closes. */
      be_stream_peer_close_socket (self, ending == BE_WORKER_RESET &&
                                           self->owner->protocol == BE_PROTOCOL_TCP);
      return;
    }

  /* Held back it is made, even where the close comes next. */
  self->wants_shutdown = TRUE;
  if (self->owner->gate != NULL && !self->is_shut_down && be_write_queue_get_length (&self->waiting) == 0)
    shut_down (self);
  if (be_stream_peer_finish_writing (self))
    be_stream_peer_update_conditions (self);
}

/**
 * be_stream_peer_close_held:
 *
 * close (), when its turn has come. Set free with the others before it, its
 * turn comes when these have returned: what a person has sent before the close
 * is not thrown away by it.
 */
void
be_stream_peer_close_held (BeStreamPeer *self,
                           gboolean      with_reset)
{
  if (!with_reset && !self->is_broken && be_write_queue_get_length (&self->waiting) > 0)
    self->wants_close = TRUE;
  else
    be_stream_peer_close_socket (self, with_reset);
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

  if (self->owner->gate == NULL || !be_stream_peer_hold_end (self, ending))
    be_stream_peer_end_now (self, ending);
}

/**
 * be_stream_peer_stop:
 *
 * Closes at once, whatever is held.
 */
void
be_stream_peer_stop (BeStreamPeer *self)
{
  g_return_if_fail (self != NULL);

  be_stream_peer_close_socket (self, FALSE);
}
