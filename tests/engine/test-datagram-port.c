/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A UDP socket while the system has no room for what it sends, which does not
 * happen on the way to oneself, and in a flood: be-datagram-traffic.c is compiled
 * into this program with calls replaced by those here (see meson.build). */

#include "be-network-thread-private.h"
#include "be-poller.h"
#include "be-socket-datagrams.h"
#include "be-socket.h"
#include "be-test-errors.h"
#include "be-test-hold.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-rows.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <gio/gnetworking.h>
#include <string.h>

/* Prototypes of the real ones, whose names stand for the others here. */
#undef be_socket_sendto
#undef be_socket_send_row
#undef be_poller_set_conditions
gssize be_socket_sendto (BeSocket         socket,
                         const BeAddress *to,
                         const guint8    *bytes,
                         gsize            length,
                         int             *error);
int    be_socket_send_row (BeSocket                socket,
                           const BeSocketDatagram *datagrams,
                           guint                   n_datagrams);
void   be_poller_set_conditions (BePoller      *self,
                                 BePollerWatch *watch,
                                 GIOCondition   conditions);

/* How many a server answers at once, and how often a class may do that. */
#define BURST 64u
#define N_FEW 20u
#define N_MANY 1000u
#define PAUSE_MICROSECONDS (200 * 1000)

static gint n_calls;    /* atomic */
static gint n_rows;     /* atomic */
static gint n_row_sent; /* atomic */
static gint is_refused; /* atomic: the system takes no rows */

/* The first datagram goes; from then on there is no room. A pending error comes
 * before that, and is gone when it was told (socket(7), SO_ERROR); that of the
 * first datagram comes a moment after the second call. */
gssize
be_test_sendto (BeSocket         socket,
                const BeAddress *to,
                const guint8    *bytes,
                gsize            length,
                int             *error)
{
  gint n_before = g_atomic_int_add (&n_calls, 1);
  int  pending = 0;

  if (n_before == 0)
    return be_socket_sendto (socket, to, bytes, length, error);

  if (n_before > 1)
    be_socket_connect_result (socket, &pending);
  *error = pending != 0 ? pending : EAGAIN;

  return -1;
}

int
be_test_send_row (BeSocket                socket,
                  const BeSocketDatagram *datagrams,
                  guint                   n_datagrams)
{
  int n_sent = g_atomic_int_get (&is_refused) ? -1 : be_socket_send_row (socket, datagrams, n_datagrams);

  g_atomic_int_inc (&n_rows);
  g_atomic_int_add (&n_row_sent, n_sent);

  return n_sent;
}

/* Waits for trouble where the port waits for room, which does not come. */
void
be_test_set_conditions (BePoller      *self,
                        BePollerWatch *watch,
                        GIOCondition   conditions)
{
  be_poller_set_conditions (self, watch, conditions & G_IO_OUT ? G_IO_ERR : conditions);
}

static void
test_tells_of_a_refusal_while_something_waits (BeTestSessions *sessions)
{
  const BeEventRecord *refused;
  BeAddress            address;
  BeTestHold           hold;
  g_autoptr (GSocket) nobody = be_test_nobody_receives (&address);

  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);

  /* Both in one turn, or the refusal of the first would be read before. */
  g_atomic_int_set (&n_calls, 0);
  be_test_hold_begin (&hold, sessions->network);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "refused");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "waits");
  be_test_hold_end (&hold);

  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_SEND) == 2);
  refused = be_test_log_last (sessions->log, sessions->client, BE_CALL_SEND);
  g_assert_cmpint (refused->error, ==, BE_TEST_ERROR_CONNECTION_REFUSED);
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_RUNNING);
}

/* All of them before the server looks; each with its number. */
static void
exchange_burst (BeTestSessions  *sessions,
                GSocket         *peer,
                const BeAddress *server)
{
  BeTestHold hold;

  be_test_hold_begin (&hold, sessions->network);
  for (guint i = 0; i < BURST; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %02u", i);

      be_test_peer_send_to (peer, server, text, strlen (text));
    }
  be_test_hold_end (&hold);

  for (guint i = 0; i < BURST; i++)
    {
      g_autofree char *text = g_strdup_printf ("NUMBER %02u", i);
      g_autoptr (GBytes) answer = be_test_peer_receive_datagram (peer, NULL);

      g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), text, strlen (text));
    }
}

static void
exchange_bursts (BeTestSessions  *sessions,
                 GSocket         *peer,
                 const BeAddress *server,
                 guint            n_bursts)
{
  for (guint i = 0; i < n_bursts; i++)
    exchange_burst (sessions, peer, server);
}

/* Returns who sends to it. */
static GSocket *
start_server (BeTestSessions *sessions,
              BeAddress      *address)
{
  BeAddress local;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_UDP);
  *address = be_test_session_get_local (sessions->server);
  g_atomic_int_set (&n_rows, 0);
  g_atomic_int_set (&n_row_sent, 0);

  return be_test_peer_bind_datagram (0, &local);
}

static void
exchange_until_row (BeTestSessions  *sessions,
                    GSocket         *peer,
                    const BeAddress *server)
{
  for (guint i = 0; i < N_MANY && g_atomic_int_get (&n_rows) == 0; i++)
    exchange_burst (sessions, peer, server);
  g_assert_cmpint (g_atomic_int_get (&n_rows), >, 0);
}

/* What many would look at goes as it always does, one packet each. */
static void
test_sends_rows_in_a_flood_only (BeTestSessions *sessions)
{
  BeAddress server;
  g_autoptr (GSocket) peer = start_server (sessions, &server);

  exchange_bursts (sessions, peer, &server, N_FEW);
  g_assert_cmpint (g_atomic_int_get (&n_rows), ==, 0);

  exchange_until_row (sessions, peer, &server);
  exchange_bursts (sessions, peer, &server, N_FEW);
  if (be_test_has_rows ())
    g_assert_cmpint (g_atomic_int_get (&n_row_sent), >, 0);

  /* The pause is what is tested. */
  g_usleep (PAUSE_MICROSECONDS);
  g_atomic_int_set (&n_rows, 0);
  exchange_bursts (sessions, peer, &server, N_FEW);
  g_assert_cmpint (g_atomic_int_get (&n_rows), ==, 0);
}

/* All is answered; and what the system refuses is not tried with each read. */
static void
test_sends_each_where_rows_are_refused (BeTestSessions *sessions)
{
  BeAddress server;
  g_autoptr (GSocket) peer = start_server (sessions, &server);

  g_atomic_int_set (&is_refused, TRUE);
  exchange_until_row (sessions, peer, &server);
  exchange_bursts (sessions, peer, &server, N_FEW);
  g_assert_cmpint (g_atomic_int_get (&n_rows), ==, 1);
  g_atomic_int_set (&is_refused, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/datagram-port/tells-of-a-refusal-while-something-waits",
                        test_tells_of_a_refusal_while_something_waits);
  be_test_sessions_add ("/datagram-port/sends-rows-in-a-flood-only", test_sends_rows_in_a_flood_only);
  be_test_sessions_add ("/datagram-port/sends-each-where-rows-are-refused",
                        test_sends_each_where_rows_are_refused);

  return g_test_run ();
}
