/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-benchmark.h"

#include <math.h>
#include <time.h>

static gboolean is_missed;

/* A value without a goal. */
void
be_benchmark_say (const char *what,
                  double      value,
                  const char *unit)
{
  g_print ("%-46s %10.2f %s\n", what, value, unit);
}

static void
say (const char *what,
     double      value,
     const char *unit,
     const char *relation,
     double      goal,
     gboolean    is_reached)
{
  g_print ("%-46s %10.2f %-8s goal %s %7.2f  %s\n", what, value, unit, relation, goal,
           is_reached ? "reached" : "MISSED");
  is_missed = is_missed || !is_reached;
}

void
be_benchmark_say_at_most (const char *what,
                          double      value,
                          const char *unit,
                          double      goal)
{
  say (what, value, unit, "<=", goal, value <= goal);
}

void
be_benchmark_say_at_least (const char *what,
                           double      value,
                           const char *unit,
                           double      goal)
{
  say (what, value, unit, ">=", goal, value >= goal);
}

/**
 * be_benchmark_end:
 *
 * Returns: the exit status of the program: 1 when a goal was missed
 */
int
be_benchmark_end (void)
{
  return is_missed ? 1 : 0;
}

double
be_benchmark_get_milliseconds (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

/**
 * be_benchmark_get_thread_work:
 *
 * Returns: milliseconds that this thread had a processor for: what remains of
 *   a time when other programs run beside
 */
double
be_benchmark_get_thread_work (void)
{
#ifdef CLOCK_THREAD_CPUTIME_ID
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
#else
  return (double) clock () * 1000 / CLOCKS_PER_SEC;
#endif
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

/**
 * be_benchmark_get_share:
 * @values: of double, sorted by this
 * @share: 0.5 for the median, 0.95 for what 95 of 100 do not exceed
 *
 * Returns: the smallest value that @share of all do not exceed; 0 of none
 */
double
be_benchmark_get_share (GArray *values,
                        double  share)
{
  guint position;

  if (values->len == 0)
    return 0;

  g_array_sort (values, compare_doubles);
  position = (guint) ceil (share * values->len);

  return g_array_index (values, double, CLAMP (position, 1, values->len) - 1);
}
