/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an open UDP socket does: it receives, answers, and sends. */

#include "be-clock.h"
#include "be-datagram-port-private.h"
#include "be-hot.h"
#include "be-socket-datagrams.h"
#include "be-socket.h"

/* So that one busy port does not keep the others waiting: four full reads, and at
 * most as many bytes as a stream may move (BE_WORKER_BYTES_PER_TURN). */
#define READS_PER_TURN 256u

/* Of long datagrams few stay in the processor's cache. */
#define LONG_BYTES 4096u
#define N_LONG 3u

/* A flood is when so many have come, most of them in crowds, and without a pause.
 * Few count the packets of it. */
#define FLOOD_DATAGRAMS 4096u
#define CROWD 16u
#define PAUSE_MICROSECONDS (100 * 1000)

/* Datagrams that were received at once, and the answers to them. */
typedef struct
{
  BeSocketDatagram received[BE_SOCKET_MAX_DATAGRAMS];
  guint            n_received;
  BeSocketDatagram answers[BE_SOCKET_MAX_DATAGRAMS];
  BeDatagramPeer  *peers[BE_SOCKET_MAX_DATAGRAMS]; /* who gets them */
  guint            n_answers;
} Batch;

static gboolean
is_idle (const BeDatagramPort *self)
{
  return g_queue_is_empty ((GQueue *) &self->waiting);
}

BE_HOT void
be_datagram_port_update_conditions (BeDatagramPort *self)
{
  gboolean     reads = is_idle (self);
  GIOCondition conditions = reads ? 0 : G_IO_OUT;

  if (self->parent.gate != NULL)
    reads = be_datagram_port_may_read (self, reads);
  if (reads)
    conditions |= G_IO_IN;

  if (conditions != self->watch.conditions)
    be_poller_set_conditions (be_network_thread_get_poller (self->parent.network), &self->watch,
                              conditions);
}

/**
 * be_datagram_port_find_peer:
 *
 * Returns: (transfer none) (nullable): the peer with this number; a client's
 *   only one
 */
BeDatagramPeer *
be_datagram_port_find_peer (BeDatagramPort *self,
                            guint32         peer_id)
{
  if (be_datagram_port_is_server (self))
    return be_datagram_peers_find (self->peers, peer_id);

  return &self->only_peer;
}

/* Sending */

BE_HOT static void
report_sent (BeDatagramPort *self,
             BeDatagramPeer *peer,
             const guint8   *bytes,
             gssize          sent,
             int             error,
             gint64          time,
             guint16         flags)
{
  BeEventRecord record;

  be_datagram_port_begin_record (self, &record,
                                 be_datagram_port_is_server (self) ? BE_CALL_SENDTO : BE_CALL_SEND,
                                 peer);
  record.time = time;
  record.flags = flags;
  record.position = peer->bytes_sent;
  peer->bytes_sent += (guint64) MAX (sent, 0);
  be_worker_report_data (&self->parent, &record, sent, error, bytes);
}

/* Returns FALSE when the system has no room now and nothing was done. */
BE_HOT static gboolean
send_now (BeDatagramPort *self,
          BeDatagramPeer *peer,
          const guint8   *bytes,
          gsize           length,
          guint16         flags)
{
  int    error;
  gssize sent = be_socket_sendto (self->socket,
                                  be_datagram_port_is_server (self) ? &peer->address : NULL,
                                  bytes, length, &error);

  if (sent < 0 && be_socket_error_is_retry (error))
    return FALSE;

  report_sent (self, peer, bytes, sent, error, 0, flags);

  return TRUE;
}

/**
 * be_datagram_port_refuse:
 *
 * One more can neither be sent now nor wait, and an event says so.
 */
void
be_datagram_port_refuse (BeDatagramPort *self,
                         BeDatagramPeer *peer,
                         guint16         flags)
{
  report_sent (self, peer, NULL, -1, be_socket_error_no_buffers (), 0, flags | BE_EVENT_LIMIT);
}

static void
keep (BeDatagramPort *self,
      BeDatagramPeer *peer,
      const guint8   *bytes,
      gsize           length,
      guint16         flags)
{
  if (!be_datagram_queue_push (&self->waiting, peer->id, flags, bytes, length))
    be_datagram_port_refuse (self, peer, flags);
  else if (self->parent.gate != NULL)
    be_datagram_port_note_waiting_send (self, peer, length, flags);
}

/**
 * be_datagram_port_send_or_keep:
 *
 * Sends one datagram, or keeps a copy of it until the system has room. When too
 * many wait already it is not sent, and an event says so.
 */
void
be_datagram_port_send_or_keep (BeDatagramPort *self,
                               BeDatagramPeer *peer,
                               const guint8   *bytes,
                               gsize           length,
                               guint16         flags)
{
  if (!is_idle (self) || !send_now (self, peer, bytes, length, flags))
    keep (self, peer, bytes, length, flags);
}

static void
send_waiting (BeDatagramPort *self)
{
  const BeDatagram *datagram;

  while ((datagram = be_datagram_queue_peek (&self->waiting)) != NULL)
    {
      BeDatagramPeer *peer = be_datagram_port_find_peer (self, datagram->peer_id);
      gsize           length;
      const guint8   *bytes = g_bytes_get_data (datagram->bytes, &length);

      if (peer != NULL && !send_now (self, peer, bytes, length, datagram->flags))
        return;

      be_datagram_queue_drop (&self->waiting);
    }

  if (self->parent.gate != NULL)
    be_datagram_port_note_returned (self, BE_CALL_SENDTO);
}

/* In a flood the system is given many answers in one piece. Where it does not take
 * them, this is tried again when as many have come once more. */
static int
send_some (BeDatagramPort         *self,
           const BeSocketDatagram *answers,
           guint                   n_answers,
           int                    *error)
{
  int n_sent = 0;

  if (self->n_flooded >= FLOOD_DATAGRAMS && be_datagram_port_is_server (self))
    n_sent = be_socket_send_row (self->socket, answers, n_answers);
  if (n_sent < 0)
    self->n_flooded = 0;

  return n_sent > 0 ? n_sent : be_socket_send_datagrams (self->socket, answers, n_answers, error);
}

static inline void
send_answers (BeDatagramPort *self,
              const Batch    *batch)
{
  guint i = 0;

  if (self->parent.gate != NULL)
    i = be_datagram_port_hold_answers (self, batch->peers, batch->answers, batch->n_answers);

  while (i < batch->n_answers)
    {
      int    error;
      int    n_sent = send_some (self, batch->answers + i, batch->n_answers - i, &error);
      gint64 now = be_clock_get_time ();

      if (n_sent < 0 && be_socket_error_is_retry (error))
        break;

      /* The call ends at the first that fails, and says so only of that. */
      if (n_sent < 0)
        {
          report_sent (self, batch->peers[i], NULL, -1, error, now, BE_EVENT_REPLY);
          i++;
        }
      for (int n = 0; n < n_sent; n++, i++)
        report_sent (self, batch->peers[i], batch->answers[i].bytes,
                     (gssize) batch->answers[i].length, 0, now, BE_EVENT_REPLY);
    }

  for (; i < batch->n_answers; i++)
    keep (self, batch->peers[i], batch->answers[i].bytes, batch->answers[i].length,
          BE_EVENT_REPLY);
}

/* Receiving */

static BeDatagramPeer *
find_or_add_sender (BeDatagramPort  *self,
                    const BeAddress *from,
                    guint32         *forgotten_id)
{
  BeDatagramPeer *peer;

  *forgotten_id = 0;
  if (!be_datagram_port_is_server (self))
    return &self->only_peer;

  peer = be_datagram_peers_use (self->peers, from);
  if (peer == NULL)
    peer = be_datagram_peers_add (self->peers, from,
                                  be_network_thread_next_socket_id (self->parent.network),
                                  forgotten_id);

  return peer;
}

static BeCall
get_receiving_call (BeDatagramPort *self)
{
  return be_datagram_port_is_server (self) ? BE_CALL_RECVFROM : BE_CALL_RECV;
}

static void
report_receive_failure (BeDatagramPort *self,
                        int             error)
{
  gboolean      is_server = be_datagram_port_is_server (self);
  BeEventRecord record;

  be_datagram_port_begin_record (self, &record, get_receiving_call (self), is_server ? NULL : &self->only_peer);
  record.position = is_server ? 0 : self->only_peer.bytes_received;
  be_worker_report (&self->parent, &record, -1, error);
}

BE_HOT static void
report_received (BeDatagramPort         *self,
                 BeDatagramPeer         *peer,
                 const BeSocketDatagram *datagram,
                 gint64                  time,
                 gboolean                is_loop,
                 guint32                 forgotten_id)
{
  BeEventRecord record;

  be_datagram_port_begin_record (self, &record, get_receiving_call (self), peer);
  record.time = time;
  record.position = peer->bytes_received;
  if (datagram->is_truncated)
    record.flags |= BE_EVENT_TRUNCATED;
  if (is_loop || forgotten_id != 0)
    record.flags |= BE_EVENT_LIMIT;
  record.detail = record.flags == BE_EVENT_TRUNCATED ? (guint32) datagram->whole_length : forgotten_id;
  peer->bytes_received += datagram->length;
  be_worker_report_data (&self->parent, &record, (gssize) datagram->length, 0, datagram->bytes);
}

/* An empty datagram is answered by an empty one, a server not at all: two that
 * answer each other never stop. */
static gboolean
is_answered (const BeDatagramPort   *self,
             const BeOwnPorts       *own_ports,
             const BeSocketDatagram *datagram)
{
  return self->rule != BE_REPLY_NONE && !be_own_ports_contain (own_ports, &datagram->address);
}

static void
note_flood (BeDatagramPort *self,
            gint64          now,
            guint           n_received)
{
  if (now - self->last_read > PAUSE_MICROSECONDS)
    self->n_flooded = 0;
  self->last_read = now;

  if (n_received >= CROWD)
    self->n_flooded = MIN (self->n_flooded + n_received, 2 * FLOOD_DATAGRAMS);
  else
    self->n_flooded -= MIN (self->n_flooded, CROWD);
}

static inline void
handle_received (BeDatagramPort *self,
                 Batch          *batch)
{
  BeOwnPorts *own_ports = be_network_thread_get_own_ports (self->parent.network);
  gint64      now = be_clock_get_time ();

  note_flood (self, now, batch->n_received);
  batch->n_answers = 0;
  for (guint i = 0; i < batch->n_received; i++)
    {
      const BeSocketDatagram *datagram = &batch->received[i];
      guint32                 forgotten_id;
      BeDatagramPeer         *peer = find_or_add_sender (self, &datagram->address, &forgotten_id);
      gboolean                is_loop = be_reply_loop_is_closed (&peer->reply_loop, self->rule,
                                                                 datagram->bytes, datagram->length);
      BeSocketDatagram       *answer = &batch->answers[batch->n_answers];

      report_received (self, peer, datagram, now, is_loop, forgotten_id);
      if (is_loop || !is_answered (self, own_ports, datagram))
        continue;

      *answer = *datagram;
      answer->length = be_reply_rule_apply (self->rule, datagram->bytes, datagram->length);
      batch->peers[batch->n_answers++] = peer;
    }
}

/* Decides how many the next read asks for. Returns how many bytes there were. */
BE_HOT static gsize
note_found (BeDatagramPort *self,
            const Batch    *batch)
{
  gsize n_bytes = 0;
  guint limit = BE_SOCKET_MAX_DATAGRAMS;

  for (guint i = 0; i < batch->n_received; i++)
    n_bytes += batch->received[i].length;

  if (n_bytes / batch->n_received > LONG_BYTES)
    limit = N_LONG;

  /* No peer is forgotten for another one of the same batch. */
  if (be_datagram_port_is_server (self))
    limit = MIN (limit, be_datagram_peers_get_max (self->peers));

  be_batch_size_note (&self->batch_size, batch->n_received, limit);

  return n_bytes;
}

/* Returns how many there were, 0 when there is nothing to read now. */
BE_HOT static guint
receive_some (BeDatagramPort *self,
              guint           n_wanted,
              gsize          *n_bytes)
{
  BeReadBuffer *buffer = be_network_thread_get_read_buffer (self->parent.network);
  Batch         batch;
  gsize         size = self->receive_bytes;
  int           error;
  int           n_received;

  for (guint i = 0; i < n_wanted; i++)
    batch.received[i].bytes = be_read_buffer_get_datagram (buffer, i, &size);

  size = MIN (size, self->receive_bytes);
  if (self->parent.gate != NULL)
    size = be_call_gate_get_recv_size (self->parent.gate, self->socket_id, size);
  n_received = be_socket_recv_datagrams (self->socket, batch.received, n_wanted, size, &error);
  if (n_received < 0 && be_socket_error_is_retry (error))
    return 0;

  if (self->parent.gate != NULL)
    be_datagram_port_note_returned (self, BE_CALL_RECVFROM);
  if (n_received < 0)
    {
      report_receive_failure (self, error);
      return 0;
    }

  batch.n_received = (guint) n_received;
  handle_received (self, &batch);
  send_answers (self, &batch);
  if (self->parent.gate == NULL)
    *n_bytes += note_found (self, &batch);

  return batch.n_received;
}

/**
 * be_datagram_port_receive_one:
 *
 * Reads one datagram, whatever the poller says.
 */
void
be_datagram_port_receive_one (BeDatagramPort *self)
{
  gsize n_bytes = 0;

  receive_some (self, 1, &n_bytes);
}

/**
 * be_datagram_port_ready_cb:
 *
 * The socket can be read, or written when something waits; or it has failed.
 */
BE_HOT void
be_datagram_port_ready_cb (gpointer     user_data,
                           GIOCondition ready)
{
  BeDatagramPort *self = user_data;
  guint           n_received = 0;
  gsize           n_bytes = 0;
  guint           n_wanted;
  guint           n_found;

  if (self->parent.gate != NULL && (self->watch.conditions & G_IO_IN) &&
      be_call_gate_note_ready (self->parent.gate, self->socket_id))
    {
      be_datagram_port_update_conditions (self);
      return;
    }

  if (ready & G_IO_NVAL)
    {
      report_receive_failure (self, self->watch.error);
      be_datagram_port_close (self);
      return;
    }

  /* An error that waits (ICMP) is handed out by the next call, whichever it
   * is; left alone, it would be ready for ever. */
  if (ready & (G_IO_OUT | G_IO_ERR | G_IO_HUP))
    send_waiting (self);

  if (self->parent.gate != NULL)
    {
      if (self->watch.conditions & G_IO_IN)
        be_datagram_port_receive_one (self);
      be_datagram_port_update_conditions (self);
      return;
    }

  /* After a single one there is most often no other: the poller knows. */
  do
    {
      if (!is_idle (self))
        break;
      n_wanted = self->batch_size.wanted;
      n_found = receive_some (self, n_wanted, &n_bytes);
      n_received += n_found;
    }
  while (n_found > 1 && n_found == n_wanted && n_received + self->batch_size.wanted <= READS_PER_TURN &&
         n_bytes < BE_WORKER_BYTES_PER_TURN);

  be_datagram_port_update_conditions (self);
}
