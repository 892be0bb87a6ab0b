/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-conversation-test.h"
#include "be-ladder-printer.h"
#include "be-magnification.h"
#include "be-palette.h"
#include "be-test-svg.h"
#include "be-wire.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

typedef struct
{
  BeSample        *sample;
  BeJournalFilter *filter;
  GBytes          *bytes;
  guint            n_rows;
  guint            n_left_out;
  GError          *error;
  gboolean         is_done;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer max_events)
{
  fixture->sample = be_sample_new (GPOINTER_TO_UINT (max_events));
  fixture->filter = be_journal_filter_new (be_sample_get_journal (fixture->sample));
}

static void
forget (Fixture *fixture)
{
  g_clear_pointer (&fixture->bytes, g_bytes_unref);
  g_clear_error (&fixture->error);
  fixture->is_done = FALSE;
}

static void
tear_down (Fixture      *fixture,
           gconstpointer max_events)
{
  forget (fixture);
  g_assert_finalize_object (fixture->filter);
  be_sample_free (fixture->sample);
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->bytes = be_ladder_printer_print_finish (result, &fixture->n_rows, &fixture->n_left_out, &fixture->error);
  fixture->is_done = TRUE;
}

static void
print (Fixture       *fixture,
       BeLadderFormat format)
{
  forget (fixture);
  be_sample_flush (fixture->sample);
  be_ladder_printer_print_async (fixture->filter, format, NULL, printed_cb, fixture);
  be_test_wait_until (fixture->is_done);
  g_assert_no_error (fixture->error);
}

static BeLadderPicture *
draw (Fixture       *fixture,
      BeLadderFormat format)
{
  BeLadderPicture *picture;

  be_sample_flush (fixture->sample);
  picture = be_ladder_picture_new (fixture->filter, format);
  while (!be_ladder_picture_work (picture, 0))
    continue;

  return picture;
}

/*
 * SVG
 */

static void
test_an_svg_has_every_arrow_as_a_line (Fixture      *fixture,
                                       gconstpointer data)
{
  const BePalette *palette = be_palette_get (FALSE, FALSE);
  BeTestSvg       *svg;

  be_sample_add_lesson (fixture->sample);
  print (fixture, BE_LADDER_SVG);
  svg = be_test_svg_new (fixture->bytes);

  /* Of A: one each way, three into one, and the answer; of B one each way. Two
   * handshakes of three, two FIN and the ACK of the last are inferred. */
  g_assert_cmpuint (be_test_svg_count_lines (svg, 2.4, &palette->connections[0].strong), ==, 6);
  g_assert_cmpuint (be_test_svg_count_lines (svg, 2.4, &palette->connections[1].strong), ==, 2);
  g_assert_cmpuint (be_test_svg_count_lines (svg, 1.4, &palette->inferred), ==, 2 * 3 + 2 + 1 + 1);
  g_assert_cmpuint (svg->n_images, ==, 0);
  g_assert_cmpuint (svg->n_glyphs, >, 20 * fixture->n_rows);
  be_test_svg_free (svg);
}

static void
test_an_svg_has_the_way_of_a_refused_datagram (Fixture      *fixture,
                                               gconstpointer data)
{
  const BePalette *palette = be_palette_get (FALSE, FALSE);
  BeTestSvg       *svg;

  be_sample_refuse_datagram (fixture->sample);
  print (fixture, BE_LADDER_SVG);
  svg = be_test_svg_new (fixture->bytes);

  /* There: that it was sent, and that it came; the message back, and one more in the legend. */
  g_assert_cmpuint (be_test_svg_count_lines (svg, 2.4, &palette->connections[0].strong), ==, 1);
  g_assert_cmpuint (be_test_svg_count_lines (svg, 1.4, &palette->inferred), ==, 1 + 1 + 1);
  be_test_svg_free (svg);
}

/* The row of the datagram has no room in the picture. */
static void
test_a_refusal_may_come_from_an_older_row (Fixture      *fixture,
                                           gconstpointer data)
{
  g_autoptr (BeLadderPicture) picture = NULL;

  be_sample_refuse_datagram (fixture->sample);
  be_sample_add_many (fixture->sample, BE_LADDER_MAX_ROWS - 1);
  picture = draw (fixture, BE_LADDER_PDF);

  g_assert_cmpuint (be_ladder_picture_get_n_rows (picture), ==, BE_LADDER_MAX_ROWS);
}

static void
test_an_svg_has_no_pixels (Fixture      *fixture,
                           gconstpointer data)
{
  const BePalette *palette = be_palette_get (FALSE, FALSE);
  BeTestSvg       *svg;

  be_sample_add_oddities (fixture->sample);
  be_sample_refuse (fixture->sample, 9000);
  be_sample_lose_datagram (fixture->sample);
  print (fixture, BE_LADDER_SVG);
  svg = be_test_svg_new (fixture->bytes);
  g_assert_cmpuint (svg->n_images, ==, 0);
  g_assert_cmpuint (be_test_svg_count_lines (svg, 2.4, &palette->error), ==, 1);
  g_assert_cmpuint (be_test_svg_count_lines (svg, 1.4, &palette->error), ==, 1);
  be_test_svg_free (svg);

  /* With a lifeline that has not begun. */
  be_journal_clear (be_sample_get_journal (fixture->sample));
  be_sample_listen (fixture->sample);
  print (fixture, BE_LADDER_SVG);
  svg = be_test_svg_new (fixture->bytes);
  g_assert_cmpuint (svg->n_images, ==, 0);
  be_test_svg_free (svg);
}

/*
 * PNG
 */

typedef struct
{
  const guint8 *at;
  gsize         left;
} Reading;

static cairo_status_t
read_cb (void          *closure,
         unsigned char *data,
         unsigned int   length)
{
  Reading *reading = closure;

  if (reading->left < length)
    return CAIRO_STATUS_READ_ERROR;

  memcpy (data, reading->at, length);
  reading->at += length;
  reading->left -= length;

  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
parse_png (Fixture *fixture)
{
  Reading          reading = { 0 };
  cairo_surface_t *surface;

  reading.at = g_bytes_get_data (fixture->bytes, &reading.left);
  surface = cairo_image_surface_create_from_png_stream (read_cb, &reading);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);

  return surface;
}

static gboolean
has_colour (cairo_surface_t *surface,
            double           x,
            double           y,
            const GdkRGBA   *colour)
{
  double        scale = cairo_image_surface_get_width (surface) / (double) BE_LADDER_WIDTH;
  const guchar *row = cairo_image_surface_get_data (surface) +
                      (gsize) (y * scale) * (gsize) cairo_image_surface_get_stride (surface);
  guint32 pixel;

  memcpy (&pixel, row + (gsize) (x * scale) * sizeof pixel, sizeof pixel);

  return fabs ((double) (pixel >> 16 & 0xff) / 255 - (double) colour->red) < 0.05 &&
         fabs ((double) (pixel >> 8 & 0xff) / 255 - (double) colour->green) < 0.05 &&
         fabs ((double) (pixel & 0xff) / 255 - (double) colour->blue) < 0.05;
}

static void
test_a_png_has_ink_where_rows_and_arrows_are (Fixture      *fixture,
                                              gconstpointer data)
{
  const BePalette *palette = be_palette_get (FALSE, FALSE);
  BeWireGeometry   geometry = be_wire_geometry_for_width (BE_LADDER_WIDTH);
  g_autoptr (BeLadderPicture) picture = NULL;
  const BeLadderSheet *sheet;
  cairo_surface_t     *surface;
  double               offset;
  double               from;
  double               to;

  be_sample_connect (fixture->sample, 1);
  be_sample_say (fixture->sample, 1, "hello");
  print (fixture, BE_LADDER_PNG);
  surface = parse_png (fixture);
  picture = draw (fixture, BE_LADDER_PNG);
  sheet = be_ladder_picture_get_sheet (picture, 0);
  offset = sheet->heading_height - sheet->top;

  g_assert_cmpuint (fixture->n_rows, ==, 6);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 2 * BE_LADDER_WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 2 * (int) ceil (offset + sheet->bottom));
  g_assert_true (has_colour (surface, 2, 2, &palette->list));
  g_assert_true (has_colour (surface, BE_LADDER_WIDTH / 2.0, offset + sheet->bottom - 5, &palette->lane));

  for (guint i = 0; i < 6; i++)
    {
      /* connect, accept, send, recv, send, recv */
      gboolean is_client = i == 0 || i == 2 || i == 5;
      int      x = (is_client ? geometry.client_x : geometry.server_x) + 8;

      g_assert_true (has_colour (surface, x, offset + be_ladder_picture_get_row (picture, i)->middle,
                                 &palette->connections[0].strong));
    }

  from = be_ladder_picture_get_row (picture, 2)->middle;
  to = be_ladder_picture_get_row (picture, 3)->middle;
  g_assert_true (has_colour (surface, BE_LADDER_WIDTH / 2.0, offset + (from + to) / 2, &palette->connections[0].strong));
  g_assert_true (has_colour (surface, BE_LADDER_WIDTH / 2.0, offset + (from + to) / 2 - 8, &palette->lane));
  cairo_surface_destroy (surface);
}

static void
test_a_png_that_is_too_tall_keeps_the_newest (Fixture      *fixture,
                                              gconstpointer data)
{
  cairo_surface_t *surface;

  be_sample_add_many (fixture->sample, 1500);
  print (fixture, BE_LADDER_PNG);
  surface = parse_png (fixture);

  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, BE_LADDER_WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (surface), <=, BE_LADDER_MAX_PNG_HEIGHT);
  g_assert_cmpint (cairo_image_surface_get_height (surface), >, BE_LADDER_MAX_PNG_HEIGHT - 200);
  g_assert_cmpuint (fixture->n_rows, >, 500);
  g_assert_cmpuint (fixture->n_rows + fixture->n_left_out, ==, 1500);
  cairo_surface_destroy (surface);
}

/*
 * PDF
 */

static gboolean
contains (GBytes     *bytes,
          const char *text)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i + strlen (text) <= size; i++)
    if (memcmp (data + i, text, strlen (text)) == 0)
      return TRUE;

  return FALSE;
}

static void
test_a_pdf_has_every_row_on_one_page (Fixture      *fixture,
                                      gconstpointer data)
{
  g_autoptr (BeLadderPicture) picture = NULL;
  g_autofree char *count = NULL;
  guint            n_pages;
  guint            n_rows = 0;

  be_sample_add_many (fixture->sample, 300);
  print (fixture, BE_LADDER_PDF);
  picture = draw (fixture, BE_LADDER_PDF);
  n_pages = be_ladder_picture_get_n_sheets (picture);

  g_assert_cmpuint (fixture->n_rows, ==, 300);
  g_assert_cmpuint (n_pages, >, 5);
  for (guint i = 0; i < n_pages; i++)
    {
      const BeLadderSheet *sheet = be_ladder_picture_get_sheet (picture, i);

      g_assert_cmpuint (sheet->first, ==, n_rows);
      g_assert_nonnull (sheet->heading);
      g_assert_nonnull (sheet->footing);
      g_assert_nonnull (sheet->lane);
      g_assert_cmpuint (sheet->n_arrows, >, 0);
      for (guint row = sheet->first; row <= sheet->last; row++)
        {
          g_assert_cmpfloat (be_ladder_picture_get_row (picture, row)->top, >=, sheet->top);
          g_assert_cmpfloat (be_ladder_picture_get_row (picture, row)->bottom, <=, sheet->bottom);
        }
      n_rows = sheet->last + 1;
    }
  g_assert_cmpuint (n_rows, ==, 300);

  g_assert_true (memcmp (g_bytes_get_data (fixture->bytes, NULL), "%PDF-", 5) == 0);
  count = g_strdup_printf ("/Count %u\n", n_pages);
  /* Later releases of cairo compress this too. */
  if (cairo_version () < CAIRO_VERSION_ENCODE (1, 17, 6))
    g_assert_true (contains (fixture->bytes, count));
}

/*
 * What all pictures have in common
 */

static void
test_pictures_are_bounded (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr (BeLadderPicture) picture = NULL;

  be_sample_add_many (fixture->sample, BE_LADDER_MAX_ROWS + 101);
  picture = draw (fixture, BE_LADDER_SVG);

  g_assert_cmpuint (be_ladder_picture_get_n_rows (picture), ==, BE_LADDER_MAX_ROWS);
  g_assert_cmpuint (be_ladder_picture_get_n_left_out (picture), ==, 101);
}

static void
test_pictures_look_the_same_whatever_the_window_looks_like (Fixture      *fixture,
                                                            gconstpointer data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (BeLadderPicture) light = NULL;
  g_autoptr (BeLadderPicture) dark = NULL;
  const BePalette *palette = be_palette_get (FALSE, FALSE);
  cairo_surface_t *surface;

  be_sample_add_lesson (fixture->sample);
  light = draw (fixture, BE_LADDER_PNG);

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  be_magnification_set (2, TRUE);
  dark = draw (fixture, BE_LADDER_PNG);
  g_assert_cmpfloat (be_magnification_get_factor (), ==, 2);
  g_assert_true (be_magnification_is_projected ());
  print (fixture, BE_LADDER_PNG);
  be_magnification_set (1, FALSE);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);

  for (guint i = 0; i < be_ladder_picture_get_n_rows (light); i++)
    g_assert_cmpfloat (be_ladder_picture_get_row (light, i)->bottom, ==, be_ladder_picture_get_row (dark, i)->bottom);
  surface = parse_png (fixture);
  g_assert_true (has_colour (surface, 2, 2, &palette->list));
  cairo_surface_destroy (surface);
}

static void
test_what_happens_meanwhile_is_not_in_the_picture (Fixture      *fixture,
                                                   gconstpointer data)
{
  be_sample_add_many (fixture->sample, 400);
  be_sample_flush (fixture->sample);
  be_ladder_printer_print_async (fixture->filter, BE_LADDER_SVG, NULL, printed_cb, fixture);
  be_journal_clear (be_sample_get_journal (fixture->sample));
  be_sample_add_many (fixture->sample, 3);
  be_sample_flush (fixture->sample);
  be_test_wait_until (fixture->is_done);

  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_rows, ==, 400);
}

static void
test_only_what_the_filter_shows_is_in_the_picture (Fixture      *fixture,
                                                   gconstpointer data)
{
  const BePalette *palette = be_palette_get (FALSE, FALSE);
  BeTestSvg       *svg;

  be_sample_add_lesson (fixture->sample);
  be_sample_flush (fixture->sample);
  be_journal_filter_set_side (fixture->filter, BE_SIDE_FILTER_CLIENT);
  be_test_wait_until (!be_journal_filter_is_scanning (fixture->filter));
  print (fixture, BE_LADDER_SVG);
  svg = be_test_svg_new (fixture->bytes);

  g_assert_cmpuint (fixture->n_rows, ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->filter)));
  g_assert_cmpuint (be_test_svg_count_lines (svg, 2.4, &palette->connections[0].strong), ==, 0);
  be_test_svg_free (svg);
}

static void
test_a_print_can_be_cancelled (Fixture      *fixture,
                               gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  be_sample_add_many (fixture->sample, 2000);
  be_sample_flush (fixture->sample);
  be_ladder_printer_print_async (fixture->filter, BE_LADDER_PDF, cancellable, printed_cb, fixture);
  for (guint i = 0; i < 3; i++)
    be_test_iterate ();
  g_cancellable_cancel (cancellable);
  be_test_wait_until (fixture->is_done);

  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fixture->bytes);
}

static void
add_tests (void)
{
#define ADD(path, function) \
  g_test_add ("/ladder-printer/" path, Fixture, GUINT_TO_POINTER (10000), set_up, function, tear_down)

  ADD ("an-svg-has-every-arrow-as-a-line", test_an_svg_has_every_arrow_as_a_line);
  ADD ("an-svg-has-the-way-of-a-refused-datagram", test_an_svg_has_the_way_of_a_refused_datagram);
  ADD ("a-refusal-may-come-from-an-older-row", test_a_refusal_may_come_from_an_older_row);
  ADD ("an-svg-has-no-pixels", test_an_svg_has_no_pixels);
  ADD ("a-png-has-ink-where-rows-and-arrows-are", test_a_png_has_ink_where_rows_and_arrows_are);
  ADD ("a-png-that-is-too-tall-keeps-the-newest", test_a_png_that_is_too_tall_keeps_the_newest);
  ADD ("a-pdf-has-every-row-on-one-page", test_a_pdf_has_every_row_on_one_page);
  ADD ("pictures-are-bounded", test_pictures_are_bounded);
  ADD ("pictures-look-the-same-whatever-the-window-looks-like", test_pictures_look_the_same_whatever_the_window_looks_like);
  ADD ("what-happens-meanwhile-is-not-in-the-picture", test_what_happens_meanwhile_is_not_in_the_picture);
  ADD ("only-what-the-filter-shows-is-in-the-picture", test_only_what_the_filter_shows_is_in_the_picture);
  ADD ("a-print-can-be-cancelled", test_a_print_can_be_cancelled);
}

int
main (int    argc,
      char **argv)
{
  return be_conversation_test_run (argc, argv, add_tests);
}
