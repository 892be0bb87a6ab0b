/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-text-matcher.h"

#include "be-test-batch.h"

#include <string.h>

static gboolean
naive_contains (const guint8 *bytes,
                gsize         length,
                const char   *needle)
{
  gsize needle_length = strlen (needle);
  gsize i;

  for (i = 0; i + needle_length <= length; i++)
    {
      if (g_ascii_strncasecmp ((const char *) bytes + i, needle, needle_length) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Few different bytes, so that there is much that nearly matches: letters and
 * what differs from them in the bit of case, too. NUL is for the next test: it
 * would end the naive comparison. */
static void
test_finds_what_a_naive_search_finds (void)
{
  static const guint8 alphabet[] = { 'a', 'A', 'b', 'B', '[', '{', '@', '`', '!', 0x01, 0x81, 0xc1, 0xe1 };
  guint               round;
  guint               n_found = 0;

  for (round = 0; round < 20000; round++)
    {
      g_autoptr (BeTextMatcher) matcher = NULL;
      gsize              length = (gsize) g_test_rand_int_range (0, 60);
      gsize              needle_length = (gsize) g_test_rand_int_range (1, 12);
      gsize              n_different = (gsize) g_test_rand_int_range (1, G_N_ELEMENTS (alphabet) + 1);
      g_autofree guint8 *bytes = g_malloc (length + 1);
      g_autofree char   *needle = g_malloc (needle_length + 1);
      gboolean           is_there;
      gsize              i;

      for (i = 0; i < length; i++)
        bytes[i] = alphabet[(gsize) g_test_rand_int_range (0, (gint) n_different)];
      for (i = 0; i < needle_length; i++)
        needle[i] = (char) alphabet[(gsize) g_test_rand_int_range (0, (gint) n_different)];
      needle[needle_length] = '\0';

      matcher = be_text_matcher_new (needle);
      is_there = naive_contains (bytes, length, needle);
      n_found += is_there ? 1 : 0;
      g_assert_cmpint (be_text_matcher_matches_payload (matcher, bytes, length), ==, is_there);
    }

  g_assert_cmpuint (n_found, >, 1000);
  g_assert_cmpuint (n_found, <, 19000);
}

/* The text stands at each place of payloads of every length. */
static void
test_finds_a_text_wherever_it_stands (void)
{
  g_autoptr (BeTextMatcher) matcher = be_text_matcher_new ("hello");
  gsize length;

  for (length = 5; length < 80; length++)
    {
      gsize place;

      for (place = 0; place + 5 <= length; place++)
        {
          g_autofree guint8 *bytes = g_malloc0 (length);

          memcpy (bytes + place, "HellO", 5);
          g_assert_true (be_text_matcher_matches_payload (matcher, bytes, length));
          g_assert_false (be_text_matcher_matches_payload (matcher, bytes, place + 4));
          g_assert_false (be_text_matcher_matches_payload (matcher, bytes + place + 1, length - place - 1));
        }
    }
}

/* Whatever the text, what can be in an address is looked for there. */
static void
test_finds_every_part_of_an_address (void)
{
  static const char *const hosts[] = { "10.23.45.67", "::1", "fe80::a:bcd", "2001:db8::abcd:ef01" };
  guint                    h;

  for (h = 0; h < G_N_ELEMENTS (hosts); h++)
    {
      BeAddress        address = be_test_address (hosts[h], 8901);
      g_autofree char *text = be_address_to_string (&address);
      gsize            begin;

      for (begin = 0; text[begin] != '\0'; begin++)
        {
          gsize length;

          for (length = 1; begin + length <= strlen (text); length++)
            {
              g_autofree char *part = g_strndup (text + begin, length);
              g_autofree char *upper = g_ascii_strup (part, -1);
              g_autoptr (BeTextMatcher) matcher = be_text_matcher_new (upper);

              g_assert_true (be_text_matcher_matches_address (matcher, &address));
              g_assert_true (be_text_matcher_matches_address (matcher, &address));
            }
        }
    }
}

static void
test_finds_the_path_of_a_socket (void)
{
  g_autoptr (BeTextMatcher) matcher = be_text_matcher_new ("talk.Socket");
  g_autoptr (BeTextMatcher) other = be_text_matcher_new ("walk");
  BeAddress address = { .family = BE_ADDRESS_UNIX, .scope = g_quark_from_string ("/run/talk.socket") };

  g_assert_true (be_text_matcher_matches_address (matcher, &address));
  g_assert_false (be_text_matcher_matches_address (other, &address));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-matcher/finds-what-a-naive-search-finds", test_finds_what_a_naive_search_finds);
  g_test_add_func ("/text-matcher/finds-a-text-wherever-it-stands", test_finds_a_text_wherever_it_stands);
  g_test_add_func ("/text-matcher/finds-every-part-of-an-address", test_finds_every_part_of_an_address);
  g_test_add_func ("/text-matcher/finds-the-path-of-a-socket", test_finds_the_path_of_a_socket);

  return g_test_run ();
}
