/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-datagram-queue.h"

static void
datagram_free (gpointer data)
{
  BeDatagram *self = data;

  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * be_datagram_queue_push:
 * @bytes: copied
 *
 * Returns: %FALSE when %BE_DATAGRAM_QUEUE_MAX_LENGTH wait already
 */
gboolean
be_datagram_queue_push (BeDatagramQueue *self,
                        guint32          peer_id,
                        guint16          flags,
                        const guint8    *bytes,
                        gsize            length)
{
  BeDatagram *datagram;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->length >= BE_DATAGRAM_QUEUE_MAX_LENGTH)
    return FALSE;

  datagram = g_new0 (BeDatagram, 1);
  datagram->peer_id = peer_id;
  datagram->flags = flags;
  datagram->bytes = g_bytes_new (bytes, length);
  g_queue_push_tail (self, datagram);

  return TRUE;
}

/**
 * be_datagram_queue_peek:
 *
 * Returns: (transfer none) (nullable): the one that has waited longest
 */
const BeDatagram *
be_datagram_queue_peek (BeDatagramQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_queue_peek_head (self);
}

/**
 * be_datagram_queue_drop:
 *
 * Takes the one away that has waited longest.
 */
void
be_datagram_queue_drop (BeDatagramQueue *self)
{
  g_return_if_fail (self != NULL && !g_queue_is_empty (self));

  datagram_free (g_queue_pop_head (self));
}

void
be_datagram_queue_clear (BeDatagramQueue *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (self, datagram_free);
}
