/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BeTestSvg:
 *
 * What is in an SVG file, as far as it can be counted.
 */
typedef struct
{
  GPtrArray *paths;  /* of each the style, however it is written */
  GPtrArray *shapes; /* of each the points */
  guint      n_images;
  guint      n_glyphs;
} BeTestSvg;

BeTestSvg *be_test_svg_new (GBytes *bytes);
void       be_test_svg_free (BeTestSvg *svg);
gboolean   be_test_svg_is_line (BeTestSvg     *svg,
                                guint          path,
                                double         width,
                                const GdkRGBA *colour);
double     be_test_svg_get_fall (BeTestSvg *svg,
                                 guint      path);
guint      be_test_svg_count_lines (BeTestSvg     *svg,
                                    double         width,
                                    const GdkRGBA *colour);

G_END_DECLS
