/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BE_DATAGRAM_QUEUE_MAX_LENGTH 64

typedef struct
{
  guint32 peer_id;
  guint16 flags; /* BeEventFlags of its event */
  GBytes *bytes;
} BeDatagram;

/**
 * BeDatagramQueue:
 *
 * The few datagrams that the system had no room for, in their order. Belongs
 * to a port and ends with it.
 */
typedef GQueue BeDatagramQueue;

gboolean          be_datagram_queue_push (BeDatagramQueue *self,
                                          guint32          peer_id,
                                          guint16          flags,
                                          const guint8    *bytes,
                                          gsize            length);
const BeDatagram *be_datagram_queue_peek (BeDatagramQueue *self);
void              be_datagram_queue_drop (BeDatagramQueue *self);
void              be_datagram_queue_clear (BeDatagramQueue *self);

G_END_DECLS
