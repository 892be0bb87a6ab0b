/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-reply-rule.h"

#include "be-hot.h"

/* A loop of a known length becomes a few vector instructions already at -O2;
 * one of unknown length only at -O3. */
#define BLOCK_BYTES 64

static const char *const names[] = {
  [BE_REPLY_UPPER] = "upper",
  [BE_REPLY_ECHO] = "echo",
  [BE_REPLY_NONE] = "none",
};

static inline void
raise_bytes (guint8 *bytes,
             gsize   length)
{
  gsize i;

  for (i = 0; i < length; i++)
    bytes[i] ^= (guint8) (((guint8) (bytes[i] - 'a') < 26) << 5);
}

static inline void
raise_blocks (guint8 *bytes,
              gsize   length)
{
  for (; length >= BLOCK_BYTES; bytes += BLOCK_BYTES, length -= BLOCK_BYTES)
    raise_bytes (bytes, BLOCK_BYTES);

  raise_bytes (bytes, length);
}

/* The same with vectors twice as wide, which only some processors have. */
#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_WIDE_VECTORS 1

BE_HOT __attribute__ ((target ("avx2"))) static void
raise_wide_blocks (guint8 *bytes,
                   gsize   length)
{
  raise_blocks (bytes, length);
}
#endif

static void
raise_letters (guint8 *bytes,
               gsize   length)
{
#ifdef HAS_WIDE_VECTORS
  if (length >= BLOCK_BYTES && __builtin_cpu_supports ("avx2"))
    {
      raise_wide_blocks (bytes, length);
      return;
    }
#endif

  raise_blocks (bytes, length);
}

static inline gboolean
has_letter (const guint8 *bytes,
            gsize         length)
{
  guint8 found = 0;

  for (gsize i = 0; i < length; i++)
    found |= (guint8) ((guint8) (bytes[i] - 'a') < 26);

  return found != 0;
}

static gboolean
has_letter_to_raise (const guint8 *bytes,
                     gsize         length)
{
  for (; length >= BLOCK_BYTES; bytes += BLOCK_BYTES, length -= BLOCK_BYTES)
    if (has_letter (bytes, BLOCK_BYTES))
      return TRUE;

  return has_letter (bytes, length);
}

/**
 * be_reply_rule_get_name:
 *
 * Returns: the name of the rule in settings and on the command line.
 */
const char *
be_reply_rule_get_name (BeReplyRule rule)
{
  g_return_val_if_fail ((guint) rule < G_N_ELEMENTS (names), "");

  return names[rule];
}

/**
 * be_reply_rule_from_name:
 * @rule: (out): left alone when there is no such rule
 *
 * Returns: whether @name names a rule.
 */
gboolean
be_reply_rule_from_name (const char  *name,
                         BeReplyRule *rule)
{
  guint i;

  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (rule != NULL, FALSE);

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i], name))
        {
          *rule = (BeReplyRule) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * be_reply_rule_changes:
 *
 * Returns: whether the answer to these bytes is anything but these.
 */
BE_HOT gboolean
be_reply_rule_changes (BeReplyRule   rule,
                       const guint8 *bytes,
                       gsize         length)
{
  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  if (rule == BE_REPLY_UPPER)
    return has_letter_to_raise (bytes, length);

  return rule != BE_REPLY_ECHO;
}

/**
 * be_reply_rule_apply:
 *
 * Turns what arrived into the answer, in place. Each byte is answered by
 * itself, so the answer does not depend on where a read cut the stream, and
 * only ASCII letters change: every byte of a longer UTF-8 character is above
 * them (RFC 3629, section 3).
 *
 * Returns: how many of @bytes are the answer: @length, or 0 when the rule
 *   does not answer.
 */
BE_HOT gsize
be_reply_rule_apply (BeReplyRule rule,
                     guint8     *bytes,
                     gsize       length)
{
  g_return_val_if_fail (bytes != NULL || length == 0, 0);

  switch (rule)
    {
    case BE_REPLY_UPPER:
      raise_letters (bytes, length);
      return length;

    case BE_REPLY_ECHO:
      return length;

    case BE_REPLY_NONE:
      return 0;

    default:
      g_return_val_if_reached (0);
    }
}
