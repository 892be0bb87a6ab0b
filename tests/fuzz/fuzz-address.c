/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system says of the other end: a struct sockaddr of any bytes. */

#include "be-endpoint.h"
#include "be-fuzz.h"

static void
check_inet (const BeAddress *address,
            const char      *text,
            gpointer         data,
            gsize            size)
{
  g_autoptr (GSocketAddress) theirs = g_socket_address_new_from_native (data, size);
  g_autoptr (BeEndpoint) endpoint = be_endpoint_new_from_text (BE_PROTOCOL_TCP, text, NULL);
  BeAddress again;
  g_assert_cmpuint (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (theirs)), ==, address->port);
  if (address->family == BE_ADDRESS_IPV4 || address->scope == 0)
    g_assert_true (be_endpoint_get_address (endpoint, &again) && be_address_equal (address, &again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  BeAddress        address;
  BeAddress        again;
  gboolean         is_known = be_address_set_native (&address, data, size);
  g_autofree char *text = be_address_to_string (&address);
  g_autoptr (GSocketAddress) native = be_address_to_socket_address (&address);

  be_fuzz_assert_shows_all (text);
  g_assert_true (is_known == (native != NULL) && is_known == (*text != '\0'));
  if (is_known && be_address_set_socket_address (&again, native))
    g_assert_true (be_address_equal (&address, &again));
  if (is_known && address.family != BE_ADDRESS_UNIX)
    check_inet (&address, text, (gpointer) data, size);
  return 0;
}
