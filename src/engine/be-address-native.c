/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The addresses of the system and of GIO, to ours and back. */

#include "be-address.h"

#include "be-hot.h"

#include <gio/gnetworking.h>
#include <string.h>

#define IPV4_BYTES 4
#define IPV6_BYTES 16

/* Where the path begins in a sockaddr_un: behind the family (and, on BSD
 * systems, the length: one byte each). Windows declares the same structure in
 * a header that not every compiler has. */
#define UNIX_PATH_OFFSET 2
#ifdef G_OS_UNIX
G_STATIC_ASSERT (offsetof (struct sockaddr_un, sun_path) == UNIX_PATH_OFFSET);
#endif

static gboolean
set_native_ipv4 (BeAddress    *self,
                 gconstpointer native,
                 gsize         length)
{
  struct sockaddr_in ipv4;

  if (length < sizeof ipv4)
    return FALSE;

  memcpy (&ipv4, native, sizeof ipv4);
  self->family = BE_ADDRESS_IPV4;
  self->port = g_ntohs (ipv4.sin_port);
  memcpy (self->bytes, &ipv4.sin_addr, IPV4_BYTES);

  return TRUE;
}

static gboolean
set_native_ipv6 (BeAddress    *self,
                 gconstpointer native,
                 gsize         length)
{
  struct sockaddr_in6 ipv6;

  if (length < sizeof ipv6)
    return FALSE;

  memcpy (&ipv6, native, sizeof ipv6);
  self->family = BE_ADDRESS_IPV6;
  self->port = g_ntohs (ipv6.sin6_port);
  self->scope = (guint32) ipv6.sin6_scope_id;
  memcpy (self->bytes, &ipv6.sin6_addr, IPV6_BYTES);

  return TRUE;
}

static gboolean
set_native_unix (BeAddress    *self,
                 gconstpointer native,
                 gsize         length)
{
  g_autofree char *path = NULL;

  self->family = BE_ADDRESS_UNIX;

  /* Ends with the length or with NUL, whatever comes first (unix(7)). */
  if (length > UNIX_PATH_OFFSET)
    path = g_strndup ((const char *) native + UNIX_PATH_OFFSET, length - UNIX_PATH_OFFSET);

  /* Quarks are never freed: strangers must not make new ones. */
  if (path != NULL && *path != '\0')
    self->scope = g_quark_try_string (path);

  return TRUE;
}

/**
 * be_address_set_native:
 * @native: a struct sockaddr, of any alignment
 * @length: how many bytes of it the system filled in
 *
 * A Unix-domain path that nobody typed here counts as unnamed: see BeAddress.
 * So does an abstract name.
 *
 * Returns: %FALSE when @native is too short or of another family; then the
 *   address is %BE_ADDRESS_NONE.
 */
BE_HOT gboolean
be_address_set_native (BeAddress    *self,
                       gconstpointer native,
                       gsize         length)
{
  struct sockaddr header;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (native != NULL || length == 0, FALSE);

  memset (self, 0, sizeof *self);

  if (length < offsetof (struct sockaddr, sa_data))
    return FALSE;

  memcpy (&header, native, offsetof (struct sockaddr, sa_data));

  switch (header.sa_family)
    {
    case AF_INET:
      return set_native_ipv4 (self, native, length);
    case AF_INET6:
      return set_native_ipv6 (self, native, length);
    case AF_UNIX:
      return set_native_unix (self, native, length);
    default:
      return FALSE;
    }
}

static gboolean
set_inet (BeAddress          *self,
          GInetSocketAddress *address)
{
  GInetAddress *host = g_inet_socket_address_get_address (address);

  switch (g_inet_address_get_family (host))
    {
    case G_SOCKET_FAMILY_IPV4:
      self->family = BE_ADDRESS_IPV4;
      break;

    case G_SOCKET_FAMILY_IPV6:
      self->family = BE_ADDRESS_IPV6;
      self->scope = g_inet_socket_address_get_scope_id (address);
      break;

    case G_SOCKET_FAMILY_INVALID:
    case G_SOCKET_FAMILY_UNIX:
    default:
      return FALSE;
    }

  self->port = g_inet_socket_address_get_port (address);
  memcpy (self->bytes, g_inet_address_to_bytes (host), g_inet_address_get_native_size (host));

  return TRUE;
}

/**
 * be_address_set_socket_address:
 * @address: what a person asked for, not what the network said: a Unix-domain
 *   path in it is remembered for ever
 *
 * Returns: %FALSE when @address is of another family or an abstract name;
 *   then the address is %BE_ADDRESS_NONE.
 */
gboolean
be_address_set_socket_address (BeAddress      *self,
                               GSocketAddress *address)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_SOCKET_ADDRESS (address), FALSE);

  memset (self, 0, sizeof *self);

  if (G_IS_INET_SOCKET_ADDRESS (address))
    return set_inet (self, G_INET_SOCKET_ADDRESS (address));

  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    {
      GUnixSocketAddress    *unix_address = G_UNIX_SOCKET_ADDRESS (address);
      GUnixSocketAddressType type = g_unix_socket_address_get_address_type (unix_address);

      if (type != G_UNIX_SOCKET_ADDRESS_PATH && type != G_UNIX_SOCKET_ADDRESS_ANONYMOUS)
        return FALSE;

      self->family = BE_ADDRESS_UNIX;
      if (type == G_UNIX_SOCKET_ADDRESS_PATH)
        self->scope = g_quark_from_string (g_unix_socket_address_get_path (unix_address));

      return TRUE;
    }

  return FALSE;
}

static GInetAddress *
dup_inet_address (const BeAddress *self)
{
  return g_inet_address_new_from_bytes (self->bytes,
                                        self->family == BE_ADDRESS_IPV4
                                          ? G_SOCKET_FAMILY_IPV4
                                          : G_SOCKET_FAMILY_IPV6);
}

/**
 * be_address_to_socket_address:
 *
 * Returns: (transfer full) (nullable): the same for GIO, or %NULL for
 *   %BE_ADDRESS_NONE.
 */
GSocketAddress *
be_address_to_socket_address (const BeAddress *self)
{
  g_autoptr (GInetAddress) host = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  switch ((BeAddressFamily) self->family)
    {
    case BE_ADDRESS_IPV4:
    case BE_ADDRESS_IPV6:
      host = dup_inet_address (self);
      return g_object_new (G_TYPE_INET_SOCKET_ADDRESS,
                           "address", host,
                           "port", self->port,
                           "scope-id", self->scope,
                           NULL);

    case BE_ADDRESS_UNIX:
      if (self->scope == 0)
        return g_unix_socket_address_new_with_type ("", 0, G_UNIX_SOCKET_ADDRESS_ANONYMOUS);
      return g_unix_socket_address_new (g_quark_to_string (self->scope));

    case BE_ADDRESS_NONE:
    default:
      return NULL;
    }
}

static gsize
ipv4_to_native (const BeAddress         *address,
                struct sockaddr_storage *native)
{
  struct sockaddr_in ipv4 = { .sin_family = AF_INET, .sin_port = g_htons (address->port) };

  memcpy (&ipv4.sin_addr, address->bytes, sizeof ipv4.sin_addr);
  memcpy (native, &ipv4, sizeof ipv4);

  return sizeof ipv4;
}

static gsize
ipv6_to_native (const BeAddress         *address,
                struct sockaddr_storage *native)
{
  struct sockaddr_in6 ipv6 = {
    .sin6_family = AF_INET6,
    .sin6_port = g_htons (address->port),
    .sin6_scope_id = address->scope,
  };

  memcpy (&ipv6.sin6_addr, address->bytes, sizeof ipv6.sin6_addr);
  memcpy (native, &ipv6, sizeof ipv6);

  return sizeof ipv6;
}

/**
 * be_address_to_native:
 * @native: (out): room for an address of any family
 *
 * Without an object on the way, as each datagram needs it.
 *
 * Returns: how many bytes of @native are the address; 0 for %BE_ADDRESS_NONE
 */
BE_HOT gsize
be_address_to_native (const BeAddress         *self,
                      struct sockaddr_storage *native)
{
  g_autoptr (GSocketAddress) converted = NULL;
  gssize size;

  if (self->family == BE_ADDRESS_IPV4)
    return ipv4_to_native (self, native);
  if (self->family == BE_ADDRESS_IPV6)
    return ipv6_to_native (self, native);

  converted = be_address_to_socket_address (self);
  size = converted != NULL ? g_socket_address_get_native_size (converted) : -1;
  if (size < 0 || (gsize) size > sizeof *native ||
      !g_socket_address_to_native (converted, native, sizeof *native, NULL))
    return 0;

  return (gsize) size;
}
