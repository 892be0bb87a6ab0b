/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-ladder-picture-private.h"

#include "be-event-text.h"
#include "be-magnification.h"
#include "be-row-drawing.h"
#include "be-row-rhythm.h"

#include <math.h>

/* The interface font that the grid was drawn for: 11 points at 96 dpi. */
#define GRID_FONT_PIXELS (11.0 * 96.0 / 72.0)

/* Enough of each script to find its font. */
#define MAX_SAMPLE_BYTES 4096u

/**
 * BeLadderPicture:
 *
 * The whole ladder that a filter shows, drawn by what draws it on the screen,
 * but for itself: no widget, light colours, the usual size. It is made step by
 * step on the main thread; when it is finished it changes no more, and any one
 * thread may put it on paper.
 *
 * Owns a copy of the rows until they are drawn, and then what was drawn. It
 * ends when it is on paper.
 */
G_DEFINE_FINAL_TYPE (BeLadderPicture, be_ladder_picture, G_TYPE_OBJECT)

static void
clear_row (BeLadderRow *row)
{
  g_clear_pointer (&row->node, gsk_render_node_unref);
}

static void
clear_sheet (BeLadderSheet *sheet)
{
  g_clear_pointer (&sheet->heading, gsk_render_node_unref);
  g_clear_pointer (&sheet->footing, gsk_render_node_unref);
  g_clear_pointer (&sheet->lane, gsk_render_node_unref);
  g_clear_pointer (&sheet->arrows, g_ptr_array_unref);
}

/* The fonts are the picture's own, because another thread will draw with them.
 * What is measured must not depend on the pixels of a screen. */
static PangoContext *
make_context (void)
{
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  PangoContext         *context = pango_font_map_create_context (map);
  PangoFontDescription *font = NULL;
  cairo_font_options_t *options = cairo_font_options_create ();
  GtkSettings          *settings = gtk_settings_get_default ();
  g_autofree char      *name = NULL;

  if (settings != NULL)
    g_object_get (settings, "gtk-font-name", &name, NULL);
  font = pango_font_description_from_string (name != NULL ? name : "Sans");
  pango_font_description_set_absolute_size (font, GRID_FONT_PIXELS * PANGO_SCALE);
  pango_context_set_font_description (context, font);
  pango_font_description_free (font);

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_get_default ());
  cairo_font_options_destroy (options);

  return context;
}

/* At the size that the conversation usually has, whatever the window shows. */
static void
make_setting (BeLadderPicture *self)
{
  double   factor = be_magnification_get_factor ();
  gboolean is_projected = be_magnification_is_projected ();

  be_magnification_set (1, FALSE);
  self->setting.lettering = be_lettering_new (self->context);
  self->setting.width = BE_LADDER_WIDTH;
  self->setting.geometry = be_wire_geometry_for_width (BE_LADDER_WIDTH);
  self->setting.journal = self->excerpt->journal;
  self->setting.start = self->excerpt->start;
  be_magnification_set (factor, is_projected);
}

/* Each character once, in the order in which they first appear. */
static void
collect_characters (GHashTable *known,
                    GString    *all,
                    const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (all->len < MAX_SAMPLE_BYTES && g_hash_table_add (known, GUINT_TO_POINTER (g_utf8_get_char (at))))
      g_string_append_len (all, at, g_utf8_next_char (at) - at);
}

/*
 * Rows
 */

static void
add_row (BeLadderPicture *self,
         guint            number)
{
  const BeLadderExcerptRow *copy = be_ladder_excerpt_get (self->excerpt, number);
  const BeEventRecord      *before = number > 0 ? be_ladder_excerpt_get (self->excerpt, number - 1)->record : NULL;
  GtkSnapshot              *snapshot = gtk_snapshot_new ();
  BeRowContent              content = { 0 };
  BeRowPlacement            placement;
  BeLadderRow               row;

  be_row_content_fill (&content, &self->setting, before, copy->record);
  content.is_hollow = copy->is_hollow;
  if (copy->detail != NULL)
    {
      g_clear_object (&content.pieces[BE_PIECE_DETAIL]);
      content.pieces[BE_PIECE_DETAIL] = be_lettering_make (self->setting.lettering, be_row_content_get_font (BE_PIECE_DETAIL),
                                                           copy->detail);
    }
  be_row_placement_compute (&placement, &content, &self->setting);
  be_row_drawing_snapshot (snapshot, self->palette, self->setting.lettering, &content, &placement, BE_ROW_PLAIN);
  be_row_content_clear (&content);

  row.node = gtk_snapshot_free_to_node (snapshot);
  row.middle = self->bottom + round (be_row_rhythm_get_advance (before, copy->record, FALSE) * placement.scale);
  row.top = row.middle - placement.centre;
  row.bottom = row.top + placement.height;
  self->bottom = row.middle + placement.height - 2 * placement.centre;
  g_array_append_val (self->rows, row);
}

/*
 * Step by step
 */

static void
begin_step (BeLadderPicture *self,
            BeLadderStep     step)
{
  self->step = step;
  self->next = 0;
}

/* What a thread gets has nothing that the main thread might use meanwhile. */
static void
finish (BeLadderPicture *self)
{
  begin_step (self, BE_LADDER_STEP_END);
  self->n_drawn = self->rows->len - self->n_undrawn;
  self->n_left_out = self->n_undrawn + self->excerpt->n_left_out;
  g_clear_pointer (&self->excerpt, be_ladder_excerpt_free);
  self->setting.journal = NULL;
  g_clear_object (&self->setting.lettering);
}

static void
do_step (BeLadderPicture *self)
{
  switch (self->step)
    {
    case BE_LADDER_STEP_ROWS:
      if (self->heading.setting == NULL)
        be_ladder_heading_init (&self->heading, self->excerpt, self->palette, &self->setting, self->context);
      else if (self->next < self->excerpt->rows->len)
        add_row (self, self->next++);
      else
        begin_step (self, BE_LADDER_STEP_SHEETS);
      break;
    case BE_LADDER_STEP_SHEETS:
      be_ladder_picture_make_sheets (self);
      begin_step (self, BE_LADDER_STEP_ARROWS);
      break;
    case BE_LADDER_STEP_ARROWS:
      if (be_ladder_picture_work_on_sheets (self))
        finish (self);
      break;
    case BE_LADDER_STEP_END:
    default:
      break;
    }
}

/*
 * GObject
 */

static void
be_ladder_picture_finalize (GObject *object)
{
  BeLadderPicture *self = BE_LADDER_PICTURE (object);

  be_ladder_heading_clear (&self->heading);
  g_clear_object (&self->setting.lettering);
  g_clear_pointer (&self->excerpt, be_ladder_excerpt_free);
  g_clear_object (&self->context);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->sheets, g_array_unref);

  G_OBJECT_CLASS (be_ladder_picture_parent_class)->finalize (object);
}

static void
be_ladder_picture_class_init (BeLadderPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = be_ladder_picture_finalize;
}

static void
be_ladder_picture_init (BeLadderPicture *self)
{
  self->palette = be_palette_get (FALSE, FALSE);
  self->rows = g_array_new (FALSE, FALSE, sizeof (BeLadderRow));
  g_array_set_clear_func (self->rows, (GDestroyNotify) clear_row);
  self->sheets = g_array_new (FALSE, FALSE, sizeof (BeLadderSheet));
  g_array_set_clear_func (self->sheets, (GDestroyNotify) clear_sheet);
}

/**
 * be_ladder_picture_new:
 * @filter: the rows; how they are now is copied
 * @format: what the picture is for
 *
 * Returns: (transfer full): a picture that is not drawn yet
 */
BeLadderPicture *
be_ladder_picture_new (BeJournalFilter *filter,
                       BeLadderFormat   format)
{
  BeLadderPicture *self;

  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (filter), NULL);

  self = g_object_new (BE_TYPE_LADDER_PICTURE, NULL);
  self->format = format;
  self->excerpt = be_ladder_excerpt_new (filter, BE_LADDER_MAX_ROWS);
  self->context = make_context ();
  make_setting (self);

  return self;
}

/**
 * be_ladder_picture_load_fonts:
 * @self: a picture that nobody has worked on yet
 *
 * Looks for the fonts of what the rows say, which takes longer than a frame
 * when a text needs several. Nothing else but time is saved: any one thread may
 * do this, before the first step.
 */
void
be_ladder_picture_load_fonts (BeLadderPicture *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  g_return_if_fail (BE_IS_LADDER_PICTURE (self));

  for (guint i = 0; i < self->excerpt->rows->len; i++)
    {
      g_autofree char *sentence = be_event_text_sentence (be_ladder_excerpt_get (self->excerpt, i)->record);

      collect_characters (known, all, sentence);
    }

  for (guint font = 0; font < BE_LETTERING_N_FONTS; font++)
    {
      g_autoptr (PangoLayout) layout = be_lettering_make (self->setting.lettering, (BeFont) font, all->str);

      be_lettering_get_top (self->setting.lettering, layout, (BeFont) font, 0);
    }
}

/**
 * be_ladder_picture_work:
 * @self: a picture
 * @deadline: when to stop, g_get_monotonic_time (), µs
 *
 * Goes on drawing, on the main thread; at least one step. Meanwhile the
 * conversation is as large as it usually is, whatever the window shows.
 *
 * Returns: whether the picture is finished
 */
gboolean
be_ladder_picture_work (BeLadderPicture *self,
                        gint64           deadline)
{
  double   factor = be_magnification_get_factor ();
  gboolean is_projected = be_magnification_is_projected ();

  g_return_val_if_fail (BE_IS_LADDER_PICTURE (self), TRUE);

  be_magnification_set (1, FALSE);
  do
    do_step (self);
  while (self->step != BE_LADDER_STEP_END && g_get_monotonic_time () < deadline);
  be_magnification_set (factor, is_projected);

  return self->step == BE_LADDER_STEP_END;
}

/**
 * be_ladder_picture_forget_drawing:
 * @self: a picture that is on paper
 *
 * Leaves nothing of it but its numbers. Of a long one this takes longer than a
 * frame: the thread that put it on paper does it.
 */
void
be_ladder_picture_forget_drawing (BeLadderPicture *self)
{
  g_return_if_fail (BE_IS_LADDER_PICTURE (self));

  g_array_set_size (self->sheets, 0);
  g_array_set_size (self->rows, 0);
}

BeLadderFormat
be_ladder_picture_get_format (BeLadderPicture *self)
{
  g_return_val_if_fail (BE_IS_LADDER_PICTURE (self), BE_LADDER_SVG);

  return self->format;
}

/**
 * be_ladder_picture_get_title:
 *
 * Returns: what it is a picture of
 */
const char *
be_ladder_picture_get_title (BeLadderPicture *self)
{
  g_return_val_if_fail (BE_IS_LADDER_PICTURE (self), "");

  return self->heading.title;
}

/**
 * be_ladder_picture_get_n_rows:
 *
 * Returns: how many rows the finished picture shows
 */
guint
be_ladder_picture_get_n_rows (BeLadderPicture *self)
{
  g_return_val_if_fail (BE_IS_LADDER_PICTURE (self), 0);

  return self->n_drawn;
}

/**
 * be_ladder_picture_get_n_left_out:
 *
 * Returns: how many older rows the finished picture does not show
 */
guint
be_ladder_picture_get_n_left_out (BeLadderPicture *self)
{
  g_return_val_if_fail (BE_IS_LADDER_PICTURE (self), 0);

  return self->n_left_out;
}

guint
be_ladder_picture_get_n_sheets (BeLadderPicture *self)
{
  g_return_val_if_fail (BE_IS_LADDER_PICTURE (self), 0);

  return self->sheets->len;
}

const BeLadderSheet *
be_ladder_picture_get_sheet (BeLadderPicture *self,
                             guint            sheet)
{
  g_return_val_if_fail (BE_IS_LADDER_PICTURE (self), NULL);
  g_return_val_if_fail (sheet < self->sheets->len, NULL);

  return &g_array_index (self->sheets, BeLadderSheet, sheet);
}

const BeLadderRow *
be_ladder_picture_get_row (BeLadderPicture *self,
                           guint            row)
{
  g_return_val_if_fail (BE_IS_LADDER_PICTURE (self), NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  return &g_array_index (self->rows, BeLadderRow, row);
}
