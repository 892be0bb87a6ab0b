/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-endpoint.h"
#include "be-network-thread.h"
#include "be-pace.h"
#include "be-pending-call.h"
#include "be-reply-rule.h"

G_BEGIN_DECLS

/**
 * BeSessionState:
 * @BE_SESSION_NEW: not started
 * @BE_SESSION_STARTING: resolving a name, binding, connecting
 * @BE_SESSION_RUNNING: listening, connected, or bound
 * @BE_SESSION_ENDING: some of it is closed: a server that listens no more but
 *   keeps its clients, a stream of which one direction is shut
 * @BE_SESSION_ENDED: closed, every socket given back
 * @BE_SESSION_FAILED: never ran: see the last event
 *
 * Where a session is; it only moves forward, and follows its events.
 */
typedef enum
{
  BE_SESSION_NEW,
  BE_SESSION_STARTING,
  BE_SESSION_RUNNING,
  BE_SESSION_ENDING,
  BE_SESSION_ENDED,
  BE_SESSION_FAILED,
} BeSessionState;

#define BE_TYPE_SESSION_STATE (be_session_state_get_type ())
GType be_session_state_get_type (void);

#define BE_TYPE_SESSION (be_session_get_type ())
G_DECLARE_DERIVABLE_TYPE (BeSession, be_session, BE, SESSION, GObject)

typedef struct _BeWorker BeWorker;

/**
 * BeSessionClass:
 * @side: which end it is
 * @create_worker: makes the half that lives on the network thread; called
 *   once, when the session starts
 * @handle_event: learns of one call of this session; sets the state
 *
 * What a kind of session does itself.
 */
struct _BeSessionClass
{
  GObjectClass parent_class;

  BeSide side;

  BeWorker *(*create_worker) (BeSession *self);
  void (*handle_event) (BeSession           *self,
                        const BeEventRecord *record);
};

/* Everybody at the other end; a session with one peer has nobody else. */
#define BE_PEER_EVERYONE 0

BeNetworkThread *be_session_get_network (BeSession *self);
BeEndpoint      *be_session_get_endpoint (BeSession *self);
BeSide           be_session_get_side (BeSession *self);
guint32          be_session_get_id (BeSession *self);
BeSessionState   be_session_get_state (BeSession *self);
gboolean         be_session_is_active (BeSession *self);
gboolean         be_session_get_local (BeSession *self,
                                       BeAddress *local);
void             be_session_start (BeSession *self);
void             be_session_stop (BeSession *self);
void             be_session_send (BeSession *self,
                                  guint32    peer_id,
                                  GBytes    *bytes);
void             be_session_half_close (BeSession *self,
                                        guint32    peer_id);
void             be_session_close_peer (BeSession *self,
                                        guint32    peer_id);
void             be_session_reset_peer (BeSession *self,
                                        guint32    peer_id);
void             be_session_set_pace (BeSession *self,
                                      BePace     pace,
                                      guint      interval_ms);
BePace           be_session_get_asked_pace (BeSession *self);
void             be_session_set_reading (BeSession *self,
                                         guint32    socket_id,
                                         BeReading  reading,
                                         guint      interval_ms,
                                         guint      recv_size);
void             be_session_step (BeSession *self,
                                  guint64    pending_id);
GPtrArray       *be_session_get_pending_calls (BeSession *self);

G_END_DECLS
