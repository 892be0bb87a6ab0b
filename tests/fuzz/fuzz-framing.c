/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules that cut bytes into messages: the first bytes are the rule, the others
 * what has come. */

#include "be-framing.h"
#include "be-fuzz.h"

#include <string.h>

#define RULE_BYTES 4u

/* Each byte is in one message, in order, and only the last may be incomplete. */
static void
check (const BeFraming *framing,
       const guint8    *bytes,
       gsize            length)
{
  BeFrame frame;
  gsize   offset = 0;
  gsize   covered = 0;

  while (be_framing_next (framing, bytes, length, &offset, &frame))
    {
      g_autofree char *rest = be_framing_describe_rest (framing, &frame);

      g_assert_cmpuint (frame.offset, ==, covered);
      g_assert_cmpuint (frame.length, >, 0);
      g_assert_cmpuint (frame.header_length + frame.trailer_length, <=, frame.length);
      covered += frame.length;
      g_assert_cmpuint (offset, ==, covered);
      g_assert_true (frame.is_complete ? rest == NULL : covered == length);
      if (frame.is_complete)
        g_assert_cmpuint (frame.whole_length, ==, frame.length);
      if (rest != NULL)
        be_fuzz_assert_shows_all (rest);
    }

  g_assert_cmpuint (covered, ==, length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  BeFraming framing = { 0 };

  if (size < RULE_BYTES)
    return 0;

  framing.kind = (BeFramingKind) (data[0] % BE_N_FRAMINGS);
  framing.fixed_length = 1 + data[1];
  framing.delimiter_length = 1 + data[1] % 2;
  memcpy (framing.delimiter, data + 2, framing.delimiter_length);
  check (&framing, data + RULE_BYTES, size - RULE_BYTES);

  return 0;
}
