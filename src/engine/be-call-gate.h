/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-pace.h"
#include "be-pending-call.h"
#include "be-worker.h"

G_BEGIN_DECLS

/* How many pending calls are told of at most, and how many may be held behind
 * one another on one socket. */
#define BE_CALL_GATE_MAX_TOLD 64
#define BE_CALL_GATE_MAX_CALLS 1024

/**
 * BeGatedCall:
 *
 * A call that a worker is about to make, or has made and waits in.
 */
struct _BeGatedCall
{
  BeCall    call;
  BeSocket  socket; /* of a read or accept (): open while it is wanted */
  guint32   socket_id;
  guint32   peer_id;
  guint32   argument;
  guint16   flags; /* BeEventFlags: REPLY, ON_REQUEST, RESET */
  BeAddress local;
  BeAddress peer;
  GBytes   *bytes; /* (nullable): of a send */
};

BeCallGate *be_call_gate_new (BeWorker *worker);
void        be_call_gate_free (BeCallGate *self);

/* What is asked of it. */
void     be_call_gate_set_pace (BeCallGate *self,
                                BePace      pace,
                                guint       interval_ms);
void     be_call_gate_set_reading (BeCallGate *self,
                                   guint32     socket_id,
                                   BeReading   reading,
                                   guint       interval_ms,
                                   guint       recv_size);
void     be_call_gate_step (BeCallGate *self,
                            guint64     pending_id);
gboolean be_call_gate_is_needed (BeCallGate *self);
void     be_call_gate_begin_renewal (BeCallGate *self);
void     be_call_gate_end_renewal (BeCallGate *self);

/* For workers: calls that are made one after another. */
gboolean be_call_gate_hold (BeCallGate        *self,
                            const BeGatedCall *call,
                            BeGateFunc         func,
                            gpointer           owner);
void     be_call_gate_note_waiting (BeCallGate        *self,
                                    const BeGatedCall *call);
gboolean be_call_gate_holds_calls (BeCallGate *self);
gboolean be_call_gate_has_call (BeCallGate *self,
                                guint32     socket_id,
                                BeCall      call);
gboolean be_call_gate_has_calls (BeCallGate *self,
                                 guint32     socket_id);
gboolean be_call_gate_has_replies (BeCallGate *self,
                                   guint32     socket_id);
gboolean be_call_gate_has_room (BeCallGate *self,
                                guint32     socket_id,
                                gsize       bytes,
                                gsize       max_bytes);
void     be_call_gate_withdraw_closes (BeCallGate *self,
                                       guint32     socket_id,
                                       gboolean    on_request_too);

/* For workers: reads and accept (), of which a socket has one. */
gboolean be_call_gate_want (BeCallGate        *self,
                            const BeGatedCall *call,
                            BeGateFunc         func,
                            gpointer           owner);
gboolean be_call_gate_note_ready (BeCallGate *self,
                                  guint32     socket_id);
void     be_call_gate_note_taken (BeCallGate *self,
                                  guint32     socket_id);
void     be_call_gate_withdraw_read (BeCallGate *self,
                                     guint32     socket_id);
guint    be_call_gate_get_recv_size (BeCallGate *self,
                                     guint32     socket_id,
                                     gsize       size);

/* For workers: what became of it. */
void     be_call_gate_note_returned (BeCallGate *self,
                                     guint32     socket_id,
                                     BeCall      call);
gboolean be_call_gate_get_opening (BeCallGate  *self,
                                   guint32      socket_id,
                                   BeGatedCall *call);
gsize    be_call_gate_forget (BeCallGate *self,
                              guint32     socket_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeCallGate, be_call_gate_free)

G_END_DECLS
