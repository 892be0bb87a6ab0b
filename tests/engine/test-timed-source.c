/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-timed-source.h"

#include "be-test.h"

#define SOON_MICROSECONDS (20 * 1000)
#define LATE_MICROSECONDS (60 * G_USEC_PER_SEC)
#define N_HANDED_OVER 2000

/* What another thread hands over, and who counts it. */
typedef struct
{
  GMainContext *context;
  GSource      *source;
  GSource      *deadline;
  guint         n_calls;
  gint64        last_call;
  gint          n_given; /* atomic */
  gint          n_taken;
} Fixture;

static gboolean
called_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_calls++;
  fixture->last_call = g_get_monotonic_time ();
  fixture->n_taken = g_atomic_int_get (&fixture->n_given);

  return G_SOURCE_CONTINUE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  const Fixture *fixture = user_data;

  g_error ("It was called %u times and waited in vain for another; %d of %d were taken.",
           fixture->n_calls, fixture->n_taken, g_atomic_int_get (&fixture->n_given));

  return G_SOURCE_REMOVE;
}

/* The waiting has one deadline, and no turns: a turn would look again at what nobody
 * woke it for. */
static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->context = g_main_context_new ();
  fixture->deadline = g_timeout_source_new_seconds (BE_TEST_DEADLINE_SECONDS);
  g_source_set_callback (fixture->deadline, deadline_cb, fixture, NULL);
  g_source_attach (fixture->deadline, fixture->context);
  fixture->source = be_timed_source_new ();
  g_source_set_callback (fixture->source, called_cb, fixture, NULL);
  g_source_attach (fixture->source, fixture->context);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_source_destroy (fixture->source);
  g_source_unref (fixture->source);
  g_source_destroy (fixture->deadline);
  g_source_unref (fixture->deadline);
  g_main_context_unref (fixture->context);
}

static void
iterate_until_called (Fixture *fixture)
{
  guint n_calls = fixture->n_calls;

  while (fixture->n_calls == n_calls)
    g_main_context_iteration (fixture->context, TRUE);
}

static void
test_never_comes_unless_told (Fixture      *fixture,
                              gconstpointer data)
{
  for (guint i = 0; i < 10; i++)
    g_assert_false (g_main_context_iteration (fixture->context, FALSE));
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

static void
test_comes_at_its_time_once (Fixture      *fixture,
                             gconstpointer data)
{
  gint64 time = g_get_monotonic_time () + SOON_MICROSECONDS;

  be_timed_source_come_again (fixture->source, time);
  iterate_until_called (fixture);
  g_assert_cmpint (fixture->last_call, >=, time);

  g_assert_false (g_main_context_iteration (fixture->context, FALSE));
  g_assert_cmpuint (fixture->n_calls, ==, 1);
}

static void
test_an_earlier_time_wins (Fixture      *fixture,
                           gconstpointer data)
{
  gint64 now = g_get_monotonic_time ();

  be_timed_source_come_again (fixture->source, now + LATE_MICROSECONDS);
  be_timed_source_come_again (fixture->source, now + SOON_MICROSECONDS);
  be_timed_source_come_by (fixture->source, now + LATE_MICROSECONDS);
  iterate_until_called (fixture);
  g_assert_cmpint (fixture->last_call - now, <, LATE_MICROSECONDS / 2);
}

static void
test_rests_although_a_time_was_set (Fixture      *fixture,
                                    gconstpointer data)
{
  be_timed_source_come_again (fixture->source, 0);
  be_timed_source_rest (fixture->source);
  g_assert_false (g_main_context_iteration (fixture->context, FALSE));
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

static gpointer
wake_main (gpointer data)
{
  Fixture *fixture = data;

  be_timed_source_come_by (fixture->source, 0);

  return NULL;
}

static void
test_wakes_a_thread_that_waits (Fixture      *fixture,
                                gconstpointer data)
{
  GThread *thread = g_thread_new ("waker", wake_main, fixture);

  iterate_until_called (fixture);
  g_thread_join (thread);
  g_assert_cmpuint (fixture->n_calls, ==, 1);
}

static gpointer
give_main (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < N_HANDED_OVER; i++)
    {
      g_atomic_int_inc (&fixture->n_given);
      be_timed_source_come_by (fixture->source, 0);
      if (i % 16 == 0)
        g_thread_yield ();
    }

  return NULL;
}

/* Nothing stays behind unseen, however the two threads meet. */
static void
test_misses_nothing (Fixture      *fixture,
                     gconstpointer data)
{
  GThread *thread = g_thread_new ("giver", give_main, fixture);

  while (fixture->n_taken < N_HANDED_OVER)
    g_main_context_iteration (fixture->context, TRUE);
  g_thread_join (thread);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/timed-source/never-comes-unless-told", Fixture, NULL,
              set_up, test_never_comes_unless_told, tear_down);
  g_test_add ("/timed-source/comes-at-its-time-once", Fixture, NULL,
              set_up, test_comes_at_its_time_once, tear_down);
  g_test_add ("/timed-source/an-earlier-time-wins", Fixture, NULL,
              set_up, test_an_earlier_time_wins, tear_down);
  g_test_add ("/timed-source/rests-although-a-time-was-set", Fixture, NULL,
              set_up, test_rests_although_a_time_was_set, tear_down);
  g_test_add ("/timed-source/wakes-a-thread-that-waits", Fixture, NULL,
              set_up, test_wakes_a_thread_that_waits, tear_down);
  g_test_add ("/timed-source/misses-nothing", Fixture, NULL,
              set_up, test_misses_nothing, tear_down);

  return g_test_run ();
}
