/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A filter's text, NUL, a record: the simplest search says what ours says. */
#include "be-fuzz.h"
#include "be-text-matcher.h"
#include <string.h>

static gboolean
contains (const char *needle,
          const void *bytes,
          gsize       length)
{
  for (gsize i = 0; i + strlen (needle) <= length; i++)
    if (g_ascii_strncasecmp ((const char *) bytes + i, needle, strlen (needle)) == 0)
      return TRUE;
  return FALSE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char          *needle = be_fuzz_dup_text (data, size);
  gsize                     taken = MIN (strlen (needle) + 1, size);
  g_autofree BeEventRecord *record = be_fuzz_dup_record (data + taken, size - taken);
  g_autofree char          *call = g_strconcat (be_call_get_name (record->call), "()", NULL);
  g_autofree char          *peer = be_address_to_string (&record->peer);
  g_autoptr (BeTextMatcher) matcher = *needle != '\0' ? be_text_matcher_new (needle) : NULL;
  const guint8 *payload = be_event_record_payload (record);

  if (matcher == NULL)
    return 0;
  g_assert_cmpint (be_text_matcher_matches_payload (matcher, payload, record->kept_length),
                   ==, contains (needle, payload, record->kept_length));
  g_assert_cmpint (be_text_matcher_matches_call (matcher, record->call), ==, contains (needle, call, strlen (call)));
  for (guint i = 0; i < 2; i++) /* the second time it knows the address */
    g_assert_cmpint (be_text_matcher_matches_address (matcher, &record->peer), ==, contains (needle, peer, strlen (peer)));
  return 0;
}
