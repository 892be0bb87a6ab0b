/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of a session while it runs. */

#include "be-session-private.h"
#include "be-worker-commands.h"

/**
 * be_session_send:
 * @peer_id: the receiver, or %BE_PEER_EVERYONE
 *
 * Sends bytes as they are: into the stream, or as one datagram. An empty
 * datagram is sent, an empty piece of a stream is nothing.
 */
void
be_session_send (BeSession *self,
                 guint32    peer_id,
                 GBytes    *bytes)
{
  BeWorker *worker;

  g_return_if_fail (BE_IS_SESSION (self));
  g_return_if_fail (bytes != NULL);

  worker = be_session_get_worker (self);
  if (worker != NULL)
    be_worker_post_send (worker, peer_id, bytes);
}

static void
ask_end_peer (BeSession     *self,
              guint32        peer_id,
              BeWorkerEnding ending)
{
  BeWorker *worker = be_session_get_worker (self);

  if (worker != NULL)
    be_worker_post_end_peer (worker, peer_id, ending);
}

/**
 * be_session_half_close:
 * @peer_id: the peer, or %BE_PEER_EVERYONE
 *
 * Says that nothing more will be sent (FIN, RFC 9293, section 3.6); the peer
 * can still send. Nothing for datagrams.
 */
void
be_session_half_close (BeSession *self,
                       guint32    peer_id)
{
  g_return_if_fail (BE_IS_SESSION (self));

  ask_end_peer (self, peer_id, BE_WORKER_HALF_CLOSE);
}

/**
 * be_session_close_peer:
 * @peer_id: the peer, or %BE_PEER_EVERYONE
 *
 * Closes one connection and leaves the others alone.
 */
void
be_session_close_peer (BeSession *self,
                       guint32    peer_id)
{
  g_return_if_fail (BE_IS_SESSION (self));

  ask_end_peer (self, peer_id, BE_WORKER_CLOSE);
}

/**
 * be_session_reset_peer:
 * @peer_id: the peer, or %BE_PEER_EVERYONE
 *
 * Closes one connection with an RST: what is on its way is thrown away.
 */
void
be_session_reset_peer (BeSession *self,
                       guint32    peer_id)
{
  g_return_if_fail (BE_IS_SESSION (self));

  ask_end_peer (self, peer_id, BE_WORKER_RESET);
}
