/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"
#include "be-socket-handle.h"

G_BEGIN_DECLS

/* How many one call takes at most. */
#define BE_SOCKET_MAX_DATAGRAMS 64u

/**
 * BeSocketDatagram:
 *
 * One of several datagrams that are received, or sent, at once.
 */
typedef struct
{
  guint8   *bytes;   /* unowned; to receive: room for what is asked for */
  gsize     length;  /* what came, or is to go */
  BeAddress address; /* who sent it, or gets it */
  gboolean  is_truncated;
  gsize     whole_length; /* of one that is truncated; 0: the system does not tell */
} BeSocketDatagram;

int be_socket_recv_datagram (BeSocket          socket,
                             BeSocketDatagram *datagram,
                             gsize             size,
                             int              *error);
int be_socket_send_datagram (BeSocket                socket,
                             const BeSocketDatagram *datagram,
                             int                    *error);
int be_socket_recv_datagrams (BeSocket          socket,
                              BeSocketDatagram *datagrams,
                              guint             n_datagrams,
                              gsize             size,
                              int              *error);
int be_socket_send_datagrams (BeSocket                socket,
                              const BeSocketDatagram *datagrams,
                              guint                   n_datagrams,
                              int                    *error);
int be_socket_send_row (BeSocket                socket,
                        const BeSocketDatagram *datagrams,
                        guint                   n_datagrams);

G_END_DECLS
