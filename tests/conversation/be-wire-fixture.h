/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-wire.h"

G_BEGIN_DECLS

/* What a lane is drawn with, and where to: an image, without a display. */
typedef struct
{
  BeLettering     *lettering;
  BeWireGeometry   geometry;
  const BePalette *palette;
  cairo_surface_t *surface;
} BeWireFixture;

void be_wire_fixture_init (BeWireFixture *self,
                           int            width,
                           int            height);
void be_wire_fixture_clear (BeWireFixture *self);

G_END_DECLS
