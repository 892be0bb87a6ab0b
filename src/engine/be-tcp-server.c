/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-tcp-server.h"

#include "be-listener.h"
#include "be-session-private.h"
#include "be-worker-commands.h"

/**
 * BeTcpServer:
 *
 * A TCP (or Unix stream) server: it listens, accepts many clients at once and
 * answers each by the reply rule. Running while it listens, ending while only
 * clients are left, ended when the last one is gone.
 */
struct _BeTcpServer
{
  BeSession parent_instance;

  guint       backlog;
  guint       max_clients;
  BeReplyRule reply_rule;

  guint n_clients;
};

G_DEFINE_FINAL_TYPE (BeTcpServer, be_tcp_server, BE_TYPE_SESSION)

static void
update_after_close (BeTcpServer *self,
                    gboolean     is_listening)
{
  if (is_listening)
    return;

  be_session_set_state (BE_SESSION (self),
                        self->n_clients > 0 ? BE_SESSION_ENDING : BE_SESSION_ENDED);
}

/* BeSession */

static BeWorker *
be_tcp_server_create_worker (BeSession *session)
{
  BeTcpServer *self = BE_TCP_SERVER (session);

  return be_listener_new (be_session_get_network (session), be_session_get_id (session),
                          be_endpoint_get_protocol (be_session_get_endpoint (session)),
                          self->backlog, self->max_clients, self->reply_rule);
}

static void
handle_listener_event (BeTcpServer         *self,
                       const BeEventRecord *record)
{
  BeSession *session = BE_SESSION (self);

  if (record->call == BE_CALL_ACCEPT)
    return;

  if (record->flags & BE_EVENT_MORE)
    return;

  if (record->flags & BE_EVENT_CANCELLED)
    be_session_set_state (session, BE_SESSION_ENDED);
  else if (record->result < 0)
    be_session_set_state (session, BE_SESSION_FAILED);
  else if (record->call == BE_CALL_LISTEN)
    {
      be_session_set_local (session, &record->local);
      be_session_set_state (session, BE_SESSION_RUNNING);
    }
  else if (record->call == BE_CALL_CLOSE && be_session_is_active (session) &&
           be_session_get_state (session) != BE_SESSION_STARTING)
    update_after_close (self, FALSE);
}

static void
be_tcp_server_handle_event (BeSession           *session,
                            const BeEventRecord *record)
{
  BeTcpServer *self = BE_TCP_SERVER (session);

  if (record->peer_id == 0)
    {
      handle_listener_event (self, record);
      return;
    }

  if (record->call == BE_CALL_ACCEPT)
    self->n_clients++;
  else if (record->call == BE_CALL_CLOSE)
    {
      self->n_clients--;
      update_after_close (self, be_session_get_state (session) == BE_SESSION_RUNNING);
    }
}

static void
be_tcp_server_class_init (BeTcpServerClass *klass)
{
  BeSessionClass *session_class = BE_SESSION_CLASS (klass);

  session_class->side = BE_SIDE_SERVER;
  session_class->create_worker = be_tcp_server_create_worker;
  session_class->handle_event = be_tcp_server_handle_event;
}

static void
be_tcp_server_init (BeTcpServer *self)
{
  self->backlog = BE_TCP_SERVER_BACKLOG;
  self->max_clients = BE_TCP_SERVER_MAX_CLIENTS;
  self->reply_rule = BE_REPLY_UPPER;
}

/* Public */

/**
 * be_tcp_server_new:
 * @endpoint: where to listen; TCP or a Unix path
 *
 * Returns: (transfer full): a server that has not been started
 */
BeSession *
be_tcp_server_new (BeNetworkThread *network,
                   BeEndpoint      *endpoint)
{
  g_return_val_if_fail (BE_IS_NETWORK_THREAD (network), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);

  return g_object_new (BE_TYPE_TCP_SERVER, "network", network, "endpoint", endpoint, NULL);
}

/**
 * be_tcp_server_set_backlog:
 * @backlog: how many connections that are complete may wait to be accepted
 *   (listen(2))
 *
 * Before the start.
 */
void
be_tcp_server_set_backlog (BeTcpServer *self,
                           guint        backlog)
{
  g_return_if_fail (BE_IS_TCP_SERVER (self));
  g_return_if_fail (backlog <= G_MAXINT);

  self->backlog = backlog;
}

/**
 * be_tcp_server_set_max_clients:
 * @max_clients: how many clients may be there at once; others wait in the
 *   accept queue
 *
 * Before the start.
 */
void
be_tcp_server_set_max_clients (BeTcpServer *self,
                               guint        max_clients)
{
  g_return_if_fail (BE_IS_TCP_SERVER (self));
  g_return_if_fail (max_clients > 0);

  self->max_clients = max_clients;
}

/**
 * be_tcp_server_set_reply_rule:
 *
 * Before the start.
 */
void
be_tcp_server_set_reply_rule (BeTcpServer *self,
                              BeReplyRule  rule)
{
  g_return_if_fail (BE_IS_TCP_SERVER (self));

  self->reply_rule = rule;
}

/**
 * be_tcp_server_stop_listening:
 *
 * Accepts nobody any more and keeps the clients that are there.
 */
void
be_tcp_server_stop_listening (BeTcpServer *self)
{
  BeWorker *worker;

  g_return_if_fail (BE_IS_TCP_SERVER (self));

  /* While the name is looked up there is nobody to be kept. */
  if (be_session_is_looking_up (BE_SESSION (self)))
    {
      be_session_stop (BE_SESSION (self));
      return;
    }

  worker = be_session_get_worker (BE_SESSION (self));
  if (worker != NULL)
    be_worker_post_stop_listening (worker);
}
