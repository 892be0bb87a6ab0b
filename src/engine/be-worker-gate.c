/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The gate of a worker: when it comes and goes, and what passes it. */

#include "be-call-gate.h"
#include "be-worker.h"

/**
 * be_worker_make_call:
 * @func: makes the call; it may free its owner
 *
 * Makes a call now, or when its turn has come.
 */
void
be_worker_make_call (BeWorker          *self,
                     const BeGatedCall *call,
                     BeGateFunc         func,
                     gpointer           owner)
{
  if (self->gate == NULL || !be_call_gate_hold (self->gate, call, func, owner))
    func (owner, call);
}

static void
report_cancelled (BeWorker          *self,
                  const BeGatedCall *call)
{
  BeEventRecord record;

  be_worker_begin_record (self, &record, call->call, call->socket_id);
  record.peer_id = call->peer_id;
  record.local = call->local;
  record.peer = call->peer;
  record.flags = BE_EVENT_CANCELLED;
  record.detail = call->call == BE_CALL_LISTEN ? call->argument : 0;
  record.state = BE_SYSTEM_STATE_CLOSED;
  be_worker_report (self, &record, -1, 0);
}

/**
 * be_worker_cancel_held:
 * @socket_id: of a socket that is being opened, perhaps
 *
 * Stop: a call that opens it and is held is not made any more, and that is how
 * it ended.
 *
 * Returns: whether there was such a call
 */
gboolean
be_worker_cancel_held (BeWorker *self,
                       guint32   socket_id)
{
  BeGatedCall call;

  if (self->gate == NULL || !be_call_gate_get_opening (self->gate, socket_id, &call))
    return FALSE;

  be_call_gate_forget (self->gate, socket_id);
  report_cancelled (self, &call);

  return TRUE;
}

/**
 * be_worker_cancel_next:
 * @address: what would have been tried next
 *
 * Stop, when the first address has failed already and its close was held.
 */
void
be_worker_cancel_next (BeWorker        *self,
                       const BeAddress *address)
{
  BeGatedCall call = {
    .call = BE_CALL_SOCKET,
    .socket_id = be_network_thread_next_socket_id (self->network),
  };

  if (self->side == BE_SIDE_CLIENT)
    {
      call.peer_id = call.socket_id;
      call.peer = *address;
    }
  else
    call.local = *address;
  report_cancelled (self, &call);
}

/* Until use_gate (). */
static void
begin_gate (BeWorker *self)
{
  if (self->gate == NULL)
    self->gate = be_call_gate_new (self);

  be_call_gate_begin_renewal (self->gate);
}

static void
use_gate (BeWorker *self)
{
  if (self->gate != NULL && !be_call_gate_is_needed (self->gate))
    g_clear_pointer (&self->gate, be_call_gate_free);

  self->klass->update (self);
  if (self->gate != NULL)
    be_call_gate_end_renewal (self->gate);
}

/**
 * be_worker_set_pace:
 *
 * What is held and is not to be any more is made, in order, before this returns.
 */
void
be_worker_set_pace (BeWorker *self,
                    BePace    pace,
                    guint     interval_ms)
{
  if (self->gate == NULL && pace == BE_PACE_FREE)
    return;

  begin_gate (self);
  be_call_gate_set_pace (self->gate, pace, interval_ms);
  use_gate (self);
}

/**
 * be_worker_set_reading:
 * @socket_id: 0: all, and those to come
 * @recv_size: 0: the whole buffer
 */
void
be_worker_set_reading (BeWorker *self,
                       guint32   socket_id,
                       BeReading reading,
                       guint     interval_ms,
                       guint     recv_size)
{
  guint32 peer_id;

  /* It may have closed meanwhile. */
  if (socket_id != 0 && self->klass->find_socket (self, socket_id, &peer_id) == BE_SOCKET_NONE)
    return;

  begin_gate (self);
  be_call_gate_set_reading (self->gate, socket_id, reading, interval_ms, recv_size);
  use_gate (self);
}

/**
 * be_worker_step:
 * @pending_id: 0: see be_call_gate_step ()
 */
void
be_worker_step (BeWorker *self,
                guint64   pending_id)
{
  if (self->gate != NULL)
    be_call_gate_step (self->gate, pending_id);
}

/**
 * be_worker_clear_gate:
 *
 * The gate holds nothing, or nobody is to learn of it.
 */
void
be_worker_clear_gate (BeWorker *self)
{
  if (self->gate == NULL)
    return;

  g_clear_pointer (&self->gate, be_call_gate_free);
}
