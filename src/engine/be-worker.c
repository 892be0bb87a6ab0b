/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-worker.h"

#include "be-hot.h"
#include "be-port-holder.h"
#include "be-socket.h"

/**
 * be_worker_begin_record:
 * @record: (out): an event of this session without an outcome yet
 */
BE_HOT void
be_worker_begin_record (const BeWorker *self,
                        BeEventRecord  *record,
                        BeCall          call,
                        guint32         socket_id)
{
  *record = (BeEventRecord){
    .session_id = self->session_id,
    .socket_id = socket_id,
    .connection = BE_EVENT_NO_CONNECTION,
    .side = (guint8) self->side,
    .protocol = (guint8) self->protocol,
    .call = (guint8) call,
  };
}

/**
 * be_worker_report:
 *
 * Reports an event that carries no payload.
 */
void
be_worker_report (const BeWorker *self,
                  BeEventRecord  *record,
                  gssize          result,
                  int             error)
{
  record->result = (gint32) result;
  record->error = result < 0 ? error : 0;
  be_network_thread_report (self->network, record, NULL, FALSE);
}

/**
 * be_worker_report_data:
 * @result: how many of @bytes moved, or -1
 *
 * Reports an event that carries the bytes that moved.
 */
BE_HOT void
be_worker_report_data (const BeWorker *self,
                       BeEventRecord  *record,
                       gssize          result,
                       int             error,
                       const guint8   *bytes)
{
  record->result = (gint32) result;
  record->error = result < 0 ? error : 0;
  record->payload_length = (guint32) MAX (result, 0);
  record->kept_length = record->payload_length;
  be_network_thread_report (self->network, record, bytes, !self->keeps_payloads);
}

/**
 * be_worker_open_socket:
 * @address: what it will be bound or connected to
 * @flags: for the event when it fails
 * @state: what the system's state is for a new socket
 *
 * socket (), with its event.
 *
 * Returns: (transfer full): the socket, or %BE_SOCKET_NONE
 */
BeSocket
be_worker_open_socket (const BeWorker  *self,
                       const BeAddress *address,
                       guint32          socket_id,
                       guint16          flags,
                       BeSystemState    state)
{
  GSocketType   type = self->protocol == BE_PROTOCOL_UDP ? G_SOCKET_TYPE_DATAGRAM : G_SOCKET_TYPE_STREAM;
  BeEventRecord record;
  int           error;
  BeSocket      socket = be_socket_open (address->family, type, &error);

  be_worker_begin_record (self, &record, BE_CALL_SOCKET, socket_id);
  record.peer_id = self->side == BE_SIDE_CLIENT ? socket_id : 0;
  record.state = (guint8) state;
  if (socket == BE_SOCKET_NONE)
    {
      record.flags = flags;
      record.peer = *address;
    }
  be_worker_report (self, &record, socket != BE_SOCKET_NONE ? be_socket_get_descriptor (socket) : -1, error);

  return socket;
}

/**
 * be_worker_bind_socket:
 *
 * bind (), with its event.
 *
 * Returns: whether it succeeded
 */
gboolean
be_worker_bind_socket (const BeWorker  *self,
                       BeSocket         socket,
                       const BeAddress *address,
                       guint32          socket_id,
                       guint16          flags,
                       BeSystemState    state)
{
  BeEventRecord record;
  int           error;
  int           result = be_socket_bind (socket, address, &error);

  be_worker_begin_record (self, &record, BE_CALL_BIND, socket_id);
  record.peer_id = self->side == BE_SIDE_CLIENT ? socket_id : 0;
  record.local = *address;
  record.state = (guint8) be_system_state_read (socket, result < 0 ? BE_SYSTEM_STATE_CLOSED : state);
  if (result < 0)
    {
      record.flags = flags;
      if (self->protocol == BE_PROTOCOL_TCP)
        record.detail = be_port_holder_find (address);
    }
  else
    be_socket_get_local (socket, &record.local);
  be_worker_report (self, &record, result, error);

  return result == 0;
}

/**
 * be_worker_close_socket:
 * @socket: (transfer full)
 * @unsent: how many bytes are thrown away with it
 *
 * close (), with its event.
 */
void
be_worker_close_socket (const BeWorker  *self,
                        BeSocket         socket,
                        guint32          socket_id,
                        guint32          peer_id,
                        const BeAddress *local,
                        const BeAddress *peer,
                        gsize            unsent)
{
  BeEventRecord record;
  int           error;
  int           result;

  be_worker_begin_record (self, &record, BE_CALL_CLOSE, socket_id);
  record.peer_id = peer_id;
  record.state = BE_SYSTEM_STATE_CLOSED;
  record.detail = (guint32) MIN (unsent, G_MAXUINT32);
  if (local != NULL)
    record.local = *local;
  if (peer != NULL)
    record.peer = *peer;

  result = be_socket_close (socket, &error);
  be_worker_report (self, &record, result, error);
}
