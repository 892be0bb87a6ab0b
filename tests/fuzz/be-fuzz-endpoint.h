/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-endpoint.h"

G_BEGIN_DECLS

void be_fuzz_assert_endpoint (BeEndpoint   *endpoint,
                              const GError *error);

G_END_DECLS
