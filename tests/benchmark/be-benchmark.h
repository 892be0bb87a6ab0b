/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was measured, a line each, beside its goal: see be-benchmark.c. */
void be_benchmark_say (const char *what,
                       double      value,
                       const char *unit);
void be_benchmark_say_at_most (const char *what,
                               double      value,
                               const char *unit,
                               double      goal);
void be_benchmark_say_at_least (const char *what,
                                double      value,
                                const char *unit,
                                double      goal);
int  be_benchmark_end (void);

double be_benchmark_get_milliseconds (void);
double be_benchmark_get_thread_work (void);
double be_benchmark_get_share (GArray *values,
                               double  share);

G_END_DECLS
