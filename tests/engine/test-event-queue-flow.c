/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A queue of events while both sides work: nothing is missed, and of very much
 * so much a second is kept. */

#include "be-event-queue.h"

#define N_EVENTS 200000
#define WRITTEN_TEXT "0123456789abcdef0123456789abcdef"
#define LARGE_BYTES (64u * 1024)

typedef struct
{
  BeEventQueue *queue;
  gint          n_told; /* atomic */
} Writer;

static gpointer
write_events (gpointer data)
{
  Writer *writer = data;

  for (guint32 i = 0; i < N_EVENTS; i++)
    {
      guint32       length = i % (sizeof WRITTEN_TEXT);
      BeEventRecord record = {
        .session_id = i,
        .call = BE_CALL_ACCEPT,
        .protocol = BE_PROTOCOL_TCP,
        .result = (gint32) length,
        .payload_length = length,
        .kept_length = length,
      };

      be_event_queue_push (writer->queue, &record, (const guint8 *) WRITTEN_TEXT, FALSE);
      if (be_event_queue_must_tell (writer->queue))
        g_atomic_int_inc (&writer->n_told);
    }

  return NULL;
}

/* One that reads when it is told, and again until it finds nothing; so it must be
 * told of the last event. */
static void
test_a_reader_beside_the_writer_misses_nothing (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  Writer   writer = { queue, 0 };
  GThread *thread = g_thread_new ("writer", write_events, &writer);
  gint     n_heard = 0;
  guint32  n_read = 0;
  gboolean is_coming = FALSE;

  while (n_read < N_EVENTS)
    {
      BeEventBatch batch;

      while (!is_coming && g_atomic_int_get (&writer.n_told) == n_heard)
        g_thread_yield ();
      n_heard += is_coming ? 0 : 1;

      be_event_queue_take (queue, &batch);
      is_coming = batch.n_records > 0;
      for (const BeEventRecord *record = be_event_batch_first (&batch); record != NULL;
           record = be_event_batch_next (&batch, record))
        {
          g_assert_cmpuint (record->session_id, ==, n_read);
          g_assert_cmpmem (be_event_record_payload (record), record->kept_length,
                           WRITTEN_TEXT, n_read % (sizeof WRITTEN_TEXT));
          g_assert_cmpuint (record->sequence, ==, ++n_read);
        }
    }

  g_thread_join (thread);
}

static guint
count_cut (BeEventQueue *queue,
           guint         n_payloads,
           gint64        time,
           gboolean      needs_credit)
{
  g_autofree guint8 *payload = g_malloc0 (LARGE_BYTES);
  BeEventBatch       batch;
  guint              n_cut = 0;

  for (guint i = 0; i < n_payloads; i++)
    {
      BeEventRecord record = {
        .time = time,
        .call = BE_CALL_RECV,
        .result = LARGE_BYTES,
        .payload_length = LARGE_BYTES,
        .kept_length = LARGE_BYTES,
      };

      be_event_queue_push (queue, &record, payload, needs_credit);
      be_event_queue_take (queue, &batch);
      n_cut += be_event_batch_first (&batch)->kept_length < LARGE_BYTES ? 1 : 0;
      g_assert_cmpuint (batch.n_trimmed, ==, be_event_batch_first (&batch)->kept_length < LARGE_BYTES);
    }

  return n_cut;
}

/* However quick the reader is. */
static void
test_keeps_a_burst_whole_and_then_so_much_a_second (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  const guint n_burst = BE_EVENT_QUEUE_BURST_BYTES / LARGE_BYTES;
  const guint n_in_a_tenth = BE_EVENT_QUEUE_BYTES_PER_SECOND / 10 / LARGE_BYTES;
  gint64      now = G_USEC_PER_SEC;

  g_assert_cmpuint (count_cut (queue, n_burst, now, TRUE), ==, 0);
  g_assert_cmpuint (count_cut (queue, 1000, now, TRUE), ==, 1000);

  now += G_USEC_PER_SEC / 10;
  g_assert_cmpuint (count_cut (queue, 1000, now, TRUE), ==, 1000 - n_in_a_tenth);
  g_assert_cmpuint (count_cut (queue, 1000, now, FALSE), ==, 0);

  /* Never more than a burst, however long nothing came. */
  now += 1000 * G_USEC_PER_SEC;
  g_assert_cmpuint (count_cut (queue, 1000, now, TRUE), ==, 1000 - n_burst);
}

static void
test_a_reader_that_keeps_less_is_given_less (void)
{
  g_autoptr (BeEventQueue) queue = be_event_queue_new ();
  gint64 now = G_USEC_PER_SEC;

  be_event_queue_set_credit (queue, 2 * LARGE_BYTES, 10 * LARGE_BYTES);
  g_assert_cmpuint (count_cut (queue, 10, now, TRUE), ==, 8);

  now += G_USEC_PER_SEC / 10;
  g_assert_cmpuint (count_cut (queue, 10, now, TRUE), ==, 9);

  now += G_USEC_PER_SEC;
  g_assert_cmpuint (count_cut (queue, 10, now, TRUE), ==, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/event-queue-flow/a-reader-beside-the-writer-misses-nothing",
                   test_a_reader_beside_the_writer_misses_nothing);
  g_test_add_func ("/event-queue-flow/keeps-a-burst-whole-and-then-so-much-a-second",
                   test_keeps_a_burst_whole_and_then_so_much_a_second);
  g_test_add_func ("/event-queue-flow/a-reader-that-keeps-less-is-given-less",
                   test_a_reader_that_keeps_less_is_given_less);

  return g_test_run ();
}
