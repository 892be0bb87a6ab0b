/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stress.h"

#include "be-usage.h"

#include "be-test-sessions.h"
#include "be-test.h"

#include <gio/gnetworking.h>
#include <errno.h>
#include <string.h>
#include <sys/resource.h>

/* How much longer the same takes with the slowest sanitizer. */
#define SANITIZER_SLOWNESS 20
#define SANITIZER_DIVISOR 10

#define KILOBYTE 1024u
#define MEGABYTE (1024u * 1024)

static const gboolean with_sanitizer = BE_HAS_SANITIZER;

/**
 * be_stress_has_sanitizer:
 *
 * Returns: whether memory and time are the sanitizer's rather than ours
 */
gboolean
be_stress_has_sanitizer (void)
{
  return with_sanitizer;
}

/**
 * be_stress_scale:
 *
 * Returns: so many rounds as @count says, or a tenth with a sanitizer
 */
guint
be_stress_scale (guint count)
{
  return with_sanitizer ? MAX (count / SANITIZER_DIVISOR, 1) : count;
}

/* The time of all threads: how busy other programs are changes it little. */
static gint64
get_processor_time (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);

  return (gint64) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC +
         usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

/* A line such as "VmHWM:      5120 kB" (proc(5)). */
static gsize
read_status_bytes (const char *pid,
                   const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", pid);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *line;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  line = strstr (text, name);
  g_assert_nonnull (line);

  return (gsize) g_ascii_strtoull (line + strlen (name) + 1, NULL, 10) * KILOBYTE;
}

/**
 * be_stress_get_peak_bytes:
 * @pid: a process, or "self"
 *
 * Returns: the most memory that it ever had at once
 */
gsize
be_stress_get_peak_bytes (const char *pid)
{
  return read_status_bytes (pid, "VmHWM");
}

static guint
count_entries (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) directory = g_dir_open (path, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

static gpointer
return_cb (gpointer data)
{
  return data;
}

/**
 * be_stress_begin:
 *
 * Begins to measure, with the peak of memory where it is now.
 */
void
be_stress_begin (BeStressBounds *self)
{
  /* The main context has a descriptor of its own as soon as it has run, and a
   * sanitizer a thread of its own as soon as there is another. */
  be_test_iterate ();
  g_thread_join (g_thread_new ("first", return_cb, NULL));

  /* "5" sets the peak to what is in use (proc(5)). */
  g_file_set_contents ("/proc/self/clear_refs", "5", 1, NULL);
  self->processor_time = get_processor_time ();
  self->memory_bytes = be_stress_get_peak_bytes ("self");
  self->n_descriptors = count_entries ("/proc/self/fd");
  self->n_threads = count_entries ("/proc/self/task");
}

/**
 * be_stress_assert_within:
 * @max_seconds: of processor time, all threads together
 * @max_megabytes: more than at the beginning, at the highest
 */
void
be_stress_assert_within (const BeStressBounds *self,
                         double                max_seconds,
                         gsize                 max_megabytes)
{
  double seconds = (double) (get_processor_time () - self->processor_time) / G_USEC_PER_SEC;
  gsize  peak = be_stress_get_peak_bytes ("self");
  gsize  bytes = peak > self->memory_bytes ? peak - self->memory_bytes : 0;

  g_test_message ("%.2f s of processor time, %.1f MB more memory", seconds,
                  (double) bytes / MEGABYTE);
  g_assert_cmpfloat (seconds, <, with_sanitizer ? max_seconds * SANITIZER_SLOWNESS : max_seconds);
  if (!with_sanitizer)
    g_assert_cmpuint (bytes, <, max_megabytes * MEGABYTE);
}

/**
 * be_stress_assert_nothing_left:
 *
 * As many descriptors and threads as at the beginning; a thread that has been
 * joined may be seen a moment longer.
 */
void
be_stress_assert_nothing_left (const BeStressBounds *self)
{
  be_test_wait_until (count_entries ("/proc/self/task") <= self->n_threads);
  g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, self->n_descriptors);
}

/**
 * be_stress_take_events:
 *
 * Lets the network thread do what it was asked, and emits what has happened
 * by then without waiting for the next frame.
 */
void
be_stress_take_events (BeNetworkThread *network)
{
  be_test_network_turn (network);
  be_network_thread_flush (network);
}

/**
 * be_stress_spread_address:
 * @address: (out): one of 127.0.0.0/8, another for each @number
 */
void
be_stress_spread_address (BeAddress *address,
                          guint      number)
{
  *address = (BeAddress){
    .family = BE_ADDRESS_IPV4,
    .bytes = { 127, (guint8) (1 + (number >> 16)), (guint8) (number >> 8), (guint8) number },
  };
}

static void
fill_native (struct sockaddr_in *native,
             const BeAddress    *address)
{
  memset (native, 0, sizeof *native);
  native->sin_family = AF_INET;
  native->sin_port = g_htons (address->port);
  memcpy (&native->sin_addr, address->bytes, sizeof native->sin_addr);
}

/**
 * be_stress_open_datagram_from:
 *
 * Returns: the descriptor of a socket that is bound to @local and talks to
 *   @peer
 */
int
be_stress_open_datagram_from (const BeAddress *local,
                              const BeAddress *peer)
{
  struct sockaddr_in native;
  struct timeval     deadline = { .tv_sec = BE_TEST_DEADLINE_SECONDS };
  int                descriptor = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_cmpint (setsockopt (descriptor, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline),
                   ==, 0);
  fill_native (&native, local);
  g_assert_cmpint (bind (descriptor, (struct sockaddr *) &native, sizeof native), ==, 0);
  fill_native (&native, peer);
  g_assert_cmpint (connect (descriptor, (struct sockaddr *) &native, sizeof native), ==, 0);

  return descriptor;
}

/* Returns the length of the next datagram, -1 when none comes in time. */
gssize
be_stress_receive (int   descriptor,
                   void *bytes,
                   gsize size)
{
  gssize length;

  do
    length = recv (descriptor, bytes, size, 0);
  while (length < 0 && errno == EINTR);

  return length;
}
