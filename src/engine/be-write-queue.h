/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeWriteQueue:
 *
 * The bytes of a stream that could not be written yet. A value inside its
 * peer, all zero when nothing waits; be_write_queue_clear () frees it.
 */
typedef struct
{
  GByteArray *bytes;
  gsize       offset; /* how many of @bytes have gone */
  guint16     flags;  /* BeEventFlags of all that waits: one call may send it all */
} BeWriteQueue;

gsize         be_write_queue_get_length (const BeWriteQueue *self);
const guint8 *be_write_queue_peek (const BeWriteQueue *self);
void          be_write_queue_append (BeWriteQueue *self,
                                     const guint8 *bytes,
                                     gsize         length,
                                     guint16       flags);
void          be_write_queue_drop (BeWriteQueue *self,
                                   gsize         length);
void          be_write_queue_clear (BeWriteQueue *self);

G_END_DECLS
