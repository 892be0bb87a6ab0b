/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-address.h"

#include <gio/gnetworking.h>
#include <glib/gi18n-lib.h>
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

/* RFC 4291, section 2.5.5.2 */
static const guint8 ipv4_mapped_prefix[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

static gboolean
is_ipv4_mapped (const BeAddress *self)
{
  return self->family == BE_ADDRESS_IPV6 &&
         memcmp (self->bytes, ipv4_mapped_prefix, sizeof ipv4_mapped_prefix) == 0;
}

static gboolean
is_zero (const guint8 *bytes,
         gsize         length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] != 0)
      return FALSE;

  return TRUE;
}

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
gboolean
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

static void
append_scope (GString *text,
              guint32  scope)
{
  /* Windows has no short names of interfaces: there the number is the custom. */
#ifdef G_OS_UNIX
  char name[IF_NAMESIZE];

  if (if_indextoname (scope, name) != NULL && g_utf8_validate (name, -1, NULL))
    {
      g_string_append_printf (text, "%%%s", name);
      return;
    }
#endif

  g_string_append_printf (text, "%%%u", scope);
}

/**
 * be_address_host_to_string:
 *
 * The address without its port, the same on every system: `10.0.0.7`, `::1`,
 * `fe80::1%eth0` (RFC 4007, section 11; with a number when the interface has
 * no name), the path of a Unix-domain socket.
 *
 * Returns: (transfer full): valid UTF-8; empty for %BE_ADDRESS_NONE.
 */
char *
be_address_host_to_string (const BeAddress *self)
{
  g_autoptr (GInetAddress) host = NULL;
  g_autofree char *digits = NULL;
  GString         *text;

  g_return_val_if_fail (self != NULL, NULL);

  switch ((BeAddressFamily) self->family)
    {
    case BE_ADDRESS_IPV4:
    case BE_ADDRESS_IPV6:
      host = dup_inet_address (self);
      digits = g_inet_address_to_string (host);
      text = g_string_new (digits);
      if (self->family == BE_ADDRESS_IPV6 && self->scope != 0)
        append_scope (text, self->scope);
      return g_string_free (text, FALSE);

    case BE_ADDRESS_UNIX:
      /* TRANSLATORS: the address of a Unix-domain socket that is bound to no path */
      if (self->scope == 0)
        return g_strdup (C_ ("Unix-domain socket", "unnamed"));
      return g_utf8_make_valid (g_quark_to_string (self->scope), -1);

    case BE_ADDRESS_NONE:
    default:
      return g_strdup ("");
    }
}

/**
 * be_address_to_string:
 *
 * The address as people write it: `10.0.0.7:80`, `[::1]:80` (RFC 3986, section
 * 3.2.2), the path of a Unix-domain socket.
 *
 * Returns: (transfer full): valid UTF-8; empty for %BE_ADDRESS_NONE.
 */
char *
be_address_to_string (const BeAddress *self)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  host = be_address_host_to_string (self);

  switch ((BeAddressFamily) self->family)
    {
    case BE_ADDRESS_IPV4:
      return g_strdup_printf ("%s:%u", host, self->port);

    case BE_ADDRESS_IPV6:
      return g_strdup_printf ("[%s]:%u", host, self->port);

    case BE_ADDRESS_UNIX:
    case BE_ADDRESS_NONE:
    default:
      return g_steal_pointer (&host);
    }
}

/**
 * be_address_equal:
 *
 * Compares what the family uses. An IPv4-mapped IPv6 address is not equal to
 * its IPv4 address: they are different socket addresses. Two unnamed
 * Unix-domain addresses are equal.
 *
 * Returns: whether @a and @b are the same address.
 */
gboolean
be_address_equal (const BeAddress *a,
                  const BeAddress *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  if (a->family != b->family)
    return FALSE;

  switch ((BeAddressFamily) a->family)
    {
    case BE_ADDRESS_IPV4:
      return a->port == b->port && memcmp (a->bytes, b->bytes, IPV4_BYTES) == 0;

    case BE_ADDRESS_IPV6:
      return a->port == b->port && a->scope == b->scope &&
             memcmp (a->bytes, b->bytes, IPV6_BYTES) == 0;

    case BE_ADDRESS_UNIX:
      return a->scope == b->scope;

    case BE_ADDRESS_NONE:
    default:
      return TRUE;
    }
}

static guint32
mix (guint32 hash,
     guint32 value)
{
  hash = (hash ^ value) * 0x9e3779b1u;

  return hash ^ (hash >> 15);
}

/**
 * be_address_hash:
 *
 * Returns: a hash that is equal for equal addresses; a GHashFunc.
 */
guint
be_address_hash (const BeAddress *self)
{
  guint32 words[IPV6_BYTES / sizeof (guint32)];
  guint32 hash;
  guint   i;

  g_return_val_if_fail (self != NULL, 0);

  memcpy (words, self->bytes, sizeof words);
  hash = mix (0, self->family);

  switch ((BeAddressFamily) self->family)
    {
    case BE_ADDRESS_IPV4:
      return mix (mix (hash, words[0]), self->port);

    case BE_ADDRESS_IPV6:
      for (i = 0; i < G_N_ELEMENTS (words); i++)
        hash = mix (hash, words[i]);
      return mix (mix (hash, self->scope), self->port);

    case BE_ADDRESS_UNIX:
      return mix (hash, self->scope);

    case BE_ADDRESS_NONE:
    default:
      return hash;
    }
}

/**
 * be_address_for_family:
 *
 * Returns: the address itself, or, when it has no family but perhaps a port,
 *   any address of @family with that port
 */
BeAddress
be_address_for_family (const BeAddress *self,
                       BeAddressFamily  family)
{
  BeAddress address = *self;

  if (address.family == BE_ADDRESS_NONE)
    address.family = (guint16) family;

  return address;
}

/**
 * be_address_is_loopback:
 *
 * Returns: whether only this computer can be at the address: 127.0.0.0/8
 *   (RFC 1122, section 3.2.1.3), ::1 (RFC 4291, section 2.5.3), or a
 *   Unix-domain socket.
 */
gboolean
be_address_is_loopback (const BeAddress *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch ((BeAddressFamily) self->family)
    {
    case BE_ADDRESS_IPV4:
      return self->bytes[0] == 127;

    case BE_ADDRESS_IPV6:
      if (is_ipv4_mapped (self))
        return self->bytes[sizeof ipv4_mapped_prefix] == 127;
      return is_zero (self->bytes, IPV6_BYTES - 1) && self->bytes[IPV6_BYTES - 1] == 1;

    case BE_ADDRESS_UNIX:
      return TRUE;

    case BE_ADDRESS_NONE:
    default:
      return FALSE;
    }
}

/**
 * be_address_is_any:
 *
 * Returns: whether a socket bound to the address hears all addresses of this
 *   computer: 0.0.0.0, ::, or ::ffff:0.0.0.0.
 */
gboolean
be_address_is_any (const BeAddress *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch ((BeAddressFamily) self->family)
    {
    case BE_ADDRESS_IPV4:
      return is_zero (self->bytes, IPV4_BYTES);

    case BE_ADDRESS_IPV6:
      return is_zero (self->bytes, IPV6_BYTES) ||
             (is_ipv4_mapped (self) &&
              is_zero (self->bytes + sizeof ipv4_mapped_prefix, IPV4_BYTES));

    case BE_ADDRESS_UNIX:
    case BE_ADDRESS_NONE:
    default:
      return FALSE;
    }
}
