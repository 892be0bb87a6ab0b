/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the strips of BeStreamPage are made of. */

#include "be-stream-strips.h"

#include "be-stream-page-words.h"

#include <string.h>

/* What came behind the part of a datagram that was kept: of the last that was
 * sent before, is as long and begins the same. Where the sender is another
 * program nobody knows it. */
static void
add_lost (BeByteStrip         *strip,
          const BeStreamPiece *piece,
          const guint8        *kept,
          const BeStreamEnd   *sent)
{
  g_autofree char *caption = be_stream_page_dup_lost_caption (piece);
  BeByteStripPiece lost = { .caption = caption, .is_lost = TRUE };

  for (guint i = sent != NULL ? sent->pieces->len : 0; i > 0 && lost.length == 0; i--)
    {
      const BeStreamPiece *candidate = &g_array_index (sent->pieces, BeStreamPiece, i - 1);
      const guint8        *bytes = sent->bytes->data + candidate->offset;

      if (candidate->sequence > piece->sequence || candidate->length != piece->length + piece->n_lost ||
          candidate->n_missing > 0 || piece->n_missing > 0 || memcmp (bytes, kept, piece->length) != 0)
        continue;

      lost.bytes = bytes + piece->length;
      lost.length = piece->n_lost;
    }

  be_byte_strip_add (strip, &lost);
}

/**
 * be_stream_strips_show_end:
 * @strip: what shows it
 * @kind: how
 * @connection: whose colour it has
 * @end: what one end sent or received
 * @sent: (nullable): where the end received: what was sent to it
 * @title: what stands above the strip
 *
 * Shows the last of what the calls of one end moved, and what was thrown away.
 */
void
be_stream_strips_show_end (BeByteStrip       *strip,
                           BeByteStripKind    kind,
                           guint32            connection,
                           const BeStreamEnd *end,
                           const BeStreamEnd *sent,
                           const char        *title)
{
  guint first;

  g_return_if_fail (BE_IS_BYTE_STRIP (strip));
  g_return_if_fail (end != NULL);

  first = end->pieces->len - MIN (end->pieces->len, BE_STREAM_STRIPS_MAX_SHOWN);
  be_byte_strip_begin (strip, kind, connection);
  for (guint i = first; i < end->pieces->len; i++)
    {
      const BeStreamPiece *piece = &g_array_index (end->pieces, BeStreamPiece, i);
      g_autofree char     *caption = be_stream_page_dup_piece_caption (piece);
      BeByteStripPiece     shown = { .bytes = end->bytes->data + piece->offset,
                                     .length = piece->length - piece->n_missing,
                                     .caption = caption,
                                     .is_open = (piece->is_cut && piece->n_lost == 0) || piece->n_missing > 0 };

      be_byte_strip_add (strip, &shown);
      if (piece->n_lost > 0)
        add_lost (strip, piece, shown.bytes, sent);
    }
  be_byte_strip_end (strip, title);
  gtk_widget_set_visible (GTK_WIDGET (strip), end->pieces->len > 0);
}

static void
add_frame (BeByteStrip       *strip,
           const BeStreamEnd *end,
           const BeFrame     *frame)
{
  g_autofree char *caption = be_stream_page_dup_frame_caption (frame);
  BeByteStripPiece piece = { .bytes = end->bytes->data + frame->offset,
                             .length = frame->length,
                             .header_length = frame->header_length,
                             .trailer_length = frame->trailer_length,
                             .caption = caption,
                             .is_open = !frame->is_complete };

  be_byte_strip_add (strip, &piece);
}

/**
 * be_stream_strips_show_messages:
 * @strip: what shows them
 * @connection: whose colour they have
 * @framing: a rule that is valid
 * @end: whose bytes are cut
 * @title: (out): what stands above the strip
 * @rest: (out) (nullable): why the last is not complete
 *
 * Cuts all bytes that are known, and shows the last of the messages.
 *
 * Returns: how many messages there are, with one that is not complete
 */
guint64
be_stream_strips_show_messages (BeByteStrip       *strip,
                                guint32            connection,
                                const BeFraming   *framing,
                                const BeStreamEnd *end,
                                char             **title,
                                char             **rest)
{
  BeFrame frames[BE_STREAM_STRIPS_MAX_SHOWN];
  guint64 n_frames = 0;
  guint64 n_complete = 0;
  gsize   offset = 0;

  g_return_val_if_fail (BE_IS_BYTE_STRIP (strip), 0);
  g_return_val_if_fail (end != NULL, 0);
  g_return_val_if_fail (title != NULL && rest != NULL, 0);

  while (be_framing_next (framing, end->bytes->data, end->known, &offset,
                          &frames[n_frames % BE_STREAM_STRIPS_MAX_SHOWN]))
    {
      n_complete += frames[n_frames % BE_STREAM_STRIPS_MAX_SHOWN].is_complete ? 1 : 0;
      n_frames++;
    }

  *title = be_stream_page_dup_messages_title (framing, n_complete);
  be_byte_strip_begin (strip, BE_BYTE_STRIP_MESSAGES, connection);
  for (guint64 i = n_frames - MIN (n_frames, BE_STREAM_STRIPS_MAX_SHOWN); i < n_frames; i++)
    add_frame (strip, end, &frames[i % BE_STREAM_STRIPS_MAX_SHOWN]);
  be_byte_strip_end (strip, *title);
  gtk_widget_set_visible (GTK_WIDGET (strip), n_frames > 0);

  *rest = n_frames > 0 ? be_framing_describe_rest (framing, &frames[(n_frames - 1) % BE_STREAM_STRIPS_MAX_SHOWN])
                       : NULL;

  return n_frames;
}
