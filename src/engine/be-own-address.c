/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-own-address.h"

#include <ifaddrs.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define IPV4_BYTES 4

static const guint8 ipv4_mapped_prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

/* ::ffff:192.0.2.1 is 192.0.2.1 (RFC 4291, section 2.5.5.2). */
static BeAddress
unmap (const BeAddress *address)
{
  BeAddress plain = { 0 };

  if (address->family != BE_ADDRESS_IPV6 || memcmp (address->bytes, ipv4_mapped_prefix, sizeof ipv4_mapped_prefix) != 0)
    return *address;

  plain.family = BE_ADDRESS_IPV4;
  memcpy (plain.bytes, address->bytes + sizeof ipv4_mapped_prefix, IPV4_BYTES);

  return plain;
}

static gsize
get_native_length (const struct sockaddr *native)
{
  if (native == NULL)
    return 0;
  if (native->sa_family == AF_INET)
    return sizeof (struct sockaddr_in);

  return native->sa_family == AF_INET6 ? sizeof (struct sockaddr_in6) : 0;
}

/**
 * be_own_address_is:
 *
 * Returns: whether one of this computer's network interfaces has @address just
 *   now, whatever its port; asks the system each time
 */
gboolean
be_own_address_is (const BeAddress *address)
{
  BeAddress       wanted;
  struct ifaddrs *interfaces = NULL;
  gboolean        is_own = FALSE;

  g_return_val_if_fail (address != NULL, FALSE);

  if (address->family != BE_ADDRESS_IPV4 && address->family != BE_ADDRESS_IPV6)
    return FALSE;
  if (be_address_is_loopback (address))
    return TRUE;
  if (getifaddrs (&interfaces) != 0)
    return FALSE;

  wanted = unmap (address);
  for (const struct ifaddrs *at = interfaces; at != NULL && !is_own; at = at->ifa_next)
    {
      BeAddress own = { 0 };
      gsize     length = get_native_length (at->ifa_addr);

      if (length == 0 || !be_address_set_native (&own, at->ifa_addr, length))
        continue;

      own.port = wanted.port;
      is_own = be_address_equal (&own, &wanted);
    }
  freeifaddrs (interfaces);

  return is_own;
}
