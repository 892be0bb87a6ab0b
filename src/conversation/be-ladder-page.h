/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A4 (ISO 216) on its side, in points, and the grid of the picture on it. */
#define BE_LADDER_PAGE_WIDTH 841.89
#define BE_LADDER_PAGE_HEIGHT 595.28
#define BE_LADDER_PAGE_MARGIN 28.0

double be_ladder_page_get_scale (void);
double be_ladder_page_get_room (double heading_height);
double be_ladder_page_get_footing_top (void);

G_END_DECLS
