/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-fixture.h"

#include <pango/pangocairo.h>

/**
 * be_wire_fixture_init:
 * @width: of the lane with both sides, in px
 * @height: of what is seen of it, in px
 */
void
be_wire_fixture_init (BeWireFixture *self,
                      int            width,
                      int            height)
{
  PangoContext         *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font = pango_font_description_from_string ("Sans 11");

  pango_context_set_font_description (context, font);
  pango_font_description_free (font);
  self->lettering = be_lettering_new (context);
  self->geometry = be_wire_geometry_for_width (width);
  self->palette = be_palette_get (FALSE, FALSE);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  g_object_unref (context);
}

void
be_wire_fixture_clear (BeWireFixture *self)
{
  cairo_surface_destroy (self->surface);
  g_object_unref (self->lettering);
}
