/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  BE_FONT_PAYLOAD, /* what bubbles say, in equal widths */
  BE_FONT_CALL,    /* names of calls, in equal widths */
  BE_FONT_CODE,    /* a call with its outcome, in equal widths */
  BE_FONT_SMALL,
  BE_FONT_TIME,
  BE_FONT_CHIP,
  BE_FONT_LETTER,
  BE_FONT_BODY,
  BE_FONT_TITLE,
  BE_FONT_NUMBER, /* of a step in the guide */
} BeFont;

#define BE_LETTERING_N_FONTS (BE_FONT_NUMBER + 1)

#define BE_TYPE_LETTERING (be_lettering_get_type ())
G_DECLARE_FINAL_TYPE (BeLettering, be_lettering, BE, LETTERING, GObject)

BeLettering *be_lettering_new (PangoContext *context);
gboolean     be_lettering_is_current (BeLettering *self);
double       be_lettering_get_scale (BeLettering *self);
double       be_lettering_get_size (BeLettering *self,
                                    BeFont       font);
PangoLayout *be_lettering_make (BeLettering *self,
                                BeFont       font,
                                const char  *text);
PangoLayout *be_lettering_share (BeLettering *self,
                                 BeFont       font,
                                 const char  *text);
double       be_lettering_get_top (BeLettering *self,
                                   PangoLayout *layout,
                                   BeFont       font,
                                   double       centre);
void         be_lettering_snapshot (BeLettering   *self,
                                    GtkSnapshot   *snapshot,
                                    PangoLayout   *layout,
                                    BeFont         font,
                                    double         x,
                                    double         centre,
                                    const GdkRGBA *colour);
double       be_lettering_get_width (PangoLayout *layout);

G_END_DECLS
