/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-ladder-paper.h"

#include "be-ladder-page.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>

/* An image is twice as fine as the screen, for a document or a slide, as long
 * as it takes no more memory than this many pixels. */
#define FINE_SCALE 2
#define MAX_FINE_PIXELS (40.0 * 1000 * 1000)

#define PIXELS_PER_INCH 96.0

/* As cairo tells of what it could not write: it is asked once, at the end. */
static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static void
draw_node (cairo_t       *cairo,
           GskRenderNode *node,
           double         y)
{
  if (node == NULL)
    return;

  cairo_save (cairo);
  cairo_translate (cairo, 0, y);
  gsk_render_node_draw (node, cairo);
  cairo_restore (cairo);
}

/* In the order of the screen: the lane, the arrows, the rows. */
static void
draw_sheet (BeLadderPicture     *picture,
            const BeLadderSheet *sheet,
            cairo_t             *cairo,
            GCancellable        *cancellable)
{
  draw_node (cairo, sheet->heading, 0);

  cairo_save (cairo);
  cairo_translate (cairo, 0, sheet->heading_height);
  draw_node (cairo, sheet->lane, 0);
  cairo_save (cairo);
  cairo_rectangle (cairo, 0, 0, BE_LADDER_WIDTH, sheet->next_top - sheet->top);
  cairo_clip (cairo);
  for (guint i = 0; i < sheet->arrows->len; i++)
    draw_node (cairo, g_ptr_array_index (sheet->arrows, i), 0);
  cairo_restore (cairo);
  for (guint i = sheet->first; i <= sheet->last && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const BeLadderRow *row = be_ladder_picture_get_row (picture, i);

      draw_node (cairo, row->node, row->top - sheet->top);
    }
  cairo_restore (cairo);

  draw_node (cairo, sheet->footing, be_ladder_page_get_footing_top ());
}

static double
get_height (const BeLadderSheet *sheet)
{
  return ceil (sheet->heading_height + sheet->bottom - sheet->top);
}

static cairo_surface_t *
draw_svg (BeLadderPicture *picture,
          GByteArray      *bytes,
          GCancellable    *cancellable)
{
  const BeLadderSheet *sheet = be_ladder_picture_get_sheet (picture, 0);
  cairo_surface_t     *surface = cairo_svg_surface_create_for_stream (write_cb, bytes, BE_LADDER_WIDTH, get_height (sheet));
  cairo_t             *cairo;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  draw_sheet (picture, sheet, cairo, cancellable);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);

  return surface;
}

static cairo_surface_t *
draw_pdf (BeLadderPicture *picture,
          GByteArray      *bytes,
          GCancellable    *cancellable)
{
  const double     scale = be_ladder_page_get_scale ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, BE_LADDER_PAGE_WIDTH, BE_LADDER_PAGE_HEIGHT);
  cairo_t         *cairo;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, be_ladder_picture_get_title (picture));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Both Ends");
  cairo = cairo_create (surface);
  for (guint i = 0; i < be_ladder_picture_get_n_sheets (picture) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      cairo_save (cairo);
      cairo_translate (cairo, BE_LADDER_PAGE_MARGIN, BE_LADDER_PAGE_MARGIN);
      cairo_scale (cairo, scale, scale);
      draw_sheet (picture, be_ladder_picture_get_sheet (picture, i), cairo, cancellable);
      cairo_restore (cairo);
      cairo_show_page (cairo);
    }
  cairo_destroy (cairo);
  cairo_surface_finish (surface);

  return surface;
}

static cairo_surface_t *
draw_png (BeLadderPicture *picture,
          GByteArray      *bytes,
          GCancellable    *cancellable,
          cairo_status_t  *status)
{
  const BeLadderSheet *sheet = be_ladder_picture_get_sheet (picture, 0);
  const double         height = get_height (sheet);
  int                  scale = FINE_SCALE;
  cairo_surface_t     *surface;
  cairo_t             *cairo;

  if (height * FINE_SCALE > BE_LADDER_MAX_PNG_HEIGHT ||
      BE_LADDER_WIDTH * FINE_SCALE * height * FINE_SCALE > MAX_FINE_PIXELS)
    scale = 1;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, BE_LADDER_WIDTH * scale, (int) height * scale);
  cairo = cairo_create (surface);
  cairo_scale (cairo, scale, scale);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  draw_sheet (picture, sheet, cairo, cancellable);
  cairo_destroy (cairo);
  if (!g_cancellable_is_cancelled (cancellable))
    *status = cairo_surface_write_to_png_stream (surface, write_cb, bytes);

  return surface;
}

/**
 * be_ladder_paper_print:
 * @picture: a finished picture with rows
 *
 * Puts a picture on paper, from any one thread: lines and letters stay lines
 * and letters but in an image.
 *
 * Returns: (transfer full) (nullable): the file, as bytes
 */
GBytes *
be_ladder_paper_print (BeLadderPicture *picture,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = NULL;
  cairo_status_t   status = CAIRO_STATUS_SUCCESS;

  g_return_val_if_fail (BE_IS_LADDER_PICTURE (picture), NULL);
  g_return_val_if_fail (be_ladder_picture_get_n_sheets (picture) > 0, NULL);

  switch (be_ladder_picture_get_format (picture))
    {
    case BE_LADDER_PDF:
      surface = draw_pdf (picture, bytes, cancellable);
      break;
    case BE_LADDER_PNG:
      surface = draw_png (picture, bytes, cancellable, &status);
      break;
    case BE_LADDER_SVG:
    default:
      surface = draw_svg (picture, bytes, cancellable);
      break;
    }
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
