/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-call-gate.h"
#include "be-stream-peer.h"
#include "be-write-queue.h"

G_BEGIN_DECLS

/**
 * BeStreamPeer:
 *
 * One connected stream, on either side: it reads, answers by the reply rule,
 * and writes what it is told. Every call is made in one place: receive_once (),
 * send_now (), shut_down () and close_socket (); be-stream-peer-gated.c has
 * them held until their turn.
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
  guint8    wants_close : 1; /* close () was held behind a send that has not returned */
  guint8    is_broken : 1;   /* a call failed: only the close is left, and is held */
  BeAddress local;
  BeAddress remote;
  guint64   bytes_received;
  guint64   bytes_sent;

  BeWriteQueue waiting;

  gsize read_window; /* bytes that the events of reads may take; G_MAXSIZE: any number */
};

static inline void
be_stream_peer_begin_record (BeStreamPeer  *self,
                             BeEventRecord *record,
                             BeCall         call)
{
  be_worker_begin_record (self->owner, record, call, self->socket_id);
  record->peer_id = self->socket_id;
  record->local = self->local;
  record->peer = self->remote;
  record->state = (guint8) self->state;
}

void be_stream_peer_read_state (BeStreamPeer *self,
                                BeSystemState implied);
void be_stream_peer_update_conditions (BeStreamPeer *self);
void be_stream_peer_close_socket (BeStreamPeer *self,
                                  gboolean      with_reset);

gboolean be_stream_peer_receive (BeStreamPeer *self);

/* Held back */
gboolean be_stream_peer_may_read (BeStreamPeer *self,
                                  gboolean      wants);
gsize    be_stream_peer_get_recv_size (BeStreamPeer *self,
                                       gsize         size);
gboolean be_stream_peer_hold_reply (BeStreamPeer *self,
                                    const guint8 *bytes,
                                    gsize         length);
gboolean be_stream_peer_hold_bytes (BeStreamPeer *self,
                                    GBytes       *bytes,
                                    guint16       flags);
void     be_stream_peer_note_waiting_send (BeStreamPeer *self);
gboolean be_stream_peer_close_or_hold (BeStreamPeer *self);
gboolean be_stream_peer_hold_end (BeStreamPeer  *self,
                                  BeWorkerEnding ending);
gboolean be_stream_peer_has_room (BeStreamPeer *self,
                                  gsize         length);

/* Writing: each returns whether the peer is still there. */
gboolean be_stream_peer_finish_writing (BeStreamPeer *self);
gboolean be_stream_peer_write_or_keep (BeStreamPeer *self,
                                       const guint8 *bytes,
                                       gsize         length,
                                       guint16       flags);
gboolean be_stream_peer_write_waiting (BeStreamPeer *self);
void     be_stream_peer_send_now (BeStreamPeer *self,
                                  const guint8 *bytes,
                                  gsize         length,
                                  guint16       flags);
void     be_stream_peer_end_now (BeStreamPeer  *self,
                                 BeWorkerEnding ending);
void     be_stream_peer_close_held (BeStreamPeer *self,
                                    gboolean      with_reset);

G_END_DECLS
