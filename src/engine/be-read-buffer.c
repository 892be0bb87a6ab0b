/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-read-buffer.h"

#include "be-socket-datagrams.h"

/* A stream uses the front of it; of datagrams many are read at once, each of any
 * size. They do not begin at a power of two, or all of them would compete for
 * the same lines of the processor's cache. Most of it is never touched. */
#define STREAM_BYTES (256u * 1024)
#define DATAGRAM_BYTES (64u * 1024)
#define DATAGRAM_DISTANCE_BYTES (DATAGRAM_BYTES + 11 * 64)
#define BUFFER_BYTES (BE_SOCKET_MAX_DATAGRAMS * DATAGRAM_DISTANCE_BYTES)

struct _BeReadBuffer
{
  guint8 bytes[BUFFER_BYTES];
};

BeReadBuffer *
be_read_buffer_new (void)
{
  return g_malloc (sizeof (BeReadBuffer));
}

void
be_read_buffer_free (BeReadBuffer *self)
{
  g_return_if_fail (self != NULL);

  g_free (self);
}

/**
 * be_read_buffer_get:
 * @size: (out): its bytes
 *
 * Returns: (transfer none): room for one read of a stream
 */
guint8 *
be_read_buffer_get (BeReadBuffer *self,
                    gsize        *size)
{
  *size = STREAM_BYTES;

  return self->bytes;
}

/**
 * be_read_buffer_get_datagram:
 * @number: less than %BE_SOCKET_MAX_DATAGRAMS
 * @size: (out): its bytes, enough for any datagram
 *
 * Returns: (transfer none): room for one of several datagrams
 */
guint8 *
be_read_buffer_get_datagram (BeReadBuffer *self,
                             guint         number,
                             gsize        *size)
{
  *size = DATAGRAM_BYTES;

  return self->bytes + number * DATAGRAM_DISTANCE_BYTES;
}
