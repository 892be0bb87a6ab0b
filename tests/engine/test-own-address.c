/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-own-address.h"
#include "be-test-peer.h"

static BeAddress
make_address (const char *host)
{
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new_from_string (host, 9000);
  BeAddress address;

  g_assert_true (be_address_set_socket_address (&address, socket_address));

  return address;
}

static void
test_knows_the_loopback (void)
{
  const char *const hosts[] = { "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      BeAddress address = make_address (hosts[i]);

      g_assert_true (be_own_address_is (&address));
    }
}

/* For documentation (RFC 5737, RFC 3849), and no computer at all. */
static void
test_knows_what_others_have (void)
{
  const char *const hosts[] = { "198.51.100.1", "203.0.113.1", "2001:db8::1", "0.0.0.0", "::", "255.255.255.255" };
  BeAddress         none = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      BeAddress address = make_address (hosts[i]);

      g_assert_false (be_own_address_is (&address));
    }
  g_assert_false (be_own_address_is (&none));
}

static void
test_knows_the_address_in_the_network (void)
{
  BeAddress address;
  BeAddress mapped = { .family = BE_ADDRESS_IPV6, .bytes = { [10] = 0xff, [11] = 0xff } };

  if (!be_test_peer_find_own_address (&address))
    {
      g_test_skip ("this computer is in no network");
      return;
    }

  g_assert_true (be_own_address_is (&address));
  address.port = 1;
  g_assert_true (be_own_address_is (&address));

  for (guint i = 0; i < 4; i++)
    mapped.bytes[12 + i] = address.bytes[i];
  g_assert_true (be_own_address_is (&mapped));

  address.bytes[0] ^= 0x40;
  g_assert_false (be_own_address_is (&address));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/own-address/knows-the-loopback", test_knows_the_loopback);
  g_test_add_func ("/own-address/knows-what-others-have", test_knows_what_others_have);
  g_test_add_func ("/own-address/knows-the-address-in-the-network", test_knows_the_address_in_the_network);

  return g_test_run ();
}
