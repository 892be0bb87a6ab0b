/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten thousand clients of one server. */

#include "be-crowd.h"
#include "be-test-service.h"
#include "be-test-sessions.h"
#include "be-test.h"
#include "be-usage.h"

#if BE_HAS_SANITIZER
#define MANY_CLIENTS 1000u
#else
#define MANY_CLIENTS 10000u
#endif

#define ROUNDS 3

/* What 10,000 clients may take to be gone. */
#define STOP_MICROSECONDS (200 * 1000)

/* What one client may cost from accept to close, some twenty calls. */
#define CLIENT_CPU_MICROSECONDS 100

/* What becomes resident beside what remains allocated: the code of a whole life
 * of a client and the first page of the buffer for reads; then the pages that
 * what remains shares with what is free. */
#define FIRST_RESIDENT_BYTES (1024 * 1024)
#define SHARED_RESIDENT_BYTES (256 * 1024)

/* Each says something and leaves; returns what the server has used for it. */
static BeUsage
receive_and_lose_a_crowd (BeTestService *service,
                          BeCrowd       *crowd)
{
  const guint n_before = service->tally->n_calls[BE_CALL_CLOSE];
  BeUsage     start = be_usage_now ();

  be_crowd_do (crowd, BE_CROWD_CONNECT, service->address.port, MANY_CLIENTS);
  be_crowd_do (crowd, BE_CROWD_TALK, 0, 0);
  be_crowd_do (crowd, BE_CROWD_LEAVE, 0, 0);
  be_test_wait_until (service->tally->n_calls[BE_CALL_CLOSE] - n_before == MANY_CLIENTS);

  return be_usage_since (&start);
}

static void
assert_memory_returns (const BeMemory *empty,
                       const BeMemory *first,
                       const BeMemory *last)
{
#if !BE_HAS_SANITIZER
  const gsize remaining = BE_TEST_SERVICE_REMAINING_BYTES;

  g_assert_cmpuint (last->allocated, <=, empty->allocated + remaining);
  g_assert_cmpuint (first->resident, <=, empty->resident + remaining + FIRST_RESIDENT_BYTES);
  g_assert_cmpuint (last->resident, <=, first->resident + remaining + SHARED_RESIDENT_BYTES);
#endif
}

static void
test_gives_back_what_many_clients_took (void)
{
  g_autoptr (BeCrowd) crowd = NULL;
  BeTestService service;
  BeMemory      memory[1 + ROUNDS];
  gint64        least_cpu = G_MAXINT64;

  if (!be_crowd_has_room (MANY_CLIENTS))
    return;

  crowd = be_crowd_new ();
  be_test_service_start (&service, BE_POLLER_BEST, BE_REPLY_UPPER);
  memory[0] = be_memory_now ();
  for (guint round = 1; round <= ROUNDS; round++)
    {
      BeUsage used = receive_and_lose_a_crowd (&service, crowd);

      least_cpu = MIN (least_cpu, used.cpu);
      memory[round] = be_memory_now ();
      g_test_message ("%u clients came and left in %d ms, which cost %d ms; %d KB are allocated "
                      "after them and %d KB resident, before all %d and %d.",
                      MANY_CLIENTS, (int) (used.wall / 1000), (int) (used.cpu / 1000),
                      (int) (memory[round].allocated / 1024), (int) (memory[round].resident / 1024),
                      (int) (memory[0].allocated / 1024), (int) (memory[0].resident / 1024));
    }
  g_assert_cmpuint (service.tally->n_calls[BE_CALL_ACCEPT], ==, ROUNDS * MANY_CLIENTS);
  g_assert_cmpuint (service.tally->n_failures[BE_CALL_RECV], ==, 0);
  be_test_service_end (&service);

  assert_memory_returns (&memory[0], &memory[1], &memory[ROUNDS]);
#if !BE_HAS_SANITIZER
  g_assert_cmpint (least_cpu, <=, (gint64) MANY_CLIENTS * CLIENT_CPU_MICROSECONDS);
#endif
}

/* Returns how long it takes until the server has ended: what this process sees,
 * or when other programs had the processor meanwhile, until the network thread
 * had closed everything, without its time in the queue; but never less than it
 * cost. All are there when it is told to: each has got an answer. */
static gint64
stop_with_a_crowd (BeCrowd *crowd)
{
  BeTestService service;
  BeUsage       start;
  BeUsage       used;
  gint64        closed;

  be_test_service_start (&service, BE_POLLER_BEST, BE_REPLY_UPPER);
  be_crowd_do (crowd, BE_CROWD_CONNECT, service.address.port, MANY_CLIENTS);
  be_crowd_do (crowd, BE_CROWD_TALK, 0, 0);

  /* The system counts a time in the queue when it is over: none from before. */
  be_test_network_turn (service.network);
  start = be_usage_now ();
  be_test_session_end (service.server);
  used = be_usage_since (&start);
  closed = service.tally->last_time - start.wall;
  g_test_message ("%u clients were gone after %d ms, of which the network thread stood in the "
                  "processor's queue for %d; this was known after %d ms. They cost %d ms.",
                  MANY_CLIENTS, (int) (closed / 1000), (int) (used.queued / 1000),
                  (int) (used.wall / 1000), (int) (used.cpu / 1000));

  g_assert_cmpuint (service.tally->n_calls[BE_CALL_CLOSE], ==, MANY_CLIENTS + 1);
  be_crowd_do (crowd, BE_CROWD_EXPECT_END, 0, 0);
  be_crowd_do (crowd, BE_CROWD_LEAVE, 0, 0);
  be_test_service_end (&service);

  return MIN (used.wall, MAX (closed - used.queued, used.cpu));
}

static void
test_stops_at_once_with_many_clients (void)
{
  g_autoptr (BeCrowd) crowd = NULL;
  gint64 least = G_MAXINT64;

  if (!be_crowd_has_room (MANY_CLIENTS))
    return;

  crowd = be_crowd_new ();
  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 time = stop_with_a_crowd (crowd);

      least = MIN (least, time);
    }
#if !BE_HAS_SANITIZER
  g_assert_cmpint (least, <=, STOP_MICROSECONDS);
#endif
}

int
main (int   argc,
      char *argv[])
{
  be_memory_make_plain (argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/many-clients/gives-back-what-many-clients-took",
                   test_gives_back_what_many_clients_took);
  g_test_add_func ("/many-clients/stops-at-once-with-many-clients",
                   test_stops_at_once_with_many_clients);

  return g_test_run ();
}
