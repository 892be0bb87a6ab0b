/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The same over IPv6, where this computer has it. */

#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

static gboolean
skips (void)
{
  if (be_test_has_ipv6 ())
    return FALSE;

  g_test_skip ("No IPv6 here");

  return TRUE;
}

static void
talk (BeTestSessions *sessions,
      BeProtocol      protocol,
      const char     *server_host,
      const char     *client_host)
{
  guint16 port;

  sessions->server = be_test_server_new (sessions->network, protocol, server_host, 0);
  be_test_session_run (sessions->server);
  port = be_test_session_get_local (sessions->server).port;
  sessions->client = be_test_client_new (sessions->network, protocol, client_host, port);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_sessions_expect (sessions, sessions->client, "HELLO BABY");
}

static void
test_talks_over_tcp (BeTestSessions *sessions)
{
  g_autofree char *local = NULL;
  BeAddress        address;

  if (skips ())
    return;

  talk (sessions, BE_PROTOCOL_TCP, "::1", "::1");
  address = be_test_session_get_local (sessions->client);
  local = be_address_to_string (&address);
  g_assert_true (g_str_has_prefix (local, "[::1]:"));
}

static void
test_talks_over_udp (BeTestSessions *sessions)
{
  if (!skips ())
    talk (sessions, BE_PROTOCOL_UDP, "::1", "::1");
}

static void
test_tcp_at_any_address_is_reached_over_both (BeTestSessions *sessions)
{
  BeSession *other;

  if (skips ())
    return;

  talk (sessions, BE_PROTOCOL_TCP, "::", "127.0.0.1");
  other = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "::1",
                              be_test_session_get_local (sessions->server).port);
  be_test_session_run (be_test_sessions_keep (sessions, other));
  be_test_session_send (other, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, other, "A");
}

static void
test_udp_at_any_address_is_reached_over_both (BeTestSessions *sessions)
{
  BeSession *other;

  if (skips ())
    return;

  talk (sessions, BE_PROTOCOL_UDP, "::", "127.0.0.1");
  other = be_test_client_new (sessions->network, BE_PROTOCOL_UDP, "::1",
                              be_test_session_get_local (sessions->server).port);
  be_test_session_run (be_test_sessions_keep (sessions, other));
  be_test_session_send (other, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, other, "A");
}

/* As the IPv4 test does it: the first has the address of somebody that the
 * second has heard of. */
static void
test_server_at_any_address_does_not_answer_another (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  g_autoptr (GBytes) greeting = NULL;
  BeSession *second;
  BeAddress  address;
  BeAddress  second_address;

  if (skips ())
    return;

  second = be_test_sessions_keep (sessions,
                                  be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "::", 0));
  be_test_session_run (second);
  second_address = (BeAddress){
    .family = BE_ADDRESS_IPV4,
    .port = be_test_session_get_local (second).port,
    .bytes = { 127, 0, 0, 1 },
  };
  peer = be_test_peer_bind_datagram (0, &address);
  be_test_peer_send_to (peer, &second_address, "hello", 5);
  greeting = be_test_peer_receive_datagram (peer, NULL);
  g_clear_object (&peer);

  sessions->server =
    be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "0.0.0.0", address.port);
  be_test_session_run (sessions->server);
  be_test_session_send (second, BE_PEER_EVERYONE, "answer me");
  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", address.port);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_RECVFROM) ==
                      1);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_SENDTO), ==,
                    1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/ipv6/talks-over-tcp", test_talks_over_tcp);
  be_test_sessions_add ("/ipv6/talks-over-udp", test_talks_over_udp);
  be_test_sessions_add ("/ipv6/tcp-at-any-address-is-reached-over-both",
                        test_tcp_at_any_address_is_reached_over_both);
  be_test_sessions_add ("/ipv6/udp-at-any-address-is-reached-over-both",
                        test_udp_at_any_address_is_reached_over_both);
  be_test_sessions_add ("/ipv6/server-at-any-address-does-not-answer-another",
                        test_server_at_any_address_does_not_answer_another);

  return g_test_run ();
}
