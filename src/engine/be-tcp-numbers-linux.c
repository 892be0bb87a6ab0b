/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-tcp-numbers.h"

#include <errno.h>
/* It has what the system has, and clashes with <gio/gnetworking.h>. */
#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/**
 * be_tcp_numbers_get_source:
 *
 * Returns: the option by which the system tells, or an empty text where it
 *   is not asked
 */
const char *
be_tcp_numbers_get_source (void)
{
  return "TCP_INFO";
}

/**
 * be_tcp_numbers_read:
 *
 * Asks the system (tcp(7), TCP_INFO), which says nothing of what is not TCP.
 * Keeps errno.
 */
void
be_tcp_numbers_read (BeTcpNumbers *self,
                     BeSocket      socket,
                     gboolean      is_listening)
{
  int             kept_errno = errno;
  struct tcp_info info = { 0 };
  socklen_t       length = sizeof info;
  int             answer = getsockopt (socket, IPPROTO_TCP, TCP_INFO, &info, &length);

  errno = kept_errno;
  memset (self, 0xff, sizeof *self);
  if (answer != 0)
    return;

  /* A listener has no connection; two fields say something else of it. */
  if (is_listening)
    {
      self->accept_queue = info.tcpi_unacked;
      self->accept_queue_limit = info.tcpi_sacked;
      return;
    }

  self->round_trip = info.tcpi_rtt;
  self->round_trip_variation = info.tcpi_rttvar;
  self->segment_bytes = info.tcpi_snd_mss;
  self->congestion_window = info.tcpi_snd_cwnd;
  self->unacknowledged = info.tcpi_unacked;
  self->retransmits = info.tcpi_total_retrans;
}
