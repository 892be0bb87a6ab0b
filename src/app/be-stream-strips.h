/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-byte-strip.h"
#include "be-framing.h"
#include "be-stream-bytes.h"

G_BEGIN_DECLS

/* How many pieces of a strip are shown: the last. */
#define BE_STREAM_STRIPS_MAX_SHOWN 40u

void    be_stream_strips_show_end (BeByteStrip       *strip,
                                   BeByteStripKind    kind,
                                   guint32            connection,
                                   const BeStreamEnd *end,
                                   const BeStreamEnd *sent,
                                   const char        *title);
guint64 be_stream_strips_show_messages (BeByteStrip       *strip,
                                        guint32            connection,
                                        const BeFraming   *framing,
                                        const BeStreamEnd *end,
                                        char             **title,
                                        char             **rest);

G_END_DECLS
