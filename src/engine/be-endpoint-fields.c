/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint-fields.h"

#include <gio/gnetworking.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* RFC 1035, section 2.3.4; of the 255 bytes two are not written */
#define HOST_NAME_MAX_BYTES 253
#define LABEL_MAX_BYTES 63
#define PORT_MAX_DIGITS 5

/* A longer path would be cut without a word (unix(7)). */
#ifdef G_OS_UNIX
#define UNIX_PATH_MAX_BYTES (sizeof (((struct sockaddr_un *) NULL)->sun_path) - 1)
#else
#define UNIX_PATH_MAX_BYTES 107
#endif

#define QUOTE_MAX_CHARACTERS 40

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

/* Acts on the text around it instead of being seen: breaks its line, changes
 * its direction, hides in it; or looks otherwise on every computer. */
static gboolean
is_unseen (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
         type == G_UNICODE_PRIVATE_USE ||
         type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static gboolean
has_unseen_character (const char *text)
{
  const char *at;

  for (at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      /* Some languages do not spell without the joiners. */
      if (is_unseen (character) &&
          character != ZERO_WIDTH_NON_JOINER && character != ZERO_WIDTH_JOINER)
        return TRUE;
    }

  return FALSE;
}

/* @text must be valid UTF-8. */
static char *
dup_trimmed (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  while (end > text)
    {
      const char *last = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      end = last;
    }

  return g_strndup (text, (gsize) (end - text));
}

/**
 * be_endpoint_dup_plain:
 *
 * Returns: (transfer full) (nullable): @text without white space around it,
 *   or %NULL when it is no UTF-8 or has characters inside that cannot be
 *   seen and act on others.
 */
char *
be_endpoint_dup_plain (const char *text)
{
  g_autofree char *trimmed = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;

  trimmed = dup_trimmed (text);

  return has_unseen_character (trimmed) ? NULL : g_steal_pointer (&trimmed);
}

/**
 * be_endpoint_dup_quoted:
 *
 * Returns: (transfer full): what was typed, fit for a sentence: valid UTF-8,
 *   not long, each character to be seen.
 */
char *
be_endpoint_dup_quoted (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString         *quoted = g_string_new (NULL);
  const char      *at;
  guint            n_characters = 0;

  for (at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (++n_characters > QUOTE_MAX_CHARACTERS)
        {
          g_string_append (quoted, "…");
          break;
        }
      g_string_append_unichar (quoted, is_unseen (character) ? 0xfffd : character);
    }

  return g_string_free (quoted, FALSE);
}

/* @ascii_name is what GLib made of an international name: GLib knows which
 * other characters that may have. Underscores are no part of host names, but
 * of names in use. */
static gboolean
is_host_name (const char *ascii_name)
{
  const char *at;
  guint       label_length = 0;

  for (at = ascii_name; *at != '\0'; at++)
    {
      if (*at == '.' && label_length > 0)
        label_length = 0;
      else if (g_ascii_isalnum (*at) || *at == '-' || *at == '_')
        label_length++;
      else
        return FALSE;

      if (label_length > LABEL_MAX_BYTES)
        return FALSE;
    }

  return at > ascii_name;
}

/* No name ends in a number (RFC 1123, section 2.1): then an IPv4 address was
 * meant. */
static gboolean
ends_in_number (const char *ascii_name)
{
  const char *dot = strrchr (ascii_name, '.');
  const char *label = dot != NULL ? dot + 1 : ascii_name;

  return *label != '\0' && strspn (label, "0123456789") == strlen (label);
}

/* The likely mistakes: an address that was copied with its port, or an IPv6 address
 * with a slip in it. */
static void
set_colon_error (const char *name,
                 const char *quoted,
                 GError    **error)
{
  const char      *colon = strchr (name, ':');
  g_autofree char *host = g_strndup (name, (gsize) (colon - name));
  g_autofree char *quoted_host = be_endpoint_dup_quoted (host);
  gsize            n_digits = strspn (colon + 1, "0123456789");

  if (*host != '\0' && n_digits > 0 && n_digits <= PORT_MAX_DIGITS && colon[1 + n_digits] == '\0')
    g_set_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_HOST,
                 /* TRANSLATORS: 127.0.0.1:8001 in the field of the host */
                 _ ("“%s” has the port in it: write “%s” here, and %s as the port."),
                 quoted, quoted_host, colon + 1);
  else
    g_set_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_HOST,
                 _ ("“%s” is not an IPv6 address such as ::1, and nothing else may have a colon."),
                 quoted);
}

static gboolean
check_host_name (const char *name,
                 const char *ascii_name,
                 GError    **error)
{
  g_autofree char *quoted = be_endpoint_dup_quoted (name);

  if (strchr (name, ':') != NULL)
    {
      set_colon_error (name, quoted, error);
      return FALSE;
    }

  if (ascii_name != NULL && strlen (ascii_name) > HOST_NAME_MAX_BYTES)
    {
      g_set_error_literal (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_HOST,
                           _ ("The name is too long: no host has a name like this."));
      return FALSE;
    }

  if (ascii_name == NULL || !is_host_name (ascii_name))
    {
      g_set_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_HOST,
                   _ ("“%s” is neither a name such as localhost nor an address such as 127.0.0.1."),
                   quoted);
      return FALSE;
    }

  if (ends_in_number (ascii_name))
    {
      g_set_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_HOST,
                   _ ("“%s” is not an IPv4 address: it takes four numbers from 0 to 255, as in 127.0.0.1."),
                   quoted);
      return FALSE;
    }

  return TRUE;
}

/* Resolves nothing: for a name it is FALSE. */
static gboolean
set_numeric (BeAddress  *address,
             const char *host)
{
  g_autoptr (GInetAddress) inet_address = g_inet_address_new_from_string (host);
  g_autoptr (GSocketAddress) socket_address = NULL;

  /* Only the second can read a scope, and it makes IPv4 of ::ffff:127.0.0.1. */
  if (inet_address != NULL)
    socket_address = g_inet_socket_address_new (inet_address, 0);
  else
    socket_address = g_inet_socket_address_new_from_string (host, 0);

  return socket_address != NULL && be_address_set_socket_address (address, socket_address);
}

/* Takes [::1] too, as it stands in addresses that people copy. */
static gboolean
set_bracketed (BeAddress  *address,
               char      **host,
               const char *text)
{
  gsize            length = strlen (text);
  g_autofree char *inner = NULL;

  if (length < 2 || text[0] != '[' || text[length - 1] != ']')
    return FALSE;

  inner = g_strndup (text + 1, length - 2);
  if (strchr (inner, ':') == NULL || !set_numeric (address, inner))
    return FALSE;

  *host = g_steal_pointer (&inner);

  return TRUE;
}

/**
 * be_endpoint_parse_host:
 * @host: (out): the name or address, without brackets
 * @address: (out): the address without its port, or %BE_ADDRESS_NONE for a
 *   name
 *
 * Returns: whether @text is a name or an address.
 */
gboolean
be_endpoint_parse_host (const char *text,
                        char      **host,
                        BeAddress  *address,
                        GError    **error)
{
  g_autofree char *plain = be_endpoint_dup_plain (text);
  g_autofree char *ascii = NULL;

  memset (address, 0, sizeof *address);

  if (plain == NULL)
    {
      g_set_error_literal (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_HOST,
                           _ ("The address has characters that cannot be shown. Type it again."));
      return FALSE;
    }

  if (*plain == '\0')
    {
      g_set_error_literal (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_HOST,
                           _ ("The address is empty. For this computer alone, type 127.0.0.1."));
      return FALSE;
    }

  if (set_bracketed (address, host, plain))
    return TRUE;

  /* With the dots and digits of an East Asian keyboard, an address is still
   * an address. */
  if (strchr (plain, ':') == NULL)
    ascii = g_hostname_to_ascii (plain);

  if (ascii != NULL && set_numeric (address, ascii))
    {
      *host = g_steal_pointer (&ascii);
      return TRUE;
    }

  if (!set_numeric (address, plain) && !check_host_name (plain, ascii, error))
    return FALSE;

  *host = g_steal_pointer (&plain);

  return TRUE;
}

/**
 * be_endpoint_parse_port:
 * @code: %BE_ENDPOINT_ERROR_PORT or %BE_ENDPOINT_ERROR_LOCAL_PORT
 *
 * Returns: whether @text is a decimal number from 0 to 65535.
 */
gboolean
be_endpoint_parse_port (const char     *text,
                        BeEndpointError code,
                        guint16        *port,
                        GError        **error)
{
  g_autofree char *plain = be_endpoint_dup_plain (text);
  g_autofree char *quoted = NULL;
  guint64          number;

  if (plain != NULL && g_ascii_string_to_unsigned (plain, 10, 0, G_MAXUINT16, &number, NULL))
    {
      *port = (guint16) number;
      return TRUE;
    }

  quoted = be_endpoint_dup_quoted (plain != NULL ? plain : text);
  if (*quoted == '\0')
    g_set_error_literal (error, BE_ENDPOINT_ERROR, code,
                         _ ("The port is empty. Type a number from 0 to 65535."));
  else if (code == BE_ENDPOINT_ERROR_LOCAL_PORT)
    g_set_error (error, BE_ENDPOINT_ERROR, code,
                 _ ("The local port must be a number from 0 to 65535, not “%s”."), quoted);
  else
    g_set_error (error, BE_ENDPOINT_ERROR, code,
                 _ ("The port must be a number from 0 to 65535, not “%s”."), quoted);

  return FALSE;
}

/**
 * be_endpoint_parse_path:
 *
 * Returns: whether @text is a path that fits into a socket address.
 */
gboolean
be_endpoint_parse_path (const char *text,
                        char      **path,
                        GError    **error)
{
  g_autofree char *plain = be_endpoint_dup_plain (text);

  if (plain == NULL)
    {
      g_set_error_literal (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_PATH,
                           _ ("The path has characters that cannot be shown. Choose another one."));
      return FALSE;
    }

  if (*plain == '\0')
    {
      g_set_error_literal (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_PATH,
                           _ ("The path is empty. Type where the socket is, such as /tmp/both-ends.socket."));
      return FALSE;
    }

  if (strlen (plain) > UNIX_PATH_MAX_BYTES)
    {
      g_set_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_PATH,
                   ngettext ("The path is too long for a socket. Choose one of at most %u byte.",
                             "The path is too long for a socket. Choose one of at most %u bytes.",
                             (gulong) UNIX_PATH_MAX_BYTES),
                   (guint) UNIX_PATH_MAX_BYTES);
      return FALSE;
    }

  *path = g_steal_pointer (&plain);

  return TRUE;
}
