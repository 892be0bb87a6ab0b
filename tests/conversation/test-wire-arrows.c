/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-arrows.h"

#include "be-event-record.h"

#include <pango/pangocairo.h>

#define WIDTH 1000
#define HEIGHT 200

typedef struct
{
  BeLettering     *lettering;
  BeWireGeometry   geometry;
  const BePalette *palette;
  cairo_surface_t *surface;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  PangoContext         *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font = pango_font_description_from_string ("Sans 11");

  pango_context_set_font_description (context, font);
  pango_font_description_free (font);
  fixture->lettering = be_lettering_new (context);
  fixture->geometry = be_wire_geometry_for_width (WIDTH);
  fixture->palette = be_palette_get (FALSE, FALSE);
  fixture->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  g_object_unref (context);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  cairo_surface_destroy (fixture->surface);
  g_object_unref (fixture->lettering);
}

/* Returns whether anything was drawn. */
static gboolean
draw (Fixture           *fixture,
      const BeWireArrow *arrows,
      guint              n_arrows)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_t *cairo;

  be_wire_snapshot_arrows (snapshot, fixture->palette, fixture->lettering, &fixture->geometry, HEIGHT, arrows, n_arrows);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return FALSE;

  cairo = cairo_create (fixture->surface);
  gsk_render_node_draw (node, cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (fixture->surface);

  return TRUE;
}

static guint32
get_pixel (Fixture *fixture,
           int      x,
           int      y)
{
  const guint8 *row = cairo_image_surface_get_data (fixture->surface) + y * cairo_image_surface_get_stride (fixture->surface);

  return ((const guint32 *) (gconstpointer) row)[x];
}

static guint32
to_pixel (const GdkRGBA *colour)
{
  return 0xff000000u | (guint32) (colour->red * 255 + 0.5f) << 16 |
         (guint32) (colour->green * 255 + 0.5f) << 8 | (guint32) (colour->blue * 255 + 0.5f);
}

static guint32
get_ink (Fixture *fixture,
         guint32  connection)
{
  return to_pixel (&be_palette_get_ink (fixture->palette, connection)->strong);
}

/* How many pixels of one column are of exactly this colour. */
static guint
count_in_column (Fixture *fixture,
                 int      x,
                 guint32  pixel)
{
  guint n_found = 0;

  for (int y = 0; y < HEIGHT; y++)
    n_found += get_pixel (fixture, x, y) == pixel ? 1 : 0;

  return n_found;
}

static int
get_middle (Fixture *fixture)
{
  return (fixture->geometry.server_x + fixture->geometry.client_x) / 2;
}

static void
test_reaches_from_badge_to_badge (Fixture      *fixture,
                                  gconstpointer data)
{
  const BeWireArrow arrow = { .connection = 1, .from_side = BE_SIDE_CLIENT, .from_y = 50, .to_y = 150, .is_marked = TRUE };
  guint32           ink = get_ink (fixture, 1);

  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_cmphex (get_pixel (fixture, get_middle (fixture), 100), ==, ink);
  g_assert_cmpuint (count_in_column (fixture, fixture->geometry.server_x + 8, ink), ==, 0);
  g_assert_cmpuint (count_in_column (fixture, fixture->geometry.client_x - 8, ink), ==, 0);

  /* The head is wider than the line, and on the server's side. */
  g_assert_cmpuint (count_in_column (fixture, fixture->geometry.server_x + 21, ink), >,
                    count_in_column (fixture, fixture->geometry.client_x - 21, ink));
}

static void
test_marked_arrows_are_wider (Fixture      *fixture,
                              gconstpointer data)
{
  const BeWireArrow arrows[] = {
    { .connection = 0, .from_side = BE_SIDE_SERVER, .from_y = 50, .to_y = 50 },
    { .connection = 2, .from_side = BE_SIDE_SERVER, .from_y = 100, .to_y = 100, .is_marked = TRUE },
  };

  g_assert_true (draw (fixture, arrows, 2));
  g_assert_cmpuint (count_in_column (fixture, get_middle (fixture), get_ink (fixture, 2)), >,
                    count_in_column (fixture, get_middle (fixture), get_ink (fixture, 0)));
}

static void
test_what_is_lost_ends_in_a_cross (Fixture      *fixture,
                                   gconstpointer data)
{
  const BeWireArrow arrow = { .kind = BE_WIRE_ARROW_LOST, .from_side = BE_SIDE_SERVER, .from_y = 100, .to_y = 100 };
  int               middle = get_middle (fixture);

  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_cmphex (get_pixel (fixture, middle, 100), ==, to_pixel (&fixture->palette->error));
  g_assert_cmphex (get_pixel (fixture, middle - 40, 100), ==, get_ink (fixture, 0));
  g_assert_cmphex (get_pixel (fixture, middle + 40, 100), ==, 0);
}

static void
test_what_nobody_reads_is_dashed (Fixture      *fixture,
                                  gconstpointer data)
{
  const BeWireArrow arrow = { .kind = BE_WIRE_ARROW_WAITING, .from_side = BE_SIDE_SERVER, .from_y = 100, .to_y = 100, .is_marked = TRUE };
  guint             n_dashes = 0;
  gboolean          was_inked = FALSE;

  g_assert_true (draw (fixture, &arrow, 1));
  for (int x = fixture->geometry.server_x; x < fixture->geometry.client_x; x++)
    {
      gboolean is_inked = count_in_column (fixture, x, get_ink (fixture, 0)) > 0;

      n_dashes += is_inked && !was_inked ? 1 : 0;
      was_inked = is_inked;
    }
  g_assert_cmpuint (n_dashes, >, 10);
}

static void
test_another_program_is_a_stub_with_its_address (Fixture      *fixture,
                                                 gconstpointer data)
{
  g_autoptr (PangoLayout) label = be_lettering_make (fixture->lettering, BE_FONT_TIME, "127.0.0.1:40000");
  const BeWireArrow arrow = {
    .kind = BE_WIRE_ARROW_FROM_STUB,
    .from_side = BE_SIDE_CLIENT,
    .from_y = 100,
    .to_y = 100,
    .label = label,
  };
  guint n_inked = 0;

  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_cmpuint (count_in_column (fixture, fixture->geometry.server_x + 20, get_ink (fixture, 0)), >, 0);
  for (int x = get_middle (fixture); x < fixture->geometry.client_x; x++)
    {
      g_assert_cmpuint (count_in_column (fixture, x, get_ink (fixture, 0)), ==, 0);
      for (int y = 90; y < 110; y++)
        n_inked += get_pixel (fixture, x, y) != 0 ? 1 : 0;
    }
  g_assert_cmpuint (n_inked, >, 20);
  g_assert_cmpfloat (be_lettering_get_width (label), <=, be_wire_get_label_room (&fixture->geometry));
}

/* A row a million pixels away has the arrow leave at the right place. */
static void
test_goes_on_beyond_the_edge (Fixture      *fixture,
                              gconstpointer data)
{
  const BeWireArrow arrow = { .from_side = BE_SIDE_CLIENT, .from_y = 100, .to_y = 1000000 };
  guint32           ink = get_ink (fixture, 0);

  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_cmphex (get_pixel (fixture, fixture->geometry.client_x - 14, HEIGHT - 5), ==, ink);
  g_assert_cmpuint (count_in_column (fixture, get_middle (fixture), ink), ==, 0);
}

static void
test_draws_nothing_without_a_lane (Fixture      *fixture,
                                   gconstpointer data)
{
  const BeWireArrow arrow = { .from_side = BE_SIDE_CLIENT, .from_y = 50, .to_y = 150 };

  g_assert_false (draw (fixture, &arrow, 0));
  fixture->geometry = be_wire_geometry_for_width (400);
  g_assert_false (draw (fixture, &arrow, 1));
}

#define add(path, function) g_test_add ("/wire-arrows/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  add ("reaches-from-badge-to-badge", test_reaches_from_badge_to_badge);
  add ("marked-arrows-are-wider", test_marked_arrows_are_wider);
  add ("what-is-lost-ends-in-a-cross", test_what_is_lost_ends_in_a_cross);
  add ("what-nobody-reads-is-dashed", test_what_nobody_reads_is_dashed);
  add ("another-program-is-a-stub-with-its-address", test_another_program_is_a_stub_with_its_address);
  add ("goes-on-beyond-the-edge", test_goes_on_beyond_the_edge);
  add ("draws-nothing-without-a-lane", test_draws_nothing_without_a_lane);

  return g_test_run ();
}
