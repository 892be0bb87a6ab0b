/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A UDP socket while the system has no room for what it sends, which does not
 * happen on the way to oneself: be-datagram-port.c is compiled into this
 * program with two of its calls replaced by those here (see meson.build). */

#include "be-poller.h"
#include "be-socket.h"
#include "be-test-errors.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <gio/gnetworking.h>

/* Prototypes of the real ones, whose names stand for the others here. */
#undef be_socket_sendto
#undef be_poller_set_conditions
gssize be_socket_sendto (GSocket         *socket,
                         const BeAddress *to,
                         const guint8    *bytes,
                         gsize            length,
                         int             *error);
void   be_poller_set_conditions (BePoller      *self,
                                 BePollerWatch *watch,
                                 GIOCondition   conditions);

static gint n_rooms; /* atomic: how many more datagrams the system takes */

/* A pending error comes before the lack of room, and is gone when it was told
 * (socket(7), SO_ERROR). */
gssize
be_test_sendto (GSocket         *socket,
                const BeAddress *to,
                const guint8    *bytes,
                gsize            length,
                int             *error)
{
  int pending = 0;

  if (g_atomic_int_get (&n_rooms) > 0)
    {
      g_atomic_int_add (&n_rooms, -1);
      return be_socket_sendto (socket, to, bytes, length, error);
    }

  g_socket_get_option (socket, SOL_SOCKET, SO_ERROR, &pending, NULL);
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

  /* A port that nobody has any more. */
  g_object_unref (be_test_peer_bind_datagram (0, &address));
  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);
  g_atomic_int_set (&n_rooms, 0);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "waits");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "waits too");
  be_test_network_turn (sessions->network);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_SEND), ==, 0);

  /* The answer to this one says that nobody is there. */
  be_test_peer_send_from (sessions, &address);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_SEND) > 0);
  refused = be_test_log_nth (sessions->log, sessions->client, BE_CALL_SEND, 0);
  g_assert_cmpint (refused->error, ==, BE_TEST_ERROR_CONNECTION_REFUSED);
}
