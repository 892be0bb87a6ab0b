/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-reply-loop.h"

#include "be-hot.h"

#include <string.h>

#define ALL_MARKS ((1u << BE_REPLY_LOOP_MARKS) - 1)

/* An odd number whose bits look random: 2^64 divided by the golden ratio. */
#define MULTIPLIER G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
mix (guint64 state,
     guint64 word)
{
  state = (state ^ word) * MULTIPLIER;

  return state ^ (state >> 32);
}

/* Each byte counts, and where it stands. Whoever looks for two datagrams with
 * one fingerprint wins nothing: one of their own answers is left out. */
static guint64
take_fingerprint (const guint8 *bytes,
                  gsize         length)
{
  guint64 state = mix (0, length);
  guint64 word = 0;

  for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      state = mix (state, word);
    }

  word = 0;
  if (length > 0)
    memcpy (&word, bytes, length);

  return mix (state, word);
}

/* The same of the first bytes, the last ones and some between: of those who
 * number their datagrams it mostly tells that nothing comes again. */
static guint64
take_sample (const guint8 *bytes,
             gsize         length)
{
  guint64 words[3];

  if (length < sizeof words)
    return take_fingerprint (bytes, length);

  memcpy (&words[0], bytes, sizeof words[0]);
  memcpy (&words[1], bytes + length / 2, sizeof words[1]);
  memcpy (&words[2], bytes + length - sizeof words[2], sizeof words[2]);

  return mix (mix (mix (mix (0, length), words[0]), words[1]), words[2]);
}

/* Returns whether each of the marks has come again by now. */
static gboolean
compare_with_marks (BeReplyLoop  *self,
                    const guint8 *bytes,
                    gsize         length)
{
  guint64  sample = take_sample (bytes, length);
  gboolean is_like = FALSE;
  guint64  fingerprint;

  for (guint i = 0; i < BE_REPLY_LOOP_MARKS; i++)
    is_like |= self->samples[i] == sample;
  if (!is_like)
    return FALSE;

  fingerprint = take_fingerprint (bytes, length);
  for (guint i = 0; i < BE_REPLY_LOOP_MARKS; i++)
    if (self->marks[i] == fingerprint)
      self->marks_seen |= 1u << i;

  return self->marks_seen == ALL_MARKS;
}

/**
 * be_reply_loop_is_closed:
 * @bytes: a datagram of this peer, before the rule
 *
 * Learns of one more datagram. Most cost little: a letter that the rule raises
 * ends the row, and until the row is long it is only counted.
 *
 * Returns: whether this datagram shall stay without an answer; then a new row
 *   begins
 */
BE_HOT gboolean
be_reply_loop_is_closed (BeReplyLoop  *self,
                         BeReplyRule   rule,
                         const guint8 *bytes,
                         gsize         length)
{
  guint32 position = self->n_unchanged++;
  guint32 mark = position - BE_REPLY_LOOP_LENGTH;

  if (be_reply_rule_changes (rule, bytes, length))
    {
      self->n_unchanged = 0;
      return FALSE;
    }

  if (position < BE_REPLY_LOOP_LENGTH)
    return FALSE;

  if (mark < BE_REPLY_LOOP_MARKS)
    {
      self->samples[mark] = take_sample (bytes, length);
      self->marks[mark] = take_fingerprint (bytes, length);
      self->marks_seen = 0;
      return FALSE;
    }

  if (compare_with_marks (self, bytes, length))
    {
      self->n_unchanged = 0;
      return TRUE;
    }

  if (mark >= BE_REPLY_LOOP_LENGTH)
    self->n_unchanged = 0;

  return FALSE;
}
