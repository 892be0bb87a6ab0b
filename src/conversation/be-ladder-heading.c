/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-ladder-heading.h"

#include "be-legend-drawing.h"

#include <glib/gi18n-lib.h>

/* On the grid of the interface font. */
#define MARGIN 18.0
#define TITLE_HEIGHT 40.0
#define TITLE_MIDDLE 26.0
#define NOTE_HEIGHT 22.0
#define ENDS_HEIGHT 50.0
#define SIDE_MIDDLE 15.0
#define END_MIDDLE 36.0
#define FROM_LIFELINE 24.0
#define FOOTING_MIDDLE 10.0

#define DATE_FORMAT "%Y-%m-%d %H:%M"
#define TIME_FORMAT "%Y-%m-%d %H:%M:%S"

/* Where a text stands; several in one line share its height. */
typedef enum
{
  FROM_LEFT,
  FROM_RIGHT,
} Alignment;

static void
append_text (BeLadderHeading *self,
             GtkSnapshot     *snapshot,
             BeFont           font,
             const char      *text,
             Alignment        alignment,
             double           x,
             double           y,
             double           room,
             const GdkRGBA   *colour)
{
  g_autoptr (PangoLayout) layout = be_lettering_make (self->setting->lettering, font, text);

  if (be_lettering_get_width (layout) > room)
    {
      pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  if (alignment == FROM_RIGHT)
    x -= be_lettering_get_width (layout);
  be_lettering_snapshot (self->setting->lettering, snapshot, layout, font, x, y, colour);
}

/* The clock of the rows counts from a moment of this computer's own clock. */
static char *
dup_when (gint64 start)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) zero = g_date_time_add (now, start - g_get_monotonic_time ());
  g_autofree char *now_text = g_date_time_format (now, DATE_FORMAT);
  g_autofree char *zero_text = g_date_time_format (zero, TIME_FORMAT);

  /* TRANSLATORS: below a picture of a conversation: the name of this program
   * stands before it; when the picture was made, and when the clock of its rows
   * began, both local time */
  return g_strdup_printf (_ ("Both Ends, %s. Times count from %s."), now_text, zero_text);
}

/* On the screen a style does that. The lettering has a context of its own. */
static void
make_legend_small (BeLadderHeading *self)
{
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (self->context));

  pango_font_description_set_absolute_size (font, be_lettering_get_size (self->setting->lettering, BE_FONT_SMALL) * PANGO_SCALE);
  pango_context_set_font_description (self->context, font);
  pango_font_description_free (font);
}

void
be_ladder_heading_init (BeLadderHeading    *self,
                        BeLadderExcerpt    *excerpt,
                        const BePalette    *palette,
                        const BeRowSetting *setting,
                        PangoContext       *context)
{
  g_autoptr (BeLadderEnds) ends = NULL;
  g_autofree char *protocols = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (excerpt != NULL);
  g_return_if_fail (setting != NULL);

  ends = be_ladder_excerpt_find_ends (excerpt);
  protocols = be_ladder_excerpt_dup_protocols (excerpt);

  *self = (BeLadderHeading){ .palette = palette, .setting = setting };
  self->context = g_object_ref (context);
  make_legend_small (self);
  self->ends[BE_SIDE_SERVER] = be_ladder_ends_dup_server (ends);
  self->ends[BE_SIDE_CLIENT] = be_ladder_ends_dup_clients (ends);
  /* TRANSLATORS: %s is TCP or UDP, or "TCP, UDP" */
  self->title = g_strdup_printf (_ ("Conversation over %s"), protocols);
  self->when = dup_when (excerpt->start);
  be_ladder_heading_set_n_left_out (self, excerpt->n_left_out);
}

void
be_ladder_heading_clear (BeLadderHeading *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->context);
  g_clear_pointer (&self->ends[BE_SIDE_SERVER], g_free);
  g_clear_pointer (&self->ends[BE_SIDE_CLIENT], g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->when, g_free);
  g_clear_pointer (&self->note, g_free);
}

/**
 * be_ladder_heading_set_n_left_out:
 * @n_left_out: how many rows there are above those of the picture
 */
void
be_ladder_heading_set_n_left_out (BeLadderHeading *self,
                                  guint            n_left_out)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->note, g_free);
  if (n_left_out > 0)
    self->note = g_strdup_printf (ngettext ("%'u older row is left out.", "%'u older rows are left out.", n_left_out),
                                  n_left_out);
}

/**
 * be_ladder_heading_get_height:
 * @has_title: whether it is that of the first page
 *
 * Returns: how much is needed above the rows, in pixels
 */
double
be_ladder_heading_get_height (BeLadderHeading *self,
                              gboolean         has_title)
{
  double height = ENDS_HEIGHT;

  g_return_val_if_fail (self != NULL, 0);

  if (has_title)
    height += TITLE_HEIGHT + (self->note != NULL ? NOTE_HEIGHT : 0);

  return height;
}

static void
append_title (BeLadderHeading *self,
              GtkSnapshot     *snapshot)
{
  double room = self->setting->width - 2 * MARGIN;

  append_text (self, snapshot, BE_FONT_TITLE, self->title, FROM_LEFT, MARGIN, TITLE_MIDDLE, room / 2,
               &self->palette->text);
  append_text (self, snapshot, BE_FONT_SMALL, self->when, FROM_RIGHT, self->setting->width - MARGIN, TITLE_MIDDLE,
               room / 2, &self->palette->small_text);
  if (self->note != NULL)
    append_text (self, snapshot, BE_FONT_SMALL, self->note, FROM_LEFT, MARGIN, TITLE_HEIGHT + NOTE_HEIGHT / 2, room,
                 &self->palette->small_text);
}

static void
append_ends (BeLadderHeading *self,
             GtkSnapshot     *snapshot)
{
  const BeWireGeometry *geometry = &self->setting->geometry;
  const double          server_x = geometry->server_x - FROM_LIFELINE;
  const double          client_x = geometry->client_x + FROM_LIFELINE;
  const double          room = server_x - MARGIN;
  BeLegendDrawing       legend;

  append_text (self, snapshot, BE_FONT_TITLE, C_ ("speaker", "Server"), FROM_RIGHT, server_x, SIDE_MIDDLE, room,
               &self->palette->text);
  append_text (self, snapshot, BE_FONT_CODE, self->ends[BE_SIDE_SERVER], FROM_RIGHT, server_x, END_MIDDLE, room,
               &self->palette->text);
  append_text (self, snapshot, BE_FONT_TITLE, C_ ("speaker", "Client"), FROM_LEFT, client_x, SIDE_MIDDLE, room,
               &self->palette->text);
  append_text (self, snapshot, BE_FONT_CODE, self->ends[BE_SIDE_CLIENT], FROM_LEFT, client_x, END_MIDDLE, room,
               &self->palette->text);

  be_legend_drawing_init (&legend, self->context, 1, BE_LEGEND_LINE);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) (END_MIDDLE - legend.height / 2)));
  be_legend_drawing_snapshot (&legend, snapshot, self->palette, (self->setting->width - legend.width) / 2);
  gtk_snapshot_restore (snapshot);
  be_legend_drawing_clear (&legend);
}

/**
 * be_ladder_heading_draw:
 * @has_title: whether it is that of the first page; the others name the two
 *   ends only
 *
 * Returns: (transfer full): what stands above the rows
 */
GskRenderNode *
be_ladder_heading_draw (BeLadderHeading *self,
                        gboolean         has_title)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  if (has_title)
    {
      append_title (self, snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) (be_ladder_heading_get_height (self, TRUE) - ENDS_HEIGHT)));
    }
  append_ends (self, snapshot);

  return gtk_snapshot_free_to_node (snapshot);
}

/**
 * be_ladder_heading_draw_footing:
 * @page: counts from 1
 * @n_pages: how many there are
 *
 * Returns: (transfer full): what stands below the rows of a page
 */
GskRenderNode *
be_ladder_heading_draw_footing (BeLadderHeading *self,
                                guint            page,
                                guint            n_pages)
{
  GtkSnapshot     *snapshot = gtk_snapshot_new ();
  double           room = self->setting->width / 2.0 - MARGIN;
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page, n_pages);

  append_text (self, snapshot, BE_FONT_SMALL, self->title, FROM_LEFT, MARGIN, FOOTING_MIDDLE, room,
               &self->palette->small_text);
  append_text (self, snapshot, BE_FONT_SMALL, number, FROM_RIGHT, self->setting->width - MARGIN, FOOTING_MIDDLE, room,
               &self->palette->small_text);

  return gtk_snapshot_free_to_node (snapshot);
}
