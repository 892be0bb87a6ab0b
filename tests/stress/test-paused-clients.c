/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that is paused while ten thousand clients are there. */

#include "be-crowd.h"
#include "be-test-service.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test.h"
#include "be-usage.h"

#if BE_HAS_SANITIZER
#define MANY_CLIENTS 1000u
#else
#define MANY_CLIENTS 10000u
#endif

#define ROUNDS 3

/* What the pause of all of them may take, and its end, when each reads. */
#define PAUSE_MICROSECONDS (50 * 1000)
#define FREE_MICROSECONDS (150 * 1000)

#define N_STEPS 500u
#define STEP_MICROSECONDS 100

/* What a client costs while it is held, beside what it costs always. */
#define HELD_BYTES 700u

static gint64
set_pace (BeTestService *service,
          BePace         pace)
{
  BeUsage start;

  be_test_network_turn (service->network);
  start = be_usage_now ();
  be_session_set_pace (service->server, pace, 0);
  be_test_network_turn (service->network);

  return be_usage_since (&start).cpu;
}

static gint64
step (BeTestService *service)
{
  BeUsage start = be_usage_now ();

  for (guint i = 0; i < N_STEPS; i++)
    be_session_step (service->server, 0);
  be_test_network_turn (service->network);

  return be_usage_since (&start).cpu;
}

static void
test_pauses_and_steps_with_many_clients (void)
{
  g_autoptr (BeCrowd) crowd = NULL;
  BeTestService service;
  BeMemory      free_memory;
  BeMemory      held_memory;
  gint64        least_pause = G_MAXINT64;
  gint64        least_free = G_MAXINT64;
  gint64        least_step = G_MAXINT64;

  if (!be_crowd_has_room (MANY_CLIENTS))
    return;

  crowd = be_crowd_new ();
  be_test_service_start (&service, BE_POLLER_BEST, BE_REPLY_UPPER);
  be_crowd_do (crowd, BE_CROWD_CONNECT, service.address.port, MANY_CLIENTS);
  be_crowd_do (crowd, BE_CROWD_TALK, 0, 0);
  free_memory = be_memory_now ();

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 paused = set_pace (&service, BE_PACE_STEPS);
      gint64 stepped;
      gint64 freed;

      held_memory = be_memory_now ();
      stepped = step (&service);
      freed = set_pace (&service, BE_PACE_FREE);
      least_pause = MIN (least_pause, paused);
      least_free = MIN (least_free, freed);
      least_step = MIN (least_step, stepped);
      g_test_message ("%u clients were paused in %d µs and freed in %d; %u steps took %d; "
                      "each client took %d bytes.",
                      MANY_CLIENTS, (int) paused, (int) freed, N_STEPS, (int) stepped,
                      (int) ((held_memory.allocated - free_memory.allocated) / MANY_CLIENTS));
      be_crowd_do (crowd, BE_CROWD_TALK, 0, 0);
    }

#if !BE_HAS_SANITIZER
  g_assert_cmpint (least_pause, <=, PAUSE_MICROSECONDS);
  g_assert_cmpint (least_free, <=, FREE_MICROSECONDS);
  g_assert_cmpint (least_step, <=, N_STEPS * STEP_MICROSECONDS);
  g_assert_cmpuint (held_memory.allocated, <=, free_memory.allocated + MANY_CLIENTS * HELD_BYTES);
#endif
  be_crowd_do (crowd, BE_CROWD_LEAVE, 0, 0);
  be_test_service_end (&service);
}

/* Told are 64 of them, the ones held longest. */
static void
test_tells_few_of_many (void)
{
  g_autoptr (BeCrowd) crowd = NULL;
  BeTestService service;

  if (!be_crowd_has_room (MANY_CLIENTS))
    return;

  crowd = be_crowd_new ();
  be_test_service_start (&service, BE_POLLER_BEST, BE_REPLY_UPPER);
  be_crowd_do (crowd, BE_CROWD_CONNECT, service.address.port, MANY_CLIENTS);
  be_crowd_do (crowd, BE_CROWD_TALK, 0, 0);
  be_session_set_pace (service.server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_session_get_pending_calls (service.server)->len == 64);
  g_assert_true (be_test_pending_is_held (service.server, BE_CALL_ACCEPT));
  be_crowd_do (crowd, BE_CROWD_LEAVE, 0, 0);
  be_test_service_end (&service);
}

int
main (int   argc,
      char *argv[])
{
  be_memory_make_plain (argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/paused-clients/pauses-and-steps-with-many-clients",
                   test_pauses_and_steps_with_many_clients);
  g_test_add_func ("/paused-clients/tells-few-of-many", test_tells_few_of_many);

  return g_test_run ();
}
