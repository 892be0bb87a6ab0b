/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Records of any bytes, in the words that people and screen readers get. */

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-fuzz.h"

#include <string.h>

static void
check (char *(*get_text) (const BeEventRecord *record),
       const BeEventRecord *record)
{
  g_autofree char *text = get_text (record);

  if (text != NULL)
    be_fuzz_assert_shows_all (text);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree BeEventRecord *record = be_fuzz_dup_record (data, size);
  g_autofree char          *sentence = be_event_text_sentence (record);
  g_autofree char          *time = be_event_text_time (record, 0);
  g_autofree char          *exact_time = be_event_text_exact_time (record, 0);

  be_fuzz_assert_shows_all (sentence);
  g_assert_null (strchr (sentence, '\n'));
  g_assert_cmpuint (strlen (exact_time), ==, strlen (time) + 3);
  check (be_event_text_call, record);
  check (be_event_text_detail, record);
  check (be_explanation_get_title, record);
  check (be_explanation_get_reason, record);
  check (be_explanation_get_remedy, record);
  return 0;
}
