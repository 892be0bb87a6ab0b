/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Many datagrams that are received at once, from more senders than the server
 * remembers. */

#include "be-datagram-port.h"
#include "be-network-thread-private.h"
#include "be-test-hold.h"
#include "be-test-peer.h"
#include "be-test.h"
#include "be-worker-commands.h"

#include <string.h>

#define N_SENDERS 8u
#define N_ROUNDS 20u
#define LONG_BYTES 8000u
#define SHORT_BYTES 10u

typedef struct
{
  guint     max_peers;
  BeAddress address;
  guint     n_received;
  guint     n_forgotten;
  guint     n_wrong; /* answers that say another peer than the one that was received from */
  guint32   last_peer[N_SENDERS];
  guint     n_answered;
} Server;

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           Server             *server)
{
  for (const BeEventRecord *record = be_event_batch_first (batch); record != NULL;
       record = be_event_batch_next (batch, record))
    {
      if (record->call == BE_CALL_BIND)
        server->address = record->local;
      if (record->call == BE_CALL_RECVFROM)
        {
          server->last_peer[server->n_received % N_SENDERS] = record->peer_id;
          server->n_received++;
          server->n_forgotten += record->detail != 0 ? 1 : 0;
        }
      if (record->call == BE_CALL_SENDTO)
        {
          server->n_wrong += record->peer_id != server->last_peer[server->n_answered % N_SENDERS] ? 1 : 0;
          server->n_answered++;
        }
    }
}

static void
send_round (BeNetworkThread *network,
            GPtrArray       *senders,
            const Server    *server,
            gsize            length)
{
  g_autofree guint8 *bytes = g_malloc (length);
  BeTestHold         hold;

  /* All of them before the server looks. */
  memset (bytes, 'a', length);
  be_test_hold_begin (&hold, network);
  for (guint i = 0; i < senders->len; i++)
    be_test_peer_send_to (g_ptr_array_index (senders, i), &server->address, bytes, length);
  be_test_hold_end (&hold);
}

static void
test_answers_each_although_peers_are_forgotten (gconstpointer max_peers)
{
  Server           server = { .max_peers = GPOINTER_TO_UINT (max_peers) };
  BeNetworkThread *network = be_network_thread_new ();
  BeWorker        *worker = NULL;
  g_autoptr (GPtrArray) senders = g_ptr_array_new_with_free_func (g_object_unref);
  BeAddress any = { .family = BE_ADDRESS_IPV4, .bytes = { 127, 0, 0, 1 } };
  guint     n_sent = 0;

  g_signal_connect (network, "events", G_CALLBACK (events_cb), &server);
  worker = be_datagram_port_new_server (network, 1, BE_REPLY_UPPER, server.max_peers, G_MAXUINT16);
  be_worker_post_open (worker, &any, 1);
  be_test_wait_until (server.address.port != 0);

  for (guint i = 0; i < N_SENDERS; i++)
    g_ptr_array_add (senders, be_test_peer_bind_datagram (0, &any));
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      send_round (network, senders, &server, i % 2 == 0 ? SHORT_BYTES : LONG_BYTES);
      n_sent += N_SENDERS;
      be_test_wait_until (server.n_answered == n_sent);
    }

  g_assert_cmpuint (server.n_received, ==, n_sent);
  g_assert_cmpuint (server.n_forgotten, ==, n_sent - server.max_peers);
  g_assert_cmpuint (server.n_wrong, ==, 0);
  for (guint i = 0; i < N_ROUNDS * N_SENDERS; i++)
    {
      g_autoptr (GBytes) answer = be_test_peer_receive_datagram (senders->pdata[i % N_SENDERS], NULL);
      const guint8 *bytes = g_bytes_get_data (answer, NULL);

      g_assert_cmpuint (bytes[0], ==, 'A');
    }

  be_worker_post_free (worker);
  g_assert_finalize_object (network);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/datagram-batch/answers-each-although-peers-are-forgotten/one",
                        GUINT_TO_POINTER (1), test_answers_each_although_peers_are_forgotten);
  g_test_add_data_func ("/datagram-batch/answers-each-although-peers-are-forgotten/three",
                        GUINT_TO_POINTER (3), test_answers_each_although_peers_are_forgotten);

  return g_test_run ();
}
