/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-read-buffer.h"

#include "be-hot.h"
#include "be-socket-datagrams.h"

/* A stream uses the front of it; of datagrams many are read at once, each of any
 * size. It begins at a page, and each part at a line of the processor's cache: the
 * system needs a sixth more time to copy long ones to an odd address. The parts are
 * not a power of two apart, or all of them would compete for the same lines of the
 * cache. Most of it is never touched, and the rest of it is there only when so many
 * have come at once. */
#define ALIGNMENT_BYTES 4096
#define STREAM_BYTES (256u * 1024)
#define DATAGRAM_BYTES (64u * 1024)
#define DATAGRAM_DISTANCE_BYTES (DATAGRAM_BYTES + 11 * 64)
#define N_FIRST_DATAGRAMS 16u
#define FIRST_BYTES (N_FIRST_DATAGRAMS * DATAGRAM_DISTANCE_BYTES)
#define REST_BYTES ((BE_SOCKET_MAX_DATAGRAMS - N_FIRST_DATAGRAMS) * DATAGRAM_DISTANCE_BYTES)

G_STATIC_ASSERT (STREAM_BYTES <= FIRST_BYTES);

struct _BeReadBuffer
{
  guint8  first[FIRST_BYTES];
  guint8 *rest; /* NULL: never needed so far */
};

BeReadBuffer *
be_read_buffer_new (void)
{
  BeReadBuffer *self = g_aligned_alloc (1, sizeof (BeReadBuffer), ALIGNMENT_BYTES);

  self->rest = NULL;

  return self;
}

void
be_read_buffer_free (BeReadBuffer *self)
{
  g_return_if_fail (self != NULL);

  g_aligned_free (self->rest);
  g_aligned_free (self);
}

/**
 * be_read_buffer_get:
 * @size: (out): its bytes
 *
 * Returns: (transfer none): room for one read of a stream
 */
BE_HOT guint8 *
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
BE_HOT guint8 *
be_read_buffer_get_datagram (BeReadBuffer *self,
                             guint         number,
                             gsize        *size)
{
  *size = DATAGRAM_BYTES;

  if (number < N_FIRST_DATAGRAMS)
    return self->first + number * DATAGRAM_DISTANCE_BYTES;

  if (self->rest == NULL)
    self->rest = g_aligned_alloc (1, REST_BYTES, ALIGNMENT_BYTES);

  return self->rest + (number - N_FIRST_DATAGRAMS) * DATAGRAM_DISTANCE_BYTES;
}
