/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-unread.h"

#include "be-system-state.h"

#include <errno.h>
#include <sys/ioctl.h>

/**
 * be_socket_unread_at_close:
 * @socket: a connected stream that is to be closed now
 *
 * A close () that leaves bytes unread tells the other end that they were lost:
 * TCP sends an RST (RFC 1122, 4.2.2.13; RFC 2525, 2.17), and of
 * a path the other end gets ECONNRESET (unix(7)). Not where the connection is
 * over on both sides: then nobody is told. Keeps errno.
 *
 * Returns: how many bytes are unread (tcp(7), FIONREAD), if it makes close ()
 *   do so; else 0
 */
gsize
be_socket_unread_at_close (BeSocket socket)
{
  int kept_errno = errno;
  int n_bytes = 0;

  if (ioctl (socket, FIONREAD, &n_bytes) != 0)
    n_bytes = 0;
  errno = kept_errno;

  if (n_bytes <= 0 || be_system_state_read (socket, BE_SYSTEM_STATE_UNKNOWN) == BE_SYSTEM_STATE_CLOSED)
    return 0;

  return (gsize) n_bytes;
}
