/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-nobody.h"

#include "be-test.h"

static GSocket *
bind_any_port (GSocketType type,
               BeAddress  *address)
{
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, type, G_SOCKET_PROTOCOL_DEFAULT, &error);

  g_assert_no_error (error);
  g_socket_set_timeout (socket, BE_TEST_DEADLINE_SECONDS);
  g_socket_bind (socket, loopback, FALSE, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  g_assert_true (be_address_set_socket_address (address, bound));

  return socket;
}

/**
 * be_test_nobody_listens:
 * @address: (out): where
 *
 * Returns: (transfer full): a TCP socket that is bound and does not listen:
 *   whoever connects is refused
 */
GSocket *
be_test_nobody_listens (BeAddress *address)
{
  return bind_any_port (G_SOCKET_TYPE_STREAM, address);
}

/**
 * be_test_nobody_receives:
 * @address: (out): where
 *
 * Returns: (transfer full): a UDP socket that takes datagrams from itself
 *   alone: whoever else sends some is refused, until it is connected to
 *   somebody else
 */
GSocket *
be_test_nobody_receives (BeAddress *address)
{
  GSocket *socket = bind_any_port (G_SOCKET_TYPE_DATAGRAM, address);
  g_autoptr (GSocketAddress) native = be_address_to_socket_address (address);
  g_autoptr (GError) error = NULL;

  g_socket_connect (socket, native, NULL, &error);
  g_assert_no_error (error);

  return socket;
}
