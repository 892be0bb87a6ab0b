/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-datagrams.h"

/* Systems that take one datagram in a call: the next are those of the next
 * turn. */

int
be_socket_recv_datagrams (BeSocket          socket,
                          BeSocketDatagram *datagrams,
                          guint             n_datagrams,
                          gsize             size,
                          int              *error)
{
  return be_socket_recv_datagram (socket, datagrams, size, error);
}

int
be_socket_send_datagrams (BeSocket                socket,
                          const BeSocketDatagram *datagrams,
                          guint                   n_datagrams,
                          int                    *error)
{
  return be_socket_send_datagram (socket, datagrams, error);
}

int
be_socket_send_row (BeSocket                socket,
                    const BeSocketDatagram *datagrams,
                    guint                   n_datagrams)
{
  return 0;
}
