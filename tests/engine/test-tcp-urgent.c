/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A client that marks bytes as urgent (RFC 9293, section 3.8.5), which nobody reads
 * here: what stands before and behind them is answered all the same. */

#include "be-tcp-server.h"
#include "be-test-hold.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <gio/gnetworking.h>

#define N_ROUNDS 30u
#define N_MIXED 300u

static void
exchange (GSocket *peer)
{
  be_test_peer_send (peer, "hello", 5);
  be_test_peer_expect (peer, "HELLO");
}

static GSocket *
start_server (BeTestSessions *sessions)
{
  BeAddress address;
  GSocket  *peer;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect (&address);
  exchange (peer);

  return peer;
}

static void
send_urgent (GSocket *peer)
{
  g_assert_cmpint (send (g_socket_get_fd (peer), "!", 1, MSG_OOB), ==, 1);
}

/* One read ends at the place of the urgent byte (tcp(7)), and says nothing of what
 * stands behind it. */
static void
test_reads_what_is_behind_an_urgent_byte (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_server (sessions);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      BeTestHold hold;

      be_test_hold_begin (&hold, sessions->network);
      be_test_peer_send (peer, "before", 6);
      send_urgent (peer);
      be_test_peer_send (peer, "behind", 6);
      be_test_hold_end (&hold);

      be_test_peer_expect (peer, "BEFOREBEHIND");
      for (guint n = 0; n < i; n++)
        exchange (peer);
    }
}

/* The same while the server looks whenever it likes. */
static void
test_reads_on_whenever_an_urgent_byte_comes (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = start_server (sessions);

  for (guint i = 0; i < N_MIXED; i++)
    {
      be_test_peer_send (peer, "before", 6);
      send_urgent (peer);
      if (i % 3 != 0)
        be_test_peer_send (peer, "behind", 6);
      be_test_peer_expect (peer, i % 3 != 0 ? "BEFOREBEHIND" : "BEFORE");
      for (guint n = 0; n < i % 12; n++)
        exchange (peer);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/tcp-urgent/reads-what-is-behind-an-urgent-byte",
                        test_reads_what_is_behind_an_urgent_byte);
  be_test_sessions_add ("/tcp-urgent/reads-on-whenever-an-urgent-byte-comes",
                        test_reads_on_whenever_an_urgent_byte_comes);

  return g_test_run ();
}
