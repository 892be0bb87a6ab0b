/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the pieces of a row stand: fonts are needed for it, but no display. */

#include "be-magnification.h"
#include "be-row-placement.h"
#include "be-row-rhythm.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define NARROW 400
#define WIDE 1360
#define START 1000000

typedef struct
{
  BeJournal     *journal;
  BeRowSetting   setting;
  BeRowContent   content;
  BeRowPlacement placement;
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
  self->setting.start = START;
  g_object_unref (context);
}

static void
tear_down (Fixture      *self,
           gconstpointer width)
{
  be_row_content_clear (&self->content);
  g_assert_finalize_object (self->setting.lettering);
  g_assert_finalize_object (self->journal);
}

static BeEventRecord
make_record (BeSide side,
             BeCall call)
{
  return (BeEventRecord){
    .sequence = 1,
    .time = START + 572314,
    .side = (guint8) side,
    .call = (guint8) call,
    .socket_id = 1,
    .peer_id = 1,
    .connection = 0,
    .state = BE_SYSTEM_STATE_ESTABLISHED,
    .peer = { .family = BE_ADDRESS_IPV4, .port = 8001, .bytes = { 127, 0, 0, 1 } },
  };
}

static void
place (Fixture             *self,
       const BeEventRecord *record)
{
  be_row_content_fill (&self->content, &self->setting, NULL, record);
  be_row_placement_compute (&self->placement, &self->content, &self->setting);
}

static double
get_end (Fixture *self,
         BePiece  piece)
{
  return self->placement.x[piece] + be_lettering_get_width (self->content.pieces[piece]);
}

static void
test_folded_states_stand_on_their_side (Fixture      *self,
                                        gconstpointer width)
{
  BeEventRecord accept = make_record (BE_SIDE_SERVER, BE_CALL_ACCEPT);
  BeEventRecord connect = make_record (BE_SIDE_CLIENT, BE_CALL_CONNECT);
  double        margin;

  place (self, &accept);
  margin = self->placement.badge_x;
  g_assert_cmpfloat (margin, <, 0.1 * NARROW);
  g_assert_cmpfloat (self->placement.x[BE_PIECE_CHIP], <, self->placement.x[BE_PIECE_CALL]);
  g_assert_cmpfloat (get_end (self, BE_PIECE_DETAIL), <, NARROW);

  place (self, &connect);
  g_assert_cmpfloat (self->placement.badge_x, ==, NARROW - margin);
  g_assert_cmpfloat (self->placement.x[BE_PIECE_CHIP], >, get_end (self, BE_PIECE_DETAIL));
  g_assert_cmpfloat (self->placement.x[BE_PIECE_CALL], >, 0);
}

static void
test_folded_details_give_way (Fixture      *self,
                              gconstpointer width)
{
  BeEventRecord record = make_record (BE_SIDE_SERVER, BE_CALL_ACCEPT);

  record.peer.family = BE_ADDRESS_IPV6;
  memset (record.peer.bytes, 0xab, sizeof record.peer.bytes);
  place (self, &record);

  g_assert_cmpfloat (get_end (self, BE_PIECE_DETAIL), <, NARROW);
  g_assert_true (pango_layout_is_ellipsized (self->content.pieces[BE_PIECE_DETAIL]));
}

static void
test_folded_rows_have_their_time (Fixture      *self,
                                  gconstpointer width)
{
  BeEventRecord closed = make_record (BE_SIDE_SERVER, BE_CALL_CLOSE);
  BeEventRecord accept = make_record (BE_SIDE_SERVER, BE_CALL_ACCEPT);

  closed.state = BE_SYSTEM_STATE_CLOSED;
  place (self, &closed);
  g_assert_true (self->placement.is_shown[BE_PIECE_TIME]);
  g_assert_cmpfloat (self->placement.y[BE_PIECE_TIME], ==, self->placement.y[BE_PIECE_CALL]);
  g_assert_cmpfloat (self->placement.x[BE_PIECE_TIME], >, get_end (self, BE_PIECE_CALL));
  g_assert_cmpfloat (get_end (self, BE_PIECE_TIME), <, NARROW);
  g_assert_cmpfloat (self->placement.height, ==, 2 * self->placement.centre);

  /* Beside that there is no room, and nothing is cut for it. */
  accept.peer.family = BE_ADDRESS_IPV6;
  accept.peer.bytes[0] = accept.peer.bytes[5] = accept.peer.bytes[7] = 0x20;
  accept.peer.bytes[15] = 1;
  place (self, &accept);
  g_assert_true (self->placement.is_shown[BE_PIECE_TIME]);
  g_assert_cmpfloat (self->placement.y[BE_PIECE_TIME], >, self->placement.y[BE_PIECE_CALL]);
  g_assert_cmpfloat (self->placement.y[BE_PIECE_TIME], ==, self->placement.y[BE_PIECE_DETAIL]);
  g_assert_cmpfloat (self->placement.x[BE_PIECE_TIME], >, get_end (self, BE_PIECE_DETAIL));
  g_assert_cmpfloat (self->placement.height, >, 2 * self->placement.centre);
  g_assert_false (pango_layout_is_ellipsized (self->content.pieces[BE_PIECE_DETAIL]));
}

static const char *
get_time (Fixture *self)
{
  return pango_layout_get_text (self->content.pieces[BE_PIECE_TIME]);
}

static void
test_microseconds_stand_where_there_is_room (Fixture      *self,
                                             gconstpointer width)
{
  BeEventRecord record = make_record (BE_SIDE_CLIENT, BE_CALL_CONNECT);

  place (self, &record);
  g_assert_cmpstr (get_time (self), ==, "0.572314 s");
  g_assert_true (self->placement.is_shown[BE_PIECE_TIME]);

  self->setting.width = 1024;
  self->setting.geometry = be_wire_geometry_for_width (1024);
  place (self, &record);
  g_assert_cmpstr (get_time (self), ==, "0.572 s");
}

/* A connection that never came about is hollow in both of its rows. */
static void
test_what_was_refused_is_hollow (Fixture      *self,
                                 gconstpointer width)
{
  BeEventRecord records[4];
  BeEventBatch  batch = {
     .begin = (const guint8 *) records,
     .end = (const guint8 *) records + sizeof records,
     .size = sizeof records,
     .n_records = G_N_ELEMENTS (records),
  };
  const gboolean expected[] = { TRUE, FALSE, TRUE, FALSE };

  records[0] = make_record (BE_SIDE_CLIENT, BE_CALL_CONNECT);
  records[1] = make_record (BE_SIDE_CLIENT, BE_CALL_CONNECT);
  records[2] = make_record (BE_SIDE_CLIENT, BE_CALL_CLOSE);
  records[3] = make_record (BE_SIDE_CLIENT, BE_CALL_CLOSE);
  records[0].result = -1;
  records[0].error = ECONNREFUSED;
  records[1].socket_id = records[1].peer_id = 2;
  records[3].socket_id = records[3].peer_id = 2;
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      records[i].sequence = i + 1;
      records[i].size = sizeof (BeEventRecord);
    }
  be_journal_append (self->journal, &batch);

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      place (self, be_journal_get_record (self->journal, i));
      g_assert_cmpint (self->content.is_hollow, ==, expected[i]);
    }
}

/* Title, reason, causes, remedy and number stand one below another in the card. */
static void
test_a_failure_has_all_of_its_texts_in_a_card (Fixture      *self,
                                               gconstpointer width)
{
  const BePiece pieces[] = { BE_PIECE_TITLE, BE_PIECE_REASON, BE_PIECE_CAUSES, BE_PIECE_REMEDY, BE_PIECE_OUTCOME };
  BeEventRecord record = make_record (BE_SIDE_CLIENT, BE_CALL_CONNECT);
  double        y = 0;

  record.result = -1;
  record.error = ECONNREFUSED;
  place (self, &record);

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_assert_true (self->placement.is_shown[pieces[i]]);
      g_assert_cmpfloat (self->placement.y[pieces[i]], >, y);
      g_assert_cmpfloat (get_end (self, pieces[i]), <=,
                         self->placement.card.origin.x + self->placement.card.size.width);
      y = self->placement.y[pieces[i]];
    }
  g_assert_cmpfloat (y, <, self->placement.card.origin.y + self->placement.card.size.height);
  g_assert_cmpint (pango_layout_get_line_count (self->content.pieces[BE_PIECE_CAUSES]), >=, 4);
}

/* The end of a stream is explained, and is no error. */
static void
test_the_end_of_a_stream_has_a_note_and_no_card (Fixture      *self,
                                                 gconstpointer width)
{
  BeEventRecord record = make_record (BE_SIDE_SERVER, BE_CALL_RECV);
  const char   *note = NULL;

  place (self, &record);
  g_assert_true (self->placement.is_shown[BE_PIECE_NOTE]);
  g_assert_false (self->placement.is_shown[BE_PIECE_TITLE]);
  note = pango_layout_get_text (self->content.pieces[BE_PIECE_NOTE]);
  g_assert_true (g_str_has_prefix (note, "The other end sends no more. "));
  g_assert_nonnull (strstr (note, "This is no error."));
}

#define LONG_BYTES 300u

typedef struct
{
  BeEventRecord record;
  char          payload[LONG_BYTES + 4];
} LongRecord;

/* There is no room for its time behind the call, but below. */
static void
test_a_long_message_has_its_time (Fixture      *self,
                                  gconstpointer width)
{
  for (BeSide side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      LongRecord data = { .record = make_record (side, BE_CALL_RECVFROM) };

      for (guint i = 0; i < LONG_BYTES; i++)
        data.payload[i] = i % 7 == 6 ? ' ' : 'w';
      data.record.protocol = BE_PROTOCOL_UDP;
      data.record.result = LONG_BYTES;
      data.record.payload_length = data.record.kept_length = LONG_BYTES;
      data.record.size = sizeof data;
      place (self, &data.record);

      g_assert_true (self->placement.is_shown[BE_PIECE_TIME]);
      g_assert_cmpfloat (self->placement.y[BE_PIECE_TIME], >, self->placement.y[BE_PIECE_CALL]);
      g_assert_cmpfloat (self->placement.y[BE_PIECE_TIME], <,
                         self->placement.bubble.origin.y + self->placement.bubble.size.height);
      g_assert_cmpfloat (self->placement.x[BE_PIECE_TIME], >, 0);
      g_assert_cmpfloat (get_end (self, BE_PIECE_TIME), <, WIDE);
    }
}

#define ROOM 1024
#define LARGE_ROOM 1920
#define PROJECTED_FACTOR 1.6

typedef struct
{
  BeEventRecord record;
  char          payload[24];
} DataRecord;

static void
set_up_projected (Fixture      *self,
                  gconstpointer width)
{
  PangoFontDescription *font = pango_font_description_from_string ("Sans 17.6");
  PangoContext         *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  be_magnification_set (PROJECTED_FACTOR, TRUE);
  set_up (self, width);
  g_object_unref (self->setting.lettering);
  pango_context_set_font_description (context, font);
  self->setting.lettering = be_lettering_new (context);
  pango_font_description_free (font);
  g_object_unref (context);
}

static void
tear_down_projected (Fixture      *self,
                     gconstpointer width)
{
  tear_down (self, width);
  be_magnification_set (1, FALSE);
}

static void
place_bytes (Fixture *self,
             BeSide   side,
             BeCall   call,
             guint    length)
{
  DataRecord data = { make_record (side, call), "hello baby, how are you" };

  data.record.result = (int) length;
  data.record.payload_length = data.record.kept_length = length;
  data.record.size = sizeof data;
  place (self, &data.record);
  g_assert_true (self->placement.is_shown[BE_PIECE_PAYLOAD]);
}

/* A row stays one line in a room; its bubble is high enough for two. */
static void
test_a_room_sees_how_many_bytes (Fixture      *self,
                                 gconstpointer width)
{
  for (BeSide side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      place_bytes (self, side, BE_CALL_SEND, 10);
      g_assert_true (self->placement.is_shown[BE_PIECE_DETAIL]);
      g_assert_cmpfloat (self->placement.y[BE_PIECE_DETAIL], >, self->placement.y[BE_PIECE_CALL]);
      g_assert_cmpfloat (self->placement.x[BE_PIECE_DETAIL], >, 0);
      g_assert_cmpfloat (get_end (self, BE_PIECE_DETAIL), <, ROOM);
      g_assert_cmpfloat (self->placement.height, <,
                         2 * self->placement.centre + be_lettering_get_size (self->setting.lettering, BE_FONT_SMALL));
    }
}

static void
assert_times (Fixture *self,
              gboolean has_times)
{
  const BeCall calls[] = { BE_CALL_SOCKET, BE_CALL_BIND, BE_CALL_LISTEN, BE_CALL_ACCEPT, BE_CALL_SHUTDOWN, BE_CALL_CLOSE };

  for (BeSide side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
        {
          BeEventRecord record = make_record (side, calls[i]);

          place (self, &record);
          g_assert_cmpint (self->placement.is_shown[BE_PIECE_TIME], ==, has_times);
        }
      for (guint length = 1; length < 24; length += 11)
        {
          place_bytes (self, side, BE_CALL_SEND, length);
          g_assert_cmpint (self->placement.is_shown[BE_PIECE_TIME], ==, has_times);
        }
    }
}

static void
test_a_small_room_sees_no_time (Fixture      *self,
                                gconstpointer width)
{
  assert_times (self, FALSE);
}

static void
test_a_large_room_sees_all_times (Fixture      *self,
                                  gconstpointer width)
{
  assert_times (self, TRUE);
}

static double
get_bottom (Fixture *self,
            BePiece  piece)
{
  PangoLayout *layout = self->content.pieces[piece];
  int          height;

  pango_layout_get_size (layout, NULL, &height);

  return be_lettering_get_top (self->setting.lettering, layout, be_row_content_get_font (piece), self->placement.y[piece]) +
         (double) height / PANGO_SCALE;
}

/* How far the frame of a row is below the top of the row that is placed now,
 * which it follows; places it instead. */
static double
place_frame_below (Fixture             *self,
                   const BeEventRecord *before,
                   const BeEventRecord *record)
{
  double advance = be_row_rhythm_get_advance (before, record, self->setting.geometry.is_folded) * self->placement.scale;
  double bottom = self->placement.height - self->placement.centre;

  place (self, record);

  return bottom + round (advance) - self->placement.centre + self->placement.frame.origin.y;
}

#define NOTE_MIN_SPACE 3

/* Neither does that of a close touch it nor that of a bubble. */
static void
test_a_frame_leaves_the_note_above_alone (Fixture      *self,
                                          gconstpointer width)
{
  for (BeSide side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      BeEventRecord end = make_record (side, BE_CALL_RECV);
      DataRecord    next[] = { { make_record (side, BE_CALL_CLOSE), "" }, { make_record (side, BE_CALL_SEND), "hello baby" } };

      next[1].record.result = next[1].record.payload_length = next[1].record.kept_length = 10;
      for (guint i = 0; i < G_N_ELEMENTS (next); i++)
        {
          double note;

          next[i].record.size = sizeof next[i];
          place (self, &end);
          note = get_bottom (self, BE_PIECE_NOTE) + NOTE_MIN_SPACE * self->placement.scale;
          g_assert_cmpfloat (place_frame_below (self, &end, &next[i].record), >, note);
        }
    }
}

/* All that a row without a bubble says is inside of its frame, and outside of
 * that of the next. */
static void
test_frames_of_states_do_not_overlap (Fixture      *self,
                                      gconstpointer width)
{
  for (BeSide side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      BeEventRecord connect = make_record (side, BE_CALL_CONNECT);
      BeEventRecord shutdown = make_record (side, BE_CALL_SHUTDOWN);
      double        bottom;

      place (self, &connect);
      bottom = self->placement.frame.origin.y + self->placement.frame.size.height;
      g_assert_cmpfloat (bottom, >, self->placement.centre + be_chip_get_height (self->setting.lettering) / 2);
      g_assert_cmpfloat (place_frame_below (self, &connect, &shutdown) + 1, >=, bottom);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/row-placement/folded-states-stand-on-their-side", Fixture, GINT_TO_POINTER (NARROW),
              set_up, test_folded_states_stand_on_their_side, tear_down);
  g_test_add ("/row-placement/folded-details-give-way", Fixture, GINT_TO_POINTER (NARROW),
              set_up, test_folded_details_give_way, tear_down);
  g_test_add ("/row-placement/folded-rows-have-their-time", Fixture, GINT_TO_POINTER (NARROW),
              set_up, test_folded_rows_have_their_time, tear_down);
  g_test_add ("/row-placement/microseconds-stand-where-there-is-room", Fixture, GINT_TO_POINTER (WIDE),
              set_up, test_microseconds_stand_where_there_is_room, tear_down);
  g_test_add ("/row-placement/what-was-refused-is-hollow", Fixture, GINT_TO_POINTER (WIDE),
              set_up, test_what_was_refused_is_hollow, tear_down);
  g_test_add ("/row-placement/a-failure-has-all-of-its-texts-in-a-card", Fixture, GINT_TO_POINTER (WIDE),
              set_up, test_a_failure_has_all_of_its_texts_in_a_card, tear_down);
  g_test_add ("/row-placement/a-failure-has-all-of-its-texts-in-a-folded-card", Fixture, GINT_TO_POINTER (NARROW),
              set_up, test_a_failure_has_all_of_its_texts_in_a_card, tear_down);
  g_test_add ("/row-placement/the-end-of-a-stream-has-a-note-and-no-card", Fixture, GINT_TO_POINTER (WIDE),
              set_up, test_the_end_of_a_stream_has_a_note_and_no_card, tear_down);
  g_test_add ("/row-placement/a-long-message-has-its-time", Fixture, GINT_TO_POINTER (WIDE),
              set_up, test_a_long_message_has_its_time, tear_down);
  g_test_add ("/row-placement/a-room-sees-how-many-bytes", Fixture, GINT_TO_POINTER (ROOM),
              set_up_projected, test_a_room_sees_how_many_bytes, tear_down_projected);
  g_test_add ("/row-placement/a-small-room-sees-no-time", Fixture, GINT_TO_POINTER (ROOM),
              set_up_projected, test_a_small_room_sees_no_time, tear_down_projected);
  g_test_add ("/row-placement/a-small-room-sees-no-time-in-a-chat", Fixture, GINT_TO_POINTER (NARROW),
              set_up_projected, test_a_small_room_sees_no_time, tear_down_projected);
  g_test_add ("/row-placement/a-large-room-sees-all-times", Fixture, GINT_TO_POINTER (LARGE_ROOM),
              set_up_projected, test_a_large_room_sees_all_times, tear_down_projected);
  g_test_add ("/row-placement/a-frame-leaves-the-note-above-alone", Fixture, GINT_TO_POINTER (WIDE),
              set_up, test_a_frame_leaves_the_note_above_alone, tear_down);
  g_test_add ("/row-placement/a-frame-leaves-the-note-above-alone-in-a-chat", Fixture, GINT_TO_POINTER (NARROW),
              set_up, test_a_frame_leaves_the_note_above_alone, tear_down);
  g_test_add ("/row-placement/a-frame-leaves-the-note-above-alone-in-a-room", Fixture, GINT_TO_POINTER (ROOM),
              set_up_projected, test_a_frame_leaves_the_note_above_alone, tear_down_projected);
  g_test_add ("/row-placement/frames-of-states-do-not-overlap", Fixture, GINT_TO_POINTER (WIDE),
              set_up, test_frames_of_states_do_not_overlap, tear_down);
  g_test_add ("/row-placement/frames-of-states-do-not-overlap-in-a-room", Fixture, GINT_TO_POINTER (ROOM),
              set_up_projected, test_frames_of_states_do_not_overlap, tear_down_projected);

  return g_test_run ();
}
