/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-framing.h"
#include "be-stream-bytes.h"

G_BEGIN_DECLS

/* What BeStreamPage says; nothing of it is a widget. */

char *be_stream_page_dup_rule (BeProtocol protocol);
char *be_stream_page_dup_sent_title (const BeStreamEnd *end,
                                     BeProtocol         protocol,
                                     gboolean           is_ours);
char *be_stream_page_dup_received_title (const BeStreamEnd *end,
                                         BeProtocol         protocol,
                                         gboolean           is_ours);
char *be_stream_page_dup_messages_title (const BeFraming *framing,
                                         guint64          n_complete);
char *be_stream_page_dup_piece_caption (const BeStreamPiece *piece);
char *be_stream_page_dup_lost_caption (const BeStreamPiece *piece);
char *be_stream_page_dup_frame_caption (const BeFrame *frame);
char *be_stream_page_dup_notes (const BeStreamEnd *end,
                                BeProtocol         protocol,
                                guint64            n_pieces,
                                guint64            n_shown);

G_END_DECLS
