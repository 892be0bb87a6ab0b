/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A reader who keeps less gets less of long payloads. */

#include "be-event-queue.h"
#include "be-tcp-server.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#define LONG_BYTES 1000u
#define N_WHOLE 2u
#define N_LONG 5u
#define BURST_BYTES (N_WHOLE * LONG_BYTES + LONG_BYTES / 2)
#define BYTES_PER_SECOND (20u * LONG_BYTES)

typedef struct
{
  BeNetworkThread *network;
  BeSession       *server;
  GSocket         *peer;
  gsize            n_sent;
  gsize            n_received;
  guint            n_whole;
  guint            n_cut;
  guint64          n_trimmed; /* what the batches say */
} Fixture;

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           Fixture            *self)
{
  self->n_trimmed += batch->n_trimmed;
  for (const BeEventRecord *record = be_event_batch_first (batch); record != NULL;
       record = be_event_batch_next (batch, record))
    {
      if (record->call != BE_CALL_RECV)
        continue;

      self->n_received += record->payload_length;
      if (record->kept_length == record->payload_length)
        self->n_whole++;
      else
        {
          g_assert_cmpuint (record->kept_length, ==, BE_EVENT_QUEUE_CUT_BYTES);
          self->n_cut++;
        }
    }
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  BeAddress address;

  self->network = be_network_thread_new ();
  g_signal_connect (self->network, "events", G_CALLBACK (events_cb), self);
  self->server = be_test_server_new (self->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_reply_rule (BE_TCP_SERVER (self->server), BE_REPLY_NONE);
  be_test_session_run (self->server);
  address = be_test_session_get_local (self->server);
  self->peer = be_test_peer_connect (&address);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_clear_object (&self->peer);
  g_assert_finalize_object (self->server);
  g_assert_finalize_object (self->network);
}

/* For all that comes from now on. */
static void
set_credit (Fixture *self,
            gsize    burst,
            gsize    per_second)
{
  be_network_thread_set_payload_credit (self->network, burst, per_second);
  be_test_network_turn (self->network);
}

/* One recv for each, because the next is sent after it. */
static void
send_one (Fixture *self,
          gsize    length)
{
  static const guint8 bytes[LONG_BYTES];

  be_test_peer_send (self->peer, bytes, length);
  self->n_sent += length;
  be_test_wait_until (self->n_received == self->n_sent);
}

static void
test_long_payloads_beyond_it_are_cut (Fixture      *self,
                                      gconstpointer data)
{
  set_credit (self, BURST_BYTES, 0);
  for (guint i = 0; i < N_LONG; i++)
    send_one (self, LONG_BYTES);
  g_assert_cmpuint (self->n_whole, ==, N_WHOLE);
  g_assert_cmpuint (self->n_cut, ==, N_LONG - N_WHOLE);
  g_assert_cmpuint (self->n_trimmed, ==, N_LONG - N_WHOLE);

  send_one (self, BE_EVENT_QUEUE_SHORT_BYTES);
  g_assert_cmpuint (self->n_whole, ==, N_WHOLE + 1);
  g_assert_cmpuint (self->n_trimmed, ==, N_LONG - N_WHOLE);
}

static void
test_it_grows_with_the_time (Fixture      *self,
                             gconstpointer data)
{
  set_credit (self, 0, 0);
  send_one (self, LONG_BYTES);
  g_assert_cmpuint (self->n_cut, ==, 1);

  set_credit (self, LONG_BYTES, BYTES_PER_SECOND);
  send_one (self, LONG_BYTES);
  g_assert_cmpuint (self->n_whole, ==, 1);
  for (gint64 end = g_get_monotonic_time () + BE_TEST_DEADLINE_SECONDS * G_USEC_PER_SEC; self->n_whole < N_WHOLE;)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      send_one (self, LONG_BYTES);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/payload-credit/long-payloads-beyond-it-are-cut", Fixture, NULL, set_up,
              test_long_payloads_beyond_it_are_cut, tear_down);
  g_test_add ("/payload-credit/it-grows-with-the-time", Fixture, NULL, set_up,
              test_it_grows_with_the_time, tear_down);

  return g_test_run ();
}
