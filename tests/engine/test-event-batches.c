/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When events are handed out, for a reader that does not wait for frames. */

#include "be-tcp-server.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"

#define MANY_BYTES (16u * 1024)

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/event-batches/come-at-once-when-they-are-large",
                   test_come_at_once_when_they_are_large);

  return g_test_run ();
}
