/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-bytes.h"
#include "be-test-batch.h"

#include <string.h>

#define CLIENT_ID 1u
#define SERVER_ID 1001u

typedef struct
{
  BeJournal     *journal;
  BeTestBatch   *batch;
  BeStreamBytes *bytes;
  guint64        positions[2][2]; /* by side, and whether it was received */
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer max_events)
{
  BeEventRecord connect = be_test_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, CLIENT_ID);
  BeEventRecord accept = be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, CLIENT_ID);

  self->journal = be_journal_new (GPOINTER_TO_UINT (max_events), BE_JOURNAL_MAX_BYTES);
  self->batch = be_test_batch_new ();
  accept.socket_id = accept.peer_id = SERVER_ID;
  be_test_batch_add (self->batch, &connect, NULL, 0);
  be_test_batch_add (self->batch, &accept, NULL, 0);
  be_journal_append (self->journal, be_test_batch_get (self->batch));
  be_test_batch_clear (self->batch);
  self->bytes = be_stream_bytes_new (self->journal, be_journal_get_record (self->journal, 0)->connection,
                                     BE_SIDE_CLIENT);
}

static void
tear_down (Fixture      *self,
           gconstpointer max_events)
{
  be_stream_bytes_free (self->bytes);
  be_test_batch_free (self->batch);
  g_assert_finalize_object (self->journal);
}

static BeEventRecord
make (Fixture *self,
      BeSide   side,
      BeCall   call,
      gsize    length)
{
  BeEventRecord record = be_test_record (side, call, CLIENT_ID);
  guint64      *position = &self->positions[side][be_call_is_reading (call)];

  if (side == BE_SIDE_SERVER)
    record.socket_id = record.peer_id = SERVER_ID;
  record.result = (gint32) length;
  record.payload_length = (guint32) length;
  record.position = *position;
  *position += length;

  return record;
}

static void
move (Fixture    *self,
      BeSide      side,
      BeCall      call,
      const char *text)
{
  BeEventRecord record = make (self, side, call, strlen (text));

  be_test_batch_add (self->batch, &record, text, strlen (text));
}

static gboolean
update (Fixture *self)
{
  be_journal_append (self->journal, be_test_batch_get (self->batch));
  be_test_batch_clear (self->batch);

  return be_stream_bytes_update (self->bytes);
}

/* All that an end has, with a bar between its pieces. */
static void
assert_end (const BeStreamEnd *end,
            const char        *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < end->pieces->len; i++)
    {
      const BeStreamPiece *piece = &g_array_index (end->pieces, BeStreamPiece, i);

      if (i > 0)
        g_string_append_c (text, '|');
      g_string_append_len (text, (const char *) end->bytes->data + piece->offset,
                           (gssize) (piece->length - piece->n_missing));
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_sends_and_recvs_have_the_same_bytes (Fixture      *self,
                                          gconstpointer data)
{
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "one");
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "two");
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "three");
  move (self, BE_SIDE_SERVER, BE_CALL_RECV, "onetwothree");
  move (self, BE_SIDE_SERVER, BE_CALL_SEND, "ONETWOTHREE");
  g_assert_true (update (self));

  assert_end (be_stream_bytes_get_sent (self->bytes), "one|two|three");
  assert_end (be_stream_bytes_get_received (self->bytes), "onetwothree");
  g_assert_cmpuint (be_stream_bytes_get_known (self->bytes)->known, ==, 11);
  g_assert_cmpint (be_stream_bytes_get_protocol (self->bytes), ==, BE_PROTOCOL_TCP);
}

static void
test_what_comes_later_is_added (Fixture      *self,
                                gconstpointer data)
{
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "one");
  g_assert_true (update (self));
  g_assert_true (be_stream_bytes_get_known (self->bytes) == be_stream_bytes_get_sent (self->bytes));

  move (self, BE_SIDE_SERVER, BE_CALL_SEND, "other direction");
  g_assert_false (update (self));

  move (self, BE_SIDE_SERVER, BE_CALL_RECV, "on");
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "two");
  move (self, BE_SIDE_SERVER, BE_CALL_RECV, "etwo");
  g_assert_true (update (self));
  assert_end (be_stream_bytes_get_sent (self->bytes), "one|two");
  assert_end (be_stream_bytes_get_received (self->bytes), "on|etwo");
}

/* Of a long payload in a flood the log keeps the beginning. */
static void
test_what_the_log_did_not_keep_is_a_gap (Fixture      *self,
                                         gconstpointer data)
{
  BeEventRecord        record = make (self, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  const BeStreamEnd   *sent = be_stream_bytes_get_sent (self->bytes);
  const BeStreamPiece *piece;

  be_test_batch_add (self->batch, &record, "hell", 4);
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "two");
  self->positions[BE_SIDE_CLIENT][0] += 5;
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "three");
  update (self);

  assert_end (sent, "hell|two|three");
  piece = &g_array_index (sent->pieces, BeStreamPiece, 0);
  g_assert_cmpuint (piece->n_missing, ==, 6);
  g_assert_cmpuint (sent->known, ==, 4);
  g_assert_cmpuint (sent->bytes->len, ==, 10 + 3 + 5 + 5);
}

static void
test_the_beginning_may_be_gone (Fixture      *self,
                                gconstpointer data)
{
  self->positions[BE_SIDE_CLIENT][0] = 4711;
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "three");
  update (self);

  g_assert_cmpuint (be_stream_bytes_get_sent (self->bytes)->begin, ==, 4711);
  assert_end (be_stream_bytes_get_sent (self->bytes), "three");
}

static void
test_no_more_than_a_megabyte_is_kept (Fixture      *self,
                                      gconstpointer data)
{
  const BeStreamEnd *sent = be_stream_bytes_get_sent (self->bytes);
  g_autofree char   *text = g_strnfill (60000, 'x');

  for (guint i = 0; i < 20; i++)
    move (self, BE_SIDE_CLIENT, BE_CALL_SEND, text);
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "tail");
  update (self);

  g_assert_cmpuint (sent->bytes->len, <=, BE_STREAM_BYTES_MAX);
  g_assert_cmpuint (sent->pieces->len, ==, 17);
  g_assert_cmpuint (sent->n_pieces_left_out, ==, 4);
  g_assert_cmpuint (sent->n_left_out, ==, 3 * 60000 + 4);
}

static void
test_a_hole_of_any_size_is_bounded (Fixture      *self,
                                    gconstpointer data)
{
  const BeStreamEnd *sent = be_stream_bytes_get_sent (self->bytes);

  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "one");
  self->positions[BE_SIDE_CLIENT][0] = G_MAXUINT64 / 2;
  move (self, BE_SIDE_CLIENT, BE_CALL_SEND, "two");
  update (self);

  g_assert_cmpuint (sent->bytes->len, <=, BE_STREAM_BYTES_MAX);
  assert_end (sent, "one");
  g_assert_cmpuint (sent->n_pieces_left_out, ==, 1);
}

static void
test_datagrams_say_what_they_lost (Fixture      *self,
                                   gconstpointer data)
{
  BeEventRecord        record = make (self, BE_SIDE_SERVER, BE_CALL_RECV, 4);
  const BeStreamPiece *piece;

  record.protocol = BE_PROTOCOL_UDP;
  record.flags = BE_EVENT_TRUNCATED;
  record.detail = 10;
  be_test_batch_add (self->batch, &record, "hell", 4);
  update (self);

  piece = &g_array_index (be_stream_bytes_get_received (self->bytes)->pieces, BeStreamPiece, 0);
  g_assert_cmpint (be_stream_bytes_get_protocol (self->bytes), ==, BE_PROTOCOL_UDP);
  g_assert_true (piece->is_cut);
  g_assert_cmpuint (piece->n_lost, ==, 6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/stream-bytes/" path, Fixture, GUINT_TO_POINTER (1000), set_up, function, tear_down)
  ADD ("sends-and-recvs-have-the-same-bytes", test_sends_and_recvs_have_the_same_bytes);
  ADD ("what-comes-later-is-added", test_what_comes_later_is_added);
  ADD ("what-the-log-did-not-keep-is-a-gap", test_what_the_log_did_not_keep_is_a_gap);
  ADD ("the-beginning-may-be-gone", test_the_beginning_may_be_gone);
  ADD ("no-more-than-a-megabyte-is-kept", test_no_more_than_a_megabyte_is_kept);
  ADD ("a-hole-of-any-size-is-bounded", test_a_hole_of_any_size_is_bounded);
  ADD ("datagrams-say-what-they-lost", test_datagrams_say_what_they_lost);
#undef ADD

  return g_test_run ();
}
