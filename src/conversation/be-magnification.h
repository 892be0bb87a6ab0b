/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     be_magnification_set (double   factor,
                               gboolean is_projected);
double   be_magnification_get_factor (void);
gboolean be_magnification_is_projected (void);

G_END_DECLS
