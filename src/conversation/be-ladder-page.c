/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-ladder-page.h"

#include "be-ladder-picture.h"

/* In pixels of the grid. */
#define FOOTING_HEIGHT 24.0

/**
 * be_ladder_page_get_scale:
 *
 * Returns: how many points a pixel of the grid is
 */
double
be_ladder_page_get_scale (void)
{
  return (BE_LADDER_PAGE_WIDTH - 2 * BE_LADDER_PAGE_MARGIN) / BE_LADDER_WIDTH;
}

/**
 * be_ladder_page_get_footing_top:
 *
 * Returns: where the line below the rows begins, in pixels of the grid from
 *   the upper margin
 */
double
be_ladder_page_get_footing_top (void)
{
  return (BE_LADDER_PAGE_HEIGHT - 2 * BE_LADDER_PAGE_MARGIN) / be_ladder_page_get_scale () - FOOTING_HEIGHT;
}

/**
 * be_ladder_page_get_room:
 * @heading_height: of what stands above the rows, in pixels of the grid
 *
 * Returns: how tall the rows of one page may be
 */
double
be_ladder_page_get_room (double heading_height)
{
  return be_ladder_page_get_footing_top () - heading_height;
}
