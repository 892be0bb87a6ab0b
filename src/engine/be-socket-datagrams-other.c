/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-datagrams.h"

#include "be-socket.h"

/* Systems that take one datagram in a call: the next are those of the next
 * turn. */

int
be_socket_recv_datagrams (BeSocket          socket,
                          BeSocketDatagram *datagrams,
                          guint             n_datagrams,
                          gsize             size,
                          int              *error)
{
  BeSocketDatagram *first = datagrams;
  gssize            received = be_socket_recvfrom (socket, first->bytes, size, &first->address,
                                                   &first->is_truncated, &first->whole_length, error);

  if (received < 0)
    return -1;

  first->length = (gsize) received;

  return 1;
}

int
be_socket_send_datagrams (BeSocket                socket,
                          const BeSocketDatagram *datagrams,
                          guint                   n_datagrams,
                          int                    *error)
{
  gssize sent = be_socket_sendto (socket, &datagrams->address, datagrams->bytes,
                                  datagrams->length, error);

  return sent < 0 ? -1 : 1;
}
