/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"
#include "be-lettering.h"
#include "be-payload-ticks.h"

G_BEGIN_DECLS

#define BE_PAYLOAD_LAYOUT_MAX_LINES 8

/**
 * BePayloadBorders:
 *
 * What is known of a payload from the other end: where the sends ended that
 * are in it, counted in bytes from its begin, in order; and of a datagram that
 * did not fit, what came behind it. Lent.
 */
typedef struct
{
  const guint32 *ends;
  guint          n_ends;
  const guint8  *lost;
  gsize          lost_length;
  gsize          max_lost; /* characters of it that are shown; 0: all */
  gboolean       has_gaps; /* whether the ends make room for themselves */
} BePayloadBorders;

PangoLayout *be_payload_layout_make_for_bytes (BeLettering            *lettering,
                                               const guint8           *bytes,
                                               gsize                   length,
                                               gsize                   max_characters,
                                               const BePayloadBorders *borders,
                                               GArray                 *ticks);
PangoLayout *be_payload_layout_make (BeLettering            *lettering,
                                     const BeEventRecord    *record,
                                     double                  width,
                                     const BePayloadBorders *borders,
                                     GArray                 *ticks);
void         be_payload_layout_snapshot_boxes (PangoLayout   *layout,
                                               GtkSnapshot   *snapshot,
                                               double         x,
                                               double         y,
                                               double         scale,
                                               const GdkRGBA *colour);

G_END_DECLS
