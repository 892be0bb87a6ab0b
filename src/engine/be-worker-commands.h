/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-worker.h"

G_BEGIN_DECLS

/* What a session asks of its worker: each call copies what it is given and
 * posts it to the network thread, where the worker does it, in order. */

void be_worker_post_open (BeWorker        *worker,
                          const BeAddress *addresses,
                          guint            n_addresses);
void be_worker_post_report (BeWorker            *worker,
                            const BeEventRecord *record,
                            GBytes              *payload);
void be_worker_post_send (BeWorker *worker,
                          guint32   peer_id,
                          GBytes   *bytes);
void be_worker_post_end_peer (BeWorker      *worker,
                              guint32        peer_id,
                              BeWorkerEnding ending);
void be_worker_post_stop_listening (BeWorker *worker);
void be_worker_post_allow_reads (BeWorker *worker,
                                 gsize     n_bytes);
void be_worker_post_set_pace (BeWorker *worker,
                              BePace    pace,
                              guint     interval_ms);
void be_worker_post_set_reading (BeWorker *worker,
                                 guint32   socket_id,
                                 BeReading reading,
                                 guint     interval_ms,
                                 guint     recv_size);
void be_worker_post_step (BeWorker *worker,
                          guint64   pending_id);
void be_worker_post_stop (BeWorker *worker);
void be_worker_post_free (BeWorker *worker);

G_END_DECLS
