/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gnetworking.h>
#include <string.h>

#include "be-address.h"

static BeAddress
address_of (const char *host,
            guint16     port)
{
  g_autoptr (GInetAddress) inet_address = g_inet_address_new_from_string (host);
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new (inet_address, port);
  BeAddress address;

  g_assert_true (be_address_set_socket_address (&address, socket_address));

  return address;
}

static BeAddress
address_of_path (const char *path)
{
  g_autoptr (GSocketAddress) socket_address = g_unix_socket_address_new (path);
  BeAddress address;

  g_assert_true (be_address_set_socket_address (&address, socket_address));

  return address;
}

static void
assert_text (const BeAddress *address,
             const char      *expected_text,
             const char      *expected_host)
{
  g_autofree char *text = be_address_to_string (address);
  g_autofree char *host = be_address_host_to_string (address);

  g_assert_cmpstr (text, ==, expected_text);
  g_assert_cmpstr (host, ==, expected_host);
}

/* To the system's structure and back, at an odd place in memory. */
static void
assert_survives_native (const BeAddress *address)
{
  g_autoptr (GSocketAddress) socket_address = be_address_to_socket_address (address);
  gsize              size = (gsize) g_socket_address_get_native_size (socket_address);
  g_autofree guint8 *native = g_malloc0 (size + 1);
  g_autoptr (GError) error = NULL;
  BeAddress back;

  g_socket_address_to_native (socket_address, native, size, &error);
  g_assert_no_error (error);
  memmove (native + 1, native, size);

  g_assert_true (be_address_set_native (&back, native + 1, size));
  g_assert_true (be_address_equal (&back, address));
  g_assert_cmpuint (be_address_hash (&back), ==, be_address_hash (address));
}

static void
test_has_one_text_everywhere (void)
{
  static const struct
  {
    const char *host;
    guint16     port;
    const char *text;
  } cases[] = {
    { "10.0.0.7", 80, "10.0.0.7:80" },
    { "0.0.0.0", 0, "0.0.0.0:0" },
    { "255.255.255.255", 65535, "255.255.255.255:65535" },
    { "::1", 80, "[::1]:80" },
    { "::", 0, "[::]:0" },
    { "2001:DB8:0:0:0:0:0:1", 8001, "[2001:db8::1]:8001" },
    { "::ffff:10.0.0.7", 8001, "[::ffff:10.0.0.7]:8001" },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BeAddress        address = address_of (cases[i].host, cases[i].port);
      g_autofree char *text = be_address_to_string (&address);

      g_assert_cmpstr (text, ==, cases[i].text);
      assert_survives_native (&address);
    }
}

static void
test_separates_host_and_port (void)
{
  BeAddress ipv4 = address_of ("127.0.0.1", 8001);
  BeAddress ipv6 = address_of ("::1", 8001);

  assert_text (&ipv4, "127.0.0.1:8001", "127.0.0.1");
  assert_text (&ipv6, "[::1]:8001", "::1");
}

static void
test_no_address_is_empty (void)
{
  BeAddress none = { BE_ADDRESS_NONE };

  assert_text (&none, "", "");
  g_assert_null (be_address_to_socket_address (&none));
  g_assert_false (be_address_is_loopback (&none));
  g_assert_false (be_address_is_any (&none));
}

static void
test_scope_without_a_name_is_a_number (void)
{
  BeAddress address = address_of ("fe80::1", 80);

  address.scope = 4294967; /* no machine has so many interfaces */

  assert_text (&address, "[fe80::1%4294967]:80", "fe80::1%4294967");
  assert_survives_native (&address);
}

static void
test_scope_with_a_name_is_the_name (void)
{
#ifdef G_OS_UNIX
  char             name[IF_NAMESIZE];
  BeAddress        address = address_of ("fe80::1", 80);
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;

  if (if_indextoname (1, name) == NULL)
    {
      g_test_skip ("no interface has the number 1");
      return;
    }

  address.scope = 1;
  text = be_address_to_string (&address);
  expected = g_strdup_printf ("[fe80::1%%%s]:80", name);
  g_assert_cmpstr (text, ==, expected);
  assert_survives_native (&address);
#else
  g_test_skip ("interfaces have no short names here");
#endif
}

static void
test_refuses_short_and_foreign_structures (void)
{
  struct sockaddr_in  ipv4 = { .sin_family = AF_INET };
  struct sockaddr_in6 ipv6 = { .sin6_family = AF_INET6 };
  BeAddress           address;
  gsize               length;

  for (length = 0; length < sizeof ipv4; length++)
    {
      /* A copy of just that length: a byte read too far is seen by the sanitizer. */
      g_autofree guint8 *copy = g_memdup2 (&ipv4, length);

      g_assert_false (be_address_set_native (&address, copy, length));
      g_assert_cmpuint (address.family, ==, BE_ADDRESS_NONE);
    }

  for (length = 0; length < sizeof ipv6; length++)
    {
      g_autofree guint8 *copy = g_memdup2 (&ipv6, length);

      g_assert_false (be_address_set_native (&address, copy, length));
      g_assert_cmpuint (address.family, ==, BE_ADDRESS_NONE);
    }

  ipv4.sin_family = 0xfe;
  g_assert_false (be_address_set_native (&address, &ipv4, sizeof ipv4));
  g_assert_cmpuint (address.family, ==, BE_ADDRESS_NONE);
}

static void
test_typed_path_is_known_again (void)
{
  BeAddress typed = address_of_path ("/tmp/你好.socket");
  BeAddress other = address_of_path ("/tmp/other.socket");

  assert_text (&typed, "/tmp/你好.socket", "/tmp/你好.socket");
  assert_survives_native (&typed);
  g_assert_false (be_address_equal (&typed, &other));
}

#ifdef G_OS_UNIX
static void
set_path (BeAddress  *address,
          const char *path,
          gsize       length)
{
  gsize              offset = offsetof (struct sockaddr_un, sun_path);
  struct sockaddr_un native = { .sun_family = AF_UNIX };
  g_autofree guint8 *copy = NULL;

  memcpy (native.sun_path, path, length);
  copy = g_memdup2 (&native, offset + length);
  g_assert_true (be_address_set_native (address, copy, offset + length));
  g_assert_cmpuint (address->family, ==, BE_ADDRESS_UNIX);
}

static void
test_strangers_path_is_not_remembered (void)
{
  static const char path[] = "/tmp/a stranger's socket";
  BeAddress         address;

  set_path (&address, path, sizeof path);
  assert_text (&address, "unnamed", "unnamed");
  g_assert_cmpuint (g_quark_try_string (path), ==, 0);

  /* Without its NUL, as the system gives it for a path that fills the field. */
  address_of_path (path);
  set_path (&address, path, strlen (path));
  assert_text (&address, path, path);
}

static void
test_path_of_no_length_is_unnamed (void)
{
  BeAddress address;

  set_path (&address, "", 0);
  assert_text (&address, "unnamed", "unnamed");
  assert_survives_native (&address);

  /* Linux: an abstract name is no path. */
  set_path (&address, "\0abstract", 9);
  assert_text (&address, "unnamed", "unnamed");
}

static void
test_path_that_is_no_text_can_be_shown (void)
{
  BeAddress        address = address_of_path ("/tmp/\xff");
  g_autofree char *text = be_address_to_string (&address);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_prefix (text, "/tmp/"));
  assert_survives_native (&address);
}
#endif

static void
test_equality_uses_what_the_family_uses (void)
{
  BeAddress a = address_of ("127.0.0.1", 80);
  BeAddress b = a;

  /* Left over from another use of the value. */
  b.scope = 7;
  memset (b.bytes + 4, 0xff, 12);
  g_assert_true (be_address_equal (&a, &b));
  g_assert_cmpuint (be_address_hash (&a), ==, be_address_hash (&b));

  b.port = 81;
  g_assert_false (be_address_equal (&a, &b));

  b = a;
  b.bytes[3] = 2;
  g_assert_false (be_address_equal (&a, &b));

  a = address_of ("fe80::1", 80);
  b = a;
  b.scope = 2;
  g_assert_false (be_address_equal (&a, &b));
}

static void
test_mapped_address_is_another_address (void)
{
  BeAddress ipv4 = address_of ("127.0.0.1", 80);
  BeAddress mapped = address_of ("::ffff:127.0.0.1", 80);

  g_assert_cmpuint (mapped.family, ==, BE_ADDRESS_IPV6);
  g_assert_false (be_address_equal (&ipv4, &mapped));
}

static void
test_hash_spreads_neighbours (void)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);
  BeAddress address = address_of ("10.0.0.1", 0);
  guint     port;

  for (port = 0; port <= G_MAXUINT16; port++)
    {
      address.port = (guint16) port;
      g_hash_table_add (hashes, GUINT_TO_POINTER (be_address_hash (&address) & 0xffff));
    }

  /* Thrown by chance, 63 % of the buckets would be hit. */
  g_assert_cmpuint (g_hash_table_size (hashes), >, G_MAXUINT16 / 2);
}

static void
test_knows_this_computer (void)
{
  static const struct
  {
    const char *host;
    gboolean    is_loopback;
    gboolean    is_any;
  } cases[] = {
    { "127.0.0.1", TRUE, FALSE },
    { "127.255.255.254", TRUE, FALSE },
    { "128.0.0.1", FALSE, FALSE },
    { "10.0.0.127", FALSE, FALSE },
    { "0.0.0.0", FALSE, TRUE },
    { "0.0.0.1", FALSE, FALSE },
    { "::1", TRUE, FALSE },
    { "::2", FALSE, FALSE },
    { "1::1", FALSE, FALSE },
    { "::", FALSE, TRUE },
    { "::ffff:127.0.0.1", TRUE, FALSE },
    { "::ffff:10.0.0.1", FALSE, FALSE },
    { "::ffff:0.0.0.0", FALSE, TRUE },
    { "fe80::1", FALSE, FALSE },
  };
  BeAddress path = address_of_path ("/tmp/both-ends.socket");
  gsize     i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BeAddress address = address_of (cases[i].host, 80);

      g_test_message ("%s", cases[i].host);
      g_assert_cmpint (be_address_is_loopback (&address), ==, cases[i].is_loopback);
      g_assert_cmpint (be_address_is_any (&address), ==, cases[i].is_any);
    }

  g_assert_true (be_address_is_loopback (&path));
  g_assert_false (be_address_is_any (&path));
}

static void
test_a_host_is_the_same_whatever_its_port (void)
{
  BeAddress a = address_of ("192.0.2.1", 80);
  BeAddress b = address_of ("192.0.2.1", 8080);
  BeAddress c = address_of ("192.0.2.2", 80);
  BeAddress none = { 0 };

  g_assert_true (be_address_is_same_host (&a, &b));
  g_assert_false (be_address_is_same_host (&a, &c));
  g_assert_false (be_address_is_same_host (&none, &none));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address/has-one-text-everywhere", test_has_one_text_everywhere);
  g_test_add_func ("/address/separates-host-and-port", test_separates_host_and_port);
  g_test_add_func ("/address/no-address-is-empty", test_no_address_is_empty);
  g_test_add_func ("/address/scope-without-a-name-is-a-number", test_scope_without_a_name_is_a_number);
  g_test_add_func ("/address/scope-with-a-name-is-the-name", test_scope_with_a_name_is_the_name);
  g_test_add_func ("/address/refuses-short-and-foreign-structures", test_refuses_short_and_foreign_structures);
  g_test_add_func ("/address/typed-path-is-known-again", test_typed_path_is_known_again);
#ifdef G_OS_UNIX
  g_test_add_func ("/address/strangers-path-is-not-remembered", test_strangers_path_is_not_remembered);
  g_test_add_func ("/address/path-of-no-length-is-unnamed", test_path_of_no_length_is_unnamed);
  g_test_add_func ("/address/path-that-is-no-text-can-be-shown", test_path_that_is_no_text_can_be_shown);
#endif
  g_test_add_func ("/address/equality-uses-what-the-family-uses", test_equality_uses_what_the_family_uses);
  g_test_add_func ("/address/mapped-address-is-another-address", test_mapped_address_is_another_address);
  g_test_add_func ("/address/hash-spreads-neighbours", test_hash_spreads_neighbours);
  g_test_add_func ("/address/knows-this-computer", test_knows_this_computer);
  g_test_add_func ("/address/a-host-is-the-same-whatever-its-port", test_a_host_is_the_same_whatever_its_port);

  return g_test_run ();
}
