/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <time.h>

G_BEGIN_DECLS

/**
 * be_clock_get_time:
 *
 * g_get_monotonic_time () for every message: on Linux without the way through
 * GLib, which asks the same clock (clock_gettime(2)).
 *
 * Returns: µs
 */
static inline gint64
be_clock_get_time (void)
{
#ifdef __linux__
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
#else
  return g_get_monotonic_time ();
#endif
}

G_END_DECLS
