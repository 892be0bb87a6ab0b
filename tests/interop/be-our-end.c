/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-our-end.h"

#include <string.h>

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test.h"
#include "be-udp-client.h"
#include "be-udp-server.h"

static BeSession *
make_server (BeOurEnd   *self,
             BeEndpoint *endpoint)
{
  BeSession *session = NULL;

  if (be_endpoint_get_protocol (endpoint) == BE_PROTOCOL_UDP)
    {
      session = be_udp_server_new (self->network, endpoint);
      be_udp_server_set_reply_rule (BE_UDP_SERVER (session), self->reply_rule);
    }
  else
    {
      session = be_tcp_server_new (self->network, endpoint);
      be_tcp_server_set_reply_rule (BE_TCP_SERVER (session), self->reply_rule);
    }

  return session;
}

static BeSession *
make_client (BeOurEnd   *self,
             BeEndpoint *endpoint)
{
  if (be_endpoint_get_protocol (endpoint) == BE_PROTOCOL_UDP)
    return be_udp_client_new (self->network, endpoint);

  return be_tcp_client_new (self->network, endpoint);
}

/**
 * be_our_end_open:
 * @host: an address, or the path of a Unix-domain socket
 * @port: of no meaning with a path
 *
 * Starts a session and waits until it runs. When this end has had one before,
 * its events stay, and it must have ended.
 */
void
be_our_end_open (BeOurEnd   *self,
                 BeSide      side,
                 BeProtocol  protocol,
                 const char *host,
                 guint16     port)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = protocol != BE_PROTOCOL_UNIX ? g_strdup_printf ("%u", port) : NULL;
  g_autoptr (BeEndpoint) endpoint = be_endpoint_new (protocol, host, text, &error);
  BeAddress local;

  g_assert_no_error (error);
  if (self->network == NULL)
    {
      self->network = be_network_thread_new ();
      self->recorder = be_test_recorder_new (self->network);
    }

  if (self->session != NULL)
    g_assert_finalize_object (self->session);
  self->session = side == BE_SIDE_SERVER ? make_server (self, endpoint) : make_client (self, endpoint);
  be_session_start (self->session);
  be_test_wait_until (be_session_get_state (self->session) >= BE_SESSION_RUNNING);
  g_assert_cmpint (be_session_get_state (self->session), ==, BE_SESSION_RUNNING);

  self->port = port;
  if (side == BE_SIDE_SERVER && be_session_get_local (self->session, &local))
    self->port = local.port;
}

/**
 * be_our_end_serve:
 *
 * Starts a server on a port of 127.0.0.1 that the system chooses.
 */
void
be_our_end_serve (BeOurEnd  *self,
                  BeProtocol protocol)
{
  be_our_end_open (self, BE_SIDE_SERVER, protocol, "127.0.0.1", 0);
  g_assert_cmpuint (self->port, >, 0);
}

/**
 * be_our_end_call:
 *
 * Starts a client of @port on 127.0.0.1.
 */
void
be_our_end_call (BeOurEnd  *self,
                 BeProtocol protocol,
                 guint16    port)
{
  be_our_end_open (self, BE_SIDE_CLIENT, protocol, "127.0.0.1", port);
}

/**
 * be_our_end_say:
 *
 * Sends to everybody at the other end.
 */
void
be_our_end_say (BeOurEnd *self,
                GBytes   *bytes)
{
  be_session_send (self->session, BE_PEER_EVERYONE, bytes);
}

void
be_our_end_say_text (BeOurEnd   *self,
                     const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  be_our_end_say (self, bytes);
}

static gsize
count_payload (BeOurEnd *self,
               BeCall    call)
{
  g_autoptr (GBytes) payload = be_test_recorder_payload (self->recorder, self->session, call);

  return g_bytes_get_size (payload);
}

/**
 * be_our_end_expect:
 *
 * Waits until the calls of this kind have moved that many bytes since the
 * session began, which must be these.
 */
void
be_our_end_expect (BeOurEnd *self,
                   BeCall    call,
                   GBytes   *bytes)
{
  g_autoptr (GBytes) payload = NULL;

  be_test_wait_until (count_payload (self, call) >= g_bytes_get_size (bytes));

  payload = be_test_recorder_payload (self->recorder, self->session, call);
  g_assert_cmpmem (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload),
                   g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
be_our_end_expect_text (BeOurEnd   *self,
                        BeCall      call,
                        const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  be_our_end_expect (self, call, bytes);
}

/**
 * be_our_end_expect_count:
 *
 * Waits until that many calls of this kind have returned, and all well.
 */
void
be_our_end_expect_count (BeOurEnd *self,
                         BeCall    call,
                         guint     count)
{
  be_test_wait_until (be_test_recorder_count (self->recorder, self->session, call) >= count);

  g_assert_cmpuint (be_test_recorder_count (self->recorder, self->session, call), ==, count);
  g_assert_cmpuint (be_test_recorder_failures (self->recorder, self->session, call), ==, 0);
}

/**
 * be_our_end_expect_end:
 *
 * Waits until the session has ended, by itself or because it was told to.
 */
void
be_our_end_expect_end (BeOurEnd *self)
{
  be_test_wait_until (!be_session_is_active (self->session));

  g_assert_cmpint (be_session_get_state (self->session), ==, BE_SESSION_ENDED);
}

void
be_our_end_clear (BeOurEnd *self)
{
  if (self->session == NULL)
    return;

  be_session_stop (self->session);
  be_our_end_expect_end (self);
  g_clear_pointer (&self->recorder, be_test_recorder_free);
  g_assert_finalize_object (g_steal_pointer (&self->session));
  g_assert_finalize_object (g_steal_pointer (&self->network));
}
