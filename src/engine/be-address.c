/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-address.h"

#include "be-hot.h"

#include <gio/gnetworking.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define IPV4_BYTES 4
#define IPV6_BYTES 16

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
  g_autoptr (GSocketAddress) native = NULL;
  g_autofree char *digits = NULL;
  GString         *text;

  g_return_val_if_fail (self != NULL, NULL);

  switch ((BeAddressFamily) self->family)
    {
    case BE_ADDRESS_IPV4:
      /* Without the objects below: a window in a crowd of clients asks for thousands. */
      return g_strdup_printf ("%u.%u.%u.%u", self->bytes[0], self->bytes[1], self->bytes[2], self->bytes[3]);

    case BE_ADDRESS_IPV6:
      native = be_address_to_socket_address (self);
      digits = g_inet_address_to_string (
        g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (native)));
      text = g_string_new (digits);
      if (self->scope != 0)
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
BE_HOT gboolean
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
 * be_address_is_same_host:
 *
 * Returns: whether both are known, and differ in their ports at most
 */
gboolean
be_address_is_same_host (const BeAddress *a,
                         const BeAddress *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return a->family == b->family && a->family != BE_ADDRESS_NONE && memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
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
