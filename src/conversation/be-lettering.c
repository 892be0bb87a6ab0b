/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-lettering.h"

#include "be-magnification.h"

#include <math.h>

/* Enough for what repeats on one screen: names, states, sizes. */
#define MAX_SHARED 512

/* The interface font that the grid was drawn for: 11 points at 96 dpi. */
#define GRID_FONT_PIXELS (11.0 * 96.0 / 72.0)

/* Half the height of a capital, as a share of the font's size: text is centred
 * by its capitals, because fonts disagree about the height of a line. */
#define HALF_CAPITAL 0.355

/* Fonts in which a Chinese character is exactly twice as wide as a letter. */
#define EQUAL_WIDTH_FAMILIES "Noto Sans Mono CJK SC,Sarasa Mono SC,monospace"

typedef struct
{
  double      pixels; /* on the grid */
  PangoWeight weight;
  gboolean    is_equal_width;
} FontRule;

static const FontRule rules[BE_LETTERING_N_FONTS] = {
  [BE_FONT_PAYLOAD] = { 15, PANGO_WEIGHT_NORMAL, TRUE },
  [BE_FONT_CALL] = { 13, PANGO_WEIGHT_BOLD, TRUE },
  [BE_FONT_CODE] = { 12.5, PANGO_WEIGHT_NORMAL, TRUE },
  [BE_FONT_SMALL] = { 12.5, PANGO_WEIGHT_NORMAL, FALSE },
  [BE_FONT_TIME] = { 11.5, PANGO_WEIGHT_NORMAL, FALSE },
  [BE_FONT_CHIP] = { 10.5, PANGO_WEIGHT_BOLD, FALSE },
  [BE_FONT_LETTER] = { 12.5, PANGO_WEIGHT_BOLD, FALSE },
  [BE_FONT_BODY] = { 14, PANGO_WEIGHT_NORMAL, FALSE },
  [BE_FONT_TITLE] = { 16.5, PANGO_WEIGHT_BOLD, FALSE },
  [BE_FONT_NUMBER] = { 22, PANGO_WEIGHT_BOLD, FALSE },
};

/* For a whole room, what is said is larger than what is said about it. */
static const double projected_pixels[BE_LETTERING_N_FONTS] = {
  [BE_FONT_PAYLOAD] = 20,
  [BE_FONT_CALL] = 15,
  [BE_FONT_CODE] = 14,
  [BE_FONT_SMALL] = 13,
  [BE_FONT_TIME] = 12,
  [BE_FONT_CHIP] = 12.5,
  [BE_FONT_LETTER] = 13,
  [BE_FONT_BODY] = 14,
  [BE_FONT_TITLE] = 16.5,
  [BE_FONT_NUMBER] = 22,
};

/**
 * BeLettering:
 *
 * The fonts of the conversation at one size, and short texts that were shaped
 * already.
 *
 * Owns a copy of the context of the widget that made it, and shaped layouts of
 * texts that come again and again. It ends when that context changes: see
 * be_lettering_is_current().
 */
struct _BeLettering
{
  GObject parent_instance;

  PangoContext *widget_context;
  guint         serial;
  PangoContext *context;

  double                scale;
  gboolean              is_projected;
  PangoFontDescription *fonts[BE_LETTERING_N_FONTS];
  PangoAttrList        *figures;

  GHashTable *shared[BE_LETTERING_N_FONTS];
};

G_DEFINE_FINAL_TYPE (BeLettering, be_lettering, G_TYPE_OBJECT)

static double
measure_interface_font (PangoContext *context)
{
  const PangoFontDescription *description = pango_context_get_font_description (context);
  double                      size;

  size = (double) pango_font_description_get_size (description) / PANGO_SCALE;
  if (!pango_font_description_get_size_is_absolute (description))
    size *= 96.0 / 72.0;

  return size > 0 ? size : GRID_FONT_PIXELS;
}

/* Addresses, calls and bytes read from left to right in every language; text
 * that has a direction of its own keeps it. */
static PangoContext *
copy_from_left_to_right (PangoContext *context)
{
  PangoContext *copy = pango_font_map_create_context (pango_context_get_font_map (context));

  pango_context_set_font_description (copy, pango_context_get_font_description (context));
  pango_context_set_language (copy, pango_context_get_language (context));
  pango_context_set_round_glyph_positions (copy, pango_context_get_round_glyph_positions (context));
  pango_cairo_context_set_resolution (copy, pango_cairo_context_get_resolution (context));
  pango_cairo_context_set_font_options (copy, pango_cairo_context_get_font_options (context));
  pango_context_set_base_dir (copy, PANGO_DIRECTION_LTR);

  return copy;
}

static double
get_grid_pixels (BeLettering *self,
                 guint        font)
{
  return self->is_projected ? projected_pixels[font] : rules[font].pixels;
}

static void
make_fonts (BeLettering *self)
{
  const PangoFontDescription *interface_font;

  interface_font = pango_context_get_font_description (self->context);
  self->scale = measure_interface_font (self->context) / GRID_FONT_PIXELS;
  self->is_projected = be_magnification_is_projected ();

  for (guint i = 0; i < BE_LETTERING_N_FONTS; i++)
    {
      PangoFontDescription *font = pango_font_description_copy (interface_font);

      if (rules[i].is_equal_width)
        pango_font_description_set_family (font, EQUAL_WIDTH_FAMILIES);
      pango_font_description_set_weight (font, rules[i].weight);
      pango_font_description_set_absolute_size (font, get_grid_pixels (self, i) * self->scale * PANGO_SCALE);

      self->fonts[i] = font;
    }
}

/*
 * GObject
 */

static void
be_lettering_finalize (GObject *object)
{
  BeLettering *self = BE_LETTERING (object);

  for (guint i = 0; i < BE_LETTERING_N_FONTS; i++)
    {
      g_clear_pointer (&self->fonts[i], pango_font_description_free);
      g_clear_pointer (&self->shared[i], g_hash_table_unref);
    }
  g_clear_pointer (&self->figures, pango_attr_list_unref);
  g_clear_object (&self->context);
  g_clear_object (&self->widget_context);

  G_OBJECT_CLASS (be_lettering_parent_class)->finalize (object);
}

static void
be_lettering_class_init (BeLetteringClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = be_lettering_finalize;
}

static void
be_lettering_init (BeLettering *self)
{
  for (guint i = 0; i < BE_LETTERING_N_FONTS; i++)
    self->shared[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  self->figures = pango_attr_list_new ();
  pango_attr_list_insert (self->figures, pango_attr_font_features_new ("tnum=1"));
}

/**
 * be_lettering_new:
 * @context: a widget's Pango context
 *
 * Returns: (transfer full): lettering for the context as it is now
 */
BeLettering *
be_lettering_new (PangoContext *context)
{
  BeLettering *self;

  g_return_val_if_fail (PANGO_IS_CONTEXT (context), NULL);

  self = g_object_new (BE_TYPE_LETTERING, NULL);
  self->widget_context = g_object_ref (context);
  self->serial = pango_context_get_serial (context);
  self->context = copy_from_left_to_right (context);
  make_fonts (self);

  return self;
}

/**
 * be_lettering_is_current:
 * @self: lettering
 *
 * Returns: whether the font, the language, the resolution and the reader, one
 *   or a whole room, are still those that it was made for
 */
gboolean
be_lettering_is_current (BeLettering *self)
{
  g_return_val_if_fail (BE_IS_LETTERING (self), FALSE);

  return pango_context_get_serial (self->widget_context) == self->serial &&
         self->is_projected == be_magnification_is_projected ();
}

/**
 * be_lettering_get_scale:
 * @self: lettering
 *
 * Returns: by what all lengths of the grid are multiplied, so that they keep
 *   up with the font
 */
double
be_lettering_get_scale (BeLettering *self)
{
  g_return_val_if_fail (BE_IS_LETTERING (self), 1);

  return self->scale;
}

/**
 * be_lettering_get_size:
 * @self: lettering
 * @font: a font
 *
 * Returns: its size in pixels
 */
double
be_lettering_get_size (BeLettering *self,
                       BeFont       font)
{
  g_return_val_if_fail (BE_IS_LETTERING (self), 1);

  return get_grid_pixels (self, font) * self->scale;
}

/**
 * be_lettering_make:
 * @self: lettering
 * @font: a font
 * @text: a text, which is never read as markup
 *
 * Returns: (transfer full): a layout of its own, to be changed as one likes
 */
PangoLayout *
be_lettering_make (BeLettering *self,
                   BeFont       font,
                   const char  *text)
{
  g_autoptr (PangoLayout) layout = NULL;

  g_return_val_if_fail (BE_IS_LETTERING (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  layout = pango_layout_new (self->context);
  pango_layout_set_font_description (layout, self->fonts[font]);
  pango_layout_set_attributes (layout, self->figures);
  pango_layout_set_text (layout, text, -1);

  return g_steal_pointer (&layout);
}

/**
 * be_lettering_share:
 * @self: lettering
 * @font: a font
 * @text: a short text that is likely to come again
 *
 * Returns: (transfer full): a layout that others use too, not to be changed
 */
PangoLayout *
be_lettering_share (BeLettering *self,
                    BeFont       font,
                    const char  *text)
{
  PangoLayout *layout;

  g_return_val_if_fail (BE_IS_LETTERING (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  layout = g_hash_table_lookup (self->shared[font], text);
  if (layout != NULL)
    return g_object_ref (layout);

  if (g_hash_table_size (self->shared[font]) >= MAX_SHARED)
    g_hash_table_remove_all (self->shared[font]);

  layout = be_lettering_make (self, font, text);
  g_hash_table_insert (self->shared[font], g_strdup (text), g_object_ref (layout));

  return layout;
}

/**
 * be_lettering_get_top:
 * @self: lettering
 * @layout: a layout that was made in @font
 * @font: its font
 * @centre: the height at which the middle of its first line's capitals stands
 *
 * Returns: where the layout begins
 */
double
be_lettering_get_top (BeLettering *self,
                      PangoLayout *layout,
                      BeFont       font,
                      double       centre)
{
  double baseline;

  g_return_val_if_fail (BE_IS_LETTERING (self), 0);

  baseline = round (centre + be_lettering_get_size (self, font) * HALF_CAPITAL);

  return baseline - (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
}

/**
 * be_lettering_snapshot:
 * @self: lettering
 * @snapshot: where to draw
 * @layout: a layout that was made in @font
 * @font: its font
 * @x: its left edge
 * @centre: the height at which the middle of its first line's capitals stands
 * @colour: its colour
 */
void
be_lettering_snapshot (BeLettering   *self,
                       GtkSnapshot   *snapshot,
                       PangoLayout   *layout,
                       BeFont         font,
                       double         x,
                       double         centre,
                       const GdkRGBA *colour)
{
  double top;

  g_return_if_fail (BE_IS_LETTERING (self));
  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));

  top = be_lettering_get_top (self, layout, font, centre);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x), (float) top));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/**
 * be_lettering_get_width:
 * @layout: (nullable): a layout
 *
 * Returns: its width in pixels, 0 for none
 */
double
be_lettering_get_width (PangoLayout *layout)
{
  int width = 0;

  if (layout == NULL)
    return 0;

  pango_layout_get_size (layout, &width, NULL);

  return ceil ((double) width / PANGO_SCALE);
}
