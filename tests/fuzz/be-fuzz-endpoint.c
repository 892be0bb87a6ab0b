/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-fuzz-endpoint.h"

#include "be-fuzz.h"

/**
 * be_fuzz_assert_endpoint:
 * @endpoint: (nullable): what was made of some fields
 * @error: (nullable): why none was
 *
 * Asserts that there is one of both, that the sentence can stand before
 * people, and that the text of the endpoint is read as the same endpoint.
 */
void
be_fuzz_assert_endpoint (BeEndpoint   *endpoint,
                         const GError *error)
{
  g_autofree char *text = NULL;
  g_autoptr (BeEndpoint) again = NULL;
  BeProtocol protocol;
  BeAddress  address;
  BeAddress  address_again;

  g_assert_true ((endpoint == NULL) == (error != NULL));
  if (endpoint == NULL)
    {
      g_assert_true (error->domain == BE_ENDPOINT_ERROR);
      be_fuzz_assert_shows_all (error->message);
      return;
    }

  protocol = be_endpoint_get_protocol (endpoint);
  text = be_endpoint_to_string (endpoint);
  again = be_endpoint_new_from_text (protocol, text, NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (be_endpoint_get_host (again), ==, be_endpoint_get_host (endpoint));
  g_assert_cmpuint (be_endpoint_get_port (again), ==, be_endpoint_get_port (endpoint));

  /* The address of a path stays for ever: no fuzzer may ask for it. */
  if (protocol != BE_PROTOCOL_UNIX && be_endpoint_get_address (endpoint, &address))
    {
      g_assert_true (be_endpoint_get_address (again, &address_again));
      g_assert_true (be_address_equal (&address, &address_again));
    }
}
