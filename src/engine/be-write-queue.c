/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-write-queue.h"

#include "be-hot.h"

BE_HOT gsize
be_write_queue_get_length (const BeWriteQueue *self)
{
  return self->bytes != NULL ? self->bytes->len - self->offset : 0;
}

/**
 * be_write_queue_peek:
 *
 * Returns: (transfer none): the bytes that wait, when there are any
 */
const guint8 *
be_write_queue_peek (const BeWriteQueue *self)
{
  g_return_val_if_fail (self->bytes != NULL, NULL);

  return self->bytes->data + self->offset;
}

/**
 * be_write_queue_append:
 * @bytes: copied
 */
void
be_write_queue_append (BeWriteQueue *self,
                       const guint8 *bytes,
                       gsize         length,
                       guint16       flags)
{
  if (self->bytes == NULL)
    self->bytes = g_byte_array_new ();

  g_byte_array_append (self->bytes, bytes, (guint) length);
  self->flags |= flags;
}

/**
 * be_write_queue_drop:
 * @length: how many bytes have gone
 *
 * They go from the memory too, which would grow for ever while something
 * always waits; in large pieces, so that each byte moves about once.
 */
void
be_write_queue_drop (BeWriteQueue *self,
                     gsize         length)
{
  g_return_if_fail (length <= be_write_queue_get_length (self));

  self->offset += length;
  if (be_write_queue_get_length (self) == 0)
    {
      be_write_queue_clear (self);
      return;
    }

  if (self->offset > self->bytes->len / 2)
    {
      g_byte_array_remove_range (self->bytes, 0, (guint) self->offset);
      self->offset = 0;
    }
}

void
be_write_queue_clear (BeWriteQueue *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  self->offset = 0;
  self->flags = 0;
}
