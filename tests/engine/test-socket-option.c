/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-option.h"

static const BeSocketTraits fresh_tcp = { .family = BE_ADDRESS_IPV4, .is_stream = TRUE };
static const BeSocketTraits tcp = { .family = BE_ADDRESS_IPV4, .is_stream = TRUE, .is_bound = TRUE };
static const BeSocketTraits tcp6 = { .family = BE_ADDRESS_IPV6, .is_stream = TRUE, .is_bound = TRUE };
static const BeSocketTraits fresh_tcp6 = { .family = BE_ADDRESS_IPV6, .is_stream = TRUE };
static const BeSocketTraits udp = { .family = BE_ADDRESS_IPV4, .is_bound = TRUE };
static const BeSocketTraits udp6 = { .family = BE_ADDRESS_IPV6, .is_bound = TRUE };
static const BeSocketTraits path = { .family = BE_ADDRESS_UNIX, .is_stream = TRUE };

static void
assert_check (BeSocketOption        option,
              const BeSocketTraits *traits,
              BeOptionRefusal       expected)
{
  g_assert_cmpint (be_socket_option_check (option, traits), ==, expected);
}

static void
test_what_counts_at_bind_is_refused_after_it (void)
{
  assert_check (BE_SOCKET_OPTION_REUSE_ADDRESS, &fresh_tcp, BE_OPTION_ALLOWED);
  assert_check (BE_SOCKET_OPTION_REUSE_ADDRESS, &tcp, BE_OPTION_BOUND_ALREADY);
  assert_check (BE_SOCKET_OPTION_REUSE_ADDRESS, &udp, BE_OPTION_BOUND_ALREADY);
  assert_check (BE_SOCKET_OPTION_REUSE_ADDRESS, &path, BE_OPTION_NOT_IP);
  assert_check (BE_SOCKET_OPTION_IPV6_ONLY, &fresh_tcp6, BE_OPTION_ALLOWED);
  assert_check (BE_SOCKET_OPTION_IPV6_ONLY, &tcp6, BE_OPTION_BOUND_ALREADY);
  assert_check (BE_SOCKET_OPTION_IPV6_ONLY, &tcp, BE_OPTION_NOT_IPV6);
}

static void
test_each_protocol_has_its_options (void)
{
  static const BeSocketOption of_tcp[] = { BE_SOCKET_OPTION_KEEP_ALIVE, BE_SOCKET_OPTION_LINGER, BE_SOCKET_OPTION_NO_DELAY };

  for (guint i = 0; i < G_N_ELEMENTS (of_tcp); i++)
    {
      assert_check (of_tcp[i], &tcp, BE_OPTION_ALLOWED);
      assert_check (of_tcp[i], &tcp6, BE_OPTION_ALLOWED);
      assert_check (of_tcp[i], &udp, BE_OPTION_NOT_TCP);
      assert_check (of_tcp[i], &path, BE_OPTION_NOT_TCP);
    }

  assert_check (BE_SOCKET_OPTION_BROADCAST, &udp, BE_OPTION_ALLOWED);
  assert_check (BE_SOCKET_OPTION_BROADCAST, &udp6, BE_OPTION_NO_BROADCAST);
  assert_check (BE_SOCKET_OPTION_BROADCAST, &tcp, BE_OPTION_NOT_UDP);
  assert_check (BE_SOCKET_OPTION_BROADCAST, &path, BE_OPTION_NOT_UDP);
  assert_check (BE_SOCKET_OPTION_TTL, &udp6, BE_OPTION_ALLOWED);
  assert_check (BE_SOCKET_OPTION_TTL, &path, BE_OPTION_NOT_IP);
  assert_check (BE_SOCKET_OPTION_SEND_BUFFER, &path, BE_OPTION_ALLOWED);
}

static void
test_values_have_bounds (void)
{
  g_assert_cmpint (be_socket_option_check_value (BE_SOCKET_OPTION_TTL, &tcp, 255), ==, BE_OPTION_ALLOWED);
  g_assert_cmpint (be_socket_option_check_value (BE_SOCKET_OPTION_TTL, &tcp, 256), ==, BE_OPTION_OUT_OF_RANGE);
  g_assert_cmpint (be_socket_option_check_value (BE_SOCKET_OPTION_TTL, &tcp, 0), ==, BE_OPTION_OUT_OF_RANGE);
  g_assert_cmpint (be_socket_option_check_value (BE_SOCKET_OPTION_RECEIVE_BUFFER, &tcp, 0), ==, BE_OPTION_OUT_OF_RANGE);
  g_assert_cmpint (be_socket_option_check_value (BE_SOCKET_OPTION_KEEP_ALIVE, &tcp, 2), ==, BE_OPTION_OUT_OF_RANGE);
  g_assert_cmpint (be_socket_option_check_value (BE_SOCKET_OPTION_KEEP_ALIVE, &udp, 2), ==, BE_OPTION_NOT_TCP);
}

static void
test_a_close_that_would_wait_is_refused (void)
{
  g_assert_cmpint (be_socket_option_check_value (BE_SOCKET_OPTION_LINGER, &tcp, BE_SOCKET_LINGER_OFF), ==, BE_OPTION_ALLOWED);
  g_assert_cmpint (be_socket_option_check_value (BE_SOCKET_OPTION_LINGER, &tcp, 0), ==, BE_OPTION_ALLOWED);
  g_assert_cmpint (be_socket_option_check_value (BE_SOCKET_OPTION_LINGER, &tcp, 1), ==, BE_OPTION_WOULD_WAIT);
}

static void
test_the_hop_limit_goes_by_the_name_of_its_family (void)
{
  BeAddress      local = { .family = BE_ADDRESS_IPV6, .port = 8001, .bytes = { [10] = 0xff, 0xff, 127, 0, 0, 1 } };
  BeSocketTraits mapped = be_socket_traits (&local, TRUE);

  g_assert_true (mapped.is_mapped);
  g_assert_cmpstr (be_socket_option_get_name (BE_SOCKET_OPTION_TTL, &tcp), ==, "IP_TTL");
  g_assert_cmpstr (be_socket_option_get_name (BE_SOCKET_OPTION_TTL, &tcp6), ==, "IPV6_UNICAST_HOPS");
  g_assert_cmpstr (be_socket_option_get_name (BE_SOCKET_OPTION_TTL, &mapped), ==, "IP_TTL");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/socket-option/what-counts-at-bind-is-refused-after-it", test_what_counts_at_bind_is_refused_after_it);
  g_test_add_func ("/socket-option/each-protocol-has-its-options", test_each_protocol_has_its_options);
  g_test_add_func ("/socket-option/values-have-bounds", test_values_have_bounds);
  g_test_add_func ("/socket-option/a-close-that-would-wait-is-refused", test_a_close_that_would_wait_is_refused);
  g_test_add_func ("/socket-option/the-hop-limit-goes-by-the-name-of-its-family", test_the_hop_limit_goes_by_the_name_of_its_family);

  return g_test_run ();
}
