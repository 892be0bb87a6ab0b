/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-sessions.h"

#include "be-network-thread-private.h"
#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test.h"
#include "be-udp-client.h"
#include "be-udp-server.h"

#include <string.h>

typedef struct
{
  BePollerKind     poller;
  BeTestPollerFunc test;
  gconstpointer    data;
} Case;

static void
finalize_session (BeSession *session)
{
  if (session != NULL)
    g_assert_finalize_object (session);
}

static void
run_case (gconstpointer data)
{
  const Case *test_case = data;

  test_case->test (test_case->poller, test_case->data);
}

static void
add_case (const char *path,
          const char *poller_name,
          const Case *values)
{
  g_autofree char *full_path = g_strdup_printf ("%s/%s", path, poller_name);

  g_test_add_data_func_full (full_path, g_memdup2 (values, sizeof *values), run_case, g_free);
}

/**
 * be_test_pollers_add:
 * @data: what @test is given, lent
 *
 * Adds a test that runs once with each poller.
 */
void
be_test_pollers_add (const char      *path,
                     BeTestPollerFunc test,
                     gconstpointer    data)
{
  add_case (path, "best", &(Case){ BE_POLLER_BEST, test, data });
  add_case (path, "glib", &(Case){ BE_POLLER_GLIB, test, data });
}

static void
run_sessions (BePollerKind  poller,
              gconstpointer data)
{
  BeTestSessionsFunc test = (BeTestSessionsFunc) data;
  BeTestSessions     sessions = { 0 };

  sessions.network = be_network_thread_new_with (poller);
  sessions.log = be_test_recorder_new (sessions.network);
  sessions.others = g_ptr_array_new_with_free_func ((GDestroyNotify) finalize_session);

  test (&sessions);

  finalize_session (g_steal_pointer (&sessions.client));
  finalize_session (g_steal_pointer (&sessions.server));
  g_clear_pointer (&sessions.others, g_ptr_array_unref);
  be_test_wait_until (be_test_log_is_closed (sessions.log));
  be_test_log_check (sessions.log);
  g_clear_pointer (&sessions.log, be_test_recorder_free);
  g_assert_finalize_object (g_steal_pointer (&sessions.network));
}

/**
 * be_test_sessions_add:
 *
 * Adds a test that runs once with each poller.
 */
void
be_test_sessions_add (const char        *path,
                      BeTestSessionsFunc test)
{
  be_test_pollers_add (path, run_sessions, (gconstpointer) test);
}

/**
 * be_test_sessions_start_server:
 *
 * Runs a server on 127.0.0.1 at any port.
 */
void
be_test_sessions_start_server (BeTestSessions *self,
                               BeProtocol      protocol)
{
  self->server = be_test_server_new (self->network, protocol, "127.0.0.1", 0);
  be_test_session_run (self->server);
}

/**
 * be_test_sessions_start_client:
 *
 * Runs a client of the server, which runs.
 */
void
be_test_sessions_start_client (BeTestSessions *self)
{
  self->client = be_test_client_new_for (self->server);
  be_test_session_run (self->client);
}

/**
 * be_test_sessions_start:
 *
 * Runs a server as be_test_sessions_start_server () does, and its client.
 */
void
be_test_sessions_start (BeTestSessions *self,
                        BeProtocol      protocol)
{
  be_test_sessions_start_server (self, protocol);
  be_test_sessions_start_client (self);
}

/**
 * be_test_sessions_keep:
 * @session: (transfer full): ends with the fixture
 *
 * Returns: (transfer none): @session
 */
BeSession *
be_test_sessions_keep (BeTestSessions *self,
                       BeSession      *session)
{
  g_ptr_array_add (self->others, session);

  return session;
}

static BeEndpoint *
make_endpoint (BeProtocol  protocol,
               const char *host,
               guint16     port)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  BeEndpoint      *endpoint = be_endpoint_new (protocol, host, port_text, &error);

  g_assert_no_error (error);

  return endpoint;
}

/**
 * be_test_server_new:
 * @host: a name, an address or a path
 *
 * Returns: (transfer full): a server that has not been started
 */
BeSession *
be_test_server_new (BeNetworkThread *network,
                    BeProtocol       protocol,
                    const char      *host,
                    guint16          port)
{
  g_autoptr (BeEndpoint) endpoint = make_endpoint (protocol, host, port);

  if (protocol == BE_PROTOCOL_UDP)
    return be_udp_server_new (network, endpoint);

  return be_tcp_server_new (network, endpoint);
}

BeSession *
be_test_client_new (BeNetworkThread *network,
                    BeProtocol       protocol,
                    const char      *host,
                    guint16          port)
{
  g_autoptr (BeEndpoint) endpoint = make_endpoint (protocol, host, port);

  if (protocol == BE_PROTOCOL_UDP)
    return be_udp_client_new (network, endpoint);

  return be_tcp_client_new (network, endpoint);
}

/**
 * be_test_client_new_for:
 * @server: runs
 *
 * Returns: (transfer full): a client of it that has not been started
 */
BeSession *
be_test_client_new_for (BeSession *server)
{
  BeEndpoint *endpoint = be_session_get_endpoint (server);
  BeAddress   local = be_test_session_get_local (server);

  return be_test_client_new (be_session_get_network (server),
                             be_endpoint_get_protocol (endpoint),
                             be_endpoint_get_host (endpoint), local.port);
}

BeAddress
be_test_session_get_local (BeSession *session)
{
  BeAddress local;

  g_assert_true (be_session_get_local (session, &local));

  return local;
}

/* Starts, and waits until it runs. */
void
be_test_session_run (BeSession *session)
{
  be_session_start (session);
  be_test_wait_until (be_session_get_state (session) == BE_SESSION_RUNNING);
}

/* Stops, and waits until it has ended. */
void
be_test_session_end (BeSession *session)
{
  be_session_stop (session);
  be_test_wait_until (be_session_get_state (session) == BE_SESSION_ENDED);
}

/* Starts, and waits until that has failed. */
void
be_test_session_fail (BeSession *session)
{
  be_session_start (session);
  be_test_wait_until (be_session_get_state (session) == BE_SESSION_FAILED);
}

void
be_test_session_send (BeSession  *session,
                      guint32     peer_id,
                      const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  be_session_send (session, peer_id, bytes);
}

/**
 * be_test_sessions_expect:
 * @session: a stream's client
 *
 * Waits until a session has received as many bytes as @text has, in the whole
 * of its life; they must be the same.
 */
void
be_test_sessions_expect (BeTestSessions *self,
                         BeSession      *session,
                         const char     *text)
{
  g_autoptr (GBytes) received = NULL;

  be_test_wait_until (be_test_log_bytes (self->log, session, BE_CALL_RECV) >= strlen (text));
  received = be_test_recorder_payload (self->log, session, BE_CALL_RECV);
  g_assert_cmpmem (g_bytes_get_data (received, NULL), g_bytes_get_size (received),
                   text, strlen (text));
}

/**
 * be_test_sessions_count:
 *
 * Returns: how many of these calls @session has made, as far as it is told
 */
guint
be_test_sessions_count (BeTestSessions *self,
                        BeSession      *session,
                        BeCall          call)
{
  return be_test_recorder_count (self->log, session, call);
}

/**
 * be_test_sessions_wait_for_calls:
 *
 * Waits until @session has made so many of these calls, and fails if it made
 * more.
 */
void
be_test_sessions_wait_for_calls (BeTestSessions *self,
                                 BeSession      *session,
                                 BeCall          call,
                                 guint           n_calls)
{
  be_test_wait_until (be_test_recorder_count (self->log, session, call) >= n_calls);
  g_assert_cmpuint (be_test_recorder_count (self->log, session, call), ==, n_calls);
}

/**
 * be_test_has_ipv6:
 *
 * Returns: whether this computer reaches itself at ::1
 */
gboolean
be_test_has_ipv6 (void)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("::1", 0);

  socket =
    g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  return socket != NULL && g_socket_bind (socket, address, FALSE, NULL);
}

static void
set_over_cb (gpointer data)
{
  g_atomic_int_set ((gint *) data, TRUE);
}

/**
 * be_test_network_turn:
 *
 * Lets the network thread do what it was asked so far and look once at each of
 * its sockets, while nobody takes its events.
 */
void
be_test_network_turn (BeNetworkThread *network)
{
  for (guint i = 0; i < 2; i++)
    {
      gint is_over = FALSE;

      be_network_thread_post (network, set_over_cb, &is_over);
      while (!g_atomic_int_get (&is_over))
        g_thread_yield ();
    }
}
