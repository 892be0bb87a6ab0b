/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-batch-size.h"
#include "be-call-gate.h"
#include "be-datagram-peers.h"
#include "be-datagram-queue.h"
#include "be-reply-rule.h"
#include "be-socket-datagrams.h"
#include "be-worker.h"

G_BEGIN_DECLS

/**
 * BeDatagramPort:
 *
 * One UDP socket: the worker of a UDP server, which is bound and answers
 * whoever sends, or of a UDP client, which is connected to one peer, so that
 * a refusal reaches it (connect(2), udp(7)). be-datagram-port-opening.c opens
 * and closes it, be-datagram-traffic.c receives and sends, and be-datagram-gated.c
 * has its calls held until their turn.
 *
 * Owns the socket, the peers it knows, and the few datagrams that the system
 * had no room for; while any waits it reads no more. Trouble is an event and
 * ends nothing: it lasts until it is stopped.
 */
typedef struct
{
  BeWorker parent;

  BeReplyRule rule;
  gsize       receive_bytes;
  BeAddress   asked_local; /* client: what to send from, if anything */

  BeSocket      socket;
  guint32       socket_id;
  BeAddress     local;
  BePollerWatch watch;
  gboolean      is_own_port; /* known to the other servers */

  BeAddress *addresses; /* what is tried one after another */
  guint      n_addresses;
  guint      next_address;

  BeDatagramPeers *peers;     /* server */
  BeDatagramPeer   only_peer; /* client */

  BeDatagramQueue waiting;
  BeBatchSize     batch_size;
  guint           n_flooded; /* how many have come in crowds, less for each time when few came */
  gint64          last_read;
} BeDatagramPort;

static inline gboolean
be_datagram_port_is_server (const BeDatagramPort *self)
{
  return self->parent.side == BE_SIDE_SERVER;
}

void be_datagram_port_begin_record (const BeDatagramPort *self,
                                    BeEventRecord        *record,
                                    BeCall                call,
                                    const BeDatagramPeer *peer);
void be_datagram_port_close (BeDatagramPort *self);

/* Traffic */
BeDatagramPeer *be_datagram_port_find_peer (BeDatagramPort *self,
                                            guint32         peer_id);
void            be_datagram_port_send_or_keep (BeDatagramPort *self,
                                               BeDatagramPeer *peer,
                                               const guint8   *bytes,
                                               gsize           length,
                                               guint16         flags);
void            be_datagram_port_update_conditions (BeDatagramPort *self);
void            be_datagram_port_ready_cb (gpointer     user_data,
                                           GIOCondition ready);
void            be_datagram_port_refuse (BeDatagramPort *self,
                                         BeDatagramPeer *peer,
                                         guint16         flags);
void            be_datagram_port_receive_one (BeDatagramPort *self);

/* Held back, while there is a gate */
BeGatedCall be_datagram_port_make_call (BeDatagramPort       *self,
                                        BeCall                call,
                                        const BeDatagramPeer *peer);
gboolean    be_datagram_port_may_read (BeDatagramPort *self,
                                       gboolean        wants);
gboolean    be_datagram_port_hold_send (BeDatagramPort *self,
                                        BeDatagramPeer *peer,
                                        GBytes         *bytes,
                                        guint16         flags);
guint       be_datagram_port_hold_answers (BeDatagramPort         *self,
                                           BeDatagramPeer *const  *peers,
                                           const BeSocketDatagram *answers,
                                           guint                   n_answers);
gboolean    be_datagram_port_hold_close (BeDatagramPort *self);
void        be_datagram_port_note_waiting_send (BeDatagramPort       *self,
                                                const BeDatagramPeer *peer,
                                                gsize                 length,
                                                guint16               flags);
void        be_datagram_port_note_returned (BeDatagramPort *self,
                                            BeCall          call);

/* Opening */
void be_datagram_port_open (BeWorker        *worker,
                            const BeAddress *addresses,
                            guint            n_addresses);
void be_datagram_port_stop (BeWorker *worker);

G_END_DECLS
