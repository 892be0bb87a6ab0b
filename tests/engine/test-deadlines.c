/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-deadlines.h"

typedef struct
{
  BeDeadlines *deadlines;
  BeDeadline   deadline;
  BeDeadline  *other;
  GString     *log;
  char         name;
} Timer;

static void
append_cb (gpointer data)
{
  Timer *timer = data;

  g_string_append_c (timer->log, timer->name);
}

static void
cancel_other_cb (gpointer data)
{
  Timer *timer = data;

  append_cb (timer);
  be_deadlines_cancel (timer->deadlines, timer->other);
}

static void
set_again_cb (gpointer data)
{
  Timer *timer = data;

  append_cb (timer);
  be_deadlines_set (timer->deadlines, &timer->deadline, g_get_monotonic_time () + G_USEC_PER_SEC,
                    append_cb, timer);
}

static void
test_runs_nothing_when_nothing_is_set (void)
{
  BeDeadlines *deadlines = be_deadlines_new ();

  g_assert_cmpint (be_deadlines_run (deadlines), ==, -1);
  be_deadlines_free (deadlines);
}

static void
test_runs_what_is_due_in_order_of_time (void)
{
  BeDeadlines *deadlines = be_deadlines_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Timer  timers[3];
  gint64 now = g_get_monotonic_time ();
  gint64 wait;

  for (guint i = 0; i < 3; i++)
    timers[i] = (Timer){ .deadlines = deadlines, .log = log, .name = (char) ('a' + i) };
  be_deadlines_set (deadlines, &timers[0].deadline, now - 1, append_cb, &timers[0]);
  be_deadlines_set (deadlines, &timers[1].deadline, now + G_USEC_PER_SEC, append_cb, &timers[1]);
  be_deadlines_set (deadlines, &timers[2].deadline, now - 2, append_cb, &timers[2]);

  wait = be_deadlines_run (deadlines);
  g_assert_cmpstr (log->str, ==, "ca");
  g_assert_cmpint (wait, >, 0);
  g_assert_cmpint (wait, <=, G_USEC_PER_SEC);

  /* Once. */
  be_deadlines_run (deadlines);
  g_assert_cmpstr (log->str, ==, "ca");
  be_deadlines_cancel (deadlines, &timers[1].deadline);
  be_deadlines_cancel (deadlines, &timers[1].deadline);
  g_assert_cmpint (be_deadlines_run (deadlines), ==, -1);
  be_deadlines_free (deadlines);
}

static void
test_replaces_what_is_set_again (void)
{
  BeDeadlines *deadlines = be_deadlines_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Timer  timer = { .deadlines = deadlines, .log = log, .name = 'a' };
  gint64 now = g_get_monotonic_time ();

  be_deadlines_set (deadlines, &timer.deadline, now - 1, append_cb, &timer);
  be_deadlines_set (deadlines, &timer.deadline, now + G_USEC_PER_SEC, append_cb, &timer);
  g_assert_cmpint (be_deadlines_run (deadlines), >, 0);
  g_assert_cmpstr (log->str, ==, "");
  be_deadlines_set (deadlines, &timer.deadline, now - 1, append_cb, &timer);
  g_assert_cmpint (be_deadlines_run (deadlines), ==, -1);
  g_assert_cmpstr (log->str, ==, "a");
  be_deadlines_free (deadlines);
}

static void
test_is_changed_while_it_runs (void)
{
  BeDeadlines *deadlines = be_deadlines_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Timer  first = { .deadlines = deadlines, .log = log, .name = 'a' };
  Timer  second = { .deadlines = deadlines, .log = log, .name = 'b' };
  Timer  third = { .deadlines = deadlines, .log = log, .name = 'c' };
  gint64 now = g_get_monotonic_time ();

  first.other = &second.deadline;
  be_deadlines_set (deadlines, &first.deadline, now - 3, cancel_other_cb, &first);
  be_deadlines_set (deadlines, &second.deadline, now - 2, append_cb, &second);
  be_deadlines_set (deadlines, &third.deadline, now - 1, set_again_cb, &third);
  g_assert_cmpint (be_deadlines_run (deadlines), >, 0);
  g_assert_cmpstr (log->str, ==, "ac");
  be_deadlines_cancel (deadlines, &third.deadline);
  be_deadlines_free (deadlines);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/deadlines/runs-nothing-when-nothing-is-set",
                   test_runs_nothing_when_nothing_is_set);
  g_test_add_func ("/deadlines/runs-what-is-due-in-order-of-time",
                   test_runs_what_is_due_in_order_of_time);
  g_test_add_func ("/deadlines/replaces-what-is-set-again", test_replaces_what_is_set_again);
  g_test_add_func ("/deadlines/is-changed-while-it-runs", test_is_changed_while_it_runs);

  return g_test_run ();
}
