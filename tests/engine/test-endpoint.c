/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "be-endpoint.h"

#define UNIX_PATH_TOO_LONG_BYTES 108
#define RANDOM_TEXTS 20000

/* Messages of tests must be text. */
static void
say (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%s", escaped);
}

static void
assert_sentence (const GError *error)
{
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_cmpuint (strlen (error->message), <, 300);
}

/* Both fields given: the host and the port that come of it, or the code of
 * the field that is wrong. */
static void
assert_refused (BeProtocol  protocol,
                const char *host,
                const char *port,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) endpoint = be_endpoint_new (protocol, host, port, &error);

  g_assert_null (endpoint);
  g_assert_error (error, BE_ENDPOINT_ERROR, code);
  assert_sentence (error);
}

static BeEndpoint *
endpoint_from (BeProtocol  protocol,
               const char *text)
{
  g_autoptr (GError) error = NULL;
  BeEndpoint *endpoint = be_endpoint_new_from_text (protocol, text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (endpoint);

  return endpoint;
}

static void
assert_address (BeEndpoint *endpoint,
                const char *expected)
{
  g_autofree char *text = NULL;
  BeAddress        address;

  g_assert_true (be_endpoint_get_address (endpoint, &address));
  text = be_address_to_string (&address);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_takes_names_and_addresses (void)
{
  static const struct
  {
    const char *host;
    const char *port;
    const char *kept_host;
    guint16     kept_port;
    const char *address; /* NULL: a name */
  } cases[] = {
    { "127.0.0.1", "8001", "127.0.0.1", 8001, "127.0.0.1:8001" },
    { "  127.0.0.1\t", " 8001\n", "127.0.0.1", 8001, "127.0.0.1:8001" },
    { "\u3000127.0.0.1\u3000", "\u00a08001", "127.0.0.1", 8001, "127.0.0.1:8001" },
    { "0.0.0.0", "0", "0.0.0.0", 0, "0.0.0.0:0" },
    { "::1", "65535", "::1", 65535, "[::1]:65535" },
    { "[::1]", "080", "::1", 80, "[::1]:80" },
    { "2001:DB8::1", "80", "2001:DB8::1", 80, "[2001:db8::1]:80" },
    { "::ffff:127.0.0.1", "80", "::ffff:127.0.0.1", 80, "[::ffff:127.0.0.1]:80" },
    { "fe80::1%4294967", "80", "fe80::1%4294967", 80, "[fe80::1%4294967]:80" },
    { "[fe80::1%4294967]", "80", "fe80::1%4294967", 80, "[fe80::1%4294967]:80" },
    { "１２７。０．０．１", "80", "127.0.0.1", 80, "127.0.0.1:80" },
    { "localhost", "80", "localhost", 80, NULL },
    { "Example.ORG.", "80", "Example.ORG.", 80, NULL },
    { "my_printer-2", "80", "my_printer-2", 80, NULL },
    { "例え.jp", "80", "例え.jp", 80, NULL },
    { "3com", "80", "3com", 80, NULL },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BeEndpoint) endpoint = NULL;
      BeAddress address;

      say (cases[i].host);
      endpoint = be_endpoint_new (BE_PROTOCOL_TCP, cases[i].host, cases[i].port, &error);
      g_assert_no_error (error);
      g_assert_cmpint (be_endpoint_get_protocol (endpoint), ==, BE_PROTOCOL_TCP);
      g_assert_cmpstr (be_endpoint_get_host (endpoint), ==, cases[i].kept_host);
      g_assert_cmpuint (be_endpoint_get_port (endpoint), ==, cases[i].kept_port);

      if (cases[i].address != NULL)
        assert_address (endpoint, cases[i].address);
      else
        g_assert_false (be_endpoint_get_address (endpoint, &address));
    }
}

static void
test_says_that_a_host_has_its_port_with_it (void)
{
  static const struct
  {
    const char *host;
    const char *message;
  } cases[] = {
    { "127.0.0.1:9000", "“127.0.0.1:9000” has the port in it: write “127.0.0.1” here, and 9000 as the port." },
    { "localhost:80", "“localhost:80” has the port in it: write “localhost” here, and 80 as the port." },
    { "::1::", "“::1::” is not an IPv6 address such as ::1, and nothing else may have a colon." },
    { ":80", "“:80” is not an IPv6 address such as ::1, and nothing else may have a colon." },
    { "a:123456", "“a:123456” is not an IPv6 address such as ::1, and nothing else may have a colon." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (be_endpoint_new (BE_PROTOCOL_TCP, cases[i].host, "80", &error));
      g_assert_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_HOST);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_refuses_what_is_no_host (void)
{
  static const char *const hosts[] = {
    "", "   ", "\u3000", "256.1.1.1", "1.2.3", "127.1", "12", "127.0.0.1.5",
    "::1::", "fe80::1%", "fe80::1%no-such-interface", "[localhost]", "[127.0.0.1]",
    "[::1", "::1]", "[]",
    "localhost:80", "127.0.0.1:80", "http://localhost", "two words", "a/b", "user@host",
    "a..b", ".a", ".",
    "tab\there", "new\nline", "bell\a", "\x7f", "\xff\xfe", "\xe4\xbd", "a\u00a0b",
    "a\u202e", "a\xef\xbf\xbd", "*", "%", "127.0.0.1%lo"
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      say (hosts[i]);
      assert_refused (BE_PROTOCOL_TCP, hosts[i], "80", BE_ENDPOINT_ERROR_HOST);
    }
}

static void
test_refuses_names_that_are_too_long (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (BeEndpoint) endpoint = NULL;
  g_autofree char *label = g_strnfill (64, 'a');
  g_autofree char *huge = g_strnfill (1000000, 'a');

  while (name->len < 252)
    g_string_append (name, "a.");
  g_string_append (name, "b");
  g_assert_cmpuint (name->len, ==, 253);

  endpoint = be_endpoint_new (BE_PROTOCOL_UDP, name->str, "80", NULL);
  g_assert_nonnull (endpoint);

  g_string_append (name, "c");
  assert_refused (BE_PROTOCOL_UDP, name->str, "80", BE_ENDPOINT_ERROR_HOST);
  assert_refused (BE_PROTOCOL_UDP, label, "80", BE_ENDPOINT_ERROR_HOST);
  assert_refused (BE_PROTOCOL_UDP, huge, "80", BE_ENDPOINT_ERROR_HOST);
  assert_refused (BE_PROTOCOL_UDP, "a", huge, BE_ENDPOINT_ERROR_PORT);
}

static void
test_refuses_what_is_no_port (void)
{
  static const char *const ports[] = {
    NULL, "", " ", "-1", "+80", "65536", "99999999999999999999", "80a", "0x50",
    "8 0", "http", "8.0", "\xff", "八", "80\t1"
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) endpoint = NULL;
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      say (ports[i] != NULL ? ports[i] : "NULL");
      assert_refused (BE_PROTOCOL_TCP, "127.0.0.1", ports[i], BE_ENDPOINT_ERROR_PORT);
    }

  endpoint = be_endpoint_new (BE_PROTOCOL_TCP, "127.0.0.1", "80a", &error);
  g_assert_cmpstr (error->message, ==, "The port must be a number from 0 to 65535, not “80a”.");
}

static void
test_reads_one_text (void)
{
  static const struct
  {
    const char *text;
    const char *host;
    guint16     port;
    const char *printed;
  } cases[] = {
    { "8001", "127.0.0.1", 8001, "127.0.0.1:8001" },
    { " 8001 ", "127.0.0.1", 8001, "127.0.0.1:8001" },
    { "10.0.0.7:80", "10.0.0.7", 80, "10.0.0.7:80" },
    { "[::1]:80", "::1", 80, "[::1]:80" },
    { "[fe80::1%4294967]:80", "fe80::1%4294967", 80, "[fe80::1%4294967]:80" },
    { "localhost:0", "localhost", 0, "localhost:0" },
    { "3com:80", "3com", 80, "3com:80" },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BeEndpoint) endpoint = endpoint_from (BE_PROTOCOL_TCP, cases[i].text);
      g_autofree char *printed = be_endpoint_to_string (endpoint);
      g_autoptr (BeEndpoint) again = endpoint_from (BE_PROTOCOL_TCP, printed);

      g_assert_cmpstr (be_endpoint_get_host (endpoint), ==, cases[i].host);
      g_assert_cmpuint (be_endpoint_get_port (endpoint), ==, cases[i].port);
      g_assert_cmpstr (printed, ==, cases[i].printed);
      g_assert_cmpstr (be_endpoint_get_host (again), ==, cases[i].host);
    }
}

static void
test_says_what_is_wrong_with_one_text (void)
{
  static const struct
  {
    const char *text;
    int         code;
  } cases[] = {
    { "", BE_ENDPOINT_ERROR_HOST },
    { "  ", BE_ENDPOINT_ERROR_HOST },
    { ":80", BE_ENDPOINT_ERROR_HOST },
    { ":", BE_ENDPOINT_ERROR_HOST },
    { "::1:80", BE_ENDPOINT_ERROR_HOST },
    { "a:b:80", BE_ENDPOINT_ERROR_HOST },
    { "[localhost]:80", BE_ENDPOINT_ERROR_HOST },
    { "\xff:80", BE_ENDPOINT_ERROR_HOST },
    { "localhost", BE_ENDPOINT_ERROR_PORT },
    { "127.0.0.1", BE_ENDPOINT_ERROR_PORT },
    { "[::1]", BE_ENDPOINT_ERROR_PORT },
    { "[::1", BE_ENDPOINT_ERROR_PORT },
    { "[", BE_ENDPOINT_ERROR_PORT },
    { "localhost:", BE_ENDPOINT_ERROR_PORT },
    { "localhost:http", BE_ENDPOINT_ERROR_PORT },
    { "80a", BE_ENDPOINT_ERROR_PORT },
    { "-1", BE_ENDPOINT_ERROR_PORT },
    { "65536", BE_ENDPOINT_ERROR_PORT },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      say (cases[i].text);
      g_assert_null (be_endpoint_new_from_text (BE_PROTOCOL_TCP, cases[i].text, &error));
      g_assert_error (error, BE_ENDPOINT_ERROR, cases[i].code);
      assert_sentence (error);
    }
}

static void
test_takes_a_path (void)
{
  g_autoptr (BeEndpoint) endpoint = endpoint_from (BE_PROTOCOL_UNIX, " /tmp/你 好:80.socket ");
  g_autoptr (BeEndpoint) same = be_endpoint_new (BE_PROTOCOL_UNIX, "/tmp/你 好:80.socket", NULL, NULL);
  g_autofree char *text = be_endpoint_to_string (endpoint);

  g_assert_cmpstr (text, ==, "/tmp/你 好:80.socket");
  g_assert_cmpstr (be_endpoint_get_host (same), ==, text);
  g_assert_cmpuint (be_endpoint_get_port (same), ==, 0);
  assert_address (endpoint, text);
}

static void
test_refuses_a_path_that_would_be_cut (void)
{
  g_autofree char *longest = g_strnfill (UNIX_PATH_TOO_LONG_BYTES, 'a');

  assert_refused (BE_PROTOCOL_UNIX, longest, NULL, BE_ENDPOINT_ERROR_PATH);
  assert_refused (BE_PROTOCOL_UNIX, "", NULL, BE_ENDPOINT_ERROR_PATH);
  assert_refused (BE_PROTOCOL_UNIX, "  ", NULL, BE_ENDPOINT_ERROR_PATH);
  assert_refused (BE_PROTOCOL_UNIX, "/tmp/\a", NULL, BE_ENDPOINT_ERROR_PATH);
  assert_refused (BE_PROTOCOL_UNIX, "/tmp/\xff", NULL, BE_ENDPOINT_ERROR_PATH);

#ifdef __linux__
  {
    g_autoptr (BeEndpoint) endpoint = NULL;

    longest[UNIX_PATH_TOO_LONG_BYTES - 1] = '\0';
    endpoint = endpoint_from (BE_PROTOCOL_UNIX, longest);
    assert_address (endpoint, longest);
  }
#endif
}

static void
test_checked_path_is_not_remembered (void)
{
  static const char path[] = "/tmp/checked at a key press";
  g_autoptr (BeEndpoint) endpoint = endpoint_from (BE_PROTOCOL_UNIX, path);

  g_assert_cmpuint (g_quark_try_string (path), ==, 0);
  assert_address (endpoint, path);
  g_assert_cmpuint (g_quark_try_string (path), !=, 0);
}

static void
assert_local (const char *host,
              const char *local_host,
              const char *local_port,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) remote = be_endpoint_new (BE_PROTOCOL_TCP, host, "80", NULL);
  g_autoptr (BeEndpoint) endpoint = be_endpoint_with_local (remote, local_host, local_port, &error);
  g_autofree char *text = NULL;
  BeAddress        local;

  g_assert_no_error (error);
  g_assert_cmpstr (be_endpoint_get_host (endpoint), ==, host);
  g_assert_cmpuint (be_endpoint_get_port (endpoint), ==, 80);
  g_assert_true (be_endpoint_get_local (endpoint, &local));
  g_assert_cmpuint (local.port, ==, be_endpoint_get_local_port (endpoint));
  text = be_address_to_string (&local);
  g_assert_cmpstr (text, ==, expected);

  g_assert_false (be_endpoint_get_local (remote, &local));
  g_assert_null (be_endpoint_get_local_host (remote));
}

static void
test_calls_from_a_local_address (void)
{
  assert_local ("10.0.0.7", "127.0.0.1", "5000", "127.0.0.1:5000");
  assert_local ("10.0.0.7", " 127.0.0.1 ", NULL, "127.0.0.1:0");
  assert_local ("10.0.0.7", NULL, "5000", "0.0.0.0:5000");
  assert_local ("10.0.0.7", "", " 5000 ", "0.0.0.0:5000");
  assert_local ("::1", "", "5000", "[::]:5000");
  assert_local ("::1", "[::1]", "0", "[::1]:0");
  assert_local ("localhost", "::1", "", "[::1]:0");
}

static void
test_local_port_of_a_name_has_no_family_yet (void)
{
  g_autoptr (BeEndpoint) remote = endpoint_from (BE_PROTOCOL_TCP, "localhost:80");
  g_autoptr (BeEndpoint) endpoint = be_endpoint_with_local (remote, NULL, "5000", NULL);
  g_autofree char *text = NULL;
  BeAddress        local;

  g_assert_true (be_endpoint_get_local (endpoint, &local));
  g_assert_cmpuint (local.family, ==, BE_ADDRESS_NONE);

  local.family = BE_ADDRESS_IPV6;
  text = be_address_to_string (&local);
  g_assert_cmpstr (text, ==, "[::]:5000");
}

static void
test_no_local_part_is_none (void)
{
  g_autoptr (BeEndpoint) remote = endpoint_from (BE_PROTOCOL_TCP, "127.0.0.1:80");
  g_autoptr (BeEndpoint) first = be_endpoint_with_local (remote, "127.0.0.1", "5000", NULL);
  g_autoptr (BeEndpoint) second = be_endpoint_with_local (first, NULL, " ", NULL);
  BeAddress local;

  g_assert_nonnull (second);
  g_assert_false (be_endpoint_get_local (second, &local));
  g_assert_cmpuint (be_endpoint_get_local_port (second), ==, 0);
}

static void
assert_local_refused (BeProtocol  protocol,
                      const char *text,
                      const char *local_host,
                      const char *local_port,
                      int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) remote = endpoint_from (protocol, text);

  g_assert_null (be_endpoint_with_local (remote, local_host, local_port, &error));
  g_assert_error (error, BE_ENDPOINT_ERROR, code);
  assert_sentence (error);
}

static void
test_refuses_a_local_address_that_cannot_be (void)
{
  assert_local_refused (BE_PROTOCOL_TCP, "80", "localhost", NULL, BE_ENDPOINT_ERROR_LOCAL_HOST);
  assert_local_refused (BE_PROTOCOL_TCP, "80", "1.2.3", NULL, BE_ENDPOINT_ERROR_LOCAL_HOST);
  assert_local_refused (BE_PROTOCOL_TCP, "80", "\xff", NULL, BE_ENDPOINT_ERROR_LOCAL_HOST);
  assert_local_refused (BE_PROTOCOL_TCP, "80", "::1", NULL, BE_ENDPOINT_ERROR_LOCAL_HOST);
  assert_local_refused (BE_PROTOCOL_UDP, "[::1]:80", "127.0.0.1", NULL, BE_ENDPOINT_ERROR_LOCAL_HOST);
  assert_local_refused (BE_PROTOCOL_UDP, "80", NULL, "65536", BE_ENDPOINT_ERROR_LOCAL_PORT);
  assert_local_refused (BE_PROTOCOL_UDP, "80", NULL, "\xff", BE_ENDPOINT_ERROR_LOCAL_PORT);
  assert_local_refused (BE_PROTOCOL_UNIX, "/tmp/a", "/tmp/b", NULL, BE_ENDPOINT_ERROR_LOCAL_HOST);
  assert_local_refused (BE_PROTOCOL_UNIX, "/tmp/a", NULL, "80", BE_ENDPOINT_ERROR_LOCAL_HOST);
}

static void
test_is_counted (void)
{
  BeEndpoint *endpoint = endpoint_from (BE_PROTOCOL_TCP, "80");
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, BE_TYPE_ENDPOINT);
  g_value_take_boxed (&value, endpoint);

  g_assert_true (be_endpoint_ref (endpoint) == endpoint);
  be_endpoint_unref (endpoint);
  g_assert_cmpuint (be_endpoint_get_port (g_value_get_boxed (&value)), ==, 80);
}

/* What changes the direction of others would let one address look like
 * another; the joiners, which do not, belong to words. */
static void
test_obeys_no_unseen_character (void)
{
  g_autoptr (BeEndpoint) joined = endpoint_from (BE_PROTOCOL_UNIX, "/tmp/نامه\u200cها");
  g_autoptr (BeEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (BE_PROTOCOL_UNIX, "/tmp/\u202etekcos", NULL, BE_ENDPOINT_ERROR_PATH);
  assert_refused (BE_PROTOCOL_UNIX, "/tmp/\ue000socket", NULL, BE_ENDPOINT_ERROR_PATH);
  assert_refused (BE_PROTOCOL_UNIX, "/tmp/a\u2028b", NULL, BE_ENDPOINT_ERROR_PATH);
  assert_refused (BE_PROTOCOL_TCP, "local\u200bhost", "80", BE_ENDPOINT_ERROR_HOST);

  endpoint = be_endpoint_new (BE_PROTOCOL_TCP, "localhost", "8\u2066\u202e0", &error);
  g_assert_error (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_PORT);
  g_assert_nonnull (strstr (error->message, "“8\ufffd\ufffd0”"));
}

/* Whatever is typed: an endpoint whose text is read back as the same, or an
 * error in words. */
static void
test_survives_random_text (void)
{
  static const char pieces[] = "0127.:[]%-+ afz/\t\n\xff\xe4\xbd\xa0\xe3\x80\x82";
  guint             i;

  for (i = 0; i < RANDOM_TEXTS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BeEndpoint) endpoint = NULL;
      g_autoptr (GString) text = g_string_new (NULL);
      int length = g_test_rand_int_range (0, 14);

      while (length-- > 0)
        g_string_append_c (text, pieces[g_test_rand_int_range (0, sizeof pieces - 1)]);

      endpoint = be_endpoint_new_from_text (BE_PROTOCOL_TCP, text->str, &error);
      if (endpoint != NULL)
        {
          g_autofree char *printed = be_endpoint_to_string (endpoint);
          g_autoptr (BeEndpoint) again = endpoint_from (BE_PROTOCOL_TCP, printed);

          g_assert_cmpstr (be_endpoint_get_host (again), ==, be_endpoint_get_host (endpoint));
          g_assert_cmpuint (be_endpoint_get_port (again), ==, be_endpoint_get_port (endpoint));
        }
      else
        {
          assert_sentence (error);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/endpoint/takes-names-and-addresses", test_takes_names_and_addresses);
  g_test_add_func ("/endpoint/says-that-a-host-has-its-port-with-it", test_says_that_a_host_has_its_port_with_it);
  g_test_add_func ("/endpoint/refuses-what-is-no-host", test_refuses_what_is_no_host);
  g_test_add_func ("/endpoint/refuses-names-that-are-too-long", test_refuses_names_that_are_too_long);
  g_test_add_func ("/endpoint/refuses-what-is-no-port", test_refuses_what_is_no_port);
  g_test_add_func ("/endpoint/reads-one-text", test_reads_one_text);
  g_test_add_func ("/endpoint/says-what-is-wrong-with-one-text", test_says_what_is_wrong_with_one_text);
  g_test_add_func ("/endpoint/takes-a-path", test_takes_a_path);
  g_test_add_func ("/endpoint/refuses-a-path-that-would-be-cut", test_refuses_a_path_that_would_be_cut);
  g_test_add_func ("/endpoint/checked-path-is-not-remembered", test_checked_path_is_not_remembered);
  g_test_add_func ("/endpoint/calls-from-a-local-address", test_calls_from_a_local_address);
  g_test_add_func ("/endpoint/local-port-of-a-name-has-no-family-yet", test_local_port_of_a_name_has_no_family_yet);
  g_test_add_func ("/endpoint/no-local-part-is-none", test_no_local_part_is_none);
  g_test_add_func ("/endpoint/refuses-a-local-address-that-cannot-be", test_refuses_a_local_address_that_cannot_be);
  g_test_add_func ("/endpoint/is-counted", test_is_counted);
  g_test_add_func ("/endpoint/obeys-no-unseen-character", test_obeys_no_unseen_character);
  g_test_add_func ("/endpoint/survives-random-text", test_survives_random_text);

  return g_test_run ();
}
