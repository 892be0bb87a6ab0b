/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-lettering.h"
#include "be-palette.h"

G_BEGIN_DECLS

void be_dashed_badge_snapshot (GtkSnapshot     *snapshot,
                               const BePalette *palette,
                               BeLettering     *lettering,
                               guint32          connection,
                               PangoLayout     *letter,
                               double           x,
                               double           y);

G_END_DECLS
