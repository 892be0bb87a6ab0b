/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One datagram in a call, on every system. */

#include "be-socket-datagrams.h"

#include "be-hot.h"
#include "be-socket.h"

/**
 * be_socket_recv_datagram:
 * @datagram: (out): with room for @size bytes
 *
 * recvfrom (). Of one that is longer the rest is lost, and it says so.
 *
 * Returns: 1, or -1 with the system's error
 */
BE_HOT int
be_socket_recv_datagram (BeSocket          socket,
                         BeSocketDatagram *datagram,
                         gsize             size,
                         int              *error)
{
  gssize received = be_socket_recvfrom (socket, datagram->bytes, size, &datagram->address, &datagram->is_truncated,
                                        &datagram->whole_length, error);

  if (received < 0)
    return -1;

  datagram->length = (gsize) received;

  return 1;
}

/**
 * be_socket_send_datagram:
 *
 * sendto ().
 *
 * Returns: 1, or -1 with the system's error
 */
BE_HOT int
be_socket_send_datagram (BeSocket                socket,
                         const BeSocketDatagram *datagram,
                         int                    *error)
{
  gssize sent = be_socket_sendto (socket, &datagram->address, datagram->bytes, datagram->length, error);

  return sent < 0 ? -1 : 1;
}
