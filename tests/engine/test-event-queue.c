/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-queue.h"

#include <string.h>

#define LARGE_BYTES (64u * 1024)

static void
push (BeEventQueue *queue,
      BeCall        call,
      guint32       session_id,
      const guint8 *payload,
      gsize         length)
{
  BeEventRecord record = {
    .session_id = session_id,
    .call = (guint8) call,
    .protocol = BE_PROTOCOL_TCP,
    .result = (gint32) length,
    .payload_length = (guint32) length,
    .kept_length = (guint32) length,
  };

  be_event_queue_push (queue, &record, payload, FALSE);
}

static void
push_text (BeEventQueue *queue,
           const char   *text)
{
  push (queue, BE_CALL_SEND, 1, (const guint8 *) text, strlen (text));
}

static void
assert_text (const BeEventRecord *record,
             const char          *text)
{
  g_assert_nonnull (record);
  g_assert_cmpmem (be_event_record_payload (record), record->kept_length, text, strlen (text));
}

static void
test_hands_events_out_in_order (void)
{
  static const char *const texts[] = { "one", "", "three" };

  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  const BeEventRecord *record;
  BeEventBatch         batch;
  guint                n_seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    push_text (queue, texts[i]);
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_records, ==, 3);
  g_assert_cmpuint (batch.n_trimmed, ==, 0);
  g_assert_cmpuint (batch.n_lost, ==, 0);

  for (record = be_event_batch_first (&batch); record != NULL; record = be_event_batch_next (&batch, record))
    {
      g_assert_cmpuint (n_seen, <, G_N_ELEMENTS (texts));
      assert_text (record, texts[n_seen++]);
      g_assert_cmpuint (record->sequence, ==, n_seen);
    }
  g_assert_cmpuint (n_seen, ==, G_N_ELEMENTS (texts));
}

static void
test_hands_out_nothing_twice (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  BeEventBatch batch;

  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_records, ==, 0);
  g_assert_null (be_event_batch_first (&batch));

  push_text (queue, "one");
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_records, ==, 1);
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_records, ==, 0);
  g_assert_null (be_event_batch_first (&batch));
}

static void
test_lends_a_batch_until_the_next (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  g_autofree guint8   *large = g_malloc0 (LARGE_BYTES);
  const BeEventRecord *record;
  BeEventBatch         batch;

  push_text (queue, "lent");
  be_event_queue_take (queue, &batch);
  for (guint i = 0; i < 20; i++)
    push (queue, BE_CALL_SEND, 1, large, LARGE_BYTES);
  record = be_event_batch_first (&batch);
  assert_text (record, "lent");
  g_assert_null (be_event_batch_next (&batch, record));

  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_records, ==, 20);
  g_assert_cmpuint (be_event_batch_first (&batch)->sequence, ==, 2);
}

static void
test_tells_the_reader_once_for_each_batch (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  BeEventBatch batch;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (be_event_queue_must_tell (queue));
      push_text (queue, "first");
      g_assert_true (be_event_queue_must_tell (queue));
      push_text (queue, "second");
      g_assert_false (be_event_queue_must_tell (queue));
      be_event_queue_take (queue, &batch);
      g_assert_cmpuint (batch.n_records, ==, 2);

      /* Who found something comes again, until there is nothing. */
      push_text (queue, "third");
      g_assert_false (be_event_queue_must_tell (queue));
      be_event_queue_take (queue, &batch);
      g_assert_cmpuint (batch.n_records, ==, 1);
      be_event_queue_take (queue, &batch);
      g_assert_cmpuint (batch.n_records, ==, 0);
    }

  /* What was found before anybody was told has not to be told. */
  push_text (queue, "taken");
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_records, ==, 1);
  be_event_queue_take (queue, &batch);
  push_text (queue, "left");
  g_assert_true (be_event_queue_must_tell (queue));
}

/* Fills until the next would be cut; returns how many went in. */
static guint
fill (BeEventQueue *queue,
      guint8       *payload)
{
  guint n_records = 0;
  gsize size = 0;

  while (size + LARGE_BYTES <= BE_EVENT_QUEUE_FULL_BYTES)
    {
      push (queue, BE_CALL_RECV, 1, payload, LARGE_BYTES);
      size += be_event_record_size_for (LARGE_BYTES);
      n_records++;
    }

  return n_records;
}

static void
test_cuts_payloads_when_the_reader_is_late (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  g_autofree guint8   *payload = g_malloc (LARGE_BYTES);
  const BeEventRecord *record;
  BeEventBatch         batch;
  guint                n_whole;

  for (guint i = 0; i < LARGE_BYTES; i++)
    payload[i] = (guint8) i;
  n_whole = fill (queue, payload);
  push (queue, BE_CALL_RECV, 1, payload, LARGE_BYTES);
  push (queue, BE_CALL_RECV, 1, payload, BE_EVENT_QUEUE_CUT_BYTES);
  push (queue, BE_CALL_RECV, 1, payload, LARGE_BYTES);
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_records, ==, n_whole + 3);
  g_assert_cmpuint (batch.n_trimmed, ==, 2);
  g_assert_cmpuint (batch.n_lost, ==, 0);

  record = be_event_batch_first (&batch);
  for (guint i = 0; i < n_whole; i++, record = be_event_batch_next (&batch, record))
    g_assert_cmpmem (be_event_record_payload (record), record->kept_length, payload, LARGE_BYTES);
  g_assert_cmpuint (record->payload_length, ==, LARGE_BYTES);
  g_assert_cmpint (record->result, ==, LARGE_BYTES);
  g_assert_cmpmem (be_event_record_payload (record), record->kept_length,
                   payload, BE_EVENT_QUEUE_CUT_BYTES);

  /* Whole again for a reader that has come. */
  push (queue, BE_CALL_RECV, 1, payload, LARGE_BYTES);
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_trimmed, ==, 0);
  g_assert_cmpuint (be_event_batch_first (&batch)->kept_length, ==, LARGE_BYTES);
}

static void
test_loses_bytes_but_no_change_of_state_when_there_is_no_room (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  g_autofree guint8 *payload = g_malloc0 (LARGE_BYTES);
  guint              n_pushed = 0;
  guint              n_closes = 0;
  guint              n_ends = 0;
  guint64            last_sequence = 0;
  BeEventBatch       batch;

  while (n_pushed < 100 * 1000)
    {
      push (queue, BE_CALL_RECV, 1, payload, LARGE_BYTES);
      push (queue, BE_CALL_RECV, 2, NULL, 0);
      push (queue, BE_CALL_CLOSE, 3, NULL, 0);
      n_pushed += 3;
    }
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_lost, >, 0);
  g_assert_cmpuint (batch.n_lost, <=, n_pushed / 3);
  g_assert_cmpuint (batch.n_records + batch.n_lost, ==, n_pushed);

  for (const BeEventRecord *record = be_event_batch_first (&batch); record != NULL;
       record = be_event_batch_next (&batch, record))
    {
      n_closes += record->call == BE_CALL_CLOSE ? 1 : 0;
      n_ends += be_event_record_is_end_of_stream (record) ? 1 : 0;
      g_assert_cmpuint (record->sequence, >, last_sequence);
      last_sequence = record->sequence;
    }
  g_assert_cmpuint (n_closes, ==, n_pushed / 3);
  g_assert_cmpuint (n_ends, ==, n_pushed / 3);
  g_assert_cmpuint (last_sequence, ==, n_pushed);

  /* Counted once. */
  push_text (queue, "again");
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_lost, ==, 0);
  assert_text (be_event_batch_first (&batch), "again");
}

static void
test_bounds_the_bytes_that_wait (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  g_autofree guint8 *payload = g_malloc0 (LARGE_BYTES);
  BeEventBatch       batch;

  for (guint i = 0; i < 200 * 1000; i++)
    push (queue, BE_CALL_RECV, 1, payload, i % 2 == 0 ? LARGE_BYTES : 10);
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.size, <=,
                    BE_EVENT_QUEUE_HARD_BYTES +
                      be_event_record_size_for (BE_EVENT_QUEUE_CUT_BYTES));
  g_assert_cmpuint (batch.n_records + batch.n_lost, ==, 200 * 1000);
}

/* A failed datagram changes no state, and there can be one for each that was sent. */
static void
test_bounds_the_datagrams_that_failed (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  static const BeCall calls[] = { BE_CALL_SENDTO, BE_CALL_RECVFROM, BE_CALL_SEND, BE_CALL_RECV };
  const guint         n_pushes = 200 * 1000;
  guint               n_ends = 0;
  BeEventBatch        batch;

  for (guint i = 0; i < n_pushes; i++)
    {
      BeEventRecord record = {
        .protocol = BE_PROTOCOL_UDP,
        .call = (guint8) calls[i % G_N_ELEMENTS (calls)],
        .result = -1,
      };

      be_event_queue_push (queue, &record, NULL, TRUE);
    }

  /* Each of these ends something. */
  push (queue, BE_CALL_CLOSE, 1, NULL, 0);
  {
    BeEventRecord closed = { .protocol = BE_PROTOCOL_UDP, .call = BE_CALL_CLOSE };
    BeEventRecord reset = { .protocol = BE_PROTOCOL_TCP, .call = BE_CALL_RECV, .result = -1 };

    be_event_queue_push (queue, &closed, NULL, TRUE);
    be_event_queue_push (queue, &reset, NULL, TRUE);
  }

  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.size, <=, BE_EVENT_QUEUE_HARD_BYTES + 4 * be_event_record_size_for (0));
  g_assert_cmpuint (batch.n_lost, >, 0);
  g_assert_cmpuint (batch.n_records + batch.n_lost, ==, n_pushes + 3);
  for (const BeEventRecord *record = be_event_batch_first (&batch); record != NULL;
       record = be_event_batch_next (&batch, record))
    n_ends += record->sequence > n_pushes ? 1 : 0;
  g_assert_cmpuint (n_ends, ==, 3);
}

static void
test_takes_a_batch_back (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  BeEventBatch batch;

  /* Before the first, and with one that is being written. */
  be_event_queue_release (queue);
  push_text (queue, "first");
  be_event_queue_release (queue);
  be_event_queue_take (queue, &batch);
  assert_text (be_event_batch_first (&batch), "first");

  push_text (queue, "second");
  be_event_queue_release (queue);
  be_event_queue_release (queue);
  be_event_queue_take (queue, &batch);
  g_assert_cmpuint (batch.n_records, ==, 1);
  assert_text (be_event_batch_first (&batch), "second");
}

static void
test_clock_never_goes_back (void)
{
  static const gint64 times[] = { 10, 5, 10, 20, 15 };
  static const gint64 expected[] = { 10, 10, 10, 20, 20 };
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  const BeEventRecord *record;
  BeEventBatch         batch;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      BeEventRecord pushed = { .call = BE_CALL_CONNECT, .time = times[i] };

      be_event_queue_push (queue, &pushed, NULL, TRUE);
    }
  be_event_queue_take (queue, &batch);
  record = be_event_batch_first (&batch);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_assert_cmpint (record->time, ==, expected[i]);
      record = be_event_batch_next (&batch, record);
    }
}

/* Against a plain list of what was pushed. */
static void
test_hands_out_what_was_pushed_at_random (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint64 sequence = 0;

  for (guint round = 0; round < 300; round++)
    {
      guint        n_pushes = (guint) g_test_rand_int_range (0, 20);
      guint        n_read = 0;
      BeEventBatch batch;

      for (guint i = 0; i < n_pushes; i++)
        {
          gsize   length = (gsize) g_test_rand_int_range (0, 3000);
          guint8 *payload = g_malloc (length + 1);

          memset (payload, g_test_rand_int_range (0, 256), length);
          g_ptr_array_add (expected, g_bytes_new_take (payload, length));
          push (queue, BE_CALL_RECV, 1, payload, length);
        }
      be_event_queue_take (queue, &batch);
      g_assert_cmpuint (batch.n_records, ==, n_pushes);
      for (const BeEventRecord *record = be_event_batch_first (&batch); record != NULL;
           record = be_event_batch_next (&batch, record))
        {
          GBytes *bytes = expected->pdata[n_read++];

          g_assert_cmpuint (record->sequence, ==, ++sequence);
          g_assert_cmpmem (be_event_record_payload (record), record->kept_length,
                           g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
        }
      g_assert_cmpuint (n_read, ==, n_pushes);
      g_ptr_array_set_size (expected, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/event-queue/hands-events-out-in-order", test_hands_events_out_in_order);
  g_test_add_func ("/event-queue/hands-out-nothing-twice", test_hands_out_nothing_twice);
  g_test_add_func ("/event-queue/lends-a-batch-until-the-next", test_lends_a_batch_until_the_next);
  g_test_add_func ("/event-queue/tells-the-reader-once-for-each-batch",
                   test_tells_the_reader_once_for_each_batch);
  g_test_add_func ("/event-queue/cuts-payloads-when-the-reader-is-late",
                   test_cuts_payloads_when_the_reader_is_late);
  g_test_add_func ("/event-queue/loses-bytes-but-no-change-of-state-when-there-is-no-room",
                   test_loses_bytes_but_no_change_of_state_when_there_is_no_room);
  g_test_add_func ("/event-queue/bounds-the-bytes-that-wait", test_bounds_the_bytes_that_wait);
  g_test_add_func ("/event-queue/bounds-the-datagrams-that-failed",
                   test_bounds_the_datagrams_that_failed);
  g_test_add_func ("/event-queue/takes-a-batch-back", test_takes_a_batch_back);
  g_test_add_func ("/event-queue/clock-never-goes-back", test_clock_never_goes_back);
  g_test_add_func ("/event-queue/hands-out-what-was-pushed-at-random",
                   test_hands_out_what_was_pushed_at_random);

  return g_test_run ();
}
