/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-framing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gsize
get_prefix_length (const BeFraming *self)
{
  switch (self->kind)
    {
    case BE_FRAMING_PREFIX_1:
      return 1;
    case BE_FRAMING_PREFIX_2:
      return 2;
    case BE_FRAMING_PREFIX_4:
      return 4;
    case BE_FRAMING_NONE:
    case BE_FRAMING_LINE:
    case BE_FRAMING_FIXED:
    case BE_FRAMING_DELIMITER:
    default:
      return 0;
    }
}

/* Returns where the delimiter begins, or NULL. A delimiter that begins again
 * and again and never ends is looked at as often as it is long, at most. */
static const guint8 *
find_delimiter (const guint8 *bytes,
                gsize         length,
                const guint8 *delimiter,
                gsize         delimiter_length)
{
  const guint8 *at = bytes;
  const guint8 *end = bytes + length;

  while ((gsize) (end - at) >= delimiter_length)
    {
      at = memchr (at, delimiter[0], (gsize) (end - at) - delimiter_length + 1);
      if (at == NULL || memcmp (at, delimiter, delimiter_length) == 0)
        return at;
      at++;
    }

  return NULL;
}

static void
cut_delimited (BeFrame      *frame,
               const guint8 *bytes,
               gsize         length,
               const guint8 *delimiter,
               gsize         delimiter_length)
{
  const guint8 *found = find_delimiter (bytes, length, delimiter, delimiter_length);

  frame->is_complete = found != NULL;
  if (found == NULL)
    return;

  frame->length = (gsize) (found - bytes) + delimiter_length;
  frame->trailer_length = delimiter_length;
  frame->whole_length = frame->length;
}

/* RFC 5234 and most protocols end lines with CR LF, programs with LF alone. */
static void
cut_line (BeFrame      *frame,
          const guint8 *bytes,
          gsize         length)
{
  cut_delimited (frame, bytes, length, (const guint8 *) "\n", 1);
  if (frame->is_complete && frame->length >= 2 && bytes[frame->length - 2] == '\r')
    frame->trailer_length = 2;
}

static void
cut_whole (BeFrame *frame,
           guint64  whole_length,
           gsize    length)
{
  frame->whole_length = whole_length;
  frame->is_complete = length >= whole_length;
  if (frame->is_complete)
    frame->length = (gsize) whole_length;
}

static void
cut_prefixed (BeFrame      *frame,
              const guint8 *bytes,
              gsize         length,
              gsize         prefix_length)
{
  guint64 promised = 0;

  frame->header_length = MIN (prefix_length, length);
  if (length < prefix_length)
    return;

  for (gsize i = 0; i < prefix_length; i++)
    promised = promised << 8 | bytes[i];

  if (promised > BE_FRAMING_MAX_MESSAGE)
    {
      frame->is_too_long = TRUE;
      frame->whole_length = promised + prefix_length;
      return;
    }

  cut_whole (frame, promised + prefix_length, length);
}

/**
 * be_framing_is_valid:
 *
 * Returns: whether the rule can cut anything: a length of zero or an empty
 *   delimiter would never end
 */
gboolean
be_framing_is_valid (const BeFraming *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->kind == BE_FRAMING_FIXED)
    return self->fixed_length > 0;

  if (self->kind == BE_FRAMING_DELIMITER)
    return self->delimiter_length > 0 && self->delimiter_length <= BE_FRAMING_MAX_DELIMITER;

  return (guint) self->kind < BE_N_FRAMINGS;
}

/**
 * be_framing_next:
 * @self: a rule that is valid
 * @bytes: (array length=length): what has come, from its first byte
 * @offset: (inout): begins at 0; where the next message begins
 * @frame: (out): the message that begins there
 *
 * Cuts off one message. All messages together take one look at each byte, but
 * for a delimiter, whose bytes may be compared up to its length.
 *
 * Returns: FALSE when there is nothing left
 */
gboolean
be_framing_next (const BeFraming *self,
                 const guint8    *bytes,
                 gsize            length,
                 gsize           *offset,
                 BeFrame         *frame)
{
  const guint8 *begin;
  gsize         rest;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (be_framing_is_valid (self), FALSE);
  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);
  g_return_val_if_fail (offset != NULL && *offset <= length, FALSE);
  g_return_val_if_fail (frame != NULL, FALSE);

  if (*offset == length)
    return FALSE;

  begin = bytes + *offset;
  rest = length - *offset;
  *frame = (BeFrame){ .offset = *offset, .length = rest };

  if (self->kind == BE_FRAMING_NONE)
    cut_whole (frame, rest, rest);
  else if (self->kind == BE_FRAMING_LINE)
    cut_line (frame, begin, rest);
  else if (self->kind == BE_FRAMING_FIXED)
    cut_whole (frame, self->fixed_length, rest);
  else if (self->kind == BE_FRAMING_DELIMITER)
    cut_delimited (frame, begin, rest, self->delimiter, self->delimiter_length);
  else
    cut_prefixed (frame, begin, rest, get_prefix_length (self));

  *offset += frame->length;

  return TRUE;
}

/**
 * be_framing_describe_rest:
 * @frame: of be_framing_next()
 *
 * Returns: (transfer full) (nullable): one sentence, why a message is not
 *   complete; NULL for one that is
 */
char *
be_framing_describe_rest (const BeFraming *self,
                          const BeFrame   *frame)
{
  guint length;
  guint whole;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (frame != NULL, NULL);

  if (frame->is_complete)
    return NULL;

  /* A prefix that has come is not counted, and a part of one is all there is. */
  length = (guint) (frame->whole_length > 0 ? frame->length - frame->header_length : frame->length);
  whole = (guint) (frame->whole_length - MIN (frame->whole_length, frame->header_length));
  if (frame->is_too_long)
    return g_strdup_printf (_ ("A prefix promises %'u bytes: these are probably not length prefixes."), whole);

  if (frame->whole_length > 0)
    return g_strdup_printf (ngettext ("The last message is incomplete: %'u of %'u byte has come.",
                                      "The last message is incomplete: %'u of %'u bytes have come.", whole),
                            length, whole);

  if (self->kind == BE_FRAMING_LINE)
    return g_strdup_printf (ngettext ("The last line is incomplete: %'u byte has come, and no line end.",
                                      "The last line is incomplete: %'u bytes have come, and no line end.", length),
                            length);

  if (self->kind == BE_FRAMING_DELIMITER)
    return g_strdup_printf (ngettext ("The last message is incomplete: %'u byte has come, and no delimiter.",
                                      "The last message is incomplete: %'u bytes have come, and no delimiter.",
                                      length),
                            length);

  return g_strdup_printf (ngettext ("The last prefix is incomplete: %'u byte of it has come.",
                                    "The last prefix is incomplete: %'u bytes of it have come.", length),
                          length);
}
