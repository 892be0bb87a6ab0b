/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What people type into the fields of an address, one on each line: host,
 * port, local host and local port. */

#include "be-fuzz-endpoint.h"
#include "be-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = be_fuzz_dup_text (data, size);
  g_auto (GStrv) fields = g_strsplit (text, "\n", 4);

  for (BeProtocol protocol = BE_PROTOCOL_TCP; *text != '\0' && protocol <= BE_PROTOCOL_UNIX; protocol++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) local_error = NULL;
      g_autoptr (BeEndpoint) endpoint = be_endpoint_new (protocol, fields[0], fields[1], &error);
      g_autoptr (BeEndpoint) local = NULL;

      be_fuzz_assert_endpoint (endpoint, error);
      if (endpoint == NULL || g_strv_length (fields) < 3)
        continue;

      local = be_endpoint_with_local (endpoint, fields[2], fields[3], &local_error);
      be_fuzz_assert_endpoint (local, local_error);
    }

  return 0;
}
