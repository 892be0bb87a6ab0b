/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-unread.h"

/* What close () sends when bytes are unread is for the system to choose (RFC 1122,
 * 4.2.2.13, says that it should be an RST): where it was not tried, nothing is said. */
gsize
be_socket_unread_at_close (BeSocket socket)
{
  return 0;
}
