/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-list.h"
#include "be-test-batch.h"
#include "be-test-mirror.h"
#include "be-udp-server.h"

typedef struct
{
  BePairing    *pairing;
  BeSocketList *list;
  BeTestMirror *mirror;
  BeTestBatch  *batch;
} Fixture;

static void
fixture_set_up (Fixture *fixture,
                BeSide   side)
{
  fixture->pairing = be_pairing_new ();
  fixture->list = be_socket_list_new (side, fixture->pairing);
  fixture->mirror = be_test_mirror_new (G_LIST_MODEL (fixture->list));
  fixture->batch = be_test_batch_new ();
}

static void
fixture_tear_down (Fixture *fixture)
{
  be_test_mirror_free (fixture->mirror);
  be_test_batch_free (fixture->batch);
  g_assert_finalize_object (fixture->list);
  g_assert_finalize_object (fixture->pairing);
}

static void
add (Fixture *fixture,
     BeSide   side,
     BeCall   call,
     guint32  id)
{
  BeEventRecord record = be_test_record (side, call, id);

  be_test_batch_add (fixture->batch, &record, NULL, 0);
}

static void
append (Fixture *fixture)
{
  be_socket_list_append (fixture->list, be_test_batch_get (fixture->batch));
  be_test_batch_clear (fixture->batch);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

static void
test_lists_the_clients_of_a_server (void)
{
  Fixture          fixture;
  BeEventRecord    listener = be_test_record (BE_SIDE_SERVER, BE_CALL_LISTEN, 1);
  BeSocketSummary *socket;
  g_autofree char *local = NULL;
  g_autofree char *peer = NULL;
  g_autofree char *letter = NULL;
  g_autofree char *state = NULL;

  fixture_set_up (&fixture, BE_SIDE_SERVER);
  listener.peer_id = 0;
  be_test_batch_add (fixture.batch, &listener, NULL, 0);
  add (&fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, 2);
  add (&fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 4);
  add (&fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, 3);
  append (&fixture);

  g_assert_cmpuint (count (&fixture), ==, 2);
  g_assert_cmpuint (be_socket_list_get_n_open (fixture.list), ==, 2);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture.list)) == BE_TYPE_SOCKET_SUMMARY);

  socket = be_socket_list_find (fixture.list, 2);
  g_assert_cmpuint (be_socket_summary_get_peer_id (socket), ==, 2);
  g_assert_cmpuint (be_socket_summary_get_session_id (socket), ==, 1);
  g_assert_cmpint (be_socket_summary_get_side (socket), ==, BE_SIDE_SERVER);
  g_assert_true (be_socket_summary_is_open (socket));
  g_object_get (socket, "local-text", &local, "peer-text", &peer, "letter", &letter,
                "state-name", &state, NULL);
  g_assert_cmpstr (local, ==, "127.0.0.1:8001");
  g_assert_cmpstr (peer, ==, "127.0.0.1:50002");
  g_assert_cmpstr (letter, ==, "A");
  g_assert_cmpstr (state, ==, "ESTABLISHED");

  /* The client's connect came between the two. */
  socket = be_socket_list_find (fixture.list, 3);
  g_assert_cmpuint (be_socket_summary_get_connection (socket), ==, 2);
  g_assert_null (be_socket_list_find (fixture.list, 4));
  g_assert_null (be_socket_list_find (fixture.list, 0));

  fixture_tear_down (&fixture);
}

static void
test_a_client_appears_when_it_connects (void)
{
  Fixture       fixture;
  BeEventRecord refused = be_test_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, 2);

  fixture_set_up (&fixture, BE_SIDE_CLIENT);
  add (&fixture, BE_SIDE_CLIENT, BE_CALL_SOCKET, 1);
  add (&fixture, BE_SIDE_CLIENT, BE_CALL_BIND, 1);
  append (&fixture);
  g_assert_cmpuint (count (&fixture), ==, 0);

  add (&fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  append (&fixture);
  g_assert_cmpuint (count (&fixture), ==, 1);

  refused.result = -1;
  be_test_batch_add (fixture.batch, &refused, NULL, 0);
  append (&fixture);
  g_assert_cmpuint (count (&fixture), ==, 2);
  g_assert_cmpuint (be_socket_list_get_n_open (fixture.list), ==, 1);
  g_assert_false (be_socket_summary_is_open (be_socket_list_find (fixture.list, 2)));

  fixture_tear_down (&fixture);
}

static void
count_notify_cb (GObject    *object,
                 GParamSpec *pspec,
                 guint      *n)
{
  (*n)++;
}

static void
test_tells_of_a_batch_once (void)
{
  Fixture          fixture;
  BeSocketSummary *socket;
  guint64          position = 0;
  guint            n_bytes = 0;
  guint            n_states = 0;
  guint            n_open = 0;
  guint            i;

  fixture_set_up (&fixture, BE_SIDE_CLIENT);
  add (&fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  append (&fixture);
  socket = be_socket_list_find (fixture.list, 1);
  g_signal_connect (socket, "notify::bytes-sent", G_CALLBACK (count_notify_cb), &n_bytes);
  g_signal_connect (socket, "notify::state", G_CALLBACK (count_notify_cb), &n_states);
  g_signal_connect (fixture.list, "notify::n-open", G_CALLBACK (count_notify_cb), &n_open);

  for (i = 0; i < 100; i++)
    {
      BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1);

      record.position = position;
      be_test_batch_add_data (fixture.batch, record, "hello baby");
      position += 10;
      add (&fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 10 + i);
    }
  append (&fixture);

  g_assert_cmpuint (n_bytes, ==, 1);
  g_assert_cmpuint (n_states, ==, 0);
  g_assert_cmpuint (n_open, ==, 1);
  g_assert_cmpuint (fixture.mirror->n_signals, ==, 2);
  g_assert_cmpuint (be_socket_summary_get_bytes_sent (socket), ==, 1000);
  g_assert_cmpuint (be_socket_summary_get_bytes_received (socket), ==, 0);
  g_assert_cmpuint (be_socket_list_get_n_open (fixture.list), ==, 101);

  fixture_tear_down (&fixture);
}

/* Events may be lost on the way; their bytes are not. */
static void
test_counts_bytes_by_their_place (void)
{
  Fixture       fixture;
  BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_RECV, 1);

  fixture_set_up (&fixture, BE_SIDE_CLIENT);
  add (&fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  record.position = G_GUINT64_CONSTANT (5000000000);
  be_test_batch_add_data (fixture.batch, record, "last");
  append (&fixture);

  g_assert_cmpuint (be_socket_summary_get_bytes_received (be_socket_list_find (fixture.list, 1)), ==,
                    G_GUINT64_CONSTANT (5000000004));

  fixture_tear_down (&fixture);
}

static void
test_follows_the_state (void)
{
  Fixture          fixture;
  BeEventRecord    record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 1);
  BeSocketSummary *socket;
  g_autofree char *name = NULL;

  fixture_set_up (&fixture, BE_SIDE_CLIENT);
  add (&fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  record.state = BE_SYSTEM_STATE_FIN_WAIT_1;
  be_test_batch_add (fixture.batch, &record, NULL, 0);
  append (&fixture);

  socket = be_socket_list_find (fixture.list, 1);
  g_assert_cmpint (be_socket_summary_get_state (socket), ==, BE_SYSTEM_STATE_FIN_WAIT_1);
  g_assert_true (be_socket_summary_is_open (socket));

  /* The call does not know how long this lasts. */
  record.call = BE_CALL_CLOSE;
  be_test_batch_add (fixture.batch, &record, NULL, 0);
  append (&fixture);
  g_object_get (socket, "state-name", &name, NULL);
  g_assert_cmpstr (name, ==, "CLOSED");
  g_assert_false (be_socket_summary_is_open (socket));
  g_assert_cmpuint (be_socket_list_get_n_open (fixture.list), ==, 0);

  fixture_tear_down (&fixture);
}

static void
test_keeps_sixteen_that_are_closed (void)
{
  Fixture fixture;
  guint32 id;

  fixture_set_up (&fixture, BE_SIDE_SERVER);
  for (id = 1; id <= 40; id++)
    add (&fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, id);
  append (&fixture);

  /* All but every fourth. */
  for (id = 1; id <= 40; id++)
    {
      if (id % 4 != 0)
        add (&fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, id);
    }
  fixture.mirror->n_signals = 0;
  append (&fixture);

  g_assert_cmpuint (fixture.mirror->n_signals, ==, 1);
  g_assert_cmpuint (be_socket_list_get_n_open (fixture.list), ==, 10);
  g_assert_cmpuint (count (&fixture), ==, 26);
  g_assert_null (be_socket_list_find (fixture.list, 1));
  g_assert_nonnull (be_socket_list_find (fixture.list, 4));
  g_assert_nonnull (be_socket_list_find (fixture.list, 39));

  be_socket_list_clear_closed (fixture.list);
  g_assert_cmpuint (count (&fixture), ==, 10);
  g_assert_null (be_socket_list_find (fixture.list, 39));
  g_assert_nonnull (be_socket_list_find (fixture.list, 4));

  fixture_tear_down (&fixture);
}

static BeEventRecord
udp_record (BeCall  call,
            guint32 socket_id,
            guint32 peer_id)
{
  BeEventRecord record = be_test_record (BE_SIDE_SERVER, call, peer_id);

  record.protocol = BE_PROTOCOL_UDP;
  record.socket_id = socket_id;
  record.state = BE_SYSTEM_STATE_UDP_BOUND;

  return record;
}

/* Not those that appeared first: what has just ended is still looked at. */
static void
test_removes_those_closed_longest_ago (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, BE_SIDE_SERVER);
  for (guint32 id = 1; id <= 40; id++)
    add (&fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, id);
  append (&fixture);
  for (guint32 id = 40; id > 0; id--)
    {
      add (&fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, id);
      append (&fixture);
      g_assert_nonnull (be_socket_list_find (fixture.list, id));
    }
  be_test_mirror_check (fixture.mirror);

  g_assert_cmpuint (count (&fixture), ==, 16);
  g_assert_nonnull (be_socket_list_find (fixture.list, 16));
  g_assert_null (be_socket_list_find (fixture.list, 17));
  g_assert_cmpuint (be_socket_summary_get_closing (be_socket_list_find (fixture.list, 1)), >,
                    be_socket_summary_get_closing (be_socket_list_find (fixture.list, 2)));

  fixture_tear_down (&fixture);
}

static void
test_counts_what_it_removes (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, BE_SIDE_SERVER);
  for (guint32 id = 1; id <= 40; id++)
    {
      add (&fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, id);
      add (&fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, id);
      if (id % 20 == 0)
        append (&fixture);
    }

  g_assert_cmpuint (be_socket_list_get_n_removed (fixture.list, BE_PROTOCOL_TCP), ==, 24);
  g_assert_cmpuint (be_socket_list_get_n_removed (fixture.list, BE_PROTOCOL_UDP), ==, 0);

  be_socket_list_clear_closed (fixture.list);
  g_assert_cmpuint (be_socket_list_get_n_removed (fixture.list, BE_PROTOCOL_TCP), ==, 0);

  fixture_tear_down (&fixture);
}

static void
test_udp_peers_end_with_their_socket (void)
{
  Fixture       fixture;
  BeEventRecord close = udp_record (BE_CALL_CLOSE, 1, 0);

  fixture_set_up (&fixture, BE_SIDE_SERVER);
  be_test_batch_add_data (fixture.batch, udp_record (BE_CALL_RECVFROM, 1, 2), "hello");
  be_test_batch_add_data (fixture.batch, udp_record (BE_CALL_SENDTO, 1, 2), "HELLO!");
  be_test_batch_add_data (fixture.batch, udp_record (BE_CALL_RECVFROM, 1, 3), "");
  be_test_batch_add_data (fixture.batch, udp_record (BE_CALL_RECVFROM, 7, 8), "another server");
  append (&fixture);
  g_assert_cmpuint (count (&fixture), ==, 3);
  g_assert_cmpuint (be_socket_list_get_n_open (fixture.list), ==, 3);
  g_assert_cmpuint (be_socket_summary_get_bytes_received (be_socket_list_find (fixture.list, 2)), ==, 5);
  g_assert_cmpuint (be_socket_summary_get_bytes_sent (be_socket_list_find (fixture.list, 2)), ==, 6);

  close.state = BE_SYSTEM_STATE_CLOSED;
  be_test_batch_add (fixture.batch, &close, NULL, 0);
  append (&fixture);
  g_assert_cmpuint (be_socket_list_get_n_open (fixture.list), ==, 1);
  g_assert_false (be_socket_summary_is_open (be_socket_list_find (fixture.list, 2)));
  g_assert_cmpint (be_socket_summary_get_state (be_socket_list_find (fixture.list, 3)), ==, BE_SYSTEM_STATE_CLOSED);
  g_assert_true (be_socket_summary_is_open (be_socket_list_find (fixture.list, 8)));
  g_assert_cmpuint (be_socket_summary_get_peer (be_socket_list_find (fixture.list, 2))->port, ==, 50002);

  fixture_tear_down (&fixture);
}

static void
test_a_forgotten_udp_peer_is_closed (void)
{
  Fixture       fixture;
  BeEventRecord record = udp_record (BE_CALL_RECVFROM, 1, 3);

  fixture_set_up (&fixture, BE_SIDE_SERVER);
  be_test_batch_add_data (fixture.batch, udp_record (BE_CALL_RECVFROM, 1, 2), "first");
  record.flags = BE_EVENT_LIMIT;
  record.detail = 2;
  be_test_batch_add_data (fixture.batch, record, "second");
  append (&fixture);

  g_assert_cmpuint (be_socket_list_get_n_open (fixture.list), ==, 1);
  g_assert_false (be_socket_summary_is_open (be_socket_list_find (fixture.list, 2)));
  g_assert_true (be_socket_summary_is_open (be_socket_list_find (fixture.list, 3)));

  fixture_tear_down (&fixture);
}

/* The events that tell of it may be among those that were lost on the way. */
static void
test_has_no_more_udp_peers_than_the_server_knows (void)
{
  Fixture       fixture;
  const guint32 n_peers = 3 * BE_UDP_SERVER_MAX_PEERS;
  guint32       first = 100;
  guint32       id;

  fixture_set_up (&fixture, BE_SIDE_SERVER);
  add (&fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, 1);
  be_test_batch_add_data (fixture.batch, udp_record (BE_CALL_RECVFROM, 7, 2), "another server");
  for (id = first; id < first + n_peers; id++)
    {
      be_test_batch_add_data (fixture.batch, udp_record (BE_CALL_RECVFROM, 3, id), "hello");
      if (id % 100 == 0)
        append (&fixture);
    }
  append (&fixture);
  be_test_mirror_check (fixture.mirror);

  /* Who came last is there, and the others have nothing to do with it. */
  g_assert_cmpuint (be_socket_list_get_n_open (fixture.list), ==, BE_UDP_SERVER_MAX_PEERS + 2);
  g_assert_true (be_socket_summary_is_open (be_socket_list_find (fixture.list, 1)));
  g_assert_true (be_socket_summary_is_open (be_socket_list_find (fixture.list, 2)));
  for (id = first + n_peers - BE_UDP_SERVER_MAX_PEERS; id < first + n_peers; id++)
    g_assert_true (be_socket_summary_is_open (be_socket_list_find (fixture.list, id)));

  fixture_tear_down (&fixture);
}

static void
test_both_lists_agree_on_letters (void)
{
  Fixture       server;
  BeSocketList *clients;
  BeEventRecord connected = be_test_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, 5);
  BeEventRecord accepted = be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, 6);

  fixture_set_up (&server, BE_SIDE_SERVER);
  clients = be_socket_list_new (BE_SIDE_CLIENT, server.pairing);
  accepted.peer = connected.local;
  be_test_batch_add (server.batch, &connected, NULL, 0);
  be_test_batch_add (server.batch, &accepted, NULL, 0);

  be_socket_list_append (clients, be_test_batch_get (server.batch));
  append (&server);
  g_assert_cmpuint (be_socket_summary_get_connection (be_socket_list_find (clients, 5)), ==, 0);
  g_assert_cmpuint (be_socket_summary_get_connection (be_socket_list_find (server.list, 6)), ==, 0);

  g_assert_finalize_object (clients);
  fixture_tear_down (&server);
}

static void
test_is_consistent_after_every_signal (void)
{
  guint round;

  for (round = 0; round < 20; round++)
    {
      Fixture fixture;
      guint32 next = 1;
      guint   i;

      fixture_set_up (&fixture, BE_SIDE_SERVER);

      for (i = 0; i < 40; i++)
        {
          guint n = (guint) g_test_rand_int_range (0, 30);
          guint n_signals = fixture.mirror->n_signals;

          while (n-- > 0)
            {
              if (g_test_rand_bit ())
                add (&fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, next++);
              else
                add (&fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, (guint32) g_test_rand_int_range (1, (gint32) next + 1));
            }
          append (&fixture);
          if (g_test_rand_int_range (0, 8) == 0)
            be_socket_list_clear_closed (fixture.list);

          be_test_mirror_check (fixture.mirror);
          g_assert_cmpuint (count (&fixture), <=, be_socket_list_get_n_open (fixture.list) + 16);
          g_assert_cmpuint (fixture.mirror->n_signals, <=, n_signals + 3);
        }

      fixture_tear_down (&fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/socket-list/lists-the-clients-of-a-server", test_lists_the_clients_of_a_server);
  g_test_add_func ("/socket-list/a-client-appears-when-it-connects", test_a_client_appears_when_it_connects);
  g_test_add_func ("/socket-list/tells-of-a-batch-once", test_tells_of_a_batch_once);
  g_test_add_func ("/socket-list/counts-bytes-by-their-place", test_counts_bytes_by_their_place);
  g_test_add_func ("/socket-list/follows-the-state", test_follows_the_state);
  g_test_add_func ("/socket-list/keeps-sixteen-that-are-closed", test_keeps_sixteen_that_are_closed);
  g_test_add_func ("/socket-list/removes-those-closed-longest-ago", test_removes_those_closed_longest_ago);
  g_test_add_func ("/socket-list/counts-what-it-removes", test_counts_what_it_removes);
  g_test_add_func ("/socket-list/udp-peers-end-with-their-socket", test_udp_peers_end_with_their_socket);
  g_test_add_func ("/socket-list/a-forgotten-udp-peer-is-closed", test_a_forgotten_udp_peer_is_closed);
  g_test_add_func ("/socket-list/has-no-more-udp-peers-than-the-server-knows", test_has_no_more_udp_peers_than_the_server_knows);
  g_test_add_func ("/socket-list/both-lists-agree-on-letters", test_both_lists_agree_on_letters);
  g_test_add_func ("/socket-list/is-consistent-after-every-signal", test_is_consistent_after_every_signal);

  return g_test_run ();
}
