/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-tcp-numbers.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#define MICROSECONDS_PER_MILLISECOND 1000u

const char *
be_tcp_numbers_get_source (void)
{
  return "TCP_CONNECTION_INFO";
}

/* This system counts the window in bytes, and does not say how many segments are
 * unacknowledged. */
void
be_tcp_numbers_read (BeTcpNumbers *self,
                     BeSocket      socket,
                     gboolean      is_listening)
{
  int                        kept_errno = errno;
  struct tcp_connection_info info = { 0 };
  socklen_t                  length = sizeof info;
  int                        answer = getsockopt (socket, IPPROTO_TCP, TCP_CONNECTION_INFO, &info, &length);

  errno = kept_errno;
  memset (self, 0xff, sizeof *self);
  if (answer != 0 || is_listening)
    return;

  self->round_trip = info.tcpi_srtt * MICROSECONDS_PER_MILLISECOND;
  self->round_trip_variation = info.tcpi_rttvar * MICROSECONDS_PER_MILLISECOND;
  self->segment_bytes = info.tcpi_maxseg;
  self->congestion_window = info.tcpi_snd_cwnd / MAX (info.tcpi_maxseg, 1);
  self->retransmits = (guint32) MIN (info.tcpi_txretransmitpackets, BE_TCP_NUMBER_NOT_TOLD - 1);
}
