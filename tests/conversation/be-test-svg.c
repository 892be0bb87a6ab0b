/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-svg.h"

#include <math.h>
#include <string.h>

static void
start_element_cb (GMarkupParseContext *context,
                  const char          *element,
                  const char         **names,
                  const char         **values,
                  gpointer             user_data,
                  GError             **error)
{
  BeTestSvg  *svg = user_data;
  const char *shape = "";
  g_autoptr (GString) style = g_string_new (NULL);

  /* Cairo 1.16 has one attribute for all of it, later releases one for each. */
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "d"))
        shape = values[i];
      if (!g_str_equal (names[i], "style"))
        g_string_append_printf (style, "%s:", names[i]);
      g_string_append_printf (style, "%s;", values[i]);
    }
  g_string_replace (style, " ", "", 0);

  if (g_str_equal (element, "path"))
    {
      g_ptr_array_add (svg->paths, g_strdup (style->str));
      g_ptr_array_add (svg->shapes, g_strdup (shape));
    }
  else if (g_str_equal (element, "image"))
    svg->n_images++;
  else if (g_str_equal (element, "use") && strstr (style->str, "glyph") != NULL)
    svg->n_glyphs++;
}

/**
 * be_test_svg_new:
 * @bytes: an SVG file, which must be one
 *
 * Returns: (transfer full): what is in it
 */
BeTestSvg *
be_test_svg_new (GBytes *bytes)
{
  const GMarkupParser parser = { .start_element = start_element_cb };
  BeTestSvg          *svg = g_new0 (BeTestSvg, 1);
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError) error = NULL;
  gsize       size;
  const char *text = g_bytes_get_data (bytes, &size);

  svg->paths = g_ptr_array_new_with_free_func (g_free);
  svg->shapes = g_ptr_array_new_with_free_func (g_free);
  context = g_markup_parse_context_new (&parser, 0, svg, NULL);
  g_markup_parse_context_parse (context, text, (gssize) size, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);

  return svg;
}

void
be_test_svg_free (BeTestSvg *svg)
{
  g_ptr_array_unref (svg->paths);
  g_ptr_array_unref (svg->shapes);
  g_free (svg);
}

/* The colour as cairo writes it, in percent, which it rounds in its own way. */
static gboolean
has_stroke (const char    *style,
            double         width,
            const GdkRGBA *colour)
{
  const double shares[] = { (double) colour->red, (double) colour->green, (double) colour->blue };
  const char  *at = strstr (style, "stroke-width:");

  if (at == NULL || fabs (g_ascii_strtod (at + strlen ("stroke-width:"), NULL) - width) > 0.01)
    return FALSE;

  at = strstr (style, "stroke:rgb(");
  if (at == NULL)
    return FALSE;

  at += strlen ("stroke:rgb(");
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      char *end = NULL;

      if (fabs (g_ascii_strtod (at, &end) - 100 * shares[i]) > 0.1)
        return FALSE;
      at = end + strlen ("%,");
    }

  return TRUE;
}

/**
 * be_test_svg_is_line:
 * @path: which of the paths
 *
 * Returns: whether it is drawn with this width and colour
 */
gboolean
be_test_svg_is_line (BeTestSvg     *svg,
                     guint          path,
                     double         width,
                     const GdkRGBA *colour)
{
  return has_stroke (g_ptr_array_index (svg->paths, path), width, colour);
}

/**
 * be_test_svg_get_fall:
 * @path: which of the paths, of straight lines only
 *
 * Returns: how far it is from its highest point to its lowest
 */
double
be_test_svg_get_fall (BeTestSvg *svg,
                      guint      path)
{
  const char *at = g_ptr_array_index (svg->shapes, path);
  double      low = G_MAXDOUBLE;
  double      high = -G_MAXDOUBLE;

  while (*(at += strspn (at, " ")) != '\0')
    {
      char  *end = NULL;
      double y;

      g_assert_nonnull (strchr ("ML", *at));
      g_ascii_strtod (at + 1, &end);
      y = g_ascii_strtod (end, &end);
      low = MIN (low, y);
      high = MAX (high, y);
      at = end;
    }

  return high - low;
}

/**
 * be_test_svg_count_lines:
 *
 * Returns: how many paths are drawn with this width and colour
 */
guint
be_test_svg_count_lines (BeTestSvg     *svg,
                         double         width,
                         const GdkRGBA *colour)
{
  guint n = 0;

  for (guint i = 0; i < svg->paths->len; i++)
    n += be_test_svg_is_line (svg, i, width, colour) ? 1 : 0;

  return n;
}
