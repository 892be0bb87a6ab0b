/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-page-words.h"

#include "be-count-text.h"

#include <glib/gi18n-lib.h>

static guint64
count_pieces (const BeStreamEnd *end)
{
  return end->pieces->len + end->n_pieces_left_out;
}

static char *
dup_bytes (guint n)
{
  return g_strdup_printf (ngettext ("%'u byte", "%'u bytes", n), n);
}

/**
 * be_stream_page_dup_rule:
 *
 * Returns: (transfer full): what the network does with borders
 */
char *
be_stream_page_dup_rule (BeProtocol protocol)
{
  if (protocol == BE_PROTOCOL_UDP)
    return g_strdup (_ ("UDP keeps the borders: each recv takes one datagram. What does not fit into its buffer "
                        "is thrown away."));

  if (protocol == BE_PROTOCOL_UNIX)
    return g_strdup (_ ("A stream keeps the order of the bytes, not the borders of the sends. A rule of the "
                        "application cuts them again."));

  return g_strdup (_ ("TCP keeps the order of the bytes, not the borders of the sends. A rule of the application "
                      "cuts them again."));
}

/**
 * be_stream_page_dup_sent_title:
 * @is_ours: whether the sender is an end of ours, whose calls are known
 *
 * Returns: (transfer full): what stands above what was sent
 */
char *
be_stream_page_dup_sent_title (const BeStreamEnd *end,
                               BeProtocol         protocol,
                               gboolean           is_ours)
{
  guint64          n = count_pieces (end);
  g_autofree char *count = be_count_text_group (n);

  if (!is_ours && n == 0)
    return g_strdup (_ ("Sent by another program, whose calls cannot be seen"));

  if (n == 0)
    return g_strdup (_ ("Sent: nothing yet"));

  if (protocol == BE_PROTOCOL_UDP)
    /* TRANSLATORS: %s is a number, "1,234" */
    return g_strdup_printf (ngettext ("Sent: %s datagram", "Sent: %s datagrams", (gulong) n), count);

  /* TRANSLATORS: how many calls of send (); %s is a number, "1,234" */
  return g_strdup_printf (ngettext ("Sent: %s send", "Sent: %s sends", (gulong) n), count);
}

/**
 * be_stream_page_dup_received_title:
 * @is_ours: whether the receiver is an end of ours, whose calls are known
 *
 * Returns: (transfer full): what stands above what was received
 */
char *
be_stream_page_dup_received_title (const BeStreamEnd *end,
                                   BeProtocol         protocol,
                                   gboolean           is_ours)
{
  guint64          n = count_pieces (end);
  g_autofree char *count = be_count_text_group (n);

  if (!is_ours && n == 0)
    return g_strdup (_ ("Received by another program, whose calls cannot be seen"));

  if (n == 0)
    return g_strdup (_ ("Received: nothing yet"));

  if (protocol == BE_PROTOCOL_UDP)
    /* TRANSLATORS: %s is a number, "1,234" */
    return g_strdup_printf (ngettext ("Received: %s datagram", "Received: %s datagrams", (gulong) n), count);

  /* TRANSLATORS: how many calls of recv (); %s is a number, "1,234" */
  return g_strdup_printf (ngettext ("Received: %s recv", "Received: %s recvs", (gulong) n), count);
}

/**
 * be_stream_page_dup_messages_title:
 * @n_complete: how many messages are complete
 *
 * Returns: (transfer full): what stands above what the rule makes of the bytes
 */
char *
be_stream_page_dup_messages_title (const BeFraming *framing,
                                   guint64          n_complete)
{
  g_autofree char *count = be_count_text_group (n_complete);

  if (framing->kind == BE_FRAMING_NONE)
    return g_strdup (_ ("Without a rule: one run of bytes"));

  /* TRANSLATORS: complete messages; %s is a number, "1,234" */
  return g_strdup_printf (ngettext ("By this rule: %s message", "By this rule: %s messages", (gulong) n_complete),
                          count);
}

/**
 * be_stream_page_dup_piece_caption:
 *
 * Returns: (transfer full): what stands below what one call moved
 */
char *
be_stream_page_dup_piece_caption (const BeStreamPiece *piece)
{
  g_autofree char *bytes = dup_bytes (piece->length);

  if (piece->is_cut && piece->n_lost == 0)
    /* TRANSLATORS: %s is an amount such as "10 bytes", all that is left of a
     * longer datagram */
    return g_strdup_printf (_ ("%s, the rest is lost"), bytes);

  return g_steal_pointer (&bytes);
}

/**
 * be_stream_page_dup_lost_caption:
 *
 * Returns: (transfer full): what stands below what a call threw away
 */
char *
be_stream_page_dup_lost_caption (const BeStreamPiece *piece)
{
  return g_strdup_printf (ngettext ("%'u thrown away", "%'u thrown away", piece->n_lost), piece->n_lost);
}

/**
 * be_stream_page_dup_frame_caption:
 *
 * Returns: (transfer full): what stands below a message: how long it is
 *   without its prefix or its end
 */
char *
be_stream_page_dup_frame_caption (const BeFrame *frame)
{
  guint content = (guint) (frame->length - frame->header_length - frame->trailer_length);
  guint whole = (guint) (frame->whole_length - frame->header_length);

  if (frame->is_complete || frame->is_too_long || frame->whole_length == 0)
    return dup_bytes (content);

  /* TRANSLATORS: how many bytes of a message have come, and how many it has */
  return g_strdup_printf (ngettext ("%'u of %'u byte", "%'u of %'u bytes", whole), content, whole);
}

static void
append_note (GString *notes,
             char    *note)
{
  if (notes->len > 0)
    g_string_append_c (notes, ' ');
  g_string_append (notes, note);
  g_free (note);
}

/**
 * be_stream_page_dup_notes:
 * @end: whose bytes are cut
 * @n_pieces: how many pieces the longest strip has
 * @n_shown: how many of them are shown
 *
 * Returns: (transfer full): what is not shown, and why; may be empty
 */
char *
be_stream_page_dup_notes (const BeStreamEnd *end,
                          BeProtocol         protocol,
                          guint64            n_pieces,
                          guint64            n_shown)
{
  GString         *notes = g_string_new (NULL);
  g_autofree char *shown = be_count_text_group (n_shown);
  g_autofree char *before = be_count_text_group (end->begin);
  g_autofree char *known = be_count_text_group (end->known);
  g_autofree char *left_out = be_count_text_group (end->n_left_out);

  if (n_shown < n_pieces)
    /* TRANSLATORS: %s is a number, "60" */
    append_note (notes, g_strdup_printf (_ ("Of each, the last %s are shown."), shown));

  if (end->begin > 0 && protocol != BE_PROTOCOL_UDP)
    /* TRANSLATORS: %s is a number of bytes, "1,234" */
    append_note (notes, g_strdup_printf (ngettext ("The first %s byte is not in the log any more: the rule begins after it.",
                                                   "The first %s bytes are not in the log any more: the rule begins after them.",
                                                   (gulong) end->begin),
                                         before));

  if (end->known < end->bytes->len && protocol != BE_PROTOCOL_UDP)
    /* TRANSLATORS: %s is a number of bytes, "1,234" */
    append_note (notes, g_strdup_printf (ngettext ("The log has not kept all bytes: the rule ends after %s byte.",
                                                   "The log has not kept all bytes: the rule ends after %s bytes.",
                                                   (gulong) end->known),
                                         known));

  if (end->n_pieces_left_out > 0)
    /* TRANSLATORS: %s is a number of bytes, "1,234" */
    append_note (notes, g_strdup_printf (ngettext ("Here is room for the first megabyte: %s byte that came later is left out.",
                                                   "Here is room for the first megabyte: %s bytes that came later are left out.",
                                                   (gulong) end->n_left_out),
                                         left_out));

  return g_string_free (notes, FALSE);
}
