/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-network-thread-private.h"
#include "be-pace.h"

G_BEGIN_DECLS

/**
 * BeWorker:
 *
 * The half of a session that lives on the network thread: it holds the
 * sockets and makes the calls. A session has exactly one, made with it and
 * freed by the last command that it posts; all functions of a worker run on
 * the network thread, in the order in which the session asked.
 */
typedef struct _BeWorker   BeWorker;
typedef struct _BeCallGate BeCallGate;

/* What one socket may read in a turn, so that it does not keep the others waiting,
 * nor the reader of its events. */
#define BE_WORKER_BYTES_PER_TURN (512u * 1024)

typedef enum
{
  BE_WORKER_HALF_CLOSE,
  BE_WORKER_CLOSE,
  BE_WORKER_RESET,
} BeWorkerEnding;

/**
 * BeWorkerClass:
 * @open: makes the socket; @addresses are what the host resolved to, in order
 * @send: sends to one peer, or to everyone (0)
 * @end_peer: ends the conversation with one peer, or with everyone
 * @stop_listening: (nullable): accepts nobody any more, keeps who is there
 * @allow_reads: (nullable): reads on after its read window was used up
 * @find_socket: returns (transfer none) the open socket of that number, or
 *   %BE_SOCKET_NONE; @peer_id gets the peer that its events carry, 0: none
 * @update: the gate has come, gone or changed: asks it anew for what is to be read
 * @stop: closes everything; may be called again
 * @free: frees the worker, which is stopped
 *
 * What a session can ask of its worker.
 */
typedef struct
{
  void (*open) (BeWorker        *self,
                const BeAddress *addresses,
                guint            n_addresses);
  void (*send) (BeWorker *self,
                guint32   peer_id,
                GBytes   *bytes);
  void (*end_peer) (BeWorker      *self,
                    guint32        peer_id,
                    BeWorkerEnding ending);
  void (*stop_listening) (BeWorker *self);
  void (*allow_reads) (BeWorker *self,
                       gsize     bytes);
  BeSocket (*find_socket) (BeWorker *self,
                           guint32   socket_id,
                           guint32  *peer_id);
  void (*update) (BeWorker *self);
  void (*stop) (BeWorker *self);
  void (*free) (BeWorker *self);
} BeWorkerClass;

struct _BeWorker
{
  const BeWorkerClass *klass;
  BeNetworkThread     *network; /* outlives the worker, as the session holds it */
  guint32              session_id;
  BeSide               side;
  BeProtocol           protocol;
  gboolean             keeps_payloads; /* however many: somebody must have every byte */
  gboolean             has_set_linger; /* a person did: close () may send RST */
  BeCallGate          *gate;           /* (nullable): holds calls back; NULL: each is made at once */
};

void be_worker_begin_record (const BeWorker *self,
                             BeEventRecord  *record,
                             BeCall          call,
                             guint32         socket_id);
void be_worker_report (const BeWorker *self,
                       BeEventRecord  *record,
                       gssize          result,
                       int             error);
void be_worker_report_data (const BeWorker *self,
                            BeEventRecord  *record,
                            gssize          result,
                            int             error,
                            const guint8   *bytes);

/* Calls: made now, or held by the gate until their turn. */
typedef struct _BeGatedCall BeGatedCall;
typedef void (*BeGateFunc) (gpointer           owner,
                            const BeGatedCall *call);

void     be_worker_make_call (BeWorker          *self,
                              const BeGatedCall *call,
                              BeGateFunc         func,
                              gpointer           owner);
gboolean be_worker_cancel_held (BeWorker *self,
                                guint32   socket_id);
void     be_worker_cancel_next (BeWorker        *self,
                                const BeAddress *address);
void     be_worker_set_pace (BeWorker *self,
                             BePace    pace,
                             guint     interval_ms);
void     be_worker_set_reading (BeWorker *self,
                                guint32   socket_id,
                                BeReading reading,
                                guint     interval_ms,
                                guint     recv_size);
void     be_worker_step (BeWorker *self,
                         guint64   pending_id);
void     be_worker_clear_gate (BeWorker *self);

BeSocket be_worker_open_socket (const BeWorker  *self,
                                const BeAddress *address,
                                guint32          socket_id,
                                guint16          flags,
                                BeSystemState    state);
gboolean be_worker_bind_socket (const BeWorker  *self,
                                BeSocket         socket,
                                const BeAddress *address,
                                guint32          socket_id,
                                guint16          flags,
                                BeSystemState    state);
void     be_worker_close_socket (const BeWorker  *self,
                                 BeSocket         socket,
                                 guint32          socket_id,
                                 guint32          peer_id,
                                 const BeAddress *local,
                                 const BeAddress *peer,
                                 gsize            unsent);

G_END_DECLS
