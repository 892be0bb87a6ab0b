/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"
#include "be-lettering.h"

G_BEGIN_DECLS

#define BE_PAYLOAD_LAYOUT_MAX_LINES 8

PangoLayout *be_payload_layout_make (BeLettering         *lettering,
                                     const BeEventRecord *record,
                                     double               width);
void         be_payload_layout_snapshot_boxes (PangoLayout   *layout,
                                               GtkSnapshot   *snapshot,
                                               double         x,
                                               double         y,
                                               double         scale,
                                               const GdkRGBA *colour);

G_END_DECLS
