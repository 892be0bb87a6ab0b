/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeReadBuffer:
 *
 * One buffer for all reads: what is read is answered before the next read. Its
 * content holds until the function that asked for it returns. Owned by the
 * network thread and ends with it.
 */
typedef struct _BeReadBuffer BeReadBuffer;

BeReadBuffer *be_read_buffer_new (void);
void          be_read_buffer_free (BeReadBuffer *self);
guint8       *be_read_buffer_get (BeReadBuffer *self,
                                  gsize        *size);
guint8       *be_read_buffer_get_datagram (BeReadBuffer *self,
                                           guint         number,
                                           gsize        *size);

G_END_DECLS
