/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-read-buffer.h"

#include "be-socket-datagrams.h"

/* A stream uses the front of it; of datagrams many are read at once, each of any
 * size. They do not begin at a power of two, or all of them would compete for
 * the same lines of the processor's cache. Most of it is never touched, and the
 * rest of it is there only when so many have come at once. */
#define STREAM_BYTES (256u * 1024)
#define DATAGRAM_BYTES (64u * 1024)
#define DATAGRAM_DISTANCE_BYTES (DATAGRAM_BYTES + 11 * 64)
#define N_FIRST_DATAGRAMS 16u
#define FIRST_BYTES (N_FIRST_DATAGRAMS * DATAGRAM_DISTANCE_BYTES)
#define REST_BYTES ((BE_SOCKET_MAX_DATAGRAMS - N_FIRST_DATAGRAMS) * DATAGRAM_DISTANCE_BYTES)

G_STATIC_ASSERT (STREAM_BYTES <= FIRST_BYTES);

struct _BeReadBuffer
{
  guint8 *rest; /* NULL: never needed so far */
  guint8  first[FIRST_BYTES];
};

BeReadBuffer *
be_read_buffer_new (void)
{
  BeReadBuffer *self = g_malloc (sizeof (BeReadBuffer));

  self->rest = NULL;

  return self;
}

void
be_read_buffer_free (BeReadBuffer *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->rest);
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

  return self->first;
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

  if (number < N_FIRST_DATAGRAMS)
    return self->first + number * DATAGRAM_DISTANCE_BYTES;

  if (self->rest == NULL)
    self->rest = g_malloc (REST_BYTES);

  return self->rest + (number - N_FIRST_DATAGRAMS) * DATAGRAM_DISTANCE_BYTES;
}
