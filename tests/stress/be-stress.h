/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-network-thread.h"
#include "be-address.h"

G_BEGIN_DECLS

/**
 * BeStressBounds:
 *
 * What the program had used of its time and memory when a test began.
 */
typedef struct
{
  gint64 processor_time; /* µs */
  gsize  memory_bytes;
  guint  n_descriptors;
  guint  n_threads;
} BeStressBounds;

void be_stress_begin (BeStressBounds *self);
void be_stress_assert_within (const BeStressBounds *self,
                              double                max_seconds,
                              gsize                 max_megabytes);
void be_stress_assert_nothing_left (const BeStressBounds *self);

void     be_stress_take_events (BeNetworkThread *network);
gboolean be_stress_has_sanitizer (void);
guint    be_stress_scale (guint count);
gsize    be_stress_get_peak_bytes (const char *pid);
void     be_stress_spread_address (BeAddress *address,
                                   guint      number);
int      be_stress_open_datagram_from (const BeAddress *local,
                                       const BeAddress *peer);
gssize   be_stress_receive (int   descriptor,
                            void *bytes,
                            gsize size);

G_END_DECLS
