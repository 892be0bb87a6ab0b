/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where what is inferred begins and ends in the lane: test-wire-arrows.c asks how
 * arrows look. */

#include "be-chip.h"
#include "be-wire-arrows.h"
#include "be-wire-fixture.h"

#define WIDTH 1000
#define HEIGHT 240

static void
set_up (BeWireFixture *fixture,
        gconstpointer  data)
{
  be_wire_fixture_init (fixture, WIDTH, HEIGHT);
}

static void
tear_down (BeWireFixture *fixture,
           gconstpointer  data)
{
  be_wire_fixture_clear (fixture);
}

static void
draw_snapshot (BeWireFixture *fixture,
               GtkSnapshot   *snapshot)
{
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  cairo_t *cairo = cairo_create (fixture->surface);

  g_assert_nonnull (node);
  gsk_render_node_draw (node, cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (fixture->surface);
}

static void
draw (BeWireFixture     *fixture,
      const BeWireArrow *arrows,
      guint              n_arrows)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  be_wire_snapshot_arrows (snapshot, fixture->palette, fixture->lettering, &fixture->geometry, HEIGHT, arrows, n_arrows);
  draw_snapshot (fixture, snapshot);
}

static guint32
to_pixel (const GdkRGBA *colour)
{
  return 0xff000000u | (guint32) (colour->red * 255 + 0.5f) << 16 |
         (guint32) (colour->green * 255 + 0.5f) << 8 | (guint32) (colour->blue * 255 + 0.5f);
}

static guint32
get_ink (BeWireFixture *fixture)
{
  return to_pixel (&be_palette_get_ink (fixture->palette, 0)->strong);
}

static guint32
get_inferred (BeWireFixture *fixture)
{
  return to_pixel (&fixture->palette->inferred);
}

/* How many pixels of this colour, or of any that is 0, the area has. */
static guint
count (BeWireFixture *fixture,
       int            left,
       int            top,
       int            right,
       int            bottom,
       guint32        pixel)
{
  guint n_found = 0;

  for (int y = top; y < bottom; y++)
    {
      const guint8 *row = cairo_image_surface_get_data (fixture->surface) + y * cairo_image_surface_get_stride (fixture->surface);

      for (int x = left; x < right; x++)
        {
          guint32 found = ((const guint32 *) (gconstpointer) row)[x];

          n_found += pixel != 0 ? found == pixel : found != 0;
        }
    }

  return n_found;
}

/* @share of the way over the lane, from the server. */
static int
get_x (BeWireFixture *fixture,
       double         share)
{
  return (int) (fixture->geometry.server_x + share * fixture->geometry.lane_width);
}

/* No call of another program tells that it has received anything. */
static void
test_what_goes_to_another_program_is_observed_half_way (BeWireFixture *fixture,
                                                        gconstpointer  data)
{
  const BeWireArrow to = { .kind = BE_WIRE_ARROW_TO_STUB, .from_side = BE_SIDE_SERVER, .from_y = 50, .to_y = 50, .is_marked = TRUE };
  const BeWireArrow from = { .kind = BE_WIRE_ARROW_FROM_STUB, .from_side = BE_SIDE_CLIENT, .from_y = 150, .to_y = 150, .is_marked = TRUE };
  int               server = fixture->geometry.server_x;
  int               stub = get_x (fixture, 0.27);
  int               middle = (server + 14 + stub) / 2;

  draw (fixture, &to, 1);
  g_assert_cmpuint (count (fixture, server, 40, middle - 1, 60, get_ink (fixture)), >, 20);
  g_assert_cmpuint (count (fixture, middle + 1, 40, stub - 2, 60, get_ink (fixture)), ==, 0);
  g_assert_cmpuint (count (fixture, middle + 1, 40, stub - 2, 60, get_inferred (fixture)), >, 10);
  g_assert_cmpuint (count (fixture, server, 40, middle - 1, 60, get_inferred (fixture)), ==, 0);

  /* Our recv () has returned what came. */
  draw (fixture, &from, 1);
  g_assert_cmpuint (count (fixture, middle + 1, 140, stub - 2, 160, get_ink (fixture)), >, 20);
  g_assert_cmpuint (count (fixture, server, 140, stub - 2, 160, get_inferred (fixture)), ==, 0);
}

static void
test_a_fin_at_a_stub_has_its_name (BeWireFixture *fixture,
                                   gconstpointer  data)
{
  const BeTransferLink fin = { .outcome = BE_TRANSFER_FOREIGN, .means = BE_TRANSFER_BY_FIN, .to = BE_TRANSFER_NO_ROW };
  const BeTransferLink reset = { .outcome = BE_TRANSFER_FOREIGN, .means = BE_TRANSFER_BY_RST, .from = BE_TRANSFER_NO_ROW };
  const BeTransferLink bytes = { .outcome = BE_TRANSFER_FOREIGN, .to = BE_TRANSFER_NO_ROW };
  BeEventRecord        record = { .peer = { .family = BE_ADDRESS_IPV4, .port = 9000, .bytes = { 127, 0, 0, 1 } } };
  g_autoptr (PangoLayout) fin_label = be_wire_make_label (fixture->lettering, &fixture->geometry, &fin, &record);
  g_autoptr (PangoLayout) reset_label = be_wire_make_label (fixture->lettering, &fixture->geometry, &reset, &record);
  BeWireArrow arrow;

  g_assert_cmpstr (pango_layout_get_text (fin_label), ==, "FIN");
  g_assert_cmpstr (pango_layout_get_text (reset_label), ==, "RST");
  g_assert_true (be_wire_needs_label (&fin) && be_wire_repeats_label (&fin));
  g_assert_true (be_wire_needs_label (&reset) && be_wire_repeats_label (&reset));
  g_assert_false (be_wire_repeats_label (&bytes));

  be_wire_arrow_init (&arrow, &fin, 50, 50, 1);
  g_assert_cmpint (arrow.kind, ==, BE_WIRE_ARROW_TO_STUB);
  be_wire_arrow_init (&arrow, &reset, 50, 50, 1);
  g_assert_cmpint (arrow.kind, ==, BE_WIRE_ARROW_FROM_STUB);
}

/* accept () returns a connection that is complete. */
static void
test_a_handshake_is_over_above_the_row_of_accept (BeWireFixture *fixture,
                                                  gconstpointer  data)
{
  const BeWireArrow apart = { .from_side = BE_SIDE_CLIENT, .from_y = 20, .to_y = 90, .means = BE_TRANSFER_BY_HANDSHAKE };
  const BeWireArrow near = { .from_side = BE_SIDE_CLIENT, .from_y = 150, .to_y = 180, .means = BE_TRANSFER_BY_HANDSHAKE };
  int               server = fixture->geometry.server_x;

  draw (fixture, &apart, 1);
  g_assert_cmpuint (count (fixture, server, 60, server + 40, 80, get_inferred (fixture)), >, 10);
  g_assert_cmpuint (count (fixture, server, 82, server + 120, 120, get_inferred (fixture)), ==, 0);

  draw (fixture, &near, 1);
  g_assert_cmpuint (count (fixture, server, 155, server + 40, 172, get_inferred (fixture)), >, 10);
  g_assert_cmpuint (count (fixture, server, 173, server + 120, 220, get_inferred (fixture)), ==, 0);
}

/* A row of another call may stand there, and has nothing to do with it. */
static void
test_what_nobody_read_ends_before_the_lifeline (BeWireFixture *fixture,
                                                gconstpointer  data)
{
  const BeWireArrow bytes = { .kind = BE_WIRE_ARROW_WAITING, .from_side = BE_SIDE_CLIENT, .from_y = 50, .to_y = 50 };
  const BeWireArrow fin = { .kind = BE_WIRE_ARROW_WAITING, .from_side = BE_SIDE_CLIENT, .from_y = 150, .to_y = 150, .means = BE_TRANSFER_BY_FIN };

  draw (fixture, &bytes, 1);
  g_assert_cmpuint (count (fixture, 0, 0, get_x (fixture, 0.2), 100, 0), ==, 0);
  g_assert_cmpuint (count (fixture, get_x (fixture, 0.25), 0, get_x (fixture, 0.5), 100, get_ink (fixture)), >, 20);

  /* The system has taken the FIN. */
  draw (fixture, &fin, 1);
  g_assert_cmpuint (count (fixture, 0, 120, get_x (fixture, 0.2), 200, get_inferred (fixture)), >, 10);
}

static void
test_where_fins_cross_stands_no_word (BeWireFixture *fixture,
                                      gconstpointer  data)
{
  const BeWireArrow client = { .from_side = BE_SIDE_CLIENT, .from_y = 60, .to_y = 140, .means = BE_TRANSFER_BY_FIN };
  const BeWireArrow server = { .from_side = BE_SIDE_SERVER, .from_y = 60, .to_y = 140, .means = BE_TRANSFER_BY_FIN };
  guint             n_of_one;

  /* Two lines, and nothing but them, are twice one. */
  draw (fixture, &client, 1);
  n_of_one = count (fixture, get_x (fixture, 0.5) - 14, 0, get_x (fixture, 0.5) + 14, HEIGHT, 0);
  draw (fixture, &server, 1);
  g_assert_cmpuint (n_of_one, >, 10);
  g_assert_cmpuint (count (fixture, get_x (fixture, 0.5) - 14, 90, get_x (fixture, 0.5) + 14, 110, 0), <=, 2 * n_of_one);

  /* Each has its word near its own sender. */
  g_assert_cmpuint (count (fixture, get_x (fixture, 0.3) - 10, 76, get_x (fixture, 0.3) + 10, 92, 0), >, 20);
  g_assert_cmpuint (count (fixture, get_x (fixture, 0.7) - 10, 76, get_x (fixture, 0.7) + 10, 92, 0), >, 20);
}

static void
test_an_ack_goes_back_below_the_row (BeWireFixture *fixture,
                                     gconstpointer  data)
{
  BeWireArrow arrow = { .from_side = BE_SIDE_CLIENT, .from_y = 60, .to_y = 90, .means = BE_TRANSFER_BY_FIN };
  int         client = fixture->geometry.client_x;

  draw (fixture, &arrow, 1);
  g_assert_cmpuint (count (fixture, 0, 96, WIDTH, HEIGHT, 0), ==, 0);

  arrow.is_acknowledged = TRUE;
  draw (fixture, &arrow, 1);
  g_assert_cmpuint (count (fixture, client - 14, 100, client, 120, get_inferred (fixture)), >, 10);
  g_assert_cmpuint (count (fixture, 0, 125, WIDTH, HEIGHT, 0), ==, 0);
}

/* The row that reads it is far below, and the system did not wait for it. */
static void
test_a_fin_that_is_read_late_has_its_ack_beside_it (BeWireFixture *fixture,
                                                    gconstpointer  data)
{
  const BeTransferLink link = {
    .from = 1,
    .to = 2,
    .from_side = BE_SIDE_CLIENT,
    .means = BE_TRANSFER_BY_FIN,
    .is_late = TRUE,
    .is_acknowledged = TRUE,
  };
  BeWireArrow arrow;
  int         client = fixture->geometry.client_x;

  be_wire_arrow_init (&arrow, &link, 60, 220, 1);
  g_assert_cmpint (arrow.kind, ==, BE_WIRE_ARROW_WAITING);
  draw (fixture, &arrow, 1);
  g_assert_cmpuint (count (fixture, client - 30, 85, client - 14, 110, get_inferred (fixture)), >, 10);
  g_assert_cmpuint (count (fixture, client - 8, 75, client + 8, 110, 0), ==, 0);
  g_assert_cmpuint (count (fixture, 0, 110, WIDTH, HEIGHT, 0), ==, 0);
}

/* Also where the lane is narrow. */
static void
test_a_fin_says_that_it_is_an_ack_too (BeWireFixture *fixture,
                                       gconstpointer  data)
{
  BeWireArrow arrow = { .from_side = BE_SIDE_SERVER, .from_y = 60, .to_y = 90, .means = BE_TRANSFER_BY_FIN };
  int         left;
  int         right;
  guint       n_of_fin;

  fixture->geometry.client_x = fixture->geometry.server_x + 140;
  fixture->geometry.lane_width = 140;
  left = get_x (fixture, 0.3) - 30;
  right = get_x (fixture, 0.4) + 30;
  draw (fixture, &arrow, 1);
  n_of_fin = count (fixture, left, 0, right, HEIGHT, 0);
  cairo_surface_destroy (fixture->surface);
  fixture->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);

  arrow.is_also_acknowledgement = TRUE;
  draw (fixture, &arrow, 1);
  g_assert_cmpuint (count (fixture, left, 0, right, HEIGHT, 0), >, n_of_fin + 40);
}

/* One row sent it, another was told. */
static void
test_a_refused_datagram_goes_to_a_ring_and_icmp_comes_back (BeWireFixture *fixture,
                                                            gconstpointer  data)
{
  BeWireArrow arrow = {
    .kind = BE_WIRE_ARROW_REFUSED_DATAGRAM,
    .from_side = BE_SIDE_CLIENT,
    .from_y = 60,
    .to_y = 120,
    .means = BE_TRANSFER_BY_ICMP,
  };
  guint32 error = to_pixel (&fixture->palette->error);
  int     server = fixture->geometry.server_x;
  int     client = fixture->geometry.client_x;

  draw (fixture, &arrow, 1);
  g_assert_cmpuint (count (fixture, server - 12, 76, server, 104, error), >, 10);
  g_assert_cmpuint (count (fixture, get_x (fixture, 0.52), 60, client, 90, get_ink (fixture)), >, 50);
  g_assert_cmpuint (count (fixture, server + 14, 60, get_x (fixture, 0.46), 100, get_ink (fixture)), ==, 0);
  g_assert_cmpuint (count (fixture, server + 14, 60, get_x (fixture, 0.46), 100, get_inferred (fixture)), >, 20);
  g_assert_cmpuint (count (fixture, server + 14, 92, client, 130, get_ink (fixture)), ==, 0);
  g_assert_cmpuint (count (fixture, client - 24, 108, client, 130, get_inferred (fixture)), >, 10);
}

static void
test_a_refusal_without_its_datagram_is_icmp_only (BeWireFixture *fixture,
                                                  gconstpointer  data)
{
  const BeTransferLink link = {
    .from = BE_TRANSFER_NO_ROW,
    .to = 1,
    .from_side = BE_SIDE_CLIENT,
    .outcome = BE_TRANSFER_REFUSED_ELSEWHERE,
    .means = BE_TRANSFER_BY_ICMP,
  };
  BeEventRecord record = { .peer = { .family = BE_ADDRESS_IPV4, .port = 9000, .bytes = { 192, 0, 2, 1 } } };
  g_autoptr (PangoLayout) address = be_wire_make_label (fixture->lettering, &fixture->geometry, &link, &record);
  BeWireArrow arrow;

  be_wire_arrow_init (&arrow, &link, 120, 120, 1);
  g_assert_cmpint (arrow.kind, ==, BE_WIRE_ARROW_REFUSED_DATAGRAM_BY_STUB);
  g_assert_cmpstr (pango_layout_get_text (address), ==, "192.0.2.1:9000");

  draw (fixture, &arrow, 1);
  g_assert_cmpuint (count (fixture, 0, 0, WIDTH, HEIGHT, get_ink (fixture)), ==, 0);
  g_assert_cmpuint (count (fixture, get_x (fixture, 0.5), 80, fixture->geometry.client_x, 130, get_inferred (fixture)), >, 20);
}

/* How many pieces the upper edge of such a chip is drawn in. */
static guint
count_dashes_of_chip (BeWireFixture   *fixture,
                      const BePalette *palette)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  guint32      ink = to_pixel (&palette->chips[BE_CHIP_CHANGING].on_tint);
  guint        n_dashes = 0;
  gboolean     was_inked = FALSE;
  g_autoptr (PangoLayout) label = be_lettering_make (fixture->lettering, BE_FONT_CHIP, "→ FIN_WAIT_1");

  be_chip_snapshot_implied (snapshot, palette, fixture->lettering, label, BE_CHIP_CHANGING, 20, 100);
  draw_snapshot (fixture, snapshot);
  for (int x = 30; x < 20 + (int) be_chip_get_width (fixture->lettering, label, FALSE) - 10; x++)
    {
      gboolean is_inked = count (fixture, x, 85, x + 1, 94, ink) > 0;

      n_dashes += is_inked && !was_inked ? 1 : 0;
      was_inked = is_inked;
    }

  return n_dashes;
}

/* High contrast has a ring around each chip that the system was asked about; not here. */
static void
test_a_chip_of_what_is_implied_is_dashed (BeWireFixture *fixture,
                                          gconstpointer  data)
{
  g_assert_cmpuint (count_dashes_of_chip (fixture, be_palette_get (FALSE, FALSE)), >, 4);
  g_assert_cmpuint (count_dashes_of_chip (fixture, be_palette_get (FALSE, TRUE)), >, 4);
  g_assert_cmpuint (count_dashes_of_chip (fixture, be_palette_get (TRUE, TRUE)), >, 4);
}

/* Who reads the lane is to see whose FIN it was, and not at the badge of another. */
static void
test_what_comes_to_no_row_keeps_clear_of_the_next (BeWireFixture *fixture,
                                                   gconstpointer  data)
{
  BeWireArrow arrow = { .kind = BE_WIRE_ARROW_WAITING, .from_side = BE_SIDE_CLIENT, .from_y = 100, .to_y = 100, .means = BE_TRANSFER_BY_FIN };
  int         server = fixture->geometry.server_x;

  /* It comes to the lifeline, as low as a row of the other side would stand. */
  draw (fixture, &arrow, 1);
  g_assert_cmpuint (count (fixture, server, 110, server + 10, 130, get_inferred (fixture)), >, 0);

  /* One stands there. */
  arrow.room = 20;
  cairo_surface_destroy (fixture->surface);
  fixture->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  draw (fixture, &arrow, 1);
  g_assert_cmpuint (count (fixture, server, 120 - 13, server + 14, 120 + 13, 0), ==, 0);
  g_assert_cmpuint (count (fixture, server, 90, server + 14, 120 - 13, get_inferred (fixture)), >, 5);
}

static void
test_an_ack_keeps_clear_of_the_next_row (BeWireFixture *fixture,
                                         gconstpointer  data)
{
  const BeWireArrow arrow = {
    .from_side = BE_SIDE_CLIENT,
    .from_y = 60,
    .to_y = 90,
    .room = 20,
    .is_acknowledged = TRUE,
    .means = BE_TRANSFER_BY_FIN,
  };
  int client = fixture->geometry.client_x;

  draw (fixture, &arrow, 1);
  g_assert_cmpuint (count (fixture, client - 14, 80, client, 110 - 13, get_inferred (fixture)), >, 5);
  g_assert_cmpuint (count (fixture, client - 14, 110 - 13, client, HEIGHT, 0), ==, 0);
}

/* From the first to the last column with something above the line of the arrow. */
static int
measure_words (BeWireFixture     *fixture,
               const BeWireArrow *arrow)
{
  int first = 0;
  int last = 0;

  cairo_surface_destroy (fixture->surface);
  fixture->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  draw (fixture, arrow, 1);
  for (int x = get_x (fixture, 0.1); x < get_x (fixture, 0.7); x++)
    if (count (fixture, x, 90, x + 1, 98, 0) > 0)
      {
        first = first == 0 ? x : first;
        last = x;
      }

  return last - first;
}

static void
test_what_comes_to_no_row_says_whose_it_is (BeWireFixture *fixture,
                                            gconstpointer  data)
{
  BeWireArrow arrow = { .connection = 1, .from_side = BE_SIDE_SERVER, .from_y = 100, .to_y = 100, .means = BE_TRANSFER_BY_FIN };
  int         bare = measure_words (fixture, &arrow);

  g_assert_cmpint (bare, >, 10);
  arrow.kind = BE_WIRE_ARROW_WAITING;
  arrow.room = 19;
  g_assert_cmpint (measure_words (fixture, &arrow), >, bare + 10);
}

static void
test_what_each_arrow_ends_at (BeWireFixture *fixture,
                              gconstpointer  data)
{
  const BeTransferLink waiting = { .from = 3, .to = BE_TRANSFER_NO_ROW, .from_side = BE_SIDE_CLIENT, .outcome = BE_TRANSFER_WAITING, .means = BE_TRANSFER_BY_RST };
  const BeTransferLink answered = { .from = 3, .to = 5, .from_side = BE_SIDE_CLIENT, .means = BE_TRANSFER_BY_FIN, .is_acknowledged = TRUE };
  const BeTransferLink whole = { .from = 3, .to = 5, .from_side = BE_SIDE_CLIENT, .means = BE_TRANSFER_BY_FIN };
  BeWireArrow          arrow;
  BeSide               side;

  be_wire_arrow_init (&arrow, &waiting, 10, 10, 1);
  g_assert_cmpuint (be_wire_arrow_get_loose_row (&arrow, &waiting, &side), ==, 3);
  g_assert_cmpint (side, ==, BE_SIDE_SERVER);

  be_wire_arrow_init (&arrow, &answered, 10, 40, 1);
  g_assert_cmpuint (be_wire_arrow_get_loose_row (&arrow, &answered, &side), ==, 5);
  g_assert_cmpint (side, ==, BE_SIDE_CLIENT);

  be_wire_arrow_init (&arrow, &whole, 10, 40, 1);
  g_assert_cmpuint (be_wire_arrow_get_loose_row (&arrow, &whole, &side), ==, BE_TRANSFER_NO_ROW);
}

#define add(path, function) g_test_add ("/wire-inferred/" path, BeWireFixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  add ("what-goes-to-another-program-is-observed-half-way", test_what_goes_to_another_program_is_observed_half_way);
  add ("a-fin-at-a-stub-has-its-name", test_a_fin_at_a_stub_has_its_name);
  add ("a-handshake-is-over-above-the-row-of-accept", test_a_handshake_is_over_above_the_row_of_accept);
  add ("what-nobody-read-ends-before-the-lifeline", test_what_nobody_read_ends_before_the_lifeline);
  add ("where-fins-cross-stands-no-word", test_where_fins_cross_stands_no_word);
  add ("an-ack-goes-back-below-the-row", test_an_ack_goes_back_below_the_row);
  add ("a-fin-that-is-read-late-has-its-ack-beside-it", test_a_fin_that_is_read_late_has_its_ack_beside_it);
  add ("a-fin-says-that-it-is-an-ack-too", test_a_fin_says_that_it_is_an_ack_too);
  add ("a-refused-datagram-goes-to-a-ring-and-icmp-comes-back", test_a_refused_datagram_goes_to_a_ring_and_icmp_comes_back);
  add ("a-refusal-without-its-datagram-is-icmp-only", test_a_refusal_without_its_datagram_is_icmp_only);
  add ("a-chip-of-what-is-implied-is-dashed", test_a_chip_of_what_is_implied_is_dashed);
  add ("what-comes-to-no-row-keeps-clear-of-the-next", test_what_comes_to_no_row_keeps_clear_of_the_next);
  add ("an-ack-keeps-clear-of-the-next-row", test_an_ack_keeps_clear_of_the_next_row);
  add ("what-comes-to-no-row-says-whose-it-is", test_what_comes_to_no_row_says_whose_it_is);
  add ("what-each-arrow-ends-at", test_what_each_arrow_ends_at);

  return g_test_run ();
}
