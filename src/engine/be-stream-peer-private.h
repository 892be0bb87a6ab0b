/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-stream-peer.h"
#include "be-write-queue.h"

G_BEGIN_DECLS

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

void be_stream_peer_begin_record (BeStreamPeer  *self,
                                  BeEventRecord *record,
                                  BeCall         call);
void be_stream_peer_read_state (BeStreamPeer *self,
                                BeSystemState implied);
void be_stream_peer_update_conditions (BeStreamPeer *self);
void be_stream_peer_close_socket (BeStreamPeer *self,
                                  gboolean      with_reset);

/* Writing: each returns whether the peer is still there. */
gboolean be_stream_peer_finish_writing (BeStreamPeer *self);
gboolean be_stream_peer_write_or_keep (BeStreamPeer *self,
                                       const guint8 *bytes,
                                       gsize         length,
                                       guint16       flags);
gboolean be_stream_peer_write_waiting (BeStreamPeer *self);

G_END_DECLS
