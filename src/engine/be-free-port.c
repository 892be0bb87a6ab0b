/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-free-port.h"

#include "be-socket.h"

/* Below, only the administrator may bind (RFC 6335, section 6). */
#define FIRST_PORT 1024

/* Each is one bind () that is answered at once. */
#define MAX_TRIES 256

static gboolean
is_free (const BeAddress *local,
         GSocketType      type)
{
  int      error = 0;
  BeSocket socket = be_socket_open (local->family, type, &error);
  gboolean is_bound;

  if (socket == BE_SOCKET_NONE)
    return FALSE;

  is_bound = be_socket_bind (socket, local, &error) == 0;
  be_socket_close (socket, &error);

  return is_bound;
}

/**
 * be_free_port_find_next:
 * @local: an address, and the port that is not free
 *
 * Tries the ports behind that of @local, and begins again at the first that
 * everybody may have. Each is bound for a moment and let go, and never listened
 * on; so somebody else may be faster, and bind () has the last word. May be
 * called on any thread: no socket of it is left when it returns.
 *
 * Returns: a port that was free at this moment, or 0
 */
guint16
be_free_port_find_next (const BeAddress *local,
                        GSocketType      type)
{
  BeAddress tried;

  g_return_val_if_fail (local != NULL, 0);
  g_return_val_if_fail (local->family == BE_ADDRESS_IPV4 || local->family == BE_ADDRESS_IPV6, 0);

  tried = *local;
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      tried.port = tried.port < FIRST_PORT || tried.port == G_MAXUINT16 ? FIRST_PORT : tried.port + 1;
      if (is_free (&tried, type))
        return tried.port;
    }

  return 0;
}
