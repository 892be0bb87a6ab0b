/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Records of any bytes as lines of JSON: each is valid, and gives the payload
 * back. */

#include "be-event-json.h"
#include "be-fuzz.h"

#include <json-glib/json-glib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree BeEventRecord *record = be_fuzz_dup_record (data, size);
  g_autofree char          *line = be_event_json_from_record (record, 0);
  g_autoptr (JsonNode) root = json_from_string (line, NULL);
  const guint8      *payload = be_event_record_payload (record);
  gsize              length;
  g_autofree guchar *decoded = NULL;
  JsonObject        *object;
  const char        *text;

  be_fuzz_assert_shows_all (line);
  g_assert_null (strchr (line, '\n'));
  g_assert_nonnull (root);

  object = json_node_get_object (root);
  decoded = g_base64_decode (json_object_get_string_member (object, "payload"), &length);
  g_assert_cmpmem (decoded, length, payload, record->kept_length);
  text = json_object_get_string_member_with_default (object, "text", NULL);
  g_assert_true (text == NULL || record->kept_length >= record->payload_length);
  if (text != NULL)
    g_assert_cmpmem (text, strlen (text), payload, record->kept_length);

  return 0;
}
