/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What moved, as people see it: the first byte says how long the text may get. */

#include "be-fuzz.h"
#include "be-payload-text.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gsize              max = size > 0 ? data[0] : 0;
  const guint8      *bytes = size > 0 ? data + 1 : data;
  gsize              length = size > 0 ? size - 1 : 0;
  g_autofree char   *whole = be_payload_text_to_display (bytes, length, 0);
  g_autofree char   *text = be_payload_text_to_display (bytes, length, max);
  g_autofree guint8 *half = g_memdup2 (bytes, length / 2);
  g_autofree char   *half_text = be_payload_text_to_display (half, length / 2, 0);
  g_autofree char   *same_text = be_payload_text_to_display (bytes, length / 2, 0);

  be_fuzz_assert_shows_all (whole);
  be_fuzz_assert_shows_all (text);
  g_assert_true ((length == 0) == (*whole == '\0'));
  g_assert_cmpstr (half_text, ==, same_text); /* whatever is behind it */
  if (max == 0 || (gsize) g_utf8_strlen (whole, -1) <= max)
    {
      g_assert_cmpstr (text, ==, whole);
      return 0;
    }

  g_assert_cmpuint ((gsize) g_utf8_strlen (text, -1), <=, max);
  g_assert_true (g_str_has_suffix (text, "…"));
  g_assert_cmpint (strncmp (text, whole, strlen (text) - strlen ("…")), ==, 0);
  return 0;
}
