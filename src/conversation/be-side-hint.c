/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-side-hint.h"

#include <glib/gi18n-lib.h>

#define MARGIN 24
#define TITLE_TO_TEXT 30

static void
append_centred (GtkSnapshot        *snapshot,
                const BeRowSetting *setting,
                BeFont              font,
                const char         *text,
                double              left,
                double              width,
                double              y,
                const GdkRGBA      *colour)
{
  g_autoptr (PangoLayout) layout = be_lettering_make (setting->lettering, font, text);

  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  be_lettering_snapshot (setting->lettering, snapshot, layout, font,
                         left + (width - be_lettering_get_width (layout)) / 2, y, colour);
}

/**
 * be_side_hint_snapshot:
 * @snapshot: where to draw
 * @palette: the colours
 * @setting: what all rows share
 * @height: of the view
 * @bottom: of the rows in it
 * @has_side: (array fixed-size=2): which sides have rows
 *
 * Says on the empty half of a conversation that has rows on the other half
 * only, what will stand there: below the rows, for arrows of theirs may end
 * there with a word; nothing where they fill the view.
 */
void
be_side_hint_snapshot (GtkSnapshot        *snapshot,
                       const BePalette    *palette,
                       const BeRowSetting *setting,
                       int                 height,
                       double              bottom,
                       const gboolean     *has_side)
{
  const char *title;
  double      left = 0;
  double      width = setting->geometry.server_x;
  double      scale;
  double      margin;
  double      y;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (setting != NULL);

  scale = be_lettering_get_scale (setting->lettering);
  y = MAX (height * 0.44, bottom + TITLE_TO_TEXT * scale);
  if (has_side[BE_SIDE_SERVER] == has_side[BE_SIDE_CLIENT] || y + 2 * TITLE_TO_TEXT * scale > height)
    return;

  if (has_side[BE_SIDE_SERVER])
    {
      title = _ ("No calls of the client yet");
      left = setting->geometry.client_x;
      width = setting->width - left;
    }
  else
    {
      title = _ ("No calls of the server yet");
    }

  margin = MARGIN * scale;
  left += margin;
  width -= 2 * margin;
  append_centred (snapshot, setting, BE_FONT_TITLE, title, left, width, y, &palette->text);
  append_centred (snapshot, setting, BE_FONT_BODY, _ ("Every call that it makes appears here, as a row."),
                  left, width, y + TITLE_TO_TEXT * scale, &palette->small_text);
}
