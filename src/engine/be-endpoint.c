/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "be-endpoint-fields.h"

#define DEFAULT_HOST "127.0.0.1"

struct _BeEndpoint
{
  gatomicrefcount references;

  BeProtocol protocol;
  char      *host; /* without brackets; or a path */
  guint16    port;
  BeAddress  address; /* %BE_ADDRESS_NONE when host is a name or a path */

  char     *local_host; /* (nullable) */
  guint16   local_port;
  BeAddress local;
};

G_DEFINE_BOXED_TYPE (BeEndpoint, be_endpoint, be_endpoint_ref, be_endpoint_unref)

G_DEFINE_QUARK (be - endpoint - error - quark, be_endpoint_error)

static BeEndpoint *
allocate (BeProtocol protocol)
{
  BeEndpoint *self = g_new0 (BeEndpoint, 1);

  g_atomic_ref_count_init (&self->references);
  self->protocol = protocol;

  return self;
}

/**
 * be_endpoint_new:
 * @host: a name, or an address: `localhost`, `127.0.0.1`, `::1`, `[::1]`,
 *   `fe80::1%eth0`; for %BE_PROTOCOL_UNIX a path
 * @port: (nullable): a decimal number from 0 to 65535; 0 lets the system
 *   choose; ignored for %BE_PROTOCOL_UNIX
 *
 * Checks what a person typed; white space around it does not count. Names are
 * not resolved here, and an international name stays as it was typed.
 *
 * Returns: (transfer full) (nullable): the endpoint, or %NULL with an error of
 *   %BE_ENDPOINT_ERROR whose code tells the field and whose message is a
 *   sentence for people.
 */
BeEndpoint *
be_endpoint_new (BeProtocol  protocol,
                 const char *host,
                 const char *port,
                 GError    **error)
{
  g_autoptr (BeEndpoint) self = NULL;

  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = allocate (protocol);

  if (protocol == BE_PROTOCOL_UNIX)
    {
      if (!be_endpoint_parse_path (host, &self->host, error))
        return NULL;
      return g_steal_pointer (&self);
    }

  if (!be_endpoint_parse_host (host, &self->host, &self->address, error) ||
      !be_endpoint_parse_port (port != NULL ? port : "", BE_ENDPOINT_ERROR_PORT,
                               &self->port, error))
    return NULL;

  self->address.port = self->port;

  return g_steal_pointer (&self);
}

static gboolean
looks_like_port (const char *text)
{
  return (g_ascii_isdigit (*text) || *text == '-' || *text == '+') &&
         strpbrk (text, ".:") == NULL;
}

/* The colon before the port, or NULL with @error. */
static const char *
find_port (const char *text,
           GError    **error)
{
  const char      *colon = strrchr (text, ':');
  gboolean         has_bracket = *text == '[';
  g_autofree char *quoted = be_endpoint_dup_quoted (text);

  if (colon == NULL || (has_bracket && colon[-1] != ']'))
    {
      g_set_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_PORT,
                   _ ("“%s” has no port. Type an address and a port, as in 127.0.0.1:8001."),
                   quoted);
      return NULL;
    }

  if (!has_bracket && strchr (text, ':') != colon)
    {
      g_set_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_HOST,
                   _ ("“%s” has several colons. Type brackets around an IPv6 address, as in [::1]:8001."),
                   quoted);
      return NULL;
    }

  return colon;
}

/**
 * be_endpoint_new_from_text:
 * @text: `PORT` (on 127.0.0.1), `HOST:PORT` or `[HOST]:PORT`; for
 *   %BE_PROTOCOL_UNIX a path
 *
 * Returns: (transfer full) (nullable): as be_endpoint_new() does.
 */
BeEndpoint *
be_endpoint_new_from_text (BeProtocol  protocol,
                           const char *text,
                           GError    **error)
{
  g_autofree char *plain = NULL;
  g_autofree char *host = NULL;
  const char      *colon;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  plain = be_endpoint_dup_plain (text);

  /* What is empty or cannot be shown, the host's check refuses in words. */
  if (protocol == BE_PROTOCOL_UNIX || plain == NULL || *plain == '\0')
    return be_endpoint_new (protocol, text, "0", error);

  if (looks_like_port (plain))
    return be_endpoint_new (protocol, DEFAULT_HOST, plain, error);

  colon = find_port (plain, error);
  if (colon == NULL)
    return NULL;

  host = g_strndup (plain, (gsize) (colon - plain));

  return be_endpoint_new (protocol, host, colon + 1, error);
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *plain = text != NULL ? be_endpoint_dup_plain (text) : g_strdup ("");

  return plain != NULL && *plain == '\0';
}

static gboolean
parse_local_host (BeEndpoint *self,
                  const char *text,
                  GError    **error)
{
  g_autofree char *quoted = be_endpoint_dup_quoted (text);

  if (!be_endpoint_parse_host (text, &self->local_host, &self->local, NULL) ||
      self->local.family == BE_ADDRESS_NONE)
    {
      g_set_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_LOCAL_HOST,
                   _ ("The local address must be an address of this computer, such as 127.0.0.1, not “%s”."),
                   quoted);
      return FALSE;
    }

  if (self->address.family != BE_ADDRESS_NONE && self->address.family != self->local.family)
    {
      g_set_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_LOCAL_HOST,
                   _ ("The local address must be of the same kind as %s: both IPv4, or both IPv6."),
                   self->host);
      return FALSE;
    }

  return TRUE;
}

/**
 * be_endpoint_with_local:
 * @local_host: (nullable): an address to call from, or nothing for any
 * @local_port: (nullable): a port to call from, or nothing for one that the
 *   system chooses
 *
 * A Unix-domain endpoint has no local address: both must be empty.
 *
 * Returns: (transfer full) (nullable): a new endpoint like @self with these,
 *   or %NULL with an error as be_endpoint_new() gives.
 */
BeEndpoint *
be_endpoint_with_local (BeEndpoint *self,
                        const char *local_host,
                        const char *local_port,
                        GError    **error)
{
  g_autoptr (BeEndpoint) endpoint = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->protocol == BE_PROTOCOL_UNIX && !(is_blank (local_host) && is_blank (local_port)))
    {
      g_set_error_literal (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_LOCAL_HOST,
                           _ ("A path is called from no address. Leave the local address empty."));
      return NULL;
    }

  endpoint = allocate (self->protocol);
  endpoint->host = g_strdup (self->host);
  endpoint->port = self->port;
  endpoint->address = self->address;

  if (!is_blank (local_host) && !parse_local_host (endpoint, local_host, error))
    return NULL;

  if (!is_blank (local_port) &&
      !be_endpoint_parse_port (local_port, BE_ENDPOINT_ERROR_LOCAL_PORT,
                               &endpoint->local_port, error))
    return NULL;

  /* All zeros is any address, in either family. */
  if (endpoint->local.family == BE_ADDRESS_NONE)
    endpoint->local.family = endpoint->address.family;
  endpoint->local.port = endpoint->local_port;

  return g_steal_pointer (&endpoint);
}

/**
 * be_endpoint_ref:
 *
 * May be called on any thread, as everything here: an endpoint never changes.
 *
 * Returns: (transfer full): @self.
 */
BeEndpoint *
be_endpoint_ref (BeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
be_endpoint_unref (BeEndpoint *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->host);
  g_free (self->local_host);
  g_free (self);
}

BeProtocol
be_endpoint_get_protocol (const BeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, BE_PROTOCOL_TCP);

  return self->protocol;
}

/**
 * be_endpoint_get_host:
 *
 * Returns: the name or address without brackets, or the path.
 */
const char *
be_endpoint_get_host (const BeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

/**
 * be_endpoint_get_port:
 *
 * Returns: the port; 0 when the system is to choose, and for a path.
 */
guint16
be_endpoint_get_port (const BeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

/**
 * be_endpoint_get_local_host:
 *
 * Returns: (nullable): the address to call from, or %NULL for any.
 */
const char *
be_endpoint_get_local_host (const BeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->local_host;
}

/**
 * be_endpoint_get_local_port:
 *
 * Returns: the port to call from; 0 when the system is to choose.
 */
guint16
be_endpoint_get_local_port (const BeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->local_port;
}

/**
 * be_endpoint_get_address:
 * @address: (out): left alone when there is none yet
 *
 * Returns: whether the address is known: %FALSE for a name, which must be
 *   resolved first.
 */
gboolean
be_endpoint_get_address (const BeEndpoint *self,
                         BeAddress        *address)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  if (self->protocol == BE_PROTOCOL_UNIX)
    {
      /* Not before it is asked for: it stays for ever, and a path is checked
       * at every key press. */
      g_autoptr (GSocketAddress) path = g_unix_socket_address_new (self->host);

      return be_address_set_socket_address (address, path);
    }

  if (self->address.family == BE_ADDRESS_NONE)
    return FALSE;

  *address = self->address;

  return TRUE;
}

/**
 * be_endpoint_get_local:
 * @address: (out): left alone when none was asked for
 *
 * With a local port alone, @address is any address of the family of the host;
 * while that is a name, of the family %BE_ADDRESS_NONE: set it to that of the
 * address to which the name was resolved, and it is any address of that.
 *
 * Returns: whether an address or a port to call from was asked for.
 */
gboolean
be_endpoint_get_local (const BeEndpoint *self,
                       BeAddress        *address)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  if (self->local_host == NULL && self->local_port == 0)
    return FALSE;

  *address = self->local;

  return TRUE;
}

/**
 * be_endpoint_to_string:
 *
 * Returns: (transfer full): `HOST:PORT`, `[HOST]:PORT` for an IPv6 address, or
 *   the path: what be_endpoint_new_from_text() takes.
 */
char *
be_endpoint_to_string (const BeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->protocol == BE_PROTOCOL_UNIX)
    return g_strdup (self->host);

  if (strchr (self->host, ':') != NULL)
    return g_strdup_printf ("[%s]:%u", self->host, self->port);

  return g_strdup_printf ("%s:%u", self->host, self->port);
}
