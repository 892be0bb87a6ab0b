/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-row-content.h"

G_BEGIN_DECLS

void be_side_hint_snapshot (GtkSnapshot        *snapshot,
                            const BePalette    *palette,
                            const BeRowSetting *setting,
                            int                 height,
                            double              bottom,
                            const gboolean     *has_side);

G_END_DECLS
