/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes until the window is on the screen, beside a libadwaita
 * window with nothing in it, in turns. */

#include "be-benchmark.h"

#include <sys/resource.h>
#include <sys/wait.h>

#define N_ROUNDS 21u

#define GOAL_RATIO 1.3

typedef struct
{
  GArray *times; /* ms */
  GArray *works; /* ms, of the processor */
} Program;

static double
get_milliseconds (struct timeval time)
{
  return (double) time.tv_sec * 1000 + (double) time.tv_usec / 1000;
}

static void
start (Program    *self,
       const char *path)
{
  char         *arguments[] = { (char *) path, NULL };
  struct rusage usage;
  double        begin = be_benchmark_get_milliseconds ();
  double        time;
  double        work;
  int           status;
  GPid          process;
  g_autoptr (GError) error = NULL;

  g_spawn_async (NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &process, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wait4 (process, &status, 0, &usage), ==, process);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  time = be_benchmark_get_milliseconds () - begin;
  work = get_milliseconds (usage.ru_utime) + get_milliseconds (usage.ru_stime);

  g_array_append_val (self->times, time);
  g_array_append_val (self->works, work);
}

static double
say (Program    *self,
     const char *name)
{
  g_autofree char *time = g_strdup_printf ("%s, to the first frame, median", name);
  g_autofree char *best = g_strdup_printf ("%s, to the first frame, best", name);
  g_autofree char *work = g_strdup_printf ("%s, of the processor, median", name);
  double           median = be_benchmark_get_share (self->times, 0.5);

  be_benchmark_say (time, median, "ms");
  be_benchmark_say (best, be_benchmark_get_share (self->times, 0), "ms");
  be_benchmark_say (work, be_benchmark_get_share (self->works, 0.5), "ms");

  return median;
}

/* benchmark-start START-EMPTY START-BOTHENDS */
int
main (int    argc,
      char **argv)
{
  Program programs[2];
  double  medians[2];

  g_assert_cmpint (argc, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      programs[i].times = g_array_new (FALSE, FALSE, sizeof (double));
      programs[i].works = g_array_new (FALSE, FALSE, sizeof (double));

      /* Once for the caches of the system. */
      start (&programs[i], argv[1 + i]);
      g_array_set_size (programs[i].times, 0);
      g_array_set_size (programs[i].works, 0);
    }

  for (guint i = 0; i < 2 * N_ROUNDS; i++)
    start (&programs[i % 2], argv[1 + i % 2]);

  medians[0] = say (&programs[0], "empty window");
  medians[1] = say (&programs[1], "Both Ends");
  be_benchmark_say ("Both Ends / empty, of the processor",
                    be_benchmark_get_share (programs[1].works, 0.5) / be_benchmark_get_share (programs[0].works, 0.5), "");
  be_benchmark_say_at_most ("Both Ends / empty, medians", medians[1] / medians[0], "", GOAL_RATIO);

  for (guint i = 0; i < 2; i++)
    {
      g_array_unref (programs[i].times);
      g_array_unref (programs[i].works);
    }

  return be_benchmark_end ();
}
