/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* More peers than a UDP server remembers. */

#include "be-stress.h"
#include "be-test-sessions.h"
#include "be-test.h"
#include "be-udp-server.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define N_ADDRESSES 20000
#define PEERS_AT_ONCE 64
#define MAX_DATAGRAM_BYTES 1400

/* What the events say, without keeping them. */
typedef struct
{
  BeNetworkThread *network;
  BeSession       *server;
  BeAddress        address;
  BeStressBounds   bounds;

  guint   n_events;
  guint64 n_lost;
  guint   n_received;
  guint   n_forgotten;
  guint   n_by_hand;
  guint32 forgotten_id; /* the last */
  GArray *peer_ids;     /* of those who were new, in their order */
} Flood;

static void
look_at (Flood               *flood,
         const BeEventRecord *record)
{
  flood->n_events++;
  if (record->call == BE_CALL_SENDTO && (record->flags & BE_EVENT_ON_REQUEST))
    flood->n_by_hand++;
  if (record->call != BE_CALL_RECVFROM)
    return;

  flood->n_received++;
  g_array_append_val (flood->peer_ids, record->peer_id);
  if (record->flags & BE_EVENT_LIMIT)
    {
      flood->n_forgotten++;
      flood->forgotten_id = record->detail;
    }
}

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           Flood              *flood)
{
  flood->n_lost += batch->n_lost;
  for (const BeEventRecord *record = be_event_batch_first (batch);
       record != NULL;
       record = be_event_batch_next (batch, record))
    look_at (flood, record);
}

static void
set_up (Flood        *flood,
        gconstpointer data)
{
  be_stress_begin (&flood->bounds);
  flood->network = be_network_thread_new ();
  flood->peer_ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_signal_connect (flood->network, "events", G_CALLBACK (events_cb), flood);
  flood->server = be_test_server_new (flood->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);
  be_test_session_run (flood->server);
  flood->address = be_test_session_get_local (flood->server);
}

static void
tear_down (Flood        *flood,
           gconstpointer data)
{
  be_test_session_end (flood->server);
  g_assert_finalize_object (g_steal_pointer (&flood->server));
  g_assert_finalize_object (g_steal_pointer (&flood->network));
  g_clear_pointer (&flood->peer_ids, g_array_unref);
  be_stress_assert_nothing_left (&flood->bounds);
}

static gsize
fill (guint8 *bytes,
      guint   number)
{
  gsize length = sizeof number + number % (MAX_DATAGRAM_BYTES - sizeof number);

  memset (bytes, 'a' + (int) (number % 26), length);
  memcpy (bytes, &number, sizeof number);

  return length;
}

static void
expect_answer (int   descriptor,
               guint number)
{
  guint8 sent[MAX_DATAGRAM_BYTES];
  guint8 received[MAX_DATAGRAM_BYTES + 1];
  gsize  length = fill (sent, number);
  gssize n_received = be_stress_receive (descriptor, received, sizeof received);

  g_assert_cmpint (n_received, ==, length);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpuint (received[i], ==, g_ascii_toupper ((char) sent[i]) & 0xff);
}

/* From so many addresses at once, each of which gets its answer and goes. */
static void
ask_from_addresses (Flood *flood,
                    guint  first,
                    guint  n_addresses)
{
  int    descriptors[PEERS_AT_ONCE];
  guint8 bytes[MAX_DATAGRAM_BYTES];

  for (guint i = 0; i < n_addresses; i++)
    {
      BeAddress local;

      be_stress_spread_address (&local, first + i);
      descriptors[i] = be_stress_open_datagram_from (&local, &flood->address);
      g_assert_cmpint (send (descriptors[i], bytes, fill (bytes, first + i), 0), >, 0);
    }
  for (guint i = 0; i < n_addresses; i++)
    {
      expect_answer (descriptors[i], first + i);
      close (descriptors[i]);
    }
}

static void
ask_from_all (Flood   *flood,
              guint    n_addresses,
              gboolean is_watched)
{
  for (guint first = 0; first < n_addresses; first += PEERS_AT_ONCE)
    {
      guint n = MIN (PEERS_AT_ONCE, n_addresses - first);

      ask_from_addresses (flood, first, n);
      if (is_watched)
        be_stress_take_events (flood->network);
    }
}

static void
speak_to_everybody (Flood *flood)
{
  be_test_session_send (flood->server, BE_PEER_EVERYONE, "hello");
  be_stress_take_events (flood->network);
}

static void
test_forgets_the_oldest_of_many (Flood        *flood,
                                 gconstpointer data)
{
  guint n_addresses = MAX (be_stress_scale (N_ADDRESSES), 3 * BE_UDP_SERVER_MAX_PEERS);

  ask_from_all (flood, n_addresses, TRUE);

  /* Nobody sent twice: who had to go is the one who came so long before. */
  g_assert_cmpuint (flood->n_lost, ==, 0);
  g_assert_cmpuint (flood->peer_ids->len, ==, n_addresses);
  g_assert_cmpuint (flood->n_forgotten, ==, n_addresses - BE_UDP_SERVER_MAX_PEERS);
  g_assert_cmpuint (flood->forgotten_id, ==,
                    g_array_index (flood->peer_ids, guint32, n_addresses - 1 - BE_UDP_SERVER_MAX_PEERS));

  speak_to_everybody (flood);
  g_assert_cmpuint (flood->n_by_hand, ==, BE_UDP_SERVER_MAX_PEERS);

  /* A peer takes less than 300 bytes, so that 1,024 of them take 0.3 MB; the
   * events of a batch of 64 and their buffers less than 1 MB. */
  be_stress_assert_within (&flood->bounds, 10, 8);
}

/* The events find no room at some time: each is counted, and every peer has
 * had its answer all the same. */
static void
test_answers_everybody_while_nobody_watches (Flood        *flood,
                                             gconstpointer data)
{
  guint n_addresses = be_stress_scale (N_ADDRESSES);
  guint n_events_before = flood->n_events;

  ask_from_all (flood, n_addresses, FALSE);
  be_stress_take_events (flood->network);
  g_assert_cmpuint (flood->n_events + flood->n_lost - n_events_before, ==, 2 * n_addresses);
  if (!be_stress_has_sanitizer ())
    g_assert_cmpuint (flood->n_lost, >, 0);

  speak_to_everybody (flood);
  g_assert_cmpuint (flood->n_by_hand, ==, MIN (BE_UDP_SERVER_MAX_PEERS, n_addresses));

  /* What waits is 8 MB of events, as much may be lent at once, and chunks are
   * never quite full. */
  be_stress_assert_within (&flood->bounds, 10, 20);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/stress/udp-flood/forgets-the-oldest-of-many", Flood, NULL, set_up,
              test_forgets_the_oldest_of_many, tear_down);
  g_test_add ("/stress/udp-flood/answers-everybody-while-nobody-watches", Flood, NULL, set_up,
              test_answers_everybody_while_nobody_watches, tear_down);

  return g_test_run ();
}
