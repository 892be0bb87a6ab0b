/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A UDP socket while the system has no room for what it sends, which does not
 * happen on the way to oneself: be-datagram-traffic.c is compiled into this
 * program with two of its calls replaced by those here (see meson.build). */

#include "be-network-thread-private.h"
#include "be-poller.h"
#include "be-socket.h"
#include "be-test-errors.h"
#include "be-test-hold.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <gio/gnetworking.h>

/* Prototypes of the real ones, whose names stand for the others here. */
#undef be_socket_sendto
#undef be_poller_set_conditions
gssize be_socket_sendto (BeSocket         socket,
                         const BeAddress *to,
                         const guint8    *bytes,
                         gsize            length,
                         int             *error);
void   be_poller_set_conditions (BePoller      *self,
                                 BePollerWatch *watch,
                                 GIOCondition   conditions);

static gint n_calls; /* atomic */

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/datagram-port/tells-of-a-refusal-while-something-waits",
                        test_tells_of_a_refusal_while_something_waits);

  return g_test_run ();
}
