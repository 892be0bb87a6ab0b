/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-timed-source.h"

#include <stdatomic.h>

/**
 * BeTimedSource:
 *
 * A GSource that calls its function once when a time has come, which any thread
 * may set. It is there because g_source_set_ready_time () wakes the other thread while
 * it holds the lock of that thread's context: with one processor the other runs
 * at once, waits for the lock, and both are switched twice more.
 *
 * Owns nothing but the time. It ends as every GSource does; nobody may set its
 * time after it was destroyed.
 */
typedef struct
{
  GSource parent;

  _Atomic (gint64) time; /* g_get_monotonic_time (), µs, or BE_TIMED_SOURCE_NEVER */
} BeTimedSource;

static gint64
get_time (GSource *source)
{
  return atomic_load_explicit (&((BeTimedSource *) source)->time, memory_order_acquire);
}

static gboolean
prepare_cb (GSource *source,
            int     *timeout)
{
  gint64 time = get_time (source);
  gint64 now = g_source_get_time (source);

  /* Rounded up, or it would look in vain. */
  *timeout = time == BE_TIMED_SOURCE_NEVER ? -1 : (int) CLAMP ((time - now + 999) / 1000, 0, G_MAXINT);

  return time <= now;
}

static gboolean
check_cb (GSource *source)
{
  return get_time (source) <= g_source_get_time (source);
}

static gboolean
dispatch_cb (GSource    *source,
             GSourceFunc callback,
             gpointer    user_data)
{
  be_timed_source_rest (source);

  return callback (user_data);
}

static GSourceFuncs funcs = { .prepare = prepare_cb, .check = check_cb, .dispatch = dispatch_cb };

/**
 * be_timed_source_new:
 *
 * Returns: (transfer full): a source whose time never comes yet
 */
GSource *
be_timed_source_new (void)
{
  GSource *source = g_source_new (&funcs, sizeof (BeTimedSource));

  atomic_init (&((BeTimedSource *) source)->time, BE_TIMED_SOURCE_NEVER);

  return source;
}

/* Returns whether that is earlier than it was. */
static gboolean
set_earlier (GSource *source,
             gint64   time)
{
  BeTimedSource *self = (BeTimedSource *) source;
  /* Written, with what it was: so either the reader, who writes when it rests, sees
   * all that was done before this, or its rest is seen here. */
  gint64 previous = atomic_fetch_add_explicit (&self->time, 0, memory_order_acq_rel);

  do
    if (previous <= time)
      return FALSE;
  while (!atomic_compare_exchange_weak_explicit (&self->time, &previous, time, memory_order_acq_rel,
                                                 memory_order_relaxed));

  return TRUE;
}

/**
 * be_timed_source_come_by:
 * @source: attached
 * @time: g_get_monotonic_time (), µs
 *
 * Has the function called at @time, unless it is called earlier. From any thread.
 */
void
be_timed_source_come_by (GSource *source,
                         gint64   time)
{
  g_return_if_fail (source != NULL);

  /* Takes no lock, and is heard by a thread that is just about to wait. */
  if (set_earlier (source, time))
    g_main_context_wakeup (g_source_get_context (source));
}

/**
 * be_timed_source_come_again:
 *
 * The same from the thread that it calls, which need not be woken.
 */
void
be_timed_source_come_again (GSource *source,
                            gint64   time)
{
  g_return_if_fail (source != NULL);

  set_earlier (source, time);
}

/**
 * be_timed_source_rest:
 *
 * Its time never comes, until another one is set. For the thread that it calls,
 * before it looks at what there is, unless it was called for that: of what comes
 * later it is told again.
 */
void
be_timed_source_rest (GSource *source)
{
  g_return_if_fail (source != NULL);

  atomic_exchange_explicit (&((BeTimedSource *) source)->time, BE_TIMED_SOURCE_NEVER, memory_order_acq_rel);
}
