/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Clients that send and never read. */

#include "be-pattern.h"
#include "be-test-peer.h"
#include "be-test-service.h"
#include "be-test-sessions.h"
#include "be-test.h"
#include "be-usage.h"

/* Each is taken some megabytes, and a sanitizer looks at every byte. */
#if BE_HAS_SANITIZER
#define N_STALLED 4
#else
#define N_STALLED 16
#endif
#define PIECE_BYTES (256 * 1024)

/* Clients are stalled when nothing could be sent, read or answered for so long: longer than
 * TCP waits at first before it tries again (200 ms on Linux), and than a busy machine leaves a
 * thread without a processor. */
#define STALLED_MICROSECONDS (G_USEC_PER_SEC / 2)

/* Of each, the server keeps what one read took and could not be answered. */
#define KEPT_BYTES (256 * 1024)

/* Of each, beside that: the peer and the client, with their sockets. */
#define PEER_BYTES 4096

#define REST_MICROSECONDS (3 * G_USEC_PER_SEC / 2)
#define REST_PERCENT 2

/* The others, and how their rate is measured: one trip beside a stalled client,
 * and one where there is none, again and again. What other programs do disturbs
 * both alike; so even a busy machine leaves the ratio of two what it is. */
#define N_OTHERS 8
#define N_LANES 2
#define ROUNDS 8
#define PAIRS 400
#define LEAST_RATE 0.9

typedef struct
{
  GSocket *socket;
  guint64  n_sent;
} Stalled;

static void
stalled_free (Stalled *self)
{
  g_object_unref (self->socket);
  g_free (self);
}

static gboolean
send_some (Stalled   *self,
           BePattern *pattern)
{
  guint64       before = self->n_sent;
  const guint8 *bytes;
  gsize         length;
  gssize        now;

  do
    {
      bytes = be_pattern_get (pattern, self->n_sent, PIECE_BYTES, &length);
      now = be_test_peer_try_send (self->socket, bytes, length);
      self->n_sent += (guint64) now;
    }
  while (now > 0);

  return self->n_sent > before;
}

/* Without the time until the next frame. */
static void
take_turn (BeTestService *service)
{
  be_test_network_turn (service->network);
  be_network_thread_flush (service->network);
}

/* Sends on with all of them until the server takes no more of any, although it
 * had its turns. */
static void
send_until_stalled (BeTestService *service,
                    GPtrArray     *stalled,
                    BePattern     *pattern)
{
  gint64  last_progress = g_get_monotonic_time ();
  guint64 n_moved = 0;

  while (g_get_monotonic_time () < last_progress + STALLED_MICROSECONDS)
    {
      guint64  n_before = n_moved;
      gboolean has_sent = FALSE;

      for (guint i = 0; i < stalled->len; i++)
        has_sent |= send_some (stalled->pdata[i], pattern);
      take_turn (service);
      n_moved = service->tally->n_bytes[BE_CALL_RECV] + service->tally->n_bytes[BE_CALL_SEND];
      if (has_sent || n_moved > n_before)
        last_progress = g_get_monotonic_time ();
      be_test_iterate ();
    }
}

static GPtrArray *
stall (BeTestService *service,
       BePattern     *pattern)
{
  GPtrArray *stalled = g_ptr_array_new_with_free_func ((GDestroyNotify) stalled_free);

  for (guint i = 0; i < N_STALLED; i++)
    {
      Stalled *client = g_new0 (Stalled, 1);

      client->socket = be_test_peer_connect (&service->address);
      g_ptr_array_add (stalled, client);
    }
  send_until_stalled (service, stalled, pattern);

  return stalled;
}

static void
read_back (Stalled   *self,
           BePattern *pattern)
{
  for (guint64 received = 0; received < self->n_sent;)
    {
      gsize wanted = (gsize) MIN (self->n_sent - received, PIECE_BYTES);
      g_autoptr (GBytes) answer = be_test_peer_receive (self->socket, wanted);

      g_assert_cmpuint (g_bytes_get_size (answer), ==, wanted);
      be_pattern_check_answer (pattern, received, g_bytes_get_data (answer, NULL), wanted);
      received += wanted;
    }
}

/* All of it, in capital letters; half of them say first that they have
 * finished, and get it all the same. */
static void
read_all_back (GPtrArray *stalled,
               BePattern *pattern)
{
  for (guint i = 0; i < stalled->len; i++)
    {
      Stalled *client = stalled->pdata[i];

      if (i % 2 == 0)
        be_test_peer_stop_sending (client->socket);
      read_back (client, pattern);
      if (i % 2 == 0)
        be_test_peer_expect_end (client->socket);
    }
}

static void
test_answers_all_when_it_reads_at_last (BePollerKind poller)
{
  g_autoptr (BePattern) pattern = be_pattern_new ();
  g_autoptr (GPtrArray) stalled = NULL;
  BeTestService service;
  BeMemory      before;
  BeMemory      full;
  BeUsage       used;

  be_test_service_start (&service, poller, BE_REPLY_UPPER);
  before = be_memory_now ();
  stalled = stall (&service, pattern);
  used = be_usage_for (REST_MICROSECONDS);
  full = be_memory_now ();
  g_test_message ("%d clients that read nothing were taken %d KB; %d KB more are allocated, and "
                  "they cost %.1f ms in %d ms.",
                  N_STALLED, (int) (service.tally->n_bytes[BE_CALL_RECV] / 1024),
                  (int) (((gssize) full.allocated - (gssize) before.allocated) / 1024),
                  (double) used.cpu / 1000, (int) (used.wall / 1000));
  g_assert_cmpint (used.cpu, <=, used.wall * REST_PERCENT / 100);
#if !BE_HAS_SANITIZER
  g_assert_cmpuint (full.allocated, <=,
                    before.allocated + N_STALLED * (KEPT_BYTES + PEER_BYTES) +
                      BE_TEST_SERVICE_REMAINING_BYTES);
#endif

  read_all_back (stalled, pattern);
  g_clear_pointer (&stalled, g_ptr_array_unref);
  g_assert_cmpuint (service.tally->n_failures[BE_CALL_SEND], ==, 0);
  be_test_service_end (&service);
}

static GSocket *
stall_one (BeTestService *service,
           BePattern     *pattern)
{
  Stalled client = { .socket = be_test_peer_connect_narrow (&service->address) };
  guint64 received;

  /* Until the server has read what there was and takes no more. */
  do
    {
      received = service->tally->n_bytes[BE_CALL_RECV];
      send_some (&client, pattern);
      take_turn (service);
    }
  while (service->tally->n_bytes[BE_CALL_RECV] > received || client.n_sent == 0);

  return client.socket;
}

static void
remove_one (BeTestService *service,
            GSocket       *stalled)
{
  const guint n_before = service->tally->n_calls[BE_CALL_CLOSE];

  be_test_peer_reset (stalled);
  g_object_unref (stalled);
  while (service->tally->n_calls[BE_CALL_CLOSE] == n_before)
    take_turn (service);
}

/* Each asks, and then each reads the answer; returns how long it takes, µs. */
static double
make_trip (GPtrArray *others)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < others->len; i++)
    be_test_peer_send (others->pdata[i], "and what about us?", 18);
  for (guint i = 0; i < others->len; i++)
    be_test_peer_expect (others->pdata[i], "AND WHAT ABOUT US?");

  return (double) (g_get_monotonic_time () - start);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

/* Two servers take turns at having the stalled client, because no two are
 * equally fast. */
typedef struct
{
  BeTestService service;
  GPtrArray    *others;
  double        ratios[ROUNDS / N_LANES * PAIRS]; /* while it has it */
} Lane;

static void
lane_start (Lane        *self,
            BePollerKind poller,
            BePattern   *pattern)
{
  be_test_service_start (&self->service, poller, BE_REPLY_UPPER);
  self->others = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < N_OTHERS; i++)
    g_ptr_array_add (self->others, be_test_peer_connect (&self->service.address));

  /* What this leaves behind, both have from the beginning. */
  remove_one (&self->service, stall_one (&self->service, pattern));
}

static void
lane_end (Lane *self)
{
  g_clear_pointer (&self->others, g_ptr_array_unref);
  be_test_service_end (&self->service);
}

/* Which part of their rate the others keep, in each of many pairs of trips. */
static void
measure_pairs (Lane   *beside,
               Lane   *alone,
               double *ratios)
{
  for (guint i = 0; i < PAIRS; i++)
    {
      gboolean begins_alone = i % 2 == 0;
      double   first = make_trip (begins_alone ? alone->others : beside->others);
      double   second = make_trip (begins_alone ? beside->others : alone->others);

      ratios[i] = begins_alone ? first / second : second / first;
    }
  take_turn (&beside->service);
  take_turn (&alone->service);
}

static double
lane_get_rate (Lane *self)
{
  const guint n_ratios = G_N_ELEMENTS (self->ratios);

  qsort (self->ratios, n_ratios, sizeof *self->ratios, compare_doubles);
  g_test_message ("Beside a stalled client the others kept %.3f of their rate; in nine of ten "
                  "pairs of trips between %.2f and %.2f.",
                  self->ratios[n_ratios / 2], self->ratios[n_ratios / 20],
                  self->ratios[n_ratios - n_ratios / 20]);

  return self->ratios[n_ratios / 2];
}

static void
test_leaves_the_others_their_rate (BePollerKind poller)
{
  g_autoptr (BePattern) pattern = be_pattern_new ();
  g_autofree Lane *lanes = g_new0 (Lane, N_LANES);

  for (guint i = 0; i < N_LANES; i++)
    lane_start (&lanes[i], poller, pattern);

  for (guint round = 0; round < ROUNDS; round++)
    {
      Lane    *beside = &lanes[round % N_LANES];
      Lane    *alone = &lanes[(round + 1) % N_LANES];
      GSocket *stalled = stall_one (&beside->service, pattern);

      measure_pairs (beside, alone, &beside->ratios[round / N_LANES * PAIRS]);
      remove_one (&beside->service, stalled);
    }

  /* How much faster the one server is than the other cancels out. */
  g_assert_cmpfloat (lane_get_rate (&lanes[0]) * lane_get_rate (&lanes[1]), >=, LEAST_RATE * LEAST_RATE);
  for (guint i = 0; i < N_LANES; i++)
    lane_end (&lanes[i]);
}

int
main (int   argc,
      char *argv[])
{
  be_memory_make_plain (argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_service_add ("/stalled-client/answers-all-when-it-reads-at-last",
                       test_answers_all_when_it_reads_at_last);
  be_test_service_add ("/stalled-client/leaves-the-others-their-rate",
                       test_leaves_the_others_their_rate);

  return g_test_run ();
}
