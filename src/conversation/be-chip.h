/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"
#include "be-lettering.h"
#include "be-palette.h"

G_BEGIN_DECLS

BeChipKind be_chip_kind_for_state (BeSystemState state);
char      *be_chip_dup_text (const BeEventRecord *record,
                             BeChipKind          *kind);
double     be_chip_get_width (BeLettering *lettering,
                              PangoLayout *label,
                              gboolean     has_dot);
double     be_chip_get_height (BeLettering *lettering);
void       be_chip_snapshot (GtkSnapshot     *snapshot,
                             const BePalette *palette,
                             BeLettering     *lettering,
                             PangoLayout     *label,
                             BeChipKind       kind,
                             gboolean         has_dot,
                             double           x,
                             double           centre);
void       be_chip_snapshot_implied (GtkSnapshot     *snapshot,
                                     const BePalette *palette,
                                     BeLettering     *lettering,
                                     PangoLayout     *label,
                                     BeChipKind       kind,
                                     double           x,
                                     double           centre);

G_END_DECLS
