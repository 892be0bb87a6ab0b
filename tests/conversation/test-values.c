/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The values behind the drawing: no display is needed for them. */

#include "be-chip.h"
#include "be-count-text.h"
#include "be-palette.h"
#include "be-row-rhythm.h"
#include "be-wire.h"

#include <errno.h>
#include <math.h>

#define MIN_CONTRAST 5.4

/*
 * The lane
 */

static void
test_lifelines_stand_as_in_the_sketch (void)
{
  BeWireGeometry geometry = be_wire_geometry_for_width (1360);

  g_assert_false (geometry.is_folded);
  g_assert_cmpint (geometry.server_x, ==, 530);
  g_assert_cmpint (geometry.client_x, ==, 830);
  g_assert_cmpint (geometry.lane_width, ==, 300);
}

static void
test_the_lane_has_bounds_and_folds (void)
{
  g_assert_cmpint (be_wire_geometry_for_width (4000).lane_width, ==, 320);
  g_assert_cmpint (be_wire_geometry_for_width (860).lane_width, >=, 180);
  g_assert_false (be_wire_geometry_for_width (860).is_folded);
  g_assert_true (be_wire_geometry_for_width (859).is_folded);
  g_assert_true (be_wire_geometry_for_width (0).is_folded);
}

static void
test_the_lane_is_in_the_middle_at_any_width (void)
{
  for (int width = 860; width < 2600; width++)
    {
      BeWireGeometry geometry = be_wire_geometry_for_width (width);
      int            right = width - geometry.client_x;

      g_assert_cmpint (geometry.client_x - geometry.server_x, ==, geometry.lane_width);
      g_assert_cmpint (ABS (right - geometry.server_x), <=, 1);
    }
}

/*
 * Colours
 */

/* WCAG 2.1, relative luminance. */
static double
get_luminance (const GdkRGBA *colour)
{
  const float  parts[] = { colour->red, colour->green, colour->blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double       luminance = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      double part = parts[i];

      part = part <= 0.03928 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
      luminance += weights[i] * part;
    }

  return luminance;
}

static double
get_contrast (const GdkRGBA *text,
              const GdkRGBA *ground)
{
  double a = get_luminance (text);
  double b = get_luminance (ground);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static void
assert_readable (const GdkRGBA *text,
                 const GdkRGBA *ground)
{
  g_assert_cmpfloat (get_contrast (text, ground), >=, MIN_CONTRAST);
}

static void
test_every_text_can_be_read (void)
{
  for (guint i = 0; i < 4; i++)
    {
      const BePalette *palette = be_palette_get ((i & 1) != 0, (i & 2) != 0);

      assert_readable (&palette->text, &palette->list);
      assert_readable (&palette->small_text, &palette->list);
      assert_readable (&palette->error, &palette->list);
      assert_readable (&palette->text, &palette->selection);
      g_assert_cmpfloat (get_contrast (&palette->small_text, &palette->selection), >=, 4.5);
      g_assert_cmpfloat (get_contrast (&palette->error, &palette->selection), >=, 4.5);

      for (guint32 connection = 0; connection < 5; connection++)
        {
          const BeInk *ink = be_palette_get_ink (palette, connection);

          assert_readable (&ink->on_strong, &ink->strong);
          assert_readable (&ink->on_tint, &ink->tint);
        }

      for (guint kind = 0; kind < BE_PALETTE_N_CHIPS; kind++)
        assert_readable (&palette->chips[kind].on_tint, &palette->chips[kind].tint);
    }
}

static void
test_the_fifth_connection_has_the_colours_of_the_first (void)
{
  const BePalette *palette = be_palette_get (FALSE, FALSE);

  g_assert_true (be_palette_get_ink (palette, 4) == be_palette_get_ink (palette, 0));
  g_assert_true (be_palette_get_ink (palette, 3) != be_palette_get_ink (palette, 0));
}

/*
 * Rhythm
 */

static BeEventRecord
make_record (BeSide side,
             BeCall call)
{
  return (BeEventRecord){
    .side = (guint8) side,
    .call = (guint8) call,
    .socket_id = 1 + side,
    .peer_id = 1 + side,
    .result = be_call_is_sending (call) || be_call_is_reading (call) ? 3 : 0,
  };
}

static void
test_a_run_of_sends_is_closer (void)
{
  BeEventRecord send = make_record (BE_SIDE_CLIENT, BE_CALL_SEND);
  BeEventRecord recv = make_record (BE_SIDE_CLIENT, BE_CALL_RECV);
  BeEventRecord other = send;

  other.socket_id = other.peer_id = 7;

  g_assert_true (be_row_rhythm_continues_run (&send, &send));
  g_assert_false (be_row_rhythm_continues_run (&send, &other));
  g_assert_false (be_row_rhythm_continues_run (&recv, &recv));
  g_assert_false (be_row_rhythm_continues_run (NULL, &send));
  g_assert_cmpuint (be_row_rhythm_get_advance (&send, &send, FALSE), ==, 32);
  g_assert_cmpuint (be_row_rhythm_get_advance (&recv, &send, FALSE), ==, 35);
}

static void
test_an_answer_overlaps_only_beside_a_lane (void)
{
  BeEventRecord send = make_record (BE_SIDE_CLIENT, BE_CALL_SEND);
  BeEventRecord recv = make_record (BE_SIDE_SERVER, BE_CALL_RECV);

  g_assert_cmpuint (be_row_rhythm_get_advance (&send, &recv, FALSE), ==, 20);
  g_assert_cmpuint (be_row_rhythm_get_advance (&send, &recv, TRUE), >=, 32);
}

static void
test_a_handshake_leaves_room_for_its_three_packets (void)
{
  BeEventRecord connect = make_record (BE_SIDE_CLIENT, BE_CALL_CONNECT);
  BeEventRecord accept = make_record (BE_SIDE_SERVER, BE_CALL_ACCEPT);

  g_assert_cmpuint (be_row_rhythm_get_advance (&connect, &accept, FALSE), ==, 42);
  g_assert_cmpuint (be_row_rhythm_get_advance (&accept, &connect, FALSE), ==, 42);

  accept.connection = 5;
  g_assert_cmpuint (be_row_rhythm_get_advance (&connect, &accept, FALSE), ==, 20);
}

/*
 * Words
 */

static void
test_thousands_stand_apart (void)
{
  const struct
  {
    guint64     count;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { 12, "12" },
    { 999, "999" },
    { 1234, "1,234" },
    { 1000000, "1,000,000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = be_count_text_group (cases[i].count);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_an_option_has_no_chip_unless_it_failed (void)
{
  BeEventRecord    record = make_record (BE_SIDE_CLIENT, BE_CALL_SETSOCKOPT);
  BeChipKind       kind = BE_CHIP_OPEN;
  g_autofree char *failed = NULL;

  record.state = BE_SYSTEM_STATE_ESTABLISHED;
  g_assert_null (be_chip_dup_text (&record, &kind));

  record.result = -1;
  failed = be_chip_dup_text (&record, &kind);
  g_assert_cmpstr (failed, ==, "failed");
}

static void
test_chips_say_what_came_of_a_call (void)
{
  BeEventRecord    record = make_record (BE_SIDE_CLIENT, BE_CALL_CONNECT);
  BeChipKind       kind = BE_CHIP_OPEN;
  g_autofree char *established = NULL;
  g_autofree char *cancelled = NULL;
  g_autofree char *timed_out = NULL;

  record.state = BE_SYSTEM_STATE_ESTABLISHED;
  established = be_chip_dup_text (&record, &kind);
  g_assert_cmpstr (established, ==, "ESTABLISHED");
  g_assert_cmpint (kind, ==, BE_CHIP_OPEN);

  record.result = -1;
  record.flags = BE_EVENT_TIMED_OUT;
  timed_out = be_chip_dup_text (&record, &kind);
  g_assert_cmpstr (timed_out, ==, "timed out");
  g_assert_cmpint (kind, ==, BE_CHIP_FAILED);

  record.flags = BE_EVENT_CANCELLED;
  cancelled = be_chip_dup_text (&record, &kind);
  g_assert_cmpstr (cancelled, ==, "cancelled");
  g_assert_cmpint (kind, ==, BE_CHIP_CLOSED);
}

static void
assert_failure_chip (BeCall      call,
                     int         error,
                     const char *expected)
{
  BeEventRecord    record = make_record (BE_SIDE_SERVER, call);
  BeChipKind       kind = BE_CHIP_OPEN;
  g_autofree char *text = NULL;

  record.result = -1;
  record.error = error;
  text = be_chip_dup_text (&record, &kind);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (kind, ==, BE_CHIP_FAILED);
}

static void
test_chips_say_how_a_call_failed (void)
{
  assert_failure_chip (BE_CALL_BIND, EADDRINUSE, "in use");
  assert_failure_chip (BE_CALL_BIND, EACCES, "forbidden");
  assert_failure_chip (BE_CALL_CONNECT, ECONNREFUSED, "refused");
  assert_failure_chip (BE_CALL_CONNECT, EHOSTUNREACH, "unreachable");
  assert_failure_chip (BE_CALL_RECV, ECONNRESET, "reset");
  assert_failure_chip (BE_CALL_SENDTO, EMSGSIZE, "too long");
  assert_failure_chip (BE_CALL_SEND, EPIPE, "broken pipe");
  assert_failure_chip (BE_CALL_BIND, EADDRNOTAVAIL, "not available");
  assert_failure_chip (BE_CALL_ACCEPT, EMFILE, "too many");
  assert_failure_chip (BE_CALL_SEND, EIO, "failed");
  assert_failure_chip (BE_CALL_GETADDRINFO, 1, "not found");
  assert_failure_chip (BE_CALL_GETADDRINFO, 2, "no answer");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/lifelines-stand-as-in-the-sketch", test_lifelines_stand_as_in_the_sketch);
  g_test_add_func ("/wire/the-lane-has-bounds-and-folds", test_the_lane_has_bounds_and_folds);
  g_test_add_func ("/wire/the-lane-is-in-the-middle-at-any-width",
                   test_the_lane_is_in_the_middle_at_any_width);
  g_test_add_func ("/palette/every-text-can-be-read", test_every_text_can_be_read);
  g_test_add_func ("/palette/the-fifth-connection-has-the-colours-of-the-first",
                   test_the_fifth_connection_has_the_colours_of_the_first);
  g_test_add_func ("/row-rhythm/a-run-of-sends-is-closer", test_a_run_of_sends_is_closer);
  g_test_add_func ("/row-rhythm/an-answer-overlaps-only-beside-a-lane",
                   test_an_answer_overlaps_only_beside_a_lane);
  g_test_add_func ("/row-rhythm/a-handshake-leaves-room-for-its-three-packets",
                   test_a_handshake_leaves_room_for_its_three_packets);
  g_test_add_func ("/count-text/thousands-stand-apart", test_thousands_stand_apart);
  g_test_add_func ("/chip/says-what-came-of-a-call", test_chips_say_what_came_of_a_call);
  g_test_add_func ("/chip/an-option-has-no-chip-unless-it-failed", test_an_option_has_no_chip_unless_it_failed);
  g_test_add_func ("/chip/says-how-a-call-failed", test_chips_say_how_a_call_failed);

  return g_test_run ();
}
