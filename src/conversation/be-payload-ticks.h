/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BePayloadTick:
 *
 * A place in a shaped text: in the character that begins at @index, as a share
 * of its width.
 */
typedef struct
{
  guint index;
  float share;
} BePayloadTick;

double be_payload_ticks_get_x (PangoLayout         *layout,
                               const BePayloadTick *tick);
void   be_payload_ticks_snapshot (GArray        *ticks,
                                  PangoLayout   *layout,
                                  GtkSnapshot   *snapshot,
                                  double         x,
                                  double         y,
                                  double         top,
                                  double         bottom,
                                  double         scale,
                                  const GdkRGBA *colour);

G_END_DECLS
