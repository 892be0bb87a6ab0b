/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-palette.h"

#include <adwaita.h>

/* strong, text on it, tint, text on it */
static const char *const connection_colours[2][BE_PALETTE_N_CONNECTIONS][4] = {
  {
    { "#1a5fb4", "#ffffff", "#e4eefa", "#133a6d" },
    { "#813d9c", "#ffffff", "#f3e8f7", "#4d2060" },
    { "#0b6158", "#ffffff", "#dff2ef", "#083f39" },
    { "#8f4400", "#ffffff", "#fcecdc", "#5a2b00" },
  },
  {
    { "#99c1f1", "#0b1c33", "#22364f", "#d8e8fb" },
    { "#dcaaea", "#2b0f33", "#41294a", "#f5defa" },
    { "#7fdccb", "#04251f", "#1d3f3a", "#d3f5ee" },
    { "#ffbe6f", "#331c00", "#4a351b", "#ffe7c9" },
  },
};

/* tint, text on it */
static const char *const chip_colours[2][BE_PALETTE_N_CHIPS][2] = {
  {
    [BE_CHIP_OPEN] = { "#d9f2e1", "#0f5132" },
    [BE_CHIP_CHANGING] = { "#fbeac7", "#5c3d00" },
    [BE_CHIP_CLOSED] = { "#e9e8ea", "#4c4b52" },
    [BE_CHIP_FAILED] = { "#fbe3e5", "#8a1220" },
  },
  {
    [BE_CHIP_OPEN] = { "#123d2a", "#8ff0a4" },
    [BE_CHIP_CHANGING] = { "#4a3605", "#f9dc86" },
    [BE_CHIP_CLOSED] = { "#3c3b40", "#d2d0d6" },
    [BE_CHIP_FAILED] = { "#4d1a20", "#ffb3b8" },
  },
};

static GdkRGBA
parse (const char *text)
{
  GdkRGBA colour = { 0 };

  if (!gdk_rgba_parse (&colour, text))
    g_assert_not_reached ();

  return colour;
}

static void
fill_surfaces (BePalette *self)
{
  gboolean is_dark = self->is_dark;

  self->list = parse (is_dark ? "#1e1e1e" : "#ffffff");
  self->lane = parse (is_dark ? "#262629" : "#f5f5f6");
  self->text = parse (is_dark ? "#f2f2f4" : "#2b2b30");
  self->small_text = parse (is_dark ? "#b9b7be" : "#5e5c64");
  self->lifeline = parse (is_dark ? "#7f7e86" : "#8f8e94");
  self->inferred = parse (is_dark ? "#aeacb4" : "#65646b");
  self->error = parse (is_dark ? "#ff7b84" : "#c01c28");
  self->border_width = 1;

  if (self->is_high_contrast)
    {
      self->text = parse (is_dark ? "#ffffff" : "#000000");
      self->small_text = parse (is_dark ? "#e4e3e8" : "#2f2e33");
      self->lifeline = parse (is_dark ? "#d2d0d6" : "#3c3b40");
      self->inferred = self->small_text;
      self->error = parse (is_dark ? "#ffb3b8" : "#8a1220");
      self->border_width = 2;
    }
}

static void
fill (BePalette *self,
      gboolean   is_dark,
      gboolean   is_high_contrast)
{
  self->is_dark = is_dark;
  self->is_high_contrast = is_high_contrast;
  fill_surfaces (self);

  for (guint i = 0; i < BE_PALETTE_N_CONNECTIONS; i++)
    {
      const char *const *colours = connection_colours[is_dark ? 1 : 0][i];

      self->connections[i].strong = parse (colours[0]);
      self->connections[i].on_strong = parse (colours[1]);
      self->connections[i].tint = parse (colours[2]);
      self->connections[i].on_tint = parse (colours[3]);
    }

  for (guint i = 0; i < BE_PALETTE_N_CHIPS; i++)
    {
      const char *const *colours = chip_colours[is_dark ? 1 : 0][i];

      self->chips[i].tint = parse (colours[0]);
      self->chips[i].on_tint = parse (colours[1]);
    }

  self->selection = be_palette_mix (&self->list, &self->connections[0].strong,
                                    is_high_contrast ? 0.25f : 0.12f);
}

/**
 * be_palette_mix:
 * @a: a colour
 * @b: another
 * @share_of_b: how much of it, 0 to 1
 *
 * Returns: the colour between the two
 */
GdkRGBA
be_palette_mix (const GdkRGBA *a,
                const GdkRGBA *b,
                float          share_of_b)
{
  float share_of_a = 1 - share_of_b;

  return (GdkRGBA){
    .red = a->red * share_of_a + b->red * share_of_b,
    .green = a->green * share_of_a + b->green * share_of_b,
    .blue = a->blue * share_of_a + b->blue * share_of_b,
    .alpha = a->alpha * share_of_a + b->alpha * share_of_b,
  };
}

/**
 * be_palette_get:
 * @is_dark: for a dark ground
 * @is_high_contrast: for a person who asked the system for high contrast
 *
 * Returns: the palette, which lives as long as the program
 */
const BePalette *
be_palette_get (gboolean is_dark,
                gboolean is_high_contrast)
{
  static BePalette palettes[4];
  static gsize     is_filled;

  if (g_once_init_enter (&is_filled))
    {
      for (guint i = 0; i < G_N_ELEMENTS (palettes); i++)
        fill (&palettes[i], (i & 1) != 0, (i & 2) != 0);
      g_once_init_leave (&is_filled, 1);
    }

  return &palettes[(is_dark ? 1 : 0) + (is_high_contrast ? 2 : 0)];
}

/**
 * be_palette_get_default:
 *
 * Returns: the palette for what libadwaita's style manager says now
 */
const BePalette *
be_palette_get_default (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  return be_palette_get (adw_style_manager_get_dark (manager),
                         adw_style_manager_get_high_contrast (manager));
}

/**
 * be_palette_get_ink:
 * @self: a palette
 * @connection: a connection's number from 0
 *
 * Returns: its colours; they repeat after the fourth
 */
const BeInk *
be_palette_get_ink (const BePalette *self,
                    guint32          connection)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->connections[connection % BE_PALETTE_N_CONNECTIONS];
}
