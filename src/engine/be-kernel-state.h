/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-system-state.h"

G_BEGIN_DECLS

/* Linux only. */
BeSystemState be_kernel_state_translate (guint         kernel_state,
                                         BeSystemState implied);

G_END_DECLS
