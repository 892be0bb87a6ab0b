/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BeCairoPart:
 *
 * A part of a snapshot that is drawn with cairo. Begins with
 * be_cairo_part_begin(), ends with be_cairo_part_end().
 */
typedef struct
{
  GskRenderNode   *node;
  graphene_point_t origin;
  cairo_t         *cairo;
} BeCairoPart;

cairo_t *be_cairo_part_begin (BeCairoPart           *self,
                              const graphene_rect_t *bounds);
void     be_cairo_part_end (BeCairoPart *self,
                            GtkSnapshot *snapshot);

G_END_DECLS
