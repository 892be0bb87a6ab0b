/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-test-sanitizer.h"

#include <glib.h>

#include <sys/types.h>

G_BEGIN_DECLS

/**
 * BeUsage:
 * @wall: when, µs
 * @cpu: time that this process has used, µs
 * @queued: time in which its network thread was ready to run and somebody else
 *   had the processor, µs
 *
 * What the process has used so far; the differences of two count.
 */
typedef struct
{
  gint64 wall;
  gint64 cpu;
  gint64 queued;
} BeUsage;

/**
 * BeMemory:
 * @allocated: bytes that were allocated and not freed
 * @resident: bytes that the system keeps in memory for the process, after what
 *   was freed has been given back
 */
typedef struct
{
  gsize allocated;
  gsize resident;
} BeMemory;

BeUsage  be_usage_now (void);
BeUsage  be_usage_since (const BeUsage *start);
BeUsage  be_usage_for (gint64 microseconds);
gint64   be_usage_get_cpu_time_of (pid_t process);
BeMemory be_memory_now (void);
void     be_memory_make_plain (char *argv[]);

G_END_DECLS
