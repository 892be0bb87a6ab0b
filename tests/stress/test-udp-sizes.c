/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Datagrams of every size, too long ones and those that nobody takes, very
 * many of each: nothing is lost and nothing ends. */

#include "be-stress.h"
#include "be-test-errors.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LARGEST_BYTES 65507
#define N_DATAGRAMS 3000
#define N_REFUSALS 2000
#define N_LEAVING_PEERS 2000
#define SENT_AT_ONCE 8

typedef struct
{
  BeNetworkThread *network;
  BeSession       *server;
  BeSession       *client;
  BeStressBounds   bounds;

  GQueue expected; /* of GBytes: what the client must still receive */
  guint  n_answers;
  guint  n_too_long;
  guint  n_refused;
  guint  n_other_failures;
  guint  n_received; /* by the server */
} Watch;

static void
check_answer (Watch               *watch,
              const BeEventRecord *record)
{
  g_autoptr (GBytes) expected = g_queue_pop_head (&watch->expected);

  g_assert_nonnull (expected);
  g_assert_cmpmem (be_event_record_payload (record), record->kept_length,
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
  g_assert_cmpuint (record->payload_length, ==, g_bytes_get_size (expected));
  watch->n_answers++;
}

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           Watch              *watch)
{
  g_assert_cmpuint (batch->n_lost, ==, 0);
  for (const BeEventRecord *record = be_event_batch_first (batch);
       record != NULL;
       record = be_event_batch_next (batch, record))
    {
      if (record->error == BE_TEST_ERROR_MESSAGE_TOO_LONG)
        watch->n_too_long++;
      else if (record->error == BE_TEST_ERROR_CONNECTION_REFUSED)
        watch->n_refused++;
      else if (record->error != 0)
        watch->n_other_failures++;
      else if (record->call == BE_CALL_RECV)
        check_answer (watch, record);
      else if (record->call == BE_CALL_RECVFROM)
        watch->n_received++;
    }
}

static void
set_up (Watch        *watch,
        gconstpointer data)
{
  be_stress_begin (&watch->bounds);
  watch->network = be_network_thread_new ();
  g_queue_init (&watch->expected);
  g_signal_connect (watch->network, "events", G_CALLBACK (events_cb), watch);
  watch->server = be_test_server_new (watch->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);
  be_test_session_run (watch->server);
}

static void
end_session (BeSession *session)
{
  if (session == NULL)
    return;

  g_assert_cmpint (be_session_get_state (session), ==, BE_SESSION_RUNNING);
  be_test_session_end (session);
  g_assert_finalize_object (session);
}

static void
tear_down (Watch        *watch,
           gconstpointer data)
{
  g_assert_cmpuint (watch->n_other_failures, ==, 0);
  g_assert_true (g_queue_is_empty (&watch->expected));
  end_session (g_steal_pointer (&watch->client));
  end_session (g_steal_pointer (&watch->server));
  g_assert_finalize_object (g_steal_pointer (&watch->network));
  be_stress_assert_nothing_left (&watch->bounds);
}

static gsize
choose_size (guint number)
{
  const gsize edges[] = { 0, 1, LARGEST_BYTES, LARGEST_BYTES - 1, LARGEST_BYTES + 1, 65535, 1472, 0 };

  if (number % 3 != 0)
    return (gsize) g_test_rand_int_range (0, number % 20 == 0 ? LARGEST_BYTES + 1 : 3000);

  return edges[number / 3 % G_N_ELEMENTS (edges)];
}

/* Returns whether it is a datagram at all. */
static gboolean
send_one (Watch *watch,
          guint  number)
{
  g_autoptr (GBytes) bytes = be_test_random_bytes (choose_size (number));
  gboolean fits = g_bytes_get_size (bytes) <= LARGEST_BYTES;

  if (fits)
    g_queue_push_tail (&watch->expected, be_test_upper_case (bytes));
  be_session_send (watch->client, BE_PEER_EVERYONE, bytes);

  return fits;
}

/* Until all are there, without waiting for the next frame. */
static void
take_answers (Watch *watch)
{
  gint64 deadline = g_get_monotonic_time () + BE_TEST_DEADLINE_SECONDS * G_USEC_PER_SEC;

  while (!g_queue_is_empty (&watch->expected))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      be_stress_take_events (watch->network);
    }
}

static void
test_answers_every_size_and_goes_on_after_too_long_ones (Watch        *watch,
                                                         gconstpointer data)
{
  const guint n_datagrams = be_stress_scale (N_DATAGRAMS);
  guint       n_sent = 0;

  watch->client = be_test_client_new_for (watch->server);
  be_test_session_run (watch->client);
  for (guint i = 0; i < n_datagrams; i++)
    {
      n_sent += send_one (watch, i) ? 1 : 0;
      if (i % SENT_AT_ONCE == 0 || i + 1 == n_datagrams)
        take_answers (watch);
    }
  be_test_wait_until (watch->n_too_long == n_datagrams - n_sent);
  g_assert_cmpuint (watch->n_answers, ==, n_sent);
  g_assert_cmpuint (watch->n_received, ==, n_sent);
  g_assert_cmpuint (watch->n_too_long, >, 0);

  /* Eight datagrams of 64 KB have four events each: 2 MB that wait, as much that is
   * lent, what is being sent and received, and the copies here. */
  be_stress_assert_within (&watch->bounds, 10, 12);
}

/* UDP has no way to know before, and each refusal is told. */
static void
test_client_goes_on_after_thousands_of_refusals (Watch        *watch,
                                                 gconstpointer data)
{
  const guint n_refusals = be_stress_scale (N_REFUSALS);
  g_autoptr (GBytes) received = NULL;
  BeAddress address;
  BeAddress from;
  g_autoptr (GSocket) peer = be_test_nobody_receives (&address);

  watch->client = be_test_client_new (watch->network, BE_PROTOCOL_UDP, "127.0.0.1", address.port);
  be_test_session_run (watch->client);
  for (guint i = 1; i <= n_refusals; i++)
    {
      be_test_session_send (watch->client, BE_PEER_EVERYONE, "anybody?");
      if (i % 100 != 0)
        continue;

      /* A refusal reaches the next call, which may be another send (). */
      be_stress_take_events (watch->network);
      g_assert_cmpint (be_session_get_state (watch->client), ==, BE_SESSION_RUNNING);
    }
  g_assert_cmpuint (watch->n_refused, >, n_refusals / 4);
  g_assert_cmpuint (watch->n_refused, <=, n_refusals);

  address = be_test_session_get_local (watch->client);
  be_test_peer_connect_to (peer, &address);
  be_test_session_send (watch->client, BE_PEER_EVERYONE, "somebody");
  received = be_test_peer_receive_datagram (peer, &from);
  g_assert_cmpmem (g_bytes_get_data (received, NULL), g_bytes_get_size (received), "somebody", 8);
  g_queue_push_tail (&watch->expected, g_bytes_new_static ("yes", 3));
  be_test_peer_send (peer, "yes", 3);
  be_test_wait_until (watch->n_answers == 1);
  be_stress_assert_within (&watch->bounds, 5, 8);
}

/* They send and are gone before the answer comes; one stays and misses none. */
static void
test_server_serves_on_while_thousands_leave (Watch        *watch,
                                             gconstpointer data)
{
  const guint     n_peers = be_stress_scale (N_LEAVING_PEERS);
  BeAddress       address = be_test_session_get_local (watch->server);
  const BeAddress local = { .family = BE_ADDRESS_IPV4, .bytes = { 127, 0, 0, 1 } };
  int             faithful = be_stress_open_datagram_from (&local, &address);
  char            answer[16];

  for (guint i = 0; i < n_peers; i++)
    {
      int leaving = be_stress_open_datagram_from (&local, &address);

      g_assert_cmpint (send (leaving, "bye", 3, 0), ==, 3);
      close (leaving);
      g_assert_cmpint (send (faithful, "here", 4, 0), ==, 4);
      g_assert_cmpint (be_stress_receive (faithful, answer, sizeof answer), ==, 4);
      g_assert_cmpmem (answer, 4, "HERE", 4);
    }
  be_test_wait_until (watch->n_received == 2 * n_peers);
  close (faithful);
  be_stress_assert_within (&watch->bounds, 5, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/stress/udp-sizes/answers-every-size-and-goes-on-after-too-long-ones", Watch, NULL,
              set_up, test_answers_every_size_and_goes_on_after_too_long_ones, tear_down);
  g_test_add ("/stress/udp-sizes/client-goes-on-after-thousands-of-refusals", Watch, NULL, set_up,
              test_client_goes_on_after_thousands_of_refusals, tear_down);
  g_test_add ("/stress/udp-sizes/server-serves-on-while-thousands-leave", Watch, NULL, set_up,
              test_server_serves_on_while_thousands_leave, tear_down);

  return g_test_run ();
}
