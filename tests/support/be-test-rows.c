/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-rows.h"

#include <gio/gnetworking.h>
#ifdef __linux__
#include <netinet/udp.h>
#include <unistd.h>
#endif

/**
 * be_test_has_rows:
 *
 * Returns: whether the system cuts one long datagram into many (udp(7),
 *   UDP_SEGMENT), which Linux does since 4.18
 */
gboolean
be_test_has_rows (void)
{
#ifdef UDP_SEGMENT
  int       socket_fd = socket (AF_INET, SOCK_DGRAM, 0);
  int       size = 0;
  socklen_t length = sizeof size;
  gboolean  has_rows = getsockopt (socket_fd, IPPROTO_UDP, UDP_SEGMENT, &size, &length) == 0;

  close (socket_fd);

  return has_rows;
#else
  return FALSE;
#endif
}
