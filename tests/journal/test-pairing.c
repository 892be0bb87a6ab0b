/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pairing.h"
#include "be-test-batch.h"

#define NONE BE_EVENT_NO_CONNECTION

static guint32
assign (BePairing    *pairing,
        BeEventRecord record)
{
  return be_pairing_assign (pairing, &record);
}

/* One end of the connection between a client on @client_port and :8001. */
static BeEventRecord
end (BeSide  side,
     BeCall  call,
     guint32 id,
     guint16 client_port)
{
  BeEventRecord record = be_test_record (side, call, id);

  if (side == BE_SIDE_SERVER)
    record.peer.port = client_port;
  else
    record.local.port = client_port;

  return record;
}

static BeEventRecord
udp_end (BeSide  side,
         BeCall  call,
         guint32 socket_id,
         guint32 peer_id,
         guint16 client_port)
{
  BeEventRecord record = end (side, call, peer_id, client_port);

  record.protocol = BE_PROTOCOL_UDP;
  record.socket_id = socket_id;

  return record;
}

static BeEventRecord
unix_end (BeSide  side,
          BeCall  call,
          guint32 id)
{
  BeEventRecord record = be_test_record (side, call, id);
  BeAddress     path = { .family = BE_ADDRESS_UNIX, .scope = g_quark_from_static_string ("/tmp/both-ends") };
  BeAddress     unnamed = { .family = BE_ADDRESS_UNIX };

  record.protocol = BE_PROTOCOL_UNIX;
  record.local = side == BE_SIDE_SERVER ? path : unnamed;
  record.peer = side == BE_SIDE_SERVER ? unnamed : path;

  return record;
}

static void
test_pairs_accept_after_connect (void)
{
  BePairing *pairing = be_pairing_new ();

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 2, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_SEND, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_RECV, 2, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 3, 51880)), ==, 1);

  g_assert_finalize_object (pairing);
}

static void
test_pairs_accept_before_connect (void)
{
  BePairing *pairing = be_pairing_new ();

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 2, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 4, 51880)), ==, 1);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 3, 51880)), ==, 1);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 51879)), ==, 0);

  g_assert_finalize_object (pairing);
}

static void
test_sockets_have_no_number_before_they_connect (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SOCKET, 1);
  BeEventRecord listener = be_test_record (BE_SIDE_SERVER, BE_CALL_LISTEN, 7);

  record.local = (BeAddress){ 0 };
  record.peer = (BeAddress){ 0 };
  g_assert_cmpuint (assign (pairing, record), ==, NONE);
  record.call = BE_CALL_BIND;
  g_assert_cmpuint (assign (pairing, record), ==, NONE);
  record.call = BE_CALL_CLOSE;
  g_assert_cmpuint (assign (pairing, record), ==, NONE);

  listener.peer_id = 0;
  g_assert_cmpuint (assign (pairing, listener), ==, NONE);

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 2, 51879)), ==, 0);

  g_assert_finalize_object (pairing);
}

static void
test_a_refused_connect_has_its_own_number (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord refused = end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 51879);

  refused.result = -1;
  g_assert_cmpuint (assign (pairing, refused), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1, 51879)), ==, 0);

  /* Even with the same addresses, nobody is at its other end. */
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 2, 51879)), ==, 1);

  /* Without a local address, too. */
  refused.peer_id = refused.socket_id = 3;
  refused.local = (BeAddress){ 0 };
  g_assert_cmpuint (assign (pairing, refused), ==, 2);

  g_assert_finalize_object (pairing);
}

static void
test_a_port_that_is_used_again_gets_a_new_number (void)
{
  BePairing *pairing = be_pairing_new ();
  guint      i;

  for (i = 0; i < 5; i++)
    {
      guint32  client = 2 * i + 1;
      guint32  server = 2 * i + 2;
      gboolean is_accept_first = i % 2 == 1;

      if (is_accept_first)
        g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, server, 51879)), ==, i);
      g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, client, 51879)), ==, i);
      if (!is_accept_first)
        g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, server, 51879)), ==, i);

      g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CLOSE, client, 51879)), ==, i);
      g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_RECV, server, 51879)), ==, i);
      g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_CLOSE, server, 51879)), ==, i);
    }

  g_assert_finalize_object (pairing);
}

/* The server has not seen yet that the first connection is gone. */
static void
test_a_port_that_is_used_again_at_once_gets_a_new_number (void)
{
  BePairing *pairing = be_pairing_new ();

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 2, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1, 51879)), ==, 0);

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 4, 51879)), ==, 1);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 3, 51879)), ==, 1);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_RECV, 2, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_CLOSE, 2, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_RECV, 4, 51879)), ==, 1);

  g_assert_finalize_object (pairing);
}

static void
test_a_client_may_be_gone_before_it_is_accepted (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord late = end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 2, 51879);

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_SEND, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1, 51879)), ==, 0);

  late.time = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_assert_cmpuint (assign (pairing, late), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_RECV, 2, 51879)), ==, 0);

  g_assert_finalize_object (pairing);
}

static void
test_a_new_listener_does_not_accept_old_clients (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord listener = be_test_record (BE_SIDE_SERVER, BE_CALL_LISTEN, 5);

  /* It came to another program's server, and left. */
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1, 51879)), ==, 0);

  listener.peer_id = 0;
  listener.peer = (BeAddress){ 0 };
  g_assert_cmpuint (assign (pairing, listener), ==, NONE);

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 6, 51879)), ==, 1);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 7, 51879)), ==, 1);

  g_assert_finalize_object (pairing);
}

static void
test_a_client_of_ours_is_not_that_of_another_program_before (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord later = end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 3, 51879);

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_CLOSE, 1, 51879)), ==, 0);

  later.time = 10 * G_USEC_PER_SEC;
  g_assert_cmpuint (assign (pairing, later), ==, 1);

  /* At the same moment, it is: connect () is told after the server's close (). */
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 5, 51880)), ==, 2);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_CLOSE, 5, 51880)), ==, 2);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 6, 51880)), ==, 2);

  g_assert_finalize_object (pairing);
}

static void
test_protocols_do_not_mix (void)
{
  BePairing *pairing = be_pairing_new ();

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 2, 3, 51879)), ==, 1);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 4, 51879)), ==, 0);

  g_assert_finalize_object (pairing);
}

static void
test_sees_through_ipv4_mapped_addresses (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord server = end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 2, 51879);

  server.local = be_test_address ("::ffff:127.0.0.1", 8001);
  server.peer = be_test_address ("::ffff:127.0.0.1", 51879);

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, server), ==, 0);

  g_assert_finalize_object (pairing);
}

static void
test_pairs_udp_with_a_server_on_all_addresses (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord server = udp_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 10, 11, 51879);

  server.local = be_test_address ("::", 8001);
  server.peer = be_test_address ("::ffff:127.0.0.1", 51879);

  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, server), ==, 0);

  g_assert_finalize_object (pairing);
}

static void
test_udp_ends_may_come_and_go (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord close = udp_end (BE_SIDE_SERVER, BE_CALL_CLOSE, 10, 0, 51879);

  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 10, 11, 51879)), ==, 0);

  /* Another client on the same port: to the server the same peer. */
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 2, 2, 51879)), ==, 0);

  /* Another server: to the client the same. */
  g_assert_cmpuint (assign (pairing, close), ==, NONE);
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 20, 21, 51879)), ==, 0);

  /* Both new. */
  close.socket_id = 20;
  g_assert_cmpuint (assign (pairing, close), ==, NONE);
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 2, 2, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 3, 3, 51879)), ==, 1);
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 30, 31, 51879)), ==, 1);

  g_assert_finalize_object (pairing);
}

static void
test_a_udp_peer_that_was_forgotten_is_paired_again (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord other = udp_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 10, 12, 51880);

  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 1, 51879)), ==, 0);
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 10, 11, 51879)), ==, 0);

  other.flags = BE_EVENT_LIMIT;
  other.detail = 11;
  g_assert_cmpuint (assign (pairing, other), ==, 1);
  g_assert_cmpuint (assign (pairing, udp_end (BE_SIDE_SERVER, BE_CALL_RECVFROM, 10, 13, 51879)), ==, 0);

  g_assert_finalize_object (pairing);
}

static void
test_unix_clients_are_accepted_in_their_order (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord listener = unix_end (BE_SIDE_SERVER, BE_CALL_LISTEN, 50);

  g_assert_cmpuint (assign (pairing, unix_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1)), ==, 0);
  g_assert_cmpuint (assign (pairing, unix_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 2)), ==, 1);
  g_assert_cmpuint (assign (pairing, unix_end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 3)), ==, 0);
  g_assert_cmpuint (assign (pairing, unix_end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 4)), ==, 1);

  /* A client of another program. */
  g_assert_cmpuint (assign (pairing, unix_end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 5)), ==, 2);

  /* A server of another program had the path before. */
  g_assert_cmpuint (assign (pairing, unix_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 6)), ==, 3);
  listener.peer_id = 0;
  g_assert_cmpuint (assign (pairing, listener), ==, NONE);
  g_assert_cmpuint (assign (pairing, unix_end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 7)), ==, 4);

  g_assert_finalize_object (pairing);
}

static void
test_says_the_same_to_every_reader (void)
{
  BePairing    *pairing = be_pairing_new ();
  BeEventRecord story[] = {
    end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 51879),
    end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 2, 51879),
    end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1, 51879),
    end (BE_SIDE_SERVER, BE_CALL_CLOSE, 2, 51879),
    end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 3, 51879),
    end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 4, 51879),
  };
  guint reader;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (story); i++)
    story[i].sequence = i + 1;

  for (reader = 0; reader < 3; reader++)
    {
      for (i = 0; i < G_N_ELEMENTS (story); i++)
        g_assert_cmpuint (assign (pairing, story[i]), ==, i < 4 ? 0 : 1);
    }

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 5, 51880)), ==, 2);

  g_assert_finalize_object (pairing);
}

static void
test_forgets_the_oldest_of_very_many (void)
{
  BePairing *pairing = be_pairing_new ();
  guint32    id;

  /* One that stays open while all others come and go. */
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1, 1)), ==, 0);

  for (id = 2; id < 70000; id++)
    {
      BeEventRecord record = end (BE_SIDE_SERVER, BE_CALL_ACCEPT, id, (guint16) (2 + id % 60000));

      g_assert_cmpuint (assign (pairing, record), ==, id - 1);
      record.call = BE_CALL_CLOSE;
      g_assert_cmpuint (assign (pairing, record), ==, id - 1);
    }

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_RECV, 1, 1)), ==, 0);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_CLOSE, 2, 1)), ==, NONE);

  g_assert_finalize_object (pairing);
}

/* All ends open: then the oldest of these goes. */
static void
test_is_bounded_even_if_nobody_leaves (void)
{
  BePairing *pairing = be_pairing_new ();
  guint32    id;

  for (id = 1; id <= 70000; id++)
    {
      BeEventRecord record = end (BE_SIDE_SERVER, BE_CALL_ACCEPT, id, (guint16) (1 + id % 60000));

      record.peer.bytes[1] = (guint8) (id / 60000);
      g_assert_cmpuint (assign (pairing, record), ==, id - 1);
    }

  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_CLOSE, 1, 2)), ==, NONE);
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_CLOSE, 70000, 2)), ==, 69999);

  g_assert_finalize_object (pairing);
}

static void
test_knows_of_which_connections_both_ends_were_seen (void)
{
  g_autoptr (BePairing) pairing = be_pairing_new ();
  guint32 ours = assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1, 50001));
  guint32 other = assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 2, 50002));

  g_assert_false (be_pairing_has_both_ends (pairing, ours));
  g_assert_cmpuint (assign (pairing, end (BE_SIDE_SERVER, BE_CALL_ACCEPT, 3, 50001)), ==, ours);
  g_assert_true (be_pairing_has_both_ends (pairing, ours));
  g_assert_false (be_pairing_has_both_ends (pairing, other));
  g_assert_false (be_pairing_has_both_ends (pairing, NONE));

  assign (pairing, end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1, 50001));
  assign (pairing, end (BE_SIDE_SERVER, BE_CALL_CLOSE, 3, 50001));
  g_assert_true (be_pairing_has_both_ends (pairing, ours));
}

static void
test_counts_with_letters (void)
{
  static const struct
  {
    guint32     number;
    const char *letter;
  } cases[] = {
    { 0, "A" },
    { 1, "B" },
    { 25, "Z" },
    { 26, "AA" },
    { 27, "AB" },
    { 51, "AZ" },
    { 52, "BA" },
    { 701, "ZZ" },
    { 702, "AAA" },
    { NONE - 1, "MWLQKWU" },
    { NONE, NULL },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *letter = be_pairing_dup_letter (cases[i].number);

      g_assert_cmpstr (letter, ==, cases[i].letter);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pairing/pairs-accept-after-connect", test_pairs_accept_after_connect);
  g_test_add_func ("/pairing/pairs-accept-before-connect", test_pairs_accept_before_connect);
  g_test_add_func ("/pairing/sockets-have-no-number-before-they-connect", test_sockets_have_no_number_before_they_connect);
  g_test_add_func ("/pairing/a-refused-connect-has-its-own-number", test_a_refused_connect_has_its_own_number);
  g_test_add_func ("/pairing/a-port-that-is-used-again-gets-a-new-number", test_a_port_that_is_used_again_gets_a_new_number);
  g_test_add_func ("/pairing/a-port-that-is-used-again-at-once-gets-a-new-number", test_a_port_that_is_used_again_at_once_gets_a_new_number);
  g_test_add_func ("/pairing/a-client-may-be-gone-before-it-is-accepted", test_a_client_may_be_gone_before_it_is_accepted);
  g_test_add_func ("/pairing/a-new-listener-does-not-accept-old-clients", test_a_new_listener_does_not_accept_old_clients);
  g_test_add_func ("/pairing/a-client-of-ours-is-not-that-of-another-program-before", test_a_client_of_ours_is_not_that_of_another_program_before);
  g_test_add_func ("/pairing/protocols-do-not-mix", test_protocols_do_not_mix);
  g_test_add_func ("/pairing/sees-through-ipv4-mapped-addresses", test_sees_through_ipv4_mapped_addresses);
  g_test_add_func ("/pairing/pairs-udp-with-a-server-on-all-addresses", test_pairs_udp_with_a_server_on_all_addresses);
  g_test_add_func ("/pairing/udp-ends-may-come-and-go", test_udp_ends_may_come_and_go);
  g_test_add_func ("/pairing/a-udp-peer-that-was-forgotten-is-paired-again", test_a_udp_peer_that_was_forgotten_is_paired_again);
  g_test_add_func ("/pairing/unix-clients-are-accepted-in-their-order", test_unix_clients_are_accepted_in_their_order);
  g_test_add_func ("/pairing/says-the-same-to-every-reader", test_says_the_same_to_every_reader);
  g_test_add_func ("/pairing/forgets-the-oldest-of-very-many", test_forgets_the_oldest_of_very_many);
  g_test_add_func ("/pairing/is-bounded-even-if-nobody-leaves", test_is_bounded_even_if_nobody_leaves);
  g_test_add_func ("/pairing/knows-of-which-connections-both-ends-were-seen", test_knows_of_which_connections_both_ends_were_seen);
  g_test_add_func ("/pairing/counts-with-letters", test_counts_with_letters);

  return g_test_run ();
}
