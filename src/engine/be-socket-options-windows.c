/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-options.h"

#include <gio/gnetworking.h>

#define MICROSECONDS_PER_MILLISECOND 1000

static int
outcome (int  result,
         int *error)
{
  *error = result != 0 ? WSAGetLastError () : 0;

  return result != 0 ? -1 : 0;
}

int
be_socket_get_option (BeSocket socket,
                      int      level,
                      int      name,
                      gpointer value,
                      gsize    size,
                      int     *error)
{
  int length = (int) size;

  return outcome (getsockopt ((SOCKET) g_socket_get_fd (socket), level, name, value, &length), error);
}

int
be_socket_set_option (BeSocket      socket,
                      int           level,
                      int           name,
                      gconstpointer value,
                      gsize         size,
                      int          *error)
{
  return outcome (setsockopt ((SOCKET) g_socket_get_fd (socket), level, name, value, (int) size), error);
}

/* WinSock cannot be asked; WSAEventSelect, by which GSocket waits, makes it so. */
gboolean
be_socket_is_non_blocking (BeSocket socket)
{
  return TRUE;
}

static gint64
get_timeout (BeSocket socket,
             int      name)
{
  DWORD milliseconds = 0;
  int   error;

  be_socket_get_option (socket, SOL_SOCKET, name, &milliseconds, sizeof milliseconds, &error);

  return (gint64) milliseconds * MICROSECONDS_PER_MILLISECOND;
}

void
be_socket_get_timeouts (BeSocket socket,
                        gint64  *receive,
                        gint64  *send)
{
  *receive = get_timeout (socket, SO_RCVTIMEO);
  *send = get_timeout (socket, SO_SNDTIMEO);
}
