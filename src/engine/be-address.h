/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

struct sockaddr_storage;

typedef enum
{
  BE_ADDRESS_NONE,
  BE_ADDRESS_IPV4,
  BE_ADDRESS_IPV6,
  BE_ADDRESS_UNIX,
} BeAddressFamily;

/**
 * BeAddress:
 *
 * One end's address: 24 bytes, a value, compared and copied as such, so that
 * an event can hold two of them without allocating. A Unix-domain path stands
 * in @scope as a GQuark, and only paths that a person typed become one.
 */
typedef struct
{
  guint16 family; /* BeAddressFamily */
  guint16 port;   /* host byte order */
  guint32 scope;  /* IPv6: scope id; Unix: GQuark of the path, 0 when unnamed */
  guint8  bytes[16];
} BeAddress;

gboolean        be_address_set_native (BeAddress    *self,
                                       gconstpointer native,
                                       gsize         length);
gsize           be_address_to_native (const BeAddress         *self,
                                      struct sockaddr_storage *native);
gboolean        be_address_set_socket_address (BeAddress      *self,
                                               GSocketAddress *address);
GSocketAddress *be_address_to_socket_address (const BeAddress *self);
char           *be_address_to_string (const BeAddress *self);
char           *be_address_host_to_string (const BeAddress *self);
gboolean        be_address_equal (const BeAddress *a,
                                  const BeAddress *b);
gboolean        be_address_is_same_host (const BeAddress *a,
                                         const BeAddress *b);
guint           be_address_hash (const BeAddress *self);
BeAddress       be_address_for_family (const BeAddress *self,
                                       BeAddressFamily  family);
gboolean        be_address_is_loopback (const BeAddress *self);
gboolean        be_address_is_any (const BeAddress *self);

G_END_DECLS
