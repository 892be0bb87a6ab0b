/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the sends ended in what one recv took: fonts are needed for it, but no
 * display. */

#include "be-row-borders.h"

#include "be-payload-layout.h"

#include <string.h>

#define NARROW 400
#define WIDE 1360

typedef struct
{
  BeJournal     *journal;
  BeRowSetting   setting;
  BeRowContent   content;
  BeRowPlacement placement;
  BeEventRecord *record;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer width)
{
  PangoContext         *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font = pango_font_description_from_string ("Sans 11");

  pango_context_set_font_description (context, font);
  pango_font_description_free (font);
  self->journal = be_journal_new (100, BE_JOURNAL_MAX_BYTES);
  self->setting.lettering = be_lettering_new (context);
  self->setting.width = GPOINTER_TO_INT (width);
  self->setting.geometry = be_wire_geometry_for_width (GPOINTER_TO_INT (width));
  self->setting.journal = self->journal;
  g_object_unref (context);
}

static void
tear_down (Fixture      *self,
           gconstpointer width)
{
  be_row_content_clear (&self->content);
  g_free (self->record);
  g_assert_finalize_object (self->setting.lettering);
  g_assert_finalize_object (self->journal);
}

static void
place (Fixture      *self,
       BeCall        call,
       gconstpointer bytes,
       gsize         length)
{
  gsize size = be_event_record_size_for (length);

  g_free (self->record);
  self->record = g_malloc0 (size);
  *self->record = (BeEventRecord){
    .size = (guint32) size,
    .kept_length = (guint32) length,
    .payload_length = (guint32) length,
    .result = (gint32) length,
    .sequence = 1,
    .side = BE_SIDE_SERVER,
    .call = (guint8) call,
    .socket_id = 1,
    .peer_id = 1,
    .state = BE_SYSTEM_STATE_ESTABLISHED,
    .peer = { .family = BE_ADDRESS_IPV4, .port = 8001, .bytes = { 127, 0, 0, 1 } },
  };
  memcpy (self->record + 1, bytes, length);
  be_row_content_fill (&self->content, &self->setting, NULL, self->record);
  be_row_placement_compute (&self->placement, &self->content, &self->setting);
}

static gboolean
set_ends (Fixture       *self,
          const guint32 *ends,
          guint          n_ends)
{
  const BeRowBorders borders = { .n_sends = n_ends + 1, .ends = ends, .n_ends = n_ends };

  return be_row_borders_set (&self->content, &self->placement, &self->setting, self->record, &borders);
}

static const BePayloadTick *
get_tick (Fixture *self,
          guint    number)
{
  g_assert_cmpuint (number, <, self->content.ticks->len);

  return &g_array_index (self->content.ticks, BePayloadTick, number);
}

/* What stands before a tick, from the one before it on. */
static void
assert_stands_before (Fixture    *self,
                      guint       number,
                      const char *expected)
{
  const char      *text = pango_layout_get_text (self->content.pieces[BE_PIECE_PAYLOAD]);
  guint            begin = number > 0 ? get_tick (self, number - 1)->index + 1 : 0;
  guint            end = get_tick (self, number)->index;
  g_autofree char *part = g_strndup (text + begin, end - begin);

  g_assert_cmpstr (part, ==, expected);
  g_assert_cmpfloat (get_tick (self, number)->share, ==, 0.5f);
}

static const char *
get_chip (Fixture *self)
{
  PangoLayout *chip = self->content.pieces[BE_PIECE_CHIP];

  return chip != NULL && self->placement.is_shown[BE_PIECE_CHIP] ? pango_layout_get_text (chip) : NULL;
}

static void
test_ticks_stand_where_sends_ended (Fixture      *self,
                                    gconstpointer width)
{
  const guint32 ends[] = { 3, 6 };

  place (self, BE_CALL_RECV, "onetwothree", 11);
  g_assert_true (set_ends (self, ends, 2));

  g_assert_cmpuint (self->content.ticks->len, ==, 2);
  assert_stands_before (self, 0, "one");
  assert_stands_before (self, 1, "two");
  g_assert_cmpstr (get_chip (self), ==, "3 sends, 1 recv");
}

static void
test_ticks_count_bytes_and_not_letters (Fixture      *self,
                                        gconstpointer width)
{
  /* NUL, a letter of three bytes, a byte that is no text, a line end, and a
   * character without a picture. */
  static const char bytes[] = "\0"
                              "你\xff\r\n\xe2\x80\xae!";
  const guint32     ends[] = { 1, 4, 5, 7, 10 };

  place (self, BE_CALL_RECV, bytes, sizeof bytes - 1);
  set_ends (self, ends, G_N_ELEMENTS (ends));

  assert_stands_before (self, 0, " NUL ");
  assert_stands_before (self, 1, "你");
  assert_stands_before (self, 2, " FF ");
  assert_stands_before (self, 3, " CR  LF ");
  assert_stands_before (self, 4, "\n U+202E ");
}

static void
test_a_send_may_end_amid_a_character (Fixture      *self,
                                      gconstpointer width)
{
  const guint32 ends[] = { 4, 5 };

  place (self, BE_CALL_RECV, "你好", 6);
  set_ends (self, ends, 2);

  g_assert_cmpuint (self->content.ticks->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (get_tick (self, i)->index, ==, strlen ("你"));
      g_assert_cmpfloat_with_epsilon (get_tick (self, i)->share, (double) (i + 1) / 3, 0.001);
    }
}

/* Many letters and many ends, on lines that are wrapped. */
static void
test_ticks_make_no_row_taller (Fixture      *self,
                               gconstpointer width)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint length = 10; length < 400; length += 13)
    {
      guint32 end = (guint32) length;
      double  height;

      g_array_append_val (ends, end);
      while (text->len < length + 3)
        g_string_append_c (text, text->len % 7 == 0 ? ' ' : 'x');

      place (self, BE_CALL_RECV, text->str, text->len);
      height = self->placement.height;
      set_ends (self, (const guint32 *) ends->data, ends->len);
      g_assert_cmpfloat (self->placement.height, ==, height);
      g_assert_cmpuint (self->content.ticks->len, ==, ends->len);
    }
}

static void
test_what_is_not_shown_has_no_ticks (Fixture      *self,
                                     gconstpointer width)
{
  g_autofree char *text = g_strnfill (20000, 'x');
  const guint32    ends[] = { 4, 19000 };

  place (self, BE_CALL_RECV, text, 20000);
  set_ends (self, ends, 2);
  g_assert_cmpuint (self->content.ticks->len, ==, 1);
  assert_stands_before (self, 0, "xxxx");
}

static void
test_one_send_in_two_recvs_is_counted_too (Fixture      *self,
                                           gconstpointer width)
{
  const BeRowBorders borders = { .n_recvs = 2 };

  place (self, BE_CALL_SEND, "hello baby", 10);
  g_assert_true (be_row_borders_set (&self->content, &self->placement, &self->setting, self->record, &borders));
  g_assert_cmpstr (get_chip (self), ==, "1 send, 2 recvs");
  g_assert_false (be_row_borders_set (&self->content, &self->placement, &self->setting, self->record, &borders));
}

/* The time gives way first, then the amount, then the chip says less; the bubble
 * never does. */
static void
test_a_chip_stays_in_its_row (Fixture      *self,
                              gconstpointer width)
{
  const guint32 ends[] = { 3 };

  for (guint length = 4; length < 120; length++)
    {
      g_autofree char *text = g_strnfill (length, 'x');
      graphene_rect_t  bubble;

      place (self, BE_CALL_RECV, text, length);
      bubble = self->placement.bubble;
      set_ends (self, ends, 1);
      g_assert_cmpfloat (self->placement.bubble.size.height, ==, bubble.size.height);
      g_assert_nonnull (get_chip (self));
      if (length == 4)
        g_assert_cmpstr (get_chip (self), ==, "2 sends, 1 recv");
      g_assert_cmpfloat (self->placement.x[BE_PIECE_CHIP], >=, 0);
      g_assert_cmpfloat (self->placement.x[BE_PIECE_CHIP] +
                           be_chip_get_width (self->setting.lettering, self->content.pieces[BE_PIECE_CHIP], FALSE),
                         <=, self->setting.width);
      g_assert_true (self->placement.is_shown[BE_PIECE_CALL]);
    }
}

static void
test_another_event_forgets (Fixture      *self,
                            gconstpointer width)
{
  const guint32 ends[] = { 3, 6 };

  place (self, BE_CALL_RECV, "onetwothree", 11);
  set_ends (self, ends, 2);
  place (self, BE_CALL_RECV, "onetwothree", 11);
  g_assert_null (get_chip (self));
  g_assert_cmpuint (self->content.ticks->len, ==, 0);
  g_assert_true (set_ends (self, ends, 2));
}

static void
test_what_was_thrown_away_stands_behind (Fixture      *self,
                                         gconstpointer width)
{
  const BeRowBorders borders = { .lost = (const guint8 *) "o baby", .lost_length = 6 };
  double             x;

  place (self, BE_CALL_RECVFROM, "hell", 4);
  g_assert_true (be_row_borders_set (&self->content, &self->placement, &self->setting, self->record, &borders));
  assert_stands_before (self, 0, "hell");
  g_assert_true (g_str_has_suffix (pango_layout_get_text (self->content.pieces[BE_PIECE_PAYLOAD]), "o baby"));
  g_assert_true (be_row_borders_get_lost_x (&self->content, &self->placement, &x));
  g_assert_cmpfloat (x, >, self->placement.bubble.origin.x);
  g_assert_cmpfloat (x, <, self->placement.bubble.origin.x + self->placement.bubble.size.width);
}

static void
test_what_was_thrown_away_is_cut_to_fit (Fixture      *self,
                                         gconstpointer width)
{
  g_autofree guint8 *lost = g_malloc (60000);
  const BeRowBorders borders = { .lost = lost, .lost_length = 60000 };
  double             height;

  memset (lost, 'y', 60000);
  place (self, BE_CALL_RECVFROM, "hell", 4);
  height = self->placement.height;
  be_row_borders_set (&self->content, &self->placement, &self->setting, self->record, &borders);
  g_assert_cmpfloat (self->placement.height, ==, height);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*function) (Fixture *, gconstpointer);
  } tests[] = {
    { "ticks-stand-where-sends-ended", test_ticks_stand_where_sends_ended },
    { "ticks-count-bytes-and-not-letters", test_ticks_count_bytes_and_not_letters },
    { "a-send-may-end-amid-a-character", test_a_send_may_end_amid_a_character },
    { "ticks-make-no-row-taller", test_ticks_make_no_row_taller },
    { "what-is-not-shown-has-no-ticks", test_what_is_not_shown_has_no_ticks },
    { "one-send-in-two-recvs-is-counted-too", test_one_send_in_two_recvs_is_counted_too },
    { "a-chip-stays-in-its-row", test_a_chip_stays_in_its_row },
    { "another-event-forgets", test_another_event_forgets },
    { "what-was-thrown-away-stands-behind", test_what_was_thrown_away_stands_behind },
    { "what-was-thrown-away-is-cut-to-fit", test_what_was_thrown_away_is_cut_to_fit },
  };
  static const int widths[] = { WIDE, NARROW };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
      {
        g_autofree char *path = g_strdup_printf ("/row-borders/%s/%d", tests[i].path, widths[j]);

        g_test_add (path, Fixture, GINT_TO_POINTER (widths[j]), set_up, tests[i].function, tear_down);
      }

  return g_test_run ();
}
