/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-tcp-client.h"

#include "be-session-private.h"
#include "be-stream-connector.h"
#include "be-worker-commands.h"

/**
 * BeTcpClient:
 *
 * A TCP (or Unix stream) client: one connection that stays open until one
 * side closes it. Starting while it connects, running while both directions
 * are open, ending while one is.
 */
struct _BeTcpClient
{
  BeSession parent_instance;

  guint connect_timeout; /* seconds */
  gsize read_window;     /* bytes of events; G_MAXSIZE: any number */
};

G_DEFINE_FINAL_TYPE (BeTcpClient, be_tcp_client, BE_TYPE_SESSION)

/* BeSession */

static BeWorker *
be_tcp_client_create_worker (BeSession *session)
{
  BeTcpClient *self = BE_TCP_CLIENT (session);
  BeEndpoint  *endpoint = be_session_get_endpoint (session);
  BeAddress    local;
  gboolean     has_local = be_endpoint_get_local (endpoint, &local);

  return be_stream_connector_new (be_session_get_network (session), be_session_get_id (session),
                                  be_endpoint_get_protocol (endpoint),
                                  has_local ? &local : NULL, self->connect_timeout,
                                  self->read_window);
}

static void
handle_event_while_starting (BeSession           *session,
                             const BeEventRecord *record)
{
  if (record->flags & BE_EVENT_CANCELLED)
    be_session_set_state (session, BE_SESSION_ENDED);
  else if (record->result < 0 && (record->flags & BE_EVENT_MORE) == 0)
    be_session_set_state (session, BE_SESSION_FAILED);
  else if (record->result == 0 && record->call == BE_CALL_CONNECT)
    {
      be_session_set_local (session, &record->local);
      be_session_set_state (session, BE_SESSION_RUNNING);
    }
}

static void
be_tcp_client_handle_event (BeSession           *session,
                            const BeEventRecord *record)
{
  BeSessionState state = be_session_get_state (session);

  if (state == BE_SESSION_STARTING)
    handle_event_while_starting (session, record);
  else if (!be_session_is_active (session))
    return;
  else if (record->call == BE_CALL_CLOSE)
    be_session_set_state (session, BE_SESSION_ENDED);
  else if (record->call == BE_CALL_SHUTDOWN || be_event_record_is_end_of_stream (record))
    be_session_set_state (session, BE_SESSION_ENDING);
}

static void
be_tcp_client_class_init (BeTcpClientClass *klass)
{
  BeSessionClass *session_class = BE_SESSION_CLASS (klass);

  session_class->side = BE_SIDE_CLIENT;
  session_class->create_worker = be_tcp_client_create_worker;
  session_class->handle_event = be_tcp_client_handle_event;
}

static void
be_tcp_client_init (BeTcpClient *self)
{
  self->connect_timeout = BE_TCP_CLIENT_CONNECT_TIMEOUT_SECONDS;
  self->read_window = G_MAXSIZE;
}

/* Public */

/**
 * be_tcp_client_new:
 * @endpoint: where to connect to, and perhaps from; TCP or a Unix path
 *
 * Returns: (transfer full): a client that has not been started
 */
BeSession *
be_tcp_client_new (BeNetworkThread *network,
                   BeEndpoint      *endpoint)
{
  g_return_val_if_fail (BE_IS_NETWORK_THREAD (network), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);

  return g_object_new (BE_TYPE_TCP_CLIENT, "network", network, "endpoint", endpoint, NULL);
}

/**
 * be_tcp_client_set_connect_timeout:
 * @seconds: how long one address may take to answer
 *
 * Before the start.
 */
void
be_tcp_client_set_connect_timeout (BeTcpClient *self,
                                   guint        seconds)
{
  g_return_if_fail (BE_IS_TCP_CLIENT (self));
  g_return_if_fail (seconds > 0);

  self->connect_timeout = seconds;
}

/**
 * be_tcp_client_set_read_window:
 * @bytes: what the events of reads may take (be_event_record_size_for ())
 *   until be_tcp_client_allow_reads (); %G_MAXSIZE: any number
 *
 * For who must have every byte: the way of events is bounded, and what finds
 * no room is cut or left out. While this window and the events of everything
 * else on the same network thread, sends included, stay together below
 * %BE_EVENT_QUEUE_FULL_BYTES there is room, and what is not read yet waits at
 * the other end. Before the start.
 */
void
be_tcp_client_set_read_window (BeTcpClient *self,
                               gsize        bytes)
{
  g_return_if_fail (BE_IS_TCP_CLIENT (self));
  g_return_if_fail (bytes > 0);

  self->read_window = bytes;
}

/**
 * be_tcp_client_allow_reads:
 * @bytes: the size of the events that have been taken care of
 */
void
be_tcp_client_allow_reads (BeTcpClient *self,
                           gsize        bytes)
{
  BeWorker *worker;

  g_return_if_fail (BE_IS_TCP_CLIENT (self));

  worker = be_session_get_worker (BE_SESSION (self));
  if (worker != NULL)
    be_worker_post_allow_reads (worker, bytes);
}
