/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-endpoint.h"
#include "be-worker.h"

G_BEGIN_DECLS

void    be_name_lookup_async (BeEndpoint         *endpoint,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
GArray *be_name_lookup_finish (GAsyncResult *result,
                               GError      **error);
void    be_name_lookup_report (BeWorker     *worker,
                               const char   *name,
                               GArray       *addresses,
                               const GError *error);

G_END_DECLS
