/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-udp-client.h"

#include "be-datagram-port.h"
#include "be-session-private.h"

/**
 * BeUdpClient:
 *
 * A UDP client: a socket connected to one peer, so that the system reports
 * when nobody is there. Nothing is sent by connecting. Running from connect
 * to close; a refused datagram is an event and ends nothing.
 */
struct _BeUdpClient
{
  BeSession parent_instance;
};

G_DEFINE_FINAL_TYPE (BeUdpClient, be_udp_client, BE_TYPE_SESSION)

/* BeSession */

static BeWorker *
be_udp_client_create_worker (BeSession *session)
{
  BeAddress local;
  gboolean  has_local = be_endpoint_get_local (be_session_get_endpoint (session), &local);

  return be_datagram_port_new_client (be_session_get_network (session),
                                      be_session_get_id (session),
                                      has_local ? &local : NULL, G_MAXUINT16);
}

static void
be_udp_client_handle_event (BeSession           *session,
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
  else if (state == BE_SESSION_STARTING && record->call == BE_CALL_CONNECT)
    {
      be_session_set_local (session, &record->local);
      be_session_set_state (session, BE_SESSION_RUNNING);
    }
  else if (state == BE_SESSION_RUNNING && record->call == BE_CALL_CLOSE)
    be_session_set_state (session, BE_SESSION_ENDED);
}

static void
be_udp_client_class_init (BeUdpClientClass *klass)
{
  BeSessionClass *session_class = BE_SESSION_CLASS (klass);

  session_class->side = BE_SIDE_CLIENT;
  session_class->create_worker = be_udp_client_create_worker;
  session_class->handle_event = be_udp_client_handle_event;
}

static void
be_udp_client_init (BeUdpClient *self)
{
}

/* Public */

/**
 * be_udp_client_new:
 * @endpoint: whom to talk to, and perhaps from where; UDP
 *
 * Returns: (transfer full): a client that has not been started
 */
BeSession *
be_udp_client_new (BeNetworkThread *network,
                   BeEndpoint      *endpoint)
{
  g_return_val_if_fail (BE_IS_NETWORK_THREAD (network), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);

  return g_object_new (BE_TYPE_UDP_CLIENT, "network", network, "endpoint", endpoint, NULL);
}
