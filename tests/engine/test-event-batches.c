/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When events are handed out, for a reader that does not wait for frames. */

#include "be-tcp-server.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#define MANY_BYTES (16u * 1024)
#define LONG_MICROSECONDS (5 * 1000)
#define N_LONG 50u

typedef struct
{
  guint  n_batches;
  gsize  n_bytes;
  gint64 end; /* of the batches that are counted */
} Batches;

static void
measure_batches_cb (BeNetworkThread    *network,
                    const BeEventBatch *batch,
                    Batches            *batches)
{
  if (g_get_monotonic_time () > batches->end)
    return;

  batches->n_batches++;
  batches->n_bytes += batch->size;
}

/* Two within less than a frame; without the bound the second would wait for the next. */
static void
test_come_at_once_when_they_are_large (void)
{
  g_autoptr (GSocket) peer = NULL;
  g_autofree guint8 *bytes = g_malloc0 (MANY_BYTES);
  BeNetworkThread   *network = be_network_thread_new ();
  BeSession         *server = NULL;
  BeAddress          address;
  Batches            batches = { 0 };

  be_network_thread_set_batch_bytes (network, MANY_BYTES);
  server = be_test_server_new (network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_reply_rule (BE_TCP_SERVER (server), BE_REPLY_NONE);
  be_test_session_run (server);
  address = be_test_session_get_local (server);
  peer = be_test_peer_connect (&address);
  g_signal_connect (network, "events", G_CALLBACK (measure_batches_cb), &batches);

  /* Within the time of the first frame after a batch. */
  for (guint attempt = 0; batches.n_batches < 2; attempt++)
    {
      g_assert_cmpuint (attempt, <, 100);
      batches.n_batches = 0;
      batches.end = g_get_monotonic_time () + 10 * 1000;
      while (g_get_monotonic_time () < batches.end)
        {
          be_test_peer_send (peer, bytes, MANY_BYTES);
          be_test_network_turn (network);
          g_main_context_iteration (NULL, FALSE);
        }
    }
  g_assert_cmpuint (batches.n_bytes, >=, 2 * MANY_BYTES);

  g_assert_finalize_object (server);
  g_assert_finalize_object (network);
}

typedef struct
{
  GSocket *peer;
  gint     is_ending; /* atomic */
} Flood;

static gpointer
flood_main (gpointer data)
{
  Flood             *flood = data;
  g_autofree guint8 *bytes = g_malloc0 (MANY_BYTES);

  while (!g_atomic_int_get (&flood->is_ending))
    be_test_peer_send (flood->peer, bytes, MANY_BYTES);

  return NULL;
}

/* A reader that takes its time, and how often it was called before it had rested
 * half as long. */
typedef struct
{
  guint  n_batches;
  guint  n_early;
  gint64 end;
} SlowReader;

static void
take_long_cb (BeNetworkThread    *network,
              const BeEventBatch *batch,
              SlowReader         *reader)
{
  if (reader->n_batches > 0 && g_get_monotonic_time () - reader->end < LONG_MICROSECONDS / 2)
    reader->n_early++;

  g_usleep (LONG_MICROSECONDS);
  reader->n_batches++;
  reader->end = g_get_monotonic_time ();
}

static gboolean
count_cb (gpointer user_data)
{
  (*(guint *) user_data)++;

  return G_SOURCE_CONTINUE;
}

/* As a window that is slower than the network has to draw. */
static void
test_leave_a_slow_reader_time_for_something_else (void)
{
  g_autoptr (GSocket) peer = NULL;
  BeNetworkThread *network = be_network_thread_new ();
  BeSession       *server = NULL;
  GThread         *thread = NULL;
  BeAddress        address;
  Flood            flood = { 0 };
  SlowReader       reader = { 0 };
  guint            n_idle = 0;
  guint            idle;

  be_network_thread_set_batch_bytes (network, 1);
  server = be_test_server_new (network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_reply_rule (BE_TCP_SERVER (server), BE_REPLY_NONE);
  be_test_session_run (server);
  address = be_test_session_get_local (server);
  peer = be_test_peer_connect (&address);
  flood.peer = peer;
  thread = g_thread_new ("flood", flood_main, &flood);

  g_signal_connect (network, "events", G_CALLBACK (take_long_cb), &reader);
  idle = g_idle_add (count_cb, &n_idle);
  be_test_wait_until (reader.n_batches >= N_LONG);
  g_assert_cmpuint (n_idle, >, N_LONG);
  g_assert_cmpuint (reader.n_early, <=, N_LONG / 10);

  g_source_remove (idle);
  g_signal_handlers_disconnect_by_data (network, &reader);
  g_atomic_int_set (&flood.is_ending, TRUE);
  g_thread_join (thread);
  g_assert_finalize_object (server);
  g_assert_finalize_object (network);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/event-batches/come-at-once-when-they-are-large",
                   test_come_at_once_when_they_are_large);
  g_test_add_func ("/event-batches/leave-a-slow-reader-time-for-something-else",
                   test_leave_a_slow_reader_time_for_something_else);

  return g_test_run ();
}
