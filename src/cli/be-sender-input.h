/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BeSenderPieces:
 * @BE_SENDER_STREAM: as it comes
 * @BE_SENDER_LINES: each line without its end (LF) is a piece; may be empty
 * @BE_SENDER_WHOLE: all is one piece; may be empty
 *
 * How to cut what is sent. Lines and the whole are for datagrams: what is
 * longer than the longest of these is cut one byte behind it, which is enough
 * for the system to refuse it.
 */
typedef enum
{
  BE_SENDER_STREAM,
  BE_SENDER_LINES,
  BE_SENDER_WHOLE,
} BeSenderPieces;

#define BE_TYPE_SENDER_INPUT (be_sender_input_get_type ())
G_DECLARE_FINAL_TYPE (BeSenderInput, be_sender_input, BE, SENDER_INPUT, GObject)

BeSenderInput *be_sender_input_new (GInputStream  *stream,
                                    BeSenderPieces pieces);
void           be_sender_input_next_async (BeSenderInput      *self,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
GBytes        *be_sender_input_next_finish (BeSenderInput *self,
                                            GAsyncResult  *result,
                                            GError       **error);
GInputStream  *be_sender_input_open_descriptor (int descriptor);

G_END_DECLS
