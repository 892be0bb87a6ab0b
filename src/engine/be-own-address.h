/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"

G_BEGIN_DECLS

gboolean be_own_address_is (const BeAddress *address);

G_END_DECLS
