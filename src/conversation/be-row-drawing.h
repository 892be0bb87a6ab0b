/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-row-placement.h"

G_BEGIN_DECLS

typedef enum
{
  BE_ROW_PLAIN = 0,
  BE_ROW_SELECTED = 1 << 0,
  BE_ROW_FOCUSED = 1 << 1,
  BE_ROW_PARTNER = 1 << 2, /* of the selected one, or of that below the pointer */
  BE_ROW_NEWEST = 1 << 3,  /* brought forward, for a whole room */
} BeRowLook;

void be_row_drawing_snapshot (GtkSnapshot          *snapshot,
                              const BePalette      *palette,
                              BeLettering          *lettering,
                              const BeRowContent   *content,
                              const BeRowPlacement *placement,
                              BeRowLook             look);

G_END_DECLS
