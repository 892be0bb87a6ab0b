/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-usage.h"

#include "be-test.h"

#include <malloc.h>
#include <time.h>
#include <unistd.h>

static gint64
read_clock (clockid_t clock)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (clock, &time), ==, 0);

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
is_network_thread (const char *task)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/comm", task);
  g_autofree char *name = NULL;

  return g_file_get_contents (path, &name, NULL, NULL) && g_str_equal (name, "network\n");
}

/* "time run, time in the queue, turns", in ns (the kernel's sched-stats.rst);
 * where it does not count, no program seems to be in the way. */
static gint64
read_queued_time (const char *task)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/schedstat", task);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  fields = g_strsplit (text, " ", -1);

  return g_strv_length (fields) < 2 ? 0 : g_ascii_strtoll (fields[1], NULL, 10) / 1000;
}

static gint64
get_queued_time (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while (tasks != NULL && (task = g_dir_read_name (tasks)) != NULL)
    {
      if (is_network_thread (task))
        return read_queued_time (task);
    }

  return 0;
}

BeUsage
be_usage_now (void)
{
  return (BeUsage){
    .wall = g_get_monotonic_time (),
    .cpu = read_clock (CLOCK_PROCESS_CPUTIME_ID),
    .queued = get_queued_time (),
  };
}

BeUsage
be_usage_since (const BeUsage *start)
{
  BeUsage now = be_usage_now ();

  return (BeUsage){
    .wall = now.wall - start->wall,
    .cpu = now.cpu - start->cpu,
    .queued = now.queued - start->queued,
  };
}

/**
 * be_usage_for:
 *
 * Returns: what the process uses in a time while it runs its main loop
 */
BeUsage
be_usage_for (gint64 microseconds)
{
  BeUsage start = be_usage_now ();

  be_test_wait_until (g_get_monotonic_time () >= start.wall + microseconds);

  return be_usage_since (&start);
}

/**
 * be_usage_get_cpu_time_of:
 *
 * Returns: the time that another process has used, µs
 */
gint64
be_usage_get_cpu_time_of (pid_t process)
{
  clockid_t clock;

  g_assert_cmpint (clock_getcpuclockid (process, &clock), ==, 0);

  return read_clock (clock);
}

/* The second number is in pages (proc(5), statm). */
static gsize
get_resident (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  fields = g_strsplit (text, " ", -1);
  g_assert_cmpuint (g_strv_length (fields), >=, 2);

  return (gsize) g_ascii_strtoull (fields[1], NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
}

BeMemory
be_memory_now (void)
{
  BeMemory memory = { 0 };

#ifdef __GLIBC__
  struct mallinfo2 info;

  malloc_trim (0);
  info = mallinfo2 ();
  memory.allocated = info.uordblks + info.hblkhd;
#endif
  memory.resident = get_resident ();

  return memory;
}

/**
 * be_memory_make_plain:
 *
 * Starts the program anew in such a way that what is freed counts as free at
 * once. Otherwise GLib keeps some megabytes of small blocks for a while, and
 * the C library some hundred kilobytes for each thread. First in main ().
 */
void
be_memory_make_plain (char *argv[])
{
  if (g_getenv ("G_SLICE") != NULL)
    return;

  g_setenv ("G_SLICE", "always-malloc", TRUE);
  g_setenv ("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0", TRUE);
  execv ("/proc/self/exe", argv);
  g_error ("The test could not be started anew");
}
