/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-udp-server.h"

#include "be-datagram-port.h"
#include "be-session-private.h"

/**
 * BeUdpServer:
 *
 * A UDP server: one bound socket that answers whoever sends, by the reply
 * rule. It knows the peers it has heard from and can speak to them. Running
 * while it is bound.
 */
struct _BeUdpServer
{
  BeSession parent_instance;

  BeReplyRule reply_rule;
  guint       receive_bytes;
};

G_DEFINE_FINAL_TYPE (BeUdpServer, be_udp_server, BE_TYPE_SESSION)

/* BeSession */

static BeWorker *
be_udp_server_create_worker (BeSession *session)
{
  BeUdpServer *self = BE_UDP_SERVER (session);

  return be_datagram_port_new_server (be_session_get_network (session),
                                      be_session_get_id (session), self->reply_rule,
                                      BE_UDP_SERVER_MAX_PEERS, self->receive_bytes);
}

static void
be_udp_server_handle_event (BeSession           *session,
                            const BeEventRecord *record)
{
  BeSessionState state = be_session_get_state (session);

  if (state == BE_SESSION_STARTING && (record->flags & BE_EVENT_CANCELLED))
    be_session_set_state (session, BE_SESSION_ENDED);
  else if (state == BE_SESSION_STARTING && record->result < 0)
    {
      if ((record->flags & BE_EVENT_MORE) == 0)
        be_session_set_state (session, BE_SESSION_FAILED);
    }
  else if (state == BE_SESSION_STARTING && record->call == BE_CALL_BIND)
    {
      be_session_set_local (session, &record->local);
      be_session_set_state (session, BE_SESSION_RUNNING);
    }
  else if (state == BE_SESSION_RUNNING && record->call == BE_CALL_CLOSE)
    be_session_set_state (session, BE_SESSION_ENDED);
}

static void
be_udp_server_class_init (BeUdpServerClass *klass)
{
  BeSessionClass *session_class = BE_SESSION_CLASS (klass);

  session_class->side = BE_SIDE_SERVER;
  session_class->create_worker = be_udp_server_create_worker;
  session_class->handle_event = be_udp_server_handle_event;
}

static void
be_udp_server_init (BeUdpServer *self)
{
  self->reply_rule = BE_REPLY_UPPER;
  self->receive_bytes = G_MAXUINT16;
}

/* Public */

/**
 * be_udp_server_new:
 * @endpoint: where to bind; UDP
 *
 * Returns: (transfer full): a server that has not been started
 */
BeSession *
be_udp_server_new (BeNetworkThread *network,
                   BeEndpoint      *endpoint)
{
  g_return_val_if_fail (BE_IS_NETWORK_THREAD (network), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);

  return g_object_new (BE_TYPE_UDP_SERVER, "network", network, "endpoint", endpoint, NULL);
}

/**
 * be_udp_server_set_reply_rule:
 *
 * Before the start.
 */
void
be_udp_server_set_reply_rule (BeUdpServer *self,
                              BeReplyRule  rule)
{
  g_return_if_fail (BE_IS_UDP_SERVER (self));

  self->reply_rule = rule;
}

/**
 * be_udp_server_set_receive_size:
 * @bytes: what one recvfrom () takes at most, 1 to 65,535; of a longer
 *   datagram the rest is lost
 *
 * Before the start.
 */
void
be_udp_server_set_receive_size (BeUdpServer *self,
                                guint        bytes)
{
  g_return_if_fail (BE_IS_UDP_SERVER (self));
  g_return_if_fail (bytes > 0 && bytes <= G_MAXUINT16);

  self->receive_bytes = bytes;
}
