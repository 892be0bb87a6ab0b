/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-address-pair.h"

#include <string.h>

#define IPV4_BYTES 4

/* The same host is written in several ways: a socket that hears IPv6 and IPv4
 * says ::ffff:127.0.0.1 (RFC 4291, section 2.5.5.2). */
static void
normalize (BeAddress *address)
{
  static const guint8 mapped_prefix[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

  if (address->family != BE_ADDRESS_IPV6)
    return;

  address->scope = 0;
  if (memcmp (address->bytes, mapped_prefix, sizeof mapped_prefix) == 0)
    {
      address->family = BE_ADDRESS_IPV4;
      memmove (address->bytes, address->bytes + sizeof mapped_prefix, IPV4_BYTES);
      memset (address->bytes + IPV4_BYTES, 0, sizeof address->bytes - IPV4_BYTES);
    }
}

/**
 * be_address_pair_set_record:
 *
 * Takes the addresses of a record, which may be of either side.
 *
 * Returns: %FALSE when one of them is not known (yet).
 */
gboolean
be_address_pair_set_record (BeAddressPair       *self,
                            const BeEventRecord *record)
{
  gboolean is_server;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  if (record->local.port == 0 || record->peer.port == 0)
    return FALSE;

  is_server = record->side == BE_SIDE_SERVER;
  memset (self, 0, sizeof *self);
  self->client = is_server ? record->peer : record->local;
  self->server = is_server ? record->local : record->peer;
  self->protocol = record->protocol;

  normalize (&self->client);
  normalize (&self->server);

  /* A UDP server that hears all addresses of this computer does not say which
   * of them a datagram was for; the client's address and the port suffice. */
  if (record->protocol == BE_PROTOCOL_UDP)
    self->server = (BeAddress){ .family = BE_ADDRESS_IPV4, .port = self->server.port };

  return TRUE;
}

/**
 * be_address_pair_hash:
 *
 * Returns: a hash that is equal for equal pairs; a GHashFunc.
 */
guint
be_address_pair_hash (const BeAddressPair *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return be_address_hash (&self->client) * 31 + be_address_hash (&self->server) + self->protocol;
}

/**
 * be_address_pair_equal:
 *
 * Returns: whether both are the same; a GEqualFunc.
 */
gboolean
be_address_pair_equal (const BeAddressPair *a,
                       const BeAddressPair *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return a->protocol == b->protocol &&
         be_address_equal (&a->client, &b->client) &&
         be_address_equal (&a->server, &b->server);
}
