/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-options.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>

static int
outcome (int  result,
         int *error)
{
  *error = result < 0 ? errno : 0;

  return result;
}

/**
 * be_socket_get_option:
 * @value: (out): @size bytes; kept as it is when the system has no answer
 *
 * getsockopt ().
 */
int
be_socket_get_option (BeSocket socket,
                      int      level,
                      int      name,
                      gpointer value,
                      gsize    size,
                      int     *error)
{
  socklen_t length = (socklen_t) size;

  return outcome (getsockopt (socket, level, name, value, &length), error);
}

int
be_socket_set_option (BeSocket      socket,
                      int           level,
                      int           name,
                      gconstpointer value,
                      gsize         size,
                      int          *error)
{
  return outcome (setsockopt (socket, level, name, value, (socklen_t) size), error);
}

gboolean
be_socket_is_non_blocking (BeSocket socket)
{
  int flags = fcntl (socket, F_GETFL);

  return flags >= 0 && (flags & O_NONBLOCK) != 0;
}

static gint64
get_timeout (BeSocket socket,
             int      name)
{
  struct timeval timeout = { 0 };
  int            error;

  be_socket_get_option (socket, SOL_SOCKET, name, &timeout, sizeof timeout, &error);

  return timeout.tv_sec * G_USEC_PER_SEC + timeout.tv_usec;
}

/**
 * be_socket_get_timeouts:
 * @receive: (out): after how many µs a call that waits gives up; 0: never
 * @send: (out): the same for calls that write
 */
void
be_socket_get_timeouts (BeSocket socket,
                        gint64  *receive,
                        gint64  *send)
{
  *receive = get_timeout (socket, SO_RCVTIMEO);
  *send = get_timeout (socket, SO_SNDTIMEO);
}
