/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-free-port.h"
#include "be-test-peer.h"
#include "be-test.h"

static void
test_passes_by_what_somebody_listens_on (void)
{
  BeAddress address;
  g_autoptr (GSocket) listener = be_test_peer_listen (1, &address);
  guint16 port;

  address.port--;
  port = be_free_port_find_next (&address, G_SOCKET_TYPE_STREAM);
  g_assert_cmpuint (port, !=, 0);
  g_assert_cmpuint (port, !=, address.port + 1);
}

static void
test_finds_a_port_that_can_be_bound (void)
{
  BeAddress address;
  g_autoptr (GSocket) first = be_test_peer_bind_datagram (0, &address);
  g_autoptr (GSocket) second = NULL;
  BeAddress bound;
  guint16   port = be_free_port_find_next (&address, G_SOCKET_TYPE_DATAGRAM);

  g_assert_cmpuint (port, !=, address.port);
  second = be_test_peer_bind_datagram (port, &bound);
  g_assert_cmpuint (bound.port, ==, port);
}

static void
test_leaves_the_reserved_ports_alone (void)
{
  BeAddress address;
  g_autoptr (GSocket) any = be_test_peer_bind_datagram (0, &address);

  address.port = 79;
  g_assert_cmpuint (be_free_port_find_next (&address, G_SOCKET_TYPE_STREAM), >=, 1024);
  address.port = G_MAXUINT16;
  g_assert_cmpuint (be_free_port_find_next (&address, G_SOCKET_TYPE_STREAM), >=, 1024);
}

static void
test_finds_nothing_at_the_address_of_another_computer (void)
{
  BeAddress address;
  g_autoptr (GSocket) any = be_test_peer_bind_datagram (0, &address);

  /* 192.0.2.1 belongs to nobody (RFC 5737). */
  memcpy (address.bytes, (guint8[]){ 192, 0, 2, 1 }, 4);
  g_assert_cmpuint (be_free_port_find_next (&address, G_SOCKET_TYPE_STREAM), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/free-port/passes-by-what-somebody-listens-on", test_passes_by_what_somebody_listens_on);
  g_test_add_func ("/free-port/finds-a-port-that-can-be-bound", test_finds_a_port_that_can_be_bound);
  g_test_add_func ("/free-port/leaves-the-reserved-ports-alone", test_leaves_the_reserved_ports_alone);
  g_test_add_func ("/free-port/finds-nothing-at-the-address-of-another-computer",
                   test_finds_nothing_at_the_address_of_another_computer);

  return g_test_run ();
}
