/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-test-batch.h"

G_BEGIN_DECLS

/**
 * BeBenchmarkTraffic:
 *
 * What a network thread would report while several clients talk to a server,
 * as fast as somebody asks for it. Ends with be_benchmark_traffic_free().
 */
typedef struct _BeBenchmarkTraffic BeBenchmarkTraffic;

BeBenchmarkTraffic *be_benchmark_traffic_new (guint32 server_session,
                                              guint32 client_session);
void                be_benchmark_traffic_free (BeBenchmarkTraffic *self);
const BeEventBatch *be_benchmark_traffic_next (BeBenchmarkTraffic *self,
                                               guint               n_events);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeBenchmarkTraffic, be_benchmark_traffic_free)

G_END_DECLS
