/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a stream writes: what it is told, replies, and its end. */

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
  if (be_write_queue_get_length (&self->waiting) > 0)
    return TRUE;

  if (self->has_read_end)
    {
      be_stream_peer_close_socket (self, FALSE);
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
    be_stream_peer_read_state (self, self->state);
  be_stream_peer_begin_record (self, &record, BE_CALL_SEND);
  record.flags = flags;
  record.position = self->bytes_sent;
  self->bytes_sent += (guint64) MAX (sent, 0);
  be_worker_report_data (self->owner, &record, sent, error, bytes);

  if (sent < 0 && !self->is_shut_down)
    be_stream_peer_close_socket (self, FALSE);

  return sent;
}

gboolean
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

  if ((gsize) sent < length)
    be_write_queue_append (&self->waiting, bytes + sent, length - (gsize) sent, flags);

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
             int           error)
{
  BeEventRecord record;

  be_stream_peer_begin_record (self, &record, BE_CALL_SEND);
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
  else if (be_stream_peer_write_or_keep (self, data, length, BE_EVENT_ON_REQUEST))
    be_stream_peer_update_conditions (self);
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
      be_stream_peer_close_socket (self, ending == BE_WORKER_RESET && self->owner->protocol == BE_PROTOCOL_TCP);
      return;
    }

  self->wants_shutdown = TRUE;
  if (be_stream_peer_finish_writing (self))
    be_stream_peer_update_conditions (self);
}
