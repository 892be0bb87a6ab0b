/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tells ThreadSanitizer what GLib orders.
 *
 * GLib itself is not built with the sanitizer, and its locks and reference counts are bare
 * atomics and futexes: without this file everything that they protect looks like a race. Each
 * function here stands before the one of GLib with the same name and reports what comes before
 * what: an unlock before the next lock, a dropped reference before the last one.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <glib-object.h>
#include <sanitizer/tsan_interface.h>

#undef g_mutex_lock
#undef g_mutex_trylock
#undef g_mutex_unlock
#undef g_object_unref
#undef g_atomic_ref_count_dec

typedef void (*VoidFunction) (gpointer data);
typedef gboolean (*ClaimFunction) (gpointer data);
typedef void (*WaitFunction) (GCond  *cond,
                              GMutex *mutex);
typedef gboolean (*WaitUntilFunction) (GCond  *cond,
                                       GMutex *mutex,
                                       gint64  end_time);

static gpointer
find_next (gpointer   *place,
           const char *name)
{
  gpointer next = __atomic_load_n (place, __ATOMIC_RELAXED);

  if (next == NULL)
    {
      next = dlsym (RTLD_NEXT, name);
      __atomic_store_n (place, next, __ATOMIC_RELAXED);
    }
  return next;
}

void
g_mutex_lock (GMutex *mutex)
{
  static gpointer next;

  ((VoidFunction) find_next (&next, "g_mutex_lock")) (mutex);
  __tsan_acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  static gpointer next;
  gboolean        is_locked = ((ClaimFunction) find_next (&next, "g_mutex_trylock")) (mutex);

  if (is_locked)
    __tsan_acquire (mutex);
  return is_locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  static gpointer next;

  __tsan_release (mutex);
  ((VoidFunction) find_next (&next, "g_mutex_unlock")) (mutex);
}

void
g_cond_wait (GCond  *cond,
             GMutex *mutex)
{
  static gpointer next;

  __tsan_release (mutex);
  ((WaitFunction) find_next (&next, "g_cond_wait")) (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond  *cond,
                   GMutex *mutex,
                   gint64  end_time)
{
  static gpointer next;
  gboolean        is_signalled;

  __tsan_release (mutex);
  is_signalled = ((WaitUntilFunction) find_next (&next, "g_cond_wait_until")) (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return is_signalled;
}

/* Whether a reference is the last is only known inside GLib: all of them acquire. */
void
g_object_unref (gpointer object)
{
  static gpointer next;

  __tsan_release (object);
  __tsan_acquire (object);
  ((VoidFunction) find_next (&next, "g_object_unref")) (object);
}

void
g_bytes_unref (GBytes *bytes)
{
  static gpointer next;

  if (bytes != NULL)
    {
      __tsan_release (bytes);
      __tsan_acquire (bytes);
    }
  ((VoidFunction) find_next (&next, "g_bytes_unref")) (bytes);
}

gboolean
g_atomic_ref_count_dec (gatomicrefcount *count)
{
  static gpointer next;
  gboolean        is_last;

  __tsan_release ((gpointer) count);
  is_last = ((ClaimFunction) find_next (&next, "g_atomic_ref_count_dec")) ((gpointer) count);
  if (is_last)
    __tsan_acquire ((gpointer) count);
  return is_last;
}
