/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* More bytes than anybody takes at once: nothing is lost, and memory is bounded. */

#include "be-event-queue.h"
#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-errors.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <string.h>

#ifdef __linux__
#include <sys/resource.h>
#endif

/* With one, memory says nothing: it keeps what was freed. */
#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
  __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#define STREAM_PIECES 20
#else
#define HAS_SANITIZER 0
#define STREAM_PIECES 250
#endif

/* As much as may wait for a peer that does not read. */
#define QUEUE_BYTES (8 * 1024 * 1024)

/* As much as one read takes, which is answered before the next. */
#define READ_BYTES (256 * 1024)

#define PIECE_BYTES (1024 * 1024)

#define MEANWHILE "served meanwhile"

static void
run_silent_server (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_reply_rule (BE_TCP_SERVER (sessions->server), BE_REPLY_NONE);
  be_test_session_run (sessions->server);
}

static GSocket *
connect_slow_reader (BeTestSessions *sessions)
{
  BeAddress address = be_test_session_get_local (sessions->server);
  guint     n_before = be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT);
  GSocket  *peer = be_test_peer_connect_narrow (&address);

  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT) >
                      n_before);

  return peer;
}

static void
test_goes_on_with_what_one_call_could_not_send (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (QUEUE_BYTES);
  g_autoptr (GBytes) received = NULL;
  g_autoptr (GSocket) peer = NULL;

  run_silent_server (sessions);
  peer = connect_slow_reader (sessions);
  be_session_send (sessions->server, BE_PEER_EVERYONE, bytes);
  received = be_test_peer_receive (peer, QUEUE_BYTES);
  g_assert_true (g_bytes_equal (received, bytes));

  be_test_wait_until (be_test_log_bytes (sessions->log, sessions->server, BE_CALL_SEND) ==
                      QUEUE_BYTES);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_SEND), >, 1);
  g_assert_cmpuint (be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_SEND), ==,
                    0);
}

static void
test_refuses_to_keep_more_than_the_queue_holds (BeTestSessions *sessions)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (QUEUE_BYTES);
  g_autoptr (GBytes) received = NULL;
  g_autoptr (GSocket) peer = NULL;
  const BeEventRecord *refused;

  run_silent_server (sessions);
  peer = connect_slow_reader (sessions);
  be_session_send (sessions->server, BE_PEER_EVERYONE, bytes);
  be_session_send (sessions->server, BE_PEER_EVERYONE, bytes);
  be_test_wait_until (be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_SEND) ==
                      1);
  refused = be_test_log_last (sessions->log, sessions->server, BE_CALL_SEND);
  g_assert_cmpint (refused->result, ==, -1);
  g_assert_cmpint (refused->error, ==, BE_TEST_ERROR_NO_BUFFERS);
  g_assert_cmphex (refused->flags, ==, BE_EVENT_LIMIT | BE_EVENT_ON_REQUEST);
  g_assert_cmpuint (refused->detail, ==, QUEUE_BYTES);

  /* All of the first and nothing of the second has gone. */
  received = be_test_peer_receive (peer, QUEUE_BYTES);
  g_assert_true (g_bytes_equal (received, bytes));
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "still here");
  be_test_peer_expect (peer, "still here");
}

static void
send_what_goes (GSocket    *peer,
                GByteArray *sent)
{
  g_autoptr (GBytes) piece = be_test_random_bytes (PIECE_BYTES);
  const guint8 *bytes = g_bytes_get_data (piece, NULL);
  gssize        now;

  while ((now = be_test_peer_try_send (peer, bytes, PIECE_BYTES)) > 0)
    g_byte_array_append (sent, bytes, (guint) now);
}

/* How many bytes the server has read and not answered. */
static guint64
get_unanswered (BeTestSessions *sessions)
{
  return be_test_log_bytes (sessions->log, sessions->server, BE_CALL_RECV) -
         be_test_log_bytes (sessions->log, sessions->server, BE_CALL_SEND);
}

/* Sends without ever reading until the server takes no more, and serves another
 * client meanwhile; then answers wait, and nothing more is read of this one. */
static GBytes *
send_until_blocked (BeTestSessions *sessions,
                    GSocket        *peer)
{
  g_autoptr (GByteArray) sent = g_byte_array_new ();
  guint64 received;
  guint64 served;

  do
    {
      served = be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV);
      received = be_test_log_bytes (sessions->log, sessions->server, BE_CALL_RECV);
      send_what_goes (peer, sent);
      be_test_session_send (sessions->client, BE_PEER_EVERYONE, MEANWHILE);
      be_test_wait_until (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV) ==
                          served + strlen (MEANWHILE));
    }
  while (be_test_log_bytes (sessions->log, sessions->server, BE_CALL_RECV) >
           received + strlen (MEANWHILE) ||
         get_unanswered (sessions) == 0 ||
         (g_socket_condition_check (peer, G_IO_OUT) & G_IO_OUT) != 0);

  return g_byte_array_free_to_bytes (g_steal_pointer (&sent));
}

static void
test_reads_no_more_from_who_does_not_read (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GBytes) expected = NULL;
  g_autoptr (GBytes) received = NULL;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  peer = connect_slow_reader (sessions);
  sent = send_until_blocked (sessions, peer);

  /* What waits in the server is at most one read that it could not answer. */
  g_assert_cmpuint (get_unanswered (sessions), >, 0);
  g_assert_cmpuint (get_unanswered (sessions), <=, READ_BYTES);

  expected = be_test_upper_case (sent);
  received = be_test_peer_receive (peer, g_bytes_get_size (expected));
  g_assert_true (g_bytes_equal (received, expected));
}

static void
test_closes_when_a_reader_vanishes_while_answers_wait (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  g_autoptr (GBytes) sent = NULL;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  peer = connect_slow_reader (sessions);
  sent = send_until_blocked (sessions, peer);
  be_test_peer_reset (peer);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE) == 1);
  g_assert_cmpuint (be_test_log_last (sessions->log, sessions->server, BE_CALL_CLOSE)->detail, >,
                    0);

  /* The other one stays. */
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_RUNNING);
}

static gboolean
has_sent_both_at_once (BeTestSessions *sessions)
{
  return be_test_log_flags (sessions->log, sessions->server, BE_CALL_SEND,
                            BE_EVENT_ON_REQUEST | BE_EVENT_REPLY) > 0;
}

static void
test_tells_that_one_call_sends_answers_and_more (BeTestSessions *sessions)
{
  static const char by_hand[] = "by hand";
  g_autoptr (GSocket) peer = NULL;
  guint32 peer_id;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  peer = connect_slow_reader (sessions);
  peer_id = be_test_log_last (sessions->log, sessions->server, BE_CALL_ACCEPT)->peer_id;

  /* The system may find room for what waits just before the rest comes. */
  for (guint i = 0; i < 5 && !has_sent_both_at_once (sessions); i++)
    {
      g_autoptr (GBytes) sent = send_until_blocked (sessions, peer);
      g_autoptr (GBytes) answers = NULL;
      gsize length = g_bytes_get_size (sent) + strlen (by_hand);

      be_test_session_send (sessions->server, peer_id, by_hand);
      answers = be_test_peer_receive (peer, length);
      g_assert_cmpuint (g_bytes_get_size (answers), ==, length);
      be_test_wait_until (get_unanswered (sessions) + (i + 1) * strlen (by_hand) == 0);
    }
  g_assert_true (has_sent_both_at_once (sessions));
}

static gboolean
has_cut_payload (BeTestSessions *sessions)
{
  const BeEventRecord *record;
  guint                i = 0;

  while ((record = be_test_log_nth (sessions->log, sessions->client, BE_CALL_RECV, i++)) != NULL)
    if (record->kept_length < record->payload_length)
      return TRUE;

  return FALSE;
}

/* The window is for bytes, also for those that no event keeps. */
static void
test_reads_no_more_than_its_window_when_events_are_cut (BeTestSessions *sessions)
{
  const gsize length = 64 * 1024;
  g_autoptr (GBytes) bytes = be_test_random_bytes (length);
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;

  listener = be_test_peer_listen (1, &address);
  sessions->client =
    be_test_client_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
  be_tcp_client_set_read_window (BE_TCP_CLIENT (sessions->client), PIECE_BYTES);
  be_test_session_run (sessions->client);
  peer = be_test_peer_accept (listener);

  /* Nobody takes the events of all this. */
  for (gsize sent = 0; sent < BE_EVENT_QUEUE_FULL_BYTES + PIECE_BYTES; sent += length)
    {
      g_autoptr (GBytes) received = NULL;

      be_session_send (sessions->client, BE_PEER_EVERYONE, bytes);
      received = be_test_peer_receive (peer, length);
    }
  for (guint i = 0; i < 4 * PIECE_BYTES / length; i++)
    {
      be_test_peer_try_send (peer, g_bytes_get_data (bytes, NULL), length);
      be_test_network_turn (sessions->network);
    }

  be_test_wait_until (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV) > 0);
  g_assert_true (has_cut_payload (sessions));
  g_assert_cmpuint (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV), <=,
                    PIECE_BYTES);
}

static guint8
byte_at (guint64 position)
{
  return (guint8) (position * 31 + (position >> 12));
}

static GBytes *
bytes_at (guint64 position,
          gsize   length)
{
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = byte_at (position + i);

  return g_bytes_new_take (bytes, length);
}

/* The queue never becomes empty here, and must not keep what has gone. */
static void
stream_while_something_waits (BeSession *server,
                              GSocket   *peer,
                              guint64    total)
{
  const guint64 ahead = 7 * PIECE_BYTES;
  guint64       sent = 0;

  for (guint64 received = 0; received < total; received += PIECE_BYTES)
    {
      g_autoptr (GBytes) expected = bytes_at (received, PIECE_BYTES);
      g_autoptr (GBytes) piece = NULL;

      for (; sent < total && sent < received + ahead; sent += PIECE_BYTES)
        {
          g_autoptr (GBytes) next = bytes_at (sent, PIECE_BYTES);

          be_session_send (server, BE_PEER_EVERYONE, next);
        }
      piece = be_test_peer_receive (peer, PIECE_BYTES);
      g_assert_true (g_bytes_equal (piece, expected));
    }
}

static void
test_keeps_nothing_that_has_gone (gconstpointer data)
{
  const guint64 total = STREAM_PIECES * PIECE_BYTES;
  g_autoptr (GSocket) peer = NULL;
  BeNetworkThread *network = be_network_thread_new_with ((BePollerKind) GPOINTER_TO_INT (data));
  BeTestSessions   sessions = { .network = network };

  /* The log must not last: it would keep everything. */
  sessions.log = be_test_recorder_new (network);
  run_silent_server (&sessions);
  peer = connect_slow_reader (&sessions);
  g_clear_pointer (&sessions.log, be_test_recorder_free);

  stream_while_something_waits (sessions.server, peer, total);
  g_assert_finalize_object (g_steal_pointer (&sessions.server));
  g_assert_finalize_object (network);

#if defined(__linux__) && !HAS_SANITIZER
  {
    struct rusage usage;

    getrusage (RUSAGE_SELF, &usage);
    g_assert_cmpint (usage.ru_maxrss, <, 64 * 1024);
  }
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  /* First, because it measures the memory that was needed so far. */
  g_test_add_data_func ("/tcp-flow/keeps-nothing-that-has-gone/best",
                        GINT_TO_POINTER (BE_POLLER_BEST), test_keeps_nothing_that_has_gone);
  g_test_add_data_func ("/tcp-flow/keeps-nothing-that-has-gone/glib",
                        GINT_TO_POINTER (BE_POLLER_GLIB), test_keeps_nothing_that_has_gone);
  be_test_sessions_add ("/tcp-flow/goes-on-with-what-one-call-could-not-send",
                        test_goes_on_with_what_one_call_could_not_send);
  be_test_sessions_add ("/tcp-flow/refuses-to-keep-more-than-the-queue-holds",
                        test_refuses_to_keep_more_than_the_queue_holds);
  be_test_sessions_add ("/tcp-flow/reads-no-more-from-who-does-not-read",
                        test_reads_no_more_from_who_does_not_read);
  be_test_sessions_add ("/tcp-flow/closes-when-a-reader-vanishes-while-answers-wait",
                        test_closes_when_a_reader_vanishes_while_answers_wait);
  be_test_sessions_add ("/tcp-flow/tells-that-one-call-sends-answers-and-more",
                        test_tells_that_one_call_sends_answers_and_more);
  be_test_sessions_add ("/tcp-flow/reads-no-more-than-its-window-when-events-are-cut",
                        test_reads_no_more_than_its_window_when_events_are_cut);

  return g_test_run ();
}
