/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"

G_BEGIN_DECLS

guint16 be_free_port_find_next (const BeAddress *local,
                                GSocketType      type);

G_END_DECLS
