/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal.h"
#include "be-test-batch.h"
#include "be-test-mirror.h"

#define LARGE (64u * 1024 * 1024)

static void
append_text (BeJournal   *journal,
             BeTestBatch *batch,
             guint        n)
{
  guint i;

  be_test_batch_clear (batch);
  for (i = 0; i < n; i++)
    be_test_batch_add_data (batch, be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1), "hello baby");
  be_journal_append (journal, be_test_batch_get (batch));
}

static guint
count (BeJournal *journal)
{
  return g_list_model_get_n_items (G_LIST_MODEL (journal));
}

static guint64
first_sequence (BeJournal *journal)
{
  const BeEventRecord *record = be_journal_get_record (journal, 0);

  return record != NULL ? record->sequence : 0;
}

static void
test_lists_events_in_their_order (void)
{
  BeJournal *journal = be_journal_new (100, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  guint i;

  append_text (journal, batch, 20);
  g_assert_cmpuint (count (journal), ==, 20);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (journal)) == BE_TYPE_EVENT);

  for (i = 0; i < 20; i++)
    {
      g_autoptr (BeEvent) event = g_list_model_get_item (G_LIST_MODEL (journal), i);
      const guint8 *payload;
      gsize         length;

      payload = be_event_get_payload (event, &length);
      g_assert_cmpuint (be_event_get_sequence (event), ==, i + 1);
      g_assert_cmpuint (be_journal_get_record (journal, i)->sequence, ==, i + 1);
      g_assert_cmpmem (payload, length, "hello baby", 10);
    }
  g_assert_null (be_journal_get_record (journal, 20));

  g_assert_finalize_object (journal);
}

static void
test_tells_of_a_batch_once (void)
{
  BeJournal *journal = be_journal_new (64, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeTestMirror *mirror = be_test_mirror_new (G_LIST_MODEL (journal));

  append_text (journal, batch, 60);
  g_assert_cmpuint (mirror->n_signals, ==, 1);

  /* One for what fell off, one for what came. */
  append_text (journal, batch, 30);
  g_assert_cmpuint (mirror->n_signals, ==, 3);

  append_text (journal, batch, 0);
  g_assert_cmpuint (mirror->n_signals, ==, 3);

  be_test_mirror_free (mirror);
  g_assert_finalize_object (journal);
}

static void
count_notify_cb (GObject    *object,
                 GParamSpec *pspec,
                 guint      *n)
{
  (*n)++;
}

static void
test_counts_what_fell_off (void)
{
  BeJournal *journal = be_journal_new (10, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  guint n_notified = 0;

  g_signal_connect (journal, "notify::n-dropped", G_CALLBACK (count_notify_cb), &n_notified);

  append_text (journal, batch, 10);
  g_assert_cmpuint (be_journal_get_n_dropped (journal), ==, 0);
  g_assert_cmpuint (n_notified, ==, 0);

  append_text (journal, batch, 3);
  g_assert_cmpuint (count (journal), ==, 10);
  g_assert_cmpuint (be_journal_get_n_dropped (journal), ==, 3);
  g_assert_cmpuint (first_sequence (journal), ==, 4);
  g_assert_cmpuint (n_notified, ==, 1);

  /* More at once than there is room for: some were never seen. */
  append_text (journal, batch, 25);
  g_assert_cmpuint (count (journal), ==, 10);
  g_assert_cmpuint (be_journal_get_n_dropped (journal), ==, 28);
  g_assert_cmpuint (first_sequence (journal), ==, 29);

  g_assert_finalize_object (journal);
}

static void
test_counts_what_the_queue_lost_and_cut (void)
{
  BeJournal *journal = be_journal_new (100, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  guint64 n_dropped;
  guint64 n_trimmed;

  batch->batch.n_lost = 5;
  batch->batch.n_trimmed = 7;
  be_journal_append (journal, be_test_batch_get (batch));

  g_object_get (journal, "n-dropped", &n_dropped, "n-trimmed", &n_trimmed, NULL);
  g_assert_cmpuint (n_dropped, ==, 5);
  g_assert_cmpuint (n_trimmed, ==, 7);
  g_assert_cmpuint (be_journal_get_n_trimmed (journal), ==, 7);

  g_assert_finalize_object (journal);
}

static void
test_bounds_bytes_too (void)
{
  BeJournal *journal = be_journal_new (100000, 32 * 1024);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  guint n_hidden;
  guint i;

  for (i = 0; i < 100; i++)
    append_text (journal, batch, 10);

  g_assert_cmpuint (be_event_ring_get_bytes (be_journal_get_ring (journal, &n_hidden)), <=, 32 * 1024);
  g_assert_cmpuint (count (journal), >, 100);
  g_assert_cmpuint (be_journal_get_n_dropped (journal), ==, 1000 - count (journal));

  g_assert_finalize_object (journal);
}

static void
test_clears_and_brings_back (void)
{
  BeJournal *journal = be_journal_new (100, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeTestMirror *mirror = be_test_mirror_new (G_LIST_MODEL (journal));
  gboolean      can_undo;
  guint         n_notified = 0;

  g_signal_connect (journal, "notify::can-undo-clear", G_CALLBACK (count_notify_cb), &n_notified);

  /* Nothing to clear, nothing to bring back. */
  be_journal_clear (journal);
  be_journal_undo_clear (journal);
  g_assert_cmpuint (n_notified, ==, 0);

  append_text (journal, batch, 20);
  be_journal_clear (journal);
  g_assert_cmpuint (count (journal), ==, 0);
  g_object_get (journal, "can-undo-clear", &can_undo, NULL);
  g_assert_true (can_undo);

  append_text (journal, batch, 5);
  g_assert_cmpuint (first_sequence (journal), ==, 21);

  be_journal_undo_clear (journal);
  g_assert_cmpuint (count (journal), ==, 25);
  g_assert_cmpuint (first_sequence (journal), ==, 1);
  g_object_get (journal, "can-undo-clear", &can_undo, NULL);
  g_assert_false (can_undo);
  g_assert_cmpuint (n_notified, ==, 2);
  g_assert_cmpuint (be_journal_get_n_dropped (journal), ==, 0);

  be_test_mirror_free (mirror);
  g_assert_finalize_object (journal);
}

static void
test_a_second_clear_makes_the_first_final (void)
{
  BeJournal *journal = be_journal_new (100, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();

  append_text (journal, batch, 20);
  be_journal_clear (journal);
  append_text (journal, batch, 5);
  be_journal_clear (journal);

  /* Clearing nothing does not count as the second. */
  be_journal_clear (journal);
  be_journal_undo_clear (journal);
  g_assert_cmpuint (count (journal), ==, 5);
  g_assert_cmpuint (first_sequence (journal), ==, 21);

  be_journal_undo_clear (journal);
  g_assert_cmpuint (count (journal), ==, 5);

  g_assert_finalize_object (journal);
}

static void
test_does_not_count_cleared_events_as_dropped (void)
{
  BeJournal *journal = be_journal_new (10, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  gboolean can_undo;

  append_text (journal, batch, 10);
  be_journal_clear (journal);
  append_text (journal, batch, 4);
  g_assert_cmpuint (be_journal_get_n_dropped (journal), ==, 0);

  be_journal_undo_clear (journal);
  g_assert_cmpuint (count (journal), ==, 10);
  be_journal_clear (journal);

  /* All that was cleared has gone, and three more. */
  append_text (journal, batch, 13);
  g_assert_cmpuint (be_journal_get_n_dropped (journal), ==, 3);
  g_object_get (journal, "can-undo-clear", &can_undo, NULL);
  g_assert_false (can_undo);
  be_journal_undo_clear (journal);
  g_assert_cmpuint (count (journal), ==, 10);

  g_assert_finalize_object (journal);
}

static void
test_gives_the_same_object_while_it_lives (void)
{
  BeJournal *journal = be_journal_new (10, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeEvent *event;
  BeEvent *again;

  append_text (journal, batch, 3);
  event = g_list_model_get_item (G_LIST_MODEL (journal), 1);
  again = g_list_model_get_item (G_LIST_MODEL (journal), 1);
  g_assert_true (event == again);
  g_object_unref (again);

  /* Also after it has moved to another place. */
  append_text (journal, batch, 8);
  again = g_list_model_get_item (G_LIST_MODEL (journal), 0);
  g_assert_true (event == again);
  g_object_unref (again);

  /* Nobody keeps it alive, and it may outlive the journal. */
  g_assert_finalize_object (event);
  event = g_list_model_get_item (G_LIST_MODEL (journal), 5);
  g_assert_finalize_object (journal);
  g_assert_cmpuint (be_event_get_sequence (event), ==, 7);
  g_assert_finalize_object (event);
}

static void
test_knows_when_it_started (void)
{
  BeJournal *journal = be_journal_new (4, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeEventRecord record = be_test_record (BE_SIDE_SERVER, BE_CALL_SOCKET, 1);
  guint         i;

  g_assert_cmpint (be_journal_get_start (journal), ==, 0);

  for (i = 0; i < 10; i++)
    {
      record.time = 1000 + i;
      be_test_batch_add (batch, &record, NULL, 0);
    }
  be_journal_append (journal, be_test_batch_get (batch));
  be_journal_clear (journal);
  g_assert_cmpint (be_journal_get_start (journal), ==, 1000);

  g_assert_finalize_object (journal);
}

static void
test_fills_in_connections (void)
{
  BeJournal *journal = be_journal_new (10, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeEventRecord client = be_test_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  BeEventRecord server = be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, 2);

  server.peer = client.local;
  be_test_batch_add (batch, &client, NULL, 0);
  be_test_batch_add (batch, &server, NULL, 0);
  be_journal_append (journal, be_test_batch_get (batch));

  g_assert_cmpuint (be_journal_get_record (journal, 0)->connection, ==, 0);
  g_assert_cmpuint (be_journal_get_record (journal, 1)->connection, ==, 0);

  g_assert_finalize_object (journal);
}

static void
test_follows_a_network_thread (void)
{
  BeJournal       *journal = be_journal_new (10, LARGE);
  BeNetworkThread *network = be_network_thread_new ();
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeEventRecord record = be_test_record (BE_SIDE_SERVER, BE_CALL_SOCKET, 1);

  be_journal_follow (journal, network);
  be_test_batch_add (batch, &record, NULL, 0);
  g_signal_emit_by_name (network, "events", be_test_batch_get (batch));
  g_assert_cmpuint (count (journal), ==, 1);

  g_assert_finalize_object (journal);
  g_signal_emit_by_name (network, "events", be_test_batch_get (batch));
  g_assert_finalize_object (network);
}

static void
clear_once_cb (GListModel *model,
               guint       position,
               guint       removed,
               guint       added,
               gpointer    user_data)
{
  g_signal_handlers_disconnect_by_func (model, clear_once_cb, user_data);
  be_journal_clear (BE_JOURNAL (model));
}

static void
test_may_be_cleared_inside_a_signal (void)
{
  BeJournal *journal = be_journal_new (10, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();

  append_text (journal, batch, 10);

  /* Between the signal for what fell off and that for what came. */
  g_signal_connect (journal, "items-changed", G_CALLBACK (clear_once_cb), NULL);
  append_text (journal, batch, 4);
  g_assert_cmpuint (count (journal), ==, 4);
  g_assert_cmpuint (first_sequence (journal), ==, 11);

  be_journal_undo_clear (journal);
  g_assert_cmpuint (count (journal), ==, 10);

  g_assert_finalize_object (journal);
}

static void
test_is_consistent_after_every_signal (void)
{
  guint round;

  for (round = 0; round < 20; round++)
    {
      BeJournal *journal = be_journal_new ((guint) g_test_rand_int_range (1, 80), LARGE);
      g_autoptr (BeTestBatch) batch = be_test_batch_new ();
      BeTestMirror *mirror = be_test_mirror_new (G_LIST_MODEL (journal));
      guint         i;

      for (i = 0; i < 60; i++)
        {
          guint n_signals = mirror->n_signals;

          switch (g_test_rand_int_range (0, 8))
            {
            case 0:
              be_journal_clear (journal);
              break;
            case 1:
              be_journal_undo_clear (journal);
              break;
            default:
              append_text (journal, batch, (guint) g_test_rand_int_range (0, 40));
              break;
            }
          be_test_mirror_check (mirror);
          g_assert_cmpuint (mirror->n_signals, <=, n_signals + 2);
        }

      be_test_mirror_free (mirror);
      g_assert_finalize_object (journal);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal/lists-events-in-their-order", test_lists_events_in_their_order);
  g_test_add_func ("/journal/tells-of-a-batch-once", test_tells_of_a_batch_once);
  g_test_add_func ("/journal/counts-what-fell-off", test_counts_what_fell_off);
  g_test_add_func ("/journal/counts-what-the-queue-lost-and-cut", test_counts_what_the_queue_lost_and_cut);
  g_test_add_func ("/journal/bounds-bytes-too", test_bounds_bytes_too);
  g_test_add_func ("/journal/clears-and-brings-back", test_clears_and_brings_back);
  g_test_add_func ("/journal/a-second-clear-makes-the-first-final", test_a_second_clear_makes_the_first_final);
  g_test_add_func ("/journal/does-not-count-cleared-events-as-dropped", test_does_not_count_cleared_events_as_dropped);
  g_test_add_func ("/journal/gives-the-same-object-while-it-lives", test_gives_the_same_object_while_it_lives);
  g_test_add_func ("/journal/knows-when-it-started", test_knows_when_it_started);
  g_test_add_func ("/journal/fills-in-connections", test_fills_in_connections);
  g_test_add_func ("/journal/follows-a-network-thread", test_follows_a_network_thread);
  g_test_add_func ("/journal/may-be-cleared-inside-a-signal", test_may_be_cleared_inside_a_signal);
  g_test_add_func ("/journal/is-consistent-after-every-signal", test_is_consistent_after_every_signal);

  return g_test_run ();
}
