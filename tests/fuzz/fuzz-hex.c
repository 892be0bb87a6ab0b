/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What people type in hexadecimal, and bytes written so. */

#include "be-fuzz.h"
#include "be-payload-text.h"

#include <string.h>

static void
check_round_trip (const guint8 *bytes,
                  gsize         length)
{
  g_autofree char *hex = be_payload_text_to_hex (bytes, length);
  g_autoptr (GBytes) again = be_payload_text_parse_hex (hex, NULL);

  g_assert_cmpuint (strspn (hex, "0123456789abcdef "), ==, strlen (hex));
  g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), bytes, length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = be_fuzz_dup_text (data, size);
  g_autoptr (GBytes) bytes = be_payload_text_parse_hex (text, &error);

  g_assert_true ((bytes == NULL) == (error != NULL));
  if (bytes != NULL)
    check_round_trip (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  else
    be_fuzz_assert_shows_all (error->message);

  check_round_trip (data, size);

  return 0;
}
