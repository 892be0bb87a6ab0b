/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-own-address.h"

/**
 * be_own_address_is:
 *
 * bind() takes only an address that this computer has; the socket is closed at
 * once.
 */
gboolean
be_own_address_is (const BeAddress *address)
{
  BeAddress wanted;
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  if ((address->family != BE_ADDRESS_IPV4 && address->family != BE_ADDRESS_IPV6) || be_address_is_any (address))
    return FALSE;

  wanted = *address;
  wanted.port = 0;
  bound = be_address_to_socket_address (&wanted);
  if (bound == NULL)
    return FALSE;

  socket = g_socket_new (g_socket_address_get_family (bound), G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  return socket != NULL && g_socket_bind (socket, bound, FALSE, NULL);
}
