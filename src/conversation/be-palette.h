/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_PALETTE_N_CONNECTIONS 4

typedef enum
{
  BE_CHIP_OPEN,
  BE_CHIP_CHANGING,
  BE_CHIP_CLOSED,
  BE_CHIP_FAILED,
} BeChipKind;

#define BE_PALETTE_N_CHIPS (BE_CHIP_FAILED + 1)

/**
 * BeInk:
 *
 * The colours of one connection, or of one kind of chip (tint only): each text
 * colour is at least 5.4:1 on its ground.
 */
typedef struct
{
  GdkRGBA strong;
  GdkRGBA on_strong;
  GdkRGBA tint;
  GdkRGBA on_tint;
} BeInk;

/**
 * BePalette:
 *
 * Every colour of the conversation. Four exist, light and dark, each also in
 * high contrast; they are made once and live as long as the program.
 */
typedef struct
{
  gboolean is_dark;
  gboolean is_high_contrast;

  GdkRGBA list;
  GdkRGBA lane;
  GdkRGBA text;
  GdkRGBA small_text;
  GdkRGBA lifeline;
  GdkRGBA inferred;
  GdkRGBA error;
  GdkRGBA selection;
  float   border_width; /* of a received bubble */

  BeInk connections[BE_PALETTE_N_CONNECTIONS];
  BeInk chips[BE_PALETTE_N_CHIPS];
} BePalette;

const BePalette *be_palette_get (gboolean is_dark,
                                 gboolean is_high_contrast);
const BePalette *be_palette_get_default (void);
const BeInk     *be_palette_get_ink (const BePalette *self,
                                     guint32          connection);
GdkRGBA          be_palette_mix (const GdkRGBA *a,
                                 const GdkRGBA *b,
                                 float          share_of_b);

G_END_DECLS
