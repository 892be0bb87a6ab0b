/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong with datagrams, and ends nothing. */

#include "be-reply-loop.h"
#include "be-test-errors.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"
#include "be-udp-client.h"
#include "be-udp-server.h"

#include <string.h>

#define LARGEST_BYTES 65507

static void
expect_datagram (GSocket    *peer,
                 const char *text)
{
  g_autoptr (GBytes) datagram = be_test_peer_receive_datagram (peer, NULL);

  g_assert_cmpmem (g_bytes_get_data (datagram, NULL), g_bytes_get_size (datagram),
                   text, strlen (text));
}

static void
test_goes_on_after_a_datagram_that_is_too_long (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (LARGEST_BYTES + 1);
  const BeEventRecord *failed;

  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_SEND, 1);
  failed = be_test_log_last (sessions->log, sessions->client, BE_CALL_SEND);
  g_assert_cmpint (failed->result, ==, -1);
  g_assert_cmpint (failed->error, ==, BE_TEST_ERROR_MESSAGE_TOO_LONG);
  g_assert_cmphex (failed->flags, ==, BE_EVENT_ON_REQUEST);

  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "short");
  be_test_sessions_expect (sessions, sessions->client, "SHORT");
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_RUNNING);
}

static void
test_says_when_a_datagram_was_cut (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);
  be_udp_server_set_receive_size (BE_UDP_SERVER (sessions->server), 4);
  be_test_session_run (sessions->server);
  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "four");
  be_test_sessions_expect (sessions, sessions->client, "HELLFOUR");

  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, 2);
  g_assert_cmphex (be_test_log_nth (sessions->log, sessions->server, BE_CALL_RECVFROM, 0)->flags,
                   ==, BE_EVENT_TRUNCATED);
  g_assert_cmphex (be_test_log_nth (sessions->log, sessions->server, BE_CALL_RECVFROM, 1)->flags,
                   ==, 0);
}

static guint
count_refusals (BeTestSessions *sessions)
{
  GPtrArray *events = be_test_recorder_get_all (sessions->log);
  guint      n = 0;

  for (guint i = 0; i < events->len; i++)
    if (be_event_get_error (events->pdata[i]) == BE_TEST_ERROR_CONNECTION_REFUSED)
      n++;

  return n;
}

static void
test_goes_on_after_a_refusal (BeTestSessions *sessions)
{
  BeAddress address;
  g_autoptr (GSocket) peer = be_test_nobody_receives (&address);

  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", address.port);
  be_test_session_run (sessions->client);
  for (guint i = 1; i <= 3; i++)
    {
      be_test_session_send (sessions->client, BE_PEER_EVERYONE, "anybody?");
      be_test_wait_until (count_refusals (sessions) == i);
      g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_RUNNING);
    }

  address = be_test_session_get_local (sessions->client);
  be_test_peer_connect_to (peer, &address);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "anybody?");
  expect_datagram (peer, "anybody?");
  be_test_peer_send (peer, "yes", 3);
  be_test_sessions_expect (sessions, sessions->client, "yes");
}

static void
test_server_goes_on_when_its_peer_is_gone (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;
  BeAddress local;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_UDP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_bind_datagram (0, &local);
  be_test_peer_send_to (peer, &address, "a", 1);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, 1);
  g_clear_object (&peer);
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "to nobody");
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_SENDTO, 2);

  peer = be_test_peer_bind_datagram (0, &local);
  be_test_peer_send_to (peer, &address, "b", 1);
  expect_datagram (peer, "B");
}

static void
test_fails_where_somebody_is_bound_already (BeTestSessions *sessions)
{
  g_autofree char *calls = NULL;
  BeSession       *second;

  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  second = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1",
                               be_test_session_get_local (sessions->server).port);
  be_test_session_fail (be_test_sessions_keep (sessions, second));
  g_assert_cmpint (be_test_log_last (sessions->log, second, BE_CALL_BIND)->error,
                   ==, BE_TEST_ERROR_ADDRESS_IN_USE);
  be_test_sessions_wait_for_calls (sessions, second, BE_CALL_CLOSE, 1);
  calls = be_test_log_calls (sessions->log, second);
  g_assert_cmpstr (calls, ==, "socket bind! close");

  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
}

static void
test_fails_at_an_address_of_another_computer (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "192.0.2.1", 0);
  be_test_session_fail (sessions->server);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_BIND)->error,
                   ==, BE_TEST_ERROR_ADDRESS_NOT_AVAILABLE);
}

#ifdef __linux__
/* Nothing is sent: connect () refuses an address of everybody to a socket that
 * may not broadcast (EACCES, connect(2)). */
static void
test_says_of_a_failed_connect_that_it_is_closed (BeTestSessions *sessions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) everybody = NULL;
  g_autoptr (BeEndpoint) with_local = NULL;
  const BeEventRecord *failed;

  everybody = be_endpoint_new (BE_PROTOCOL_UDP, "255.255.255.255", "9", &error);
  g_assert_no_error (error);
  with_local = be_endpoint_with_local (everybody, "127.0.0.1", NULL, &error);
  g_assert_no_error (error);
  sessions->client = be_udp_client_new (sessions->network, with_local);
  be_test_session_fail (sessions->client);
  failed = be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT);
  g_assert_cmpint (failed->error, ==, EACCES);
  g_assert_cmpint (failed->state, ==, BE_SYSTEM_STATE_CLOSED);
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_CLOSE, 1);
}
#endif

/* Many more peers than are remembered, one after the other. */
static const BeEventRecord *
greet_until_one_is_forgotten (BeTestSessions *sessions)
{
  BeAddress address = be_test_session_get_local (sessions->server);

  for (guint n_greetings = 0; n_greetings < 4 * BE_UDP_SERVER_MAX_PEERS; n_greetings += 32)
    {
      for (guint i = 0; i < 32; i++)
        {
          BeAddress local;
          g_autoptr (GSocket) peer = be_test_peer_bind_datagram (0, &local);

          be_test_peer_send_to (peer, &address, "a", 1);
        }
      be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, n_greetings + 32);
      if (be_test_log_flags (sessions->log, sessions->server, BE_CALL_RECVFROM, BE_EVENT_LIMIT) > 0)
        break;
    }

  for (guint i = 0;; i++)
    {
      const BeEventRecord *record =
        be_test_log_nth (sessions->log, sessions->server, BE_CALL_RECVFROM, i);

      g_assert_nonnull (record);
      if (record->flags & BE_EVENT_LIMIT)
        return record;
    }
}

static guint
count_peers_before (BeTestSessions      *sessions,
                    const BeEventRecord *last)
{
  g_autoptr (GHashTable) peers = g_hash_table_new (NULL, NULL);
  const BeEventRecord *record;
  guint                i = 0;

  while ((record = be_test_log_nth (sessions->log, sessions->server, BE_CALL_RECVFROM, i++)) !=
         last)
    g_hash_table_add (peers, GUINT_TO_POINTER (record->peer_id));

  return g_hash_table_size (peers);
}

static void
test_forgets_who_was_silent_longest (BeTestSessions *sessions)
{
  const BeEventRecord *limited;
  const BeEventRecord *first;
  guint                n_sent;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);
  be_udp_server_set_reply_rule (BE_UDP_SERVER (sessions->server), BE_REPLY_NONE);
  be_test_session_run (sessions->server);

  limited = greet_until_one_is_forgotten (sessions);
  first = be_test_log_nth (sessions->log, sessions->server, BE_CALL_RECVFROM, 0);
  g_assert_cmpuint (limited->result, ==, 1);
  g_assert_cmpuint (limited->detail, !=, 0);
  g_assert_cmpuint (limited->detail, !=, limited->peer_id);
  g_assert_cmpuint (count_peers_before (sessions, limited), ==, BE_UDP_SERVER_MAX_PEERS);

  /* A port may have come up twice by chance; then it was not the first who
   * was silent longest. */
  if (count_peers_before (sessions, limited) == limited->sequence - first->sequence)
    g_assert_cmpuint (limited->detail, ==, first->peer_id);

  n_sent = be_test_recorder_count (sessions->log, sessions->server, BE_CALL_SENDTO);
  be_test_session_send (sessions->server, limited->detail, "to nobody");
  be_test_session_send (sessions->server, limited->peer_id, "to somebody");
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_SENDTO) >
                      n_sent);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->server, BE_CALL_SENDTO)->peer_id,
                    ==, limited->peer_id);
}

/* A second server learns the address of the first from somebody who had it
 * before, and is told to speak to it. */
static void
test_never_answers_another_server_of_this_program (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  g_autoptr (GSocket) witness = NULL;
  BeSession *second;
  BeAddress  second_address;
  BeAddress  address;
  BeAddress  local;

  second = be_test_sessions_keep (
    sessions, be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0));
  be_test_session_run (second);
  second_address = be_test_session_get_local (second);
  peer = be_test_peer_bind_datagram (0, &address);
  be_test_peer_send_to (peer, &second_address, "hello", 5);
  expect_datagram (peer, "HELLO");
  g_clear_object (&peer);

  sessions->server =
    be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", address.port);
  be_test_session_run (sessions->server);
  be_test_session_send (second, BE_PEER_EVERYONE, "answer me");
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, 1);

  /* Others are answered, and an answer to the second would have come first. */
  witness = be_test_peer_bind_datagram (0, &local);
  be_test_peer_send_to (witness, &address, "a", 1);
  expect_datagram (witness, "A");
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_SENDTO, 1);
  be_test_sessions_wait_for_calls (sessions, second, BE_CALL_RECVFROM, 1);
}

/* The peer is a server of another program, which answers "A" with "A" too. */
static void
test_ends_a_loop_with_a_server_of_another_program (BeTestSessions *sessions)
{
  const guint n_answers = BE_REPLY_LOOP_LENGTH + BE_REPLY_LOOP_MARKS;
  g_autoptr (GSocket) peer = NULL;
  const BeEventRecord *unanswered;
  BeAddress            address;
  BeAddress            local;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_UDP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_bind_datagram (0, &local);
  be_test_peer_send_to (peer, &address, "A", 1);
  for (guint i = 1; i <= n_answers; i++)
    {
      expect_datagram (peer, "A");
      be_test_peer_send_to (peer, &address, "A", 1);
      if (i % 1000 == 0)
        be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, i + 1);
    }

  /* That would be over now, if nobody else spoke. */
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_RECVFROM, n_answers + 1);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_SENDTO, n_answers);
  unanswered = be_test_log_last (sessions->log, sessions->server, BE_CALL_RECVFROM);
  g_assert_cmphex (unanswered->flags, ==, BE_EVENT_LIMIT);
  g_assert_cmpuint (unanswered->detail, ==, 0);
  g_assert_cmpuint (be_test_log_flags (sessions->log, sessions->server, BE_CALL_RECVFROM,
                                       BE_EVENT_LIMIT),
                    ==, 1);

  be_test_peer_send_to (peer, &address, "again", 5);
  expect_datagram (peer, "AGAIN");
}

static void
test_ignores_half_closing (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_session_half_close (sessions->server, BE_PEER_EVERYONE);
  be_session_close_peer (sessions->server, BE_PEER_EVERYONE);
  be_session_reset_peer (sessions->server, BE_PEER_EVERYONE);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
  g_assert_cmpuint (be_test_recorder_count (sessions->log, NULL, BE_CALL_SHUTDOWN), ==, 0);

  be_session_close_peer (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
}

static void
test_stops_twice_as_once (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  be_session_stop (sessions->client);
  be_session_stop (sessions->client);
  be_session_stop (sessions->server);
  be_session_stop (sessions->server);
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  be_test_wait_until (be_session_get_state (sessions->server) == BE_SESSION_ENDED);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "too late");
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "too late");

  /* Another session's events come after whatever those would have made. */
  be_test_session_run (be_test_sessions_keep (
    sessions, be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0)));
  be_test_sessions_wait_for_calls (sessions, sessions->client, BE_CALL_CLOSE, 1);
  be_test_sessions_wait_for_calls (sessions, sessions->server, BE_CALL_CLOSE, 1);
  be_test_sessions_wait_for_calls (sessions, NULL, BE_CALL_SEND, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/udp-trouble/goes-on-after-a-datagram-that-is-too-long",
                        test_goes_on_after_a_datagram_that_is_too_long);
  be_test_sessions_add ("/udp-trouble/says-when-a-datagram-was-cut",
                        test_says_when_a_datagram_was_cut);
  be_test_sessions_add ("/udp-trouble/goes-on-after-a-refusal", test_goes_on_after_a_refusal);
  be_test_sessions_add ("/udp-trouble/server-goes-on-when-its-peer-is-gone",
                        test_server_goes_on_when_its_peer_is_gone);
  be_test_sessions_add ("/udp-trouble/fails-where-somebody-is-bound-already",
                        test_fails_where_somebody_is_bound_already);
  be_test_sessions_add ("/udp-trouble/fails-at-an-address-of-another-computer",
                        test_fails_at_an_address_of_another_computer);
#ifdef __linux__
  be_test_sessions_add ("/udp-trouble/says-of-a-failed-connect-that-it-is-closed",
                        test_says_of_a_failed_connect_that_it_is_closed);
#endif
  be_test_sessions_add ("/udp-trouble/forgets-who-was-silent-longest",
                        test_forgets_who_was_silent_longest);
  be_test_sessions_add ("/udp-trouble/never-answers-another-server-of-this-program",
                        test_never_answers_another_server_of_this_program);
  be_test_sessions_add ("/udp-trouble/ends-a-loop-with-a-server-of-another-program",
                        test_ends_a_loop_with_a_server_of_another_program);
  be_test_sessions_add ("/udp-trouble/ignores-half-closing", test_ignores_half_closing);
  be_test_sessions_add ("/udp-trouble/stops-twice-as-once", test_stops_twice_as_once);

  return g_test_run ();
}
