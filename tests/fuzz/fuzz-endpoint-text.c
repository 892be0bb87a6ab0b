/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What people type for an address on the command line, in one piece. */

#include "be-fuzz-endpoint.h"
#include "be-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = be_fuzz_dup_text (data, size);

  for (BeProtocol protocol = BE_PROTOCOL_TCP; protocol <= BE_PROTOCOL_UNIX; protocol++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BeEndpoint) endpoint = be_endpoint_new_from_text (protocol, text, &error);

      be_fuzz_assert_endpoint (endpoint, error);
    }

  return 0;
}
