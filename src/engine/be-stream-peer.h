/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-reply-rule.h"
#include "be-worker.h"

G_BEGIN_DECLS

/* Bytes that may wait for a peer that does not read. */
#define BE_STREAM_PEER_QUEUE_BYTES (8u * 1024 * 1024)

typedef struct _BeStreamPeer BeStreamPeer;

/* Called when the peer has closed; it is freed when this returns. */
typedef void (*BeStreamPeerClosedFunc) (BeWorker     *owner,
                                        BeStreamPeer *peer);

BeStreamPeer *be_stream_peer_new (BeWorker              *owner,
                                  BeSocket               socket,
                                  const BeEventRecord   *made_by,
                                  BeReplyRule            rule,
                                  BeStreamPeerClosedFunc closed);
guint32       be_stream_peer_get_socket_id (BeStreamPeer *self);
BeSocket      be_stream_peer_get_socket (BeStreamPeer *self);
void          be_stream_peer_send (BeStreamPeer *self,
                                   GBytes       *bytes);
void          be_stream_peer_set_read_window (BeStreamPeer *self,
                                              gsize         bytes);
void          be_stream_peer_allow_reads (BeStreamPeer *self,
                                          gsize         bytes);
void          be_stream_peer_end (BeStreamPeer  *self,
                                  BeWorkerEnding ending);

G_END_DECLS
