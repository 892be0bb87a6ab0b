/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a client called a listener of ours. */

#include "be-listening.h"
#include "be-test-batch.h"
#include "be-test.h"

#define PORT 8001

static gboolean
is_called (const char *listener,
           const char *local,
           const char *peer,
           guint16     peer_port)
{
  BeAddress at = be_test_address (listener, PORT);
  BeAddress from = be_test_address (local, 50001);
  BeAddress to = be_test_address (peer, peer_port);

  return be_listening_is_called (&at, &from, &to);
}

static void
test_is_called_where_it_listens (void)
{
  g_assert_true (is_called ("127.0.0.1", "127.0.0.1", "127.0.0.1", PORT));
  g_assert_true (is_called ("192.0.2.2", "192.0.2.9", "192.0.2.2", PORT));
  g_assert_false (is_called ("127.0.0.1", "127.0.0.1", "127.0.0.1", PORT + 1));
  g_assert_false (is_called ("127.0.0.1", "192.0.2.2", "192.0.2.2", PORT));
}

/* A computer that calls itself by an address of its own has it on both ends. */
static void
test_is_called_by_every_address_of_this_computer (void)
{
  g_assert_true (is_called ("0.0.0.0", "127.0.0.1", "127.0.0.1", PORT));
  g_assert_true (is_called ("0.0.0.0", "192.0.2.2", "192.0.2.2", PORT));
  g_assert_true (is_called ("::", "192.0.2.2", "192.0.2.2", PORT));
  g_assert_true (is_called ("::", "2001:db8::2", "2001:db8::2", PORT));
  g_assert_false (is_called ("0.0.0.0", "192.0.2.2", "192.0.2.2", PORT + 1));
}

static void
test_is_not_called_when_another_computer_is (void)
{
  g_assert_false (is_called ("0.0.0.0", "192.0.2.2", "192.0.2.9", PORT));
  g_assert_false (is_called ("::", "2001:db8::2", "2001:db8::9", PORT));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/listening/is-called-where-it-listens", test_is_called_where_it_listens);
  g_test_add_func ("/listening/is-called-by-every-address-of-this-computer", test_is_called_by_every_address_of_this_computer);
  g_test_add_func ("/listening/is-not-called-when-another-computer-is", test_is_not_called_when_another_computer_is);

  return g_test_run ();
}
