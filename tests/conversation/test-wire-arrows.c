/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-arrows.h"
#include "be-wire-fixture.h"

#include "be-event-record.h"

#define WIDTH 1000
#define HEIGHT 200

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

/* Returns whether anything was drawn. */
static gboolean
draw (BeWireFixture     *fixture,
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
get_pixel (BeWireFixture *fixture,
           int            x,
           int            y)
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
get_ink (BeWireFixture *fixture,
         guint32        connection)
{
  return to_pixel (&be_palette_get_ink (fixture->palette, connection)->strong);
}

/* How many pixels of one column are of exactly this colour. */
static guint
count_in_column (BeWireFixture *fixture,
                 int            x,
                 guint32        pixel)
{
  guint n_found = 0;

  for (int y = 0; y < HEIGHT; y++)
    n_found += get_pixel (fixture, x, y) == pixel ? 1 : 0;

  return n_found;
}

static int
get_middle (BeWireFixture *fixture)
{
  return (fixture->geometry.server_x + fixture->geometry.client_x) / 2;
}

static void
test_reaches_from_badge_to_badge (BeWireFixture *fixture,
                                  gconstpointer  data)
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
test_marked_arrows_are_wider (BeWireFixture *fixture,
                              gconstpointer  data)
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
test_what_is_lost_ends_in_a_cross (BeWireFixture *fixture,
                                   gconstpointer  data)
{
  const BeWireArrow arrow = { .kind = BE_WIRE_ARROW_LOST, .from_side = BE_SIDE_SERVER, .from_y = 100, .to_y = 100 };
  int               middle = get_middle (fixture);

  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_cmphex (get_pixel (fixture, middle, 100), ==, to_pixel (&fixture->palette->error));
  g_assert_cmphex (get_pixel (fixture, middle - 40, 100), ==, get_ink (fixture, 0));
  g_assert_cmphex (get_pixel (fixture, middle + 40, 100), ==, 0);
}

static void
test_what_nobody_reads_is_dashed (BeWireFixture *fixture,
                                  gconstpointer  data)
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
test_another_program_is_a_stub_with_its_address (BeWireFixture *fixture,
                                                 gconstpointer  data)
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

/* How many pieces of exactly this colour stand side by side. */
static guint
count_pieces (BeWireFixture *fixture,
              int            begin,
              int            end,
              guint32        pixel)
{
  guint    n_pieces = 0;
  gboolean was_inked = FALSE;

  for (int x = begin; x < end; x++)
    {
      gboolean is_inked = count_in_column (fixture, x, pixel) > 0;

      n_pieces += is_inked && !was_inked ? 1 : 0;
      was_inked = is_inked;
    }

  return n_pieces;
}

/* Whether something stands around @middle, above a line at @y. */
static gboolean
has_words_above (BeWireFixture *fixture,
                 int            middle,
                 int            y)
{
  for (int x = middle - 8; x < middle + 8; x++)
    if (get_pixel (fixture, x, y - 3) != 0)
      return TRUE;

  return FALSE;
}

static void
test_what_is_inferred_is_dashed_and_named (BeWireFixture *fixture,
                                           gconstpointer  data)
{
  const BeWireArrow arrows[] = {
    { .from_side = BE_SIDE_SERVER, .from_y = 40, .to_y = 40, .is_marked = TRUE },
    { .from_side = BE_SIDE_SERVER, .from_y = 100, .to_y = 100, .is_marked = TRUE, .means = BE_TRANSFER_BY_FIN },
  };
  guint32 inferred = to_pixel (&fixture->palette->inferred);
  int     begin = fixture->geometry.server_x;
  int     middle = get_middle (fixture);
  int     words = begin + (fixture->geometry.client_x - begin) * 3 / 10;

  g_assert_true (draw (fixture, arrows, 2));
  g_assert_cmpuint (count_pieces (fixture, middle, fixture->geometry.client_x, inferred), >, 3);
  g_assert_cmpuint (count_pieces (fixture, begin, middle - 25, get_ink (fixture, 0)), ==, 1);
  g_assert_true (has_words_above (fixture, words, 100));
  g_assert_false (has_words_above (fixture, words, 40));
}

static void
test_a_reset_is_told_from_an_end (BeWireFixture *fixture,
                                  gconstpointer  data)
{
  const BeWireArrow arrow = { .from_y = 100, .to_y = 100, .is_marked = TRUE, .means = BE_TRANSFER_BY_RST };
  int               begin = fixture->geometry.server_x;

  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_cmpuint (count_pieces (fixture, begin, get_middle (fixture), to_pixel (&fixture->palette->error)), >, 3);
  g_assert_cmpuint (count_pieces (fixture, begin, get_middle (fixture), to_pixel (&fixture->palette->inferred)), ==, 0);
  g_assert_true (has_words_above (fixture, get_middle (fixture), 100));
}

/* In rows that are close, one line; the heads are wider than it. */
static void
test_a_handshake_points_both_ways (BeWireFixture *fixture,
                                   gconstpointer  data)
{
  const BeWireArrow fin = { .from_side = BE_SIDE_CLIENT, .from_y = 40, .to_y = 40, .means = BE_TRANSFER_BY_FIN };
  const BeWireArrow handshake = { .from_side = BE_SIDE_CLIENT, .from_y = 100, .to_y = 100, .means = BE_TRANSFER_BY_HANDSHAKE };
  guint32           inferred = to_pixel (&fixture->palette->inferred);
  int               server_head = fixture->geometry.server_x + 20;
  int               client_head = fixture->geometry.client_x - 21;

  g_assert_true (draw (fixture, &fin, 1));
  g_assert_cmpuint (count_in_column (fixture, server_head, inferred), >, 2);
  g_assert_cmpuint (count_in_column (fixture, client_head, inferred), <=, 2);

  g_assert_true (draw (fixture, &handshake, 1));
  g_assert_cmpuint (count_in_column (fixture, client_head, inferred), >, 2);
  g_assert_true (has_words_above (fixture, get_middle (fixture), 100));
}

/* The first two lines end where no row stands, at the lifelines. */
static void
test_a_handshake_of_far_rows_is_three_lines (BeWireFixture *fixture,
                                             gconstpointer  data)
{
  const BeWireArrow near = { .from_side = BE_SIDE_CLIENT, .from_y = 10, .to_y = 30, .means = BE_TRANSFER_BY_HANDSHAKE };
  const BeWireArrow far = { .from_side = BE_SIDE_CLIENT, .from_y = 50, .to_y = 140, .means = BE_TRANSFER_BY_HANDSHAKE };
  guint32           inferred = to_pixel (&fixture->palette->inferred);
  int               server_edge = fixture->geometry.server_x + 10;
  int               client_edge = fixture->geometry.client_x - 11;

  g_assert_true (draw (fixture, &near, 1));
  g_assert_cmpuint (count_in_column (fixture, server_edge, inferred), ==, 0);
  g_assert_cmpuint (count_in_column (fixture, client_edge, inferred), ==, 0);

  g_assert_true (draw (fixture, &far, 1));
  g_assert_cmphex (get_pixel (fixture, server_edge, 75), ==, inferred);
  g_assert_cmphex (get_pixel (fixture, client_edge, 100), ==, inferred);
}

static BeWireArrowKind
get_kind (BeTransferMeans means,
          gboolean        is_late,
          double          height,
          double          scale)
{
  const BeTransferLink link = { .from = 0, .to = 1, .from_side = BE_SIDE_CLIENT, .means = (guint8) means, .is_late = (guint8) is_late };
  BeWireArrow          arrow;

  be_wire_arrow_init (&arrow, &link, 10, 10 + height, scale);
  g_assert_cmpfloat (arrow.from_y, ==, 10);
  g_assert_cmpfloat (arrow.to_y, ==, 10 + height);

  return arrow.kind;
}

/* Whoever accepts late, or far below, has not shaken hands; bytes go all the way. */
static void
test_a_handshake_is_drawn_where_it_happened (BeWireFixture *fixture,
                                             gconstpointer  data)
{
  g_assert_cmpint (get_kind (BE_TRANSFER_BY_HANDSHAKE, FALSE, 90, 1), ==, BE_WIRE_ARROW_WHOLE);
  g_assert_cmpint (get_kind (BE_TRANSFER_BY_HANDSHAKE, TRUE, 90, 1), ==, BE_WIRE_ARROW_WAITING);
  g_assert_cmpint (get_kind (BE_TRANSFER_BY_HANDSHAKE, FALSE, 150, 1), ==, BE_WIRE_ARROW_WAITING);
  g_assert_cmpint (get_kind (BE_TRANSFER_BY_HANDSHAKE, FALSE, 150, 2), ==, BE_WIRE_ARROW_WHOLE);
  g_assert_cmpint (get_kind (BE_TRANSFER_BY_FIN, FALSE, 150, 1), ==, BE_WIRE_ARROW_WHOLE);
  g_assert_cmpint (get_kind (BE_TRANSFER_BY_CALLS, FALSE, 1000, 1), ==, BE_WIRE_ARROW_WHOLE);
}

static void
test_words_that_have_no_room_are_left_out (BeWireFixture *fixture,
                                           gconstpointer  data)
{
  const BeWireArrow arrow = { .from_side = BE_SIDE_CLIENT, .from_y = 100, .to_y = 100, .means = BE_TRANSFER_BY_HANDSHAKE };

  fixture->geometry.client_x = fixture->geometry.server_x + 90;
  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_false (has_words_above (fixture, get_middle (fixture), 100));
  g_assert_true (get_pixel (fixture, get_middle (fixture), 100) != 0 ||
                 get_pixel (fixture, get_middle (fixture) + 4, 100) != 0);
}

/* A row a million pixels away has the arrow leave at the right place. */
static void
test_goes_on_beyond_the_edge (BeWireFixture *fixture,
                              gconstpointer  data)
{
  const BeWireArrow arrow = { .from_side = BE_SIDE_CLIENT, .from_y = 100, .to_y = 1000000 };
  guint32           ink = get_ink (fixture, 0);

  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_cmphex (get_pixel (fixture, fixture->geometry.client_x - 14, HEIGHT - 5), ==, ink);
  g_assert_cmpuint (count_in_column (fixture, get_middle (fixture), ink), ==, 0);
}

/* The ring stands on the lifeline, half of it outside the lane. */
static void
test_a_refused_connect_goes_to_a_ring_and_back (BeWireFixture *fixture,
                                                gconstpointer  data)
{
  const BeWireArrow arrows[] = {
    { .kind = BE_WIRE_ARROW_REFUSED, .from_side = BE_SIDE_CLIENT, .means = BE_TRANSFER_BY_SYN, .from_y = 50, .to_y = 180 },
    { .kind = BE_WIRE_ARROW_REFUSED, .from_side = BE_SIDE_SERVER, .means = BE_TRANSFER_BY_RST, .from_y = 50, .to_y = 180 },
  };
  guint32 error = to_pixel (&fixture->palette->error);
  guint32 inferred = to_pixel (&fixture->palette->inferred);
  int     server = fixture->geometry.server_x;

  g_assert_true (draw (fixture, &arrows[0], 1));
  g_assert_cmpuint (count_in_column (fixture, server - 10, error), >, 0);
  g_assert_cmpuint (count_in_column (fixture, server + 9, error), >, 0);
  g_assert_cmpuint (count_pieces (fixture, server + 20, fixture->geometry.client_x, error), ==, 0);

  /* The head of the SYN is at the ring, that of the RST at the client. */
  g_assert_cmpuint (count_in_column (fixture, server + 20, inferred), >, 2);
  g_assert_true (draw (fixture, &arrows[1], 1));
  g_assert_cmpuint (count_pieces (fixture, server + 20, fixture->geometry.client_x, error), >, 5);
  g_assert_cmpuint (count_in_column (fixture, fixture->geometry.client_x - 10, error), >, 2);
}

static void
test_another_computer_refuses_at_its_stub (BeWireFixture *fixture,
                                           gconstpointer  data)
{
  const BeWireArrow arrow = {
    .kind = BE_WIRE_ARROW_REFUSED_BY_STUB,
    .from_side = BE_SIDE_CLIENT,
    .means = BE_TRANSFER_BY_SYN,
    .from_y = 50,
    .to_y = 180,
  };
  guint32 error = to_pixel (&fixture->palette->error);
  int     lane = fixture->geometry.client_x - fixture->geometry.server_x;

  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_cmpuint (count_pieces (fixture, 0, fixture->geometry.server_x + lane / 3, error), ==, 0);
  g_assert_cmpuint (count_pieces (fixture, get_middle (fixture), fixture->geometry.client_x, error), >, 0);
}

static void
test_what_nobody_answers_ends_in_nothing (BeWireFixture *fixture,
                                          gconstpointer  data)
{
  const BeWireArrow arrow = {
    .kind = BE_WIRE_ARROW_UNANSWERED,
    .from_side = BE_SIDE_CLIENT,
    .means = BE_TRANSFER_BY_SYN,
    .from_y = 50,
    .to_y = 180,
  };
  guint32 inferred = to_pixel (&fixture->palette->inferred);
  int     lane = fixture->geometry.client_x - fixture->geometry.server_x;

  g_assert_true (draw (fixture, &arrow, 1));
  g_assert_cmpuint (count_pieces (fixture, get_middle (fixture), fixture->geometry.client_x, inferred), >, 5);
  g_assert_cmpuint (count_pieces (fixture, 0, fixture->geometry.server_x + lane / 3, inferred), ==, 0);
  g_assert_cmpuint (count_pieces (fixture, 0, WIDTH, to_pixel (&fixture->palette->error)), ==, 0);
}

/* The SYN says for both why nobody was there. */
static void
test_a_refused_connect_says_once_why (BeWireFixture *fixture,
                                      gconstpointer  data)
{
  BeTransferLink link = { .outcome = BE_TRANSFER_REFUSED, .means = BE_TRANSFER_BY_SYN };
  BeEventRecord  record = { .peer = { .family = BE_ADDRESS_IPV4, .port = 9000, .bytes = { 127, 0, 0, 1 } } };
  g_autoptr (PangoLayout) label = be_wire_make_label (fixture->lettering, &fixture->geometry, &link, &record);
  g_autoptr (PangoLayout) address = NULL;

  g_assert_true (be_wire_needs_label (&link));
  g_assert_cmpstr (pango_layout_get_text (label), ==, "no socket listens on port 9000");

  link.outcome = BE_TRANSFER_REFUSED_ELSEWHERE;
  address = be_wire_make_label (fixture->lettering, &fixture->geometry, &link, &record);
  g_assert_true (be_wire_needs_label (&link));
  g_assert_cmpstr (pango_layout_get_text (address), ==, "127.0.0.1:9000");

  link.means = BE_TRANSFER_BY_RST;
  g_assert_false (be_wire_needs_label (&link));
}

static void
test_draws_nothing_without_a_lane (BeWireFixture *fixture,
                                   gconstpointer  data)
{
  const BeWireArrow arrow = { .from_side = BE_SIDE_CLIENT, .from_y = 50, .to_y = 150 };

  g_assert_false (draw (fixture, &arrow, 0));
  fixture->geometry = be_wire_geometry_for_width (400);
  g_assert_false (draw (fixture, &arrow, 1));
}

#define add(path, function) g_test_add ("/wire-arrows/" path, BeWireFixture, NULL, set_up, function, tear_down)

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
  add ("what-is-inferred-is-dashed-and-named", test_what_is_inferred_is_dashed_and_named);
  add ("a-reset-is-told-from-an-end", test_a_reset_is_told_from_an_end);
  add ("a-handshake-points-both-ways", test_a_handshake_points_both_ways);
  add ("a-handshake-of-far-rows-is-three-lines", test_a_handshake_of_far_rows_is_three_lines);
  add ("a-handshake-is-drawn-where-it-happened", test_a_handshake_is_drawn_where_it_happened);
  add ("words-that-have-no-room-are-left-out", test_words_that_have_no_room_are_left_out);
  add ("goes-on-beyond-the-edge", test_goes_on_beyond_the_edge);
  add ("a-refused-connect-goes-to-a-ring-and-back", test_a_refused_connect_goes_to_a_ring_and_back);
  add ("another-computer-refuses-at-its-stub", test_another_computer_refuses_at_its_stub);
  add ("what-nobody-answers-ends-in-nothing", test_what_nobody_answers_ends_in_nothing);
  add ("a-refused-connect-says-once-why", test_a_refused_connect_says_once_why);
  add ("draws-nothing-without-a-lane", test_draws_nothing_without_a_lane);

  return g_test_run ();
}
