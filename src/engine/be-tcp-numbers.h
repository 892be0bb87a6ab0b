/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-handle.h"

G_BEGIN_DECLS

#define BE_TCP_NUMBER_NOT_TOLD G_MAXUINT32

/**
 * BeTcpNumbers:
 *
 * What the system counts of one TCP socket; each may be
 * %BE_TCP_NUMBER_NOT_TOLD.
 */
typedef struct
{
  guint32 round_trip;           /* µs, smoothed (RFC 6298) */
  guint32 round_trip_variation; /* µs */
  guint32 segment_bytes;        /* what a segment to the other end holds at most */
  guint32 congestion_window;    /* segments that may be on their way at once */
  guint32 unacknowledged;       /* segments sent and not acknowledged */
  guint32 retransmits;          /* segments sent again, since the beginning */
  guint32 accept_queue;         /* of a listener: connections that wait for accept () */
  guint32 accept_queue_limit;
} BeTcpNumbers;

#define BE_N_TCP_NUMBERS (sizeof (BeTcpNumbers) / sizeof (guint32))

const char *be_tcp_numbers_get_source (void);
void        be_tcp_numbers_read (BeTcpNumbers *self,
                                 BeSocket      socket,
                                 gboolean      is_listening);

G_END_DECLS
