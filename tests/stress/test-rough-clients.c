/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Clients that come, go and talk as nobody should. */

#include "be-crowd.h"
#include "be-pattern.h"
#include "be-test-peer.h"
#include "be-test-service.h"
#include "be-test-sessions.h"
#include "be-test.h"
#include "be-usage.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#define MEBIBYTE (1024 * 1024)

#if BE_HAS_SANITIZER
#define N_RESETS 40
#define N_SILENT 500
#define N_ARRIVALS 500
#else
#define N_RESETS 200
#define N_SILENT 5000
#define N_ARRIVALS 2000
#endif

/* GLib walks all its sources whenever one is ready. */
#define N_SILENT_WITH_GLIB 500

#define LARGEST_TRANSFER_BYTES (2 * MEBIBYTE)
#define STEADY_BYTES (16 * 1024)

/* As much as may wait in the server for one client, and how much is to come: the
 * rest is with the system, which takes some 4 MB (tcp_wmem, tcp(7)). */
#define WAITING_MEBIBYTES 8
#define COMING_MEBIBYTES 10
#define N_HALF_CLOSERS 4

#define N_SLOW_SENDERS 10
#define SLOW_BYTES 2000
#define SLOW_BYTES_PER_TURN 50

#define REST_MICROSECONDS (3 * G_USEC_PER_SEC / 2)
#define REST_PERCENT 2

/* A peer, its socket and its place in the tables. */
#define SILENT_BYTES 1024

/* What one client may cost from accept to close, some twenty calls. */
#define ARRIVAL_CPU_MICROSECONDS 100

static void
assert_served (GSocket *peer)
{
  be_test_peer_send (peer, "served?", 7);
  be_test_peer_expect (peer, "SERVED?");
}

/* Nobody is open any more but so many; all they took has come back. */
static void
assert_all_returns (BeTestService  *service,
                    guint           n_closed,
                    const BeMemory *before)
{
  be_test_wait_until (service->tally->n_calls[BE_CALL_CLOSE] == n_closed);
#if !BE_HAS_SANITIZER
  g_assert_cmpuint (be_memory_now ().allocated, <=,
                    before->allocated + BE_TEST_SERVICE_REMAINING_BYTES);
#endif
}

/* Sends so much of the stream and reads the answer. */
static void
talk_on (GSocket   *peer,
         BePattern *pattern,
         guint64   *position,
         gsize      n_bytes)
{
  while (n_bytes > 0)
    {
      gsize         length;
      const guint8 *bytes = be_pattern_get (pattern, *position, n_bytes, &length);
      g_autoptr (GBytes) answer = NULL;

      be_test_peer_send (peer, bytes, length);
      answer = be_test_peer_receive (peer, length);
      g_assert_cmpuint (g_bytes_get_size (answer), ==, length);
      be_pattern_check_answer (pattern, *position, g_bytes_get_data (answer, NULL), length);
      *position += length;
      n_bytes -= length;
    }
}

/* Sends and reads for a while, and then resets, whatever is on its way. */
static void
transfer_and_reset (const BeAddress *address,
                    BePattern       *pattern)
{
  g_autoptr (GSocket) peer = be_test_peer_connect (address);
  const gsize total = (gsize) g_test_rand_int_range (1, LARGEST_TRANSFER_BYTES);
  gsize       sent = 0;

  while (sent < total && (g_socket_condition_check (peer, G_IO_OUT) & G_IO_OUT))
    {
      gsize         length;
      const guint8 *bytes = be_pattern_get (pattern, sent, total - sent, &length);

      sent += (gsize) be_test_peer_try_send (peer, bytes, length);
      if (g_test_rand_bit ())
        g_bytes_unref (be_test_peer_receive (peer, 1));
    }
  be_test_peer_reset (peer);
}

static void
test_outlives_resets_in_the_middle (BePollerKind poller)
{
  g_autoptr (BePattern) pattern = be_pattern_new ();
  g_autoptr (GSocket) steady = NULL;
  BeTestService service;
  BeMemory      before;
  guint64       position = 0;

  be_test_service_start (&service, poller, BE_REPLY_UPPER);
  steady = be_test_peer_connect (&service.address);
  talk_on (steady, pattern, &position, STEADY_BYTES);
  before = be_memory_now ();
  for (guint i = 0; i < N_RESETS; i++)
    {
      transfer_and_reset (&service.address, pattern);
      talk_on (steady, pattern, &position, STEADY_BYTES);
      be_network_thread_flush (service.network);
    }
  assert_all_returns (&service, N_RESETS, &before);
  g_test_message ("%d clients reset; %u reads and %u writes met that.", N_RESETS,
                  service.tally->n_failures[BE_CALL_RECV],
                  service.tally->n_failures[BE_CALL_SEND]);
  assert_served (steady);

  g_clear_object (&steady);
  be_test_service_end (&service);
}

static GBytes *
dup_pattern (BePattern *pattern,
             guint64    position,
             gsize      n_bytes)
{
  GByteArray *all = g_byte_array_sized_new ((guint) n_bytes);

  while (all->len < n_bytes)
    {
      gsize         length;
      const guint8 *bytes = be_pattern_get (pattern, position + all->len, n_bytes - all->len, &length);

      g_byte_array_append (all, bytes, (guint) length);
    }

  return g_byte_array_free_to_bytes (all);
}

static void
send_mebibyte_to_all (BeTestService *service,
                      BePattern     *pattern,
                      guint64        number)
{
  g_autoptr (GBytes) piece = dup_pattern (pattern, number * MEBIBYTE, MEBIBYTE);

  be_session_send (service->server, BE_PEER_EVERYONE, piece);
}

static void
read_mebibyte (GSocket   *peer,
               BePattern *pattern,
               guint64    number)
{
  g_autoptr (GBytes) piece = be_test_peer_receive (peer, MEBIBYTE);

  g_assert_cmpuint (g_bytes_get_size (piece), ==, MEBIBYTE);
  be_pattern_check (pattern, number * MEBIBYTE, g_bytes_get_data (piece, NULL), MEBIBYTE);
}

/* A turn between, so that it sends as much as the system takes. */
static void
queue_all (BeTestService *service,
           BePattern     *pattern)
{
  for (guint number = 0; number < COMING_MEBIBYTES; number++)
    {
      if (number == WAITING_MEBIBYTES)
        be_test_network_turn (service->network);
      send_mebibyte_to_all (service, pattern, number);
    }
  be_test_network_turn (service->network);
  be_network_thread_flush (service->network);
  g_assert_cmpuint (service->tally->n_failures[BE_CALL_SEND], ==, 0);
}

/* They say that they have finished before they read the first byte. */
static void
test_sends_all_to_who_has_finished (BePollerKind poller)
{
  g_autoptr (BePattern) pattern = be_pattern_new ();
  g_autoptr (GPtrArray) peers = g_ptr_array_new_with_free_func (g_object_unref);
  BeTestService service;
  BeMemory      before;

  be_test_service_start (&service, poller, BE_REPLY_NONE);
  for (guint i = 0; i < N_HALF_CLOSERS; i++)
    g_ptr_array_add (peers, be_test_peer_connect (&service.address));
  be_test_wait_until (service.tally->n_calls[BE_CALL_ACCEPT] == N_HALF_CLOSERS);
  before = be_memory_now ();
  queue_all (&service, pattern);
  for (guint i = 0; i < N_HALF_CLOSERS; i++)
    be_test_peer_stop_sending (peers->pdata[i]);
  be_test_wait_until (service.tally->n_calls[BE_CALL_RECV] == N_HALF_CLOSERS);

  for (guint number = 0; number < COMING_MEBIBYTES; number++)
    {
      for (guint i = 0; i < N_HALF_CLOSERS; i++)
        read_mebibyte (peers->pdata[i], pattern, number);
      be_network_thread_flush (service.network);
    }
  for (guint i = 0; i < N_HALF_CLOSERS; i++)
    be_test_peer_expect_end (peers->pdata[i]);
  assert_all_returns (&service, N_HALF_CLOSERS, &before);
  g_assert_cmpuint (service.tally->n_failures[BE_CALL_SEND], ==, 0);

  g_clear_pointer (&peers, g_ptr_array_unref);
  be_test_service_end (&service);
}

static void
send_byte (GSocket   *peer,
           BePattern *pattern,
           guint64    position)
{
  gsize         length;
  const guint8 *byte = be_pattern_get (pattern, position, 1, &length);

  be_test_peer_send (peer, byte, 1);
}

static void
read_byte (GSocket   *peer,
           BePattern *pattern,
           guint64    position)
{
  g_autoptr (GBytes) byte = be_test_peer_receive (peer, 1);

  g_assert_cmpuint (g_bytes_get_size (byte), ==, 1);
  be_pattern_check_answer (pattern, position, g_bytes_get_data (byte, NULL), 1);
}

static void
test_answers_who_sends_and_reads_single_bytes (BePollerKind poller)
{
  g_autoptr (BePattern) pattern = be_pattern_new ();
  g_autoptr (GPtrArray) peers = g_ptr_array_new_with_free_func (g_object_unref);
  BeTestService service;

  be_test_service_start (&service, poller, BE_REPLY_UPPER);
  for (guint i = 0; i < N_SLOW_SENDERS; i++)
    {
      g_ptr_array_add (peers, be_test_peer_connect (&service.address));
      g_socket_set_option (peers->pdata[i], IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
    }
  for (guint64 turn = 0; turn < SLOW_BYTES; turn += SLOW_BYTES_PER_TURN)
    {
      for (guint64 i = 0; i < SLOW_BYTES_PER_TURN; i++)
        for (guint client = 0; client < N_SLOW_SENDERS; client++)
          send_byte (peers->pdata[client], pattern, client + turn + i);
      for (guint64 i = 0; i < SLOW_BYTES_PER_TURN; i++)
        for (guint client = 0; client < N_SLOW_SENDERS; client++)
          read_byte (peers->pdata[client], pattern, client + turn + i);
      be_network_thread_flush (service.network);
    }
  be_test_wait_until (service.tally->n_bytes[BE_CALL_SEND] == N_SLOW_SENDERS * SLOW_BYTES);
  g_assert_cmpuint (service.tally->n_bytes[BE_CALL_RECV], ==, N_SLOW_SENDERS * SLOW_BYTES);
  g_assert_cmpuint (service.tally->n_lost, ==, 0);

  g_clear_pointer (&peers, g_ptr_array_unref);
  be_test_service_end (&service);
}

static void
test_rests_while_very_many_say_nothing (BePollerKind poller)
{
  const guint n_silent = poller == BE_POLLER_BEST ? N_SILENT : MIN (N_SILENT, N_SILENT_WITH_GLIB);
  g_autoptr (BeCrowd) crowd = NULL;
  g_autoptr (GSocket) peer = NULL;
  BeTestService service;
  BeMemory      before;
  BeMemory      full;
  BeUsage       used;

  if (!be_crowd_has_room (n_silent))
    return;

  crowd = be_crowd_new ();
  be_test_service_start (&service, poller, BE_REPLY_UPPER);
  before = be_memory_now ();
  be_crowd_do (crowd, BE_CROWD_CONNECT, service.address.port, n_silent);
  be_test_wait_until (service.tally->n_calls[BE_CALL_ACCEPT] == n_silent);
  full = be_memory_now ();
  used = be_usage_for (REST_MICROSECONDS);
  g_test_message ("%u silent clients cost %.1f ms in %d ms; %d KB more are allocated.", n_silent,
                  (double) used.cpu / 1000, (int) (used.wall / 1000),
                  (int) ((full.allocated - before.allocated) / 1024));
  g_assert_cmpint (used.cpu, <=, used.wall * REST_PERCENT / 100);
#if !BE_HAS_SANITIZER
  g_assert_cmpuint (full.allocated, <=,
                    before.allocated + n_silent * SILENT_BYTES + BE_TEST_SERVICE_REMAINING_BYTES);
#endif

  peer = be_test_peer_connect (&service.address);
  assert_served (peer);
  g_clear_object (&peer);
  be_crowd_do (crowd, BE_CROWD_RESET, 0, 0);
  assert_all_returns (&service, n_silent + 1, &before);
  be_test_service_end (&service);
}

static void
test_serves_beside_a_thousand_arrivals_a_second (BePollerKind poller)
{
  g_autoptr (BeCrowd) crowd = be_crowd_new ();
  g_autoptr (GSocket) steady = NULL;
  BeTestService service;
  BeMemory      before;
  BeUsage       start;
  BeUsage       used;
  guint         n_served = 0;

  be_test_service_start (&service, poller, BE_REPLY_UPPER);
  steady = be_test_peer_connect (&service.address);
  assert_served (steady);
  before = be_memory_now ();
  start = be_usage_now ();
  be_crowd_begin (crowd, BE_CROWD_COME_AND_GO, service.address.port, N_ARRIVALS);
  while (!be_crowd_is_done (crowd))
    {
      assert_served (steady);
      n_served++;
      be_test_iterate ();
    }
  assert_all_returns (&service, N_ARRIVALS, &before);
  used = be_usage_since (&start);
  g_test_message ("%d clients came and went in %d ms, which cost %d ms; another was served %u times.",
                  N_ARRIVALS, (int) (used.wall / 1000), (int) (used.cpu / 1000), n_served);
#if !BE_HAS_SANITIZER
  g_assert_cmpint (used.cpu, <=, N_ARRIVALS * ARRIVAL_CPU_MICROSECONDS);
#endif
  g_assert_cmpuint (service.tally->n_calls[BE_CALL_ACCEPT], ==, N_ARRIVALS + 1);

  g_clear_object (&steady);
  be_test_service_end (&service);
}

int
main (int   argc,
      char *argv[])
{
  be_memory_make_plain (argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_service_add ("/rough-clients/outlives-resets-in-the-middle",
                       test_outlives_resets_in_the_middle);
  be_test_service_add ("/rough-clients/sends-all-to-who-has-finished",
                       test_sends_all_to_who_has_finished);
  be_test_service_add ("/rough-clients/answers-who-sends-and-reads-single-bytes",
                       test_answers_who_sends_and_reads_single_bytes);
  be_test_service_add ("/rough-clients/rests-while-very-many-say-nothing",
                       test_rests_while_very_many_say_nothing);
  be_test_service_add ("/rough-clients/serves-beside-a-thousand-arrivals-a-second",
                       test_serves_beside_a_thousand_arrivals_a_second);

  return g_test_run ();
}
