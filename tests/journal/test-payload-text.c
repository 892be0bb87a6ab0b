/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-payload-text.h"

#include <gio/gio.h>
#include <string.h>

#define N_RANDOM 2000

typedef struct
{
  const char *bytes;
  gsize       length;
  const char *text;
} Case;

/* The bytes of a literal, whatever stands in it. */
#define BYTES(literal) (literal), sizeof (literal) - 1

static char *
display (const char *bytes,
         gsize       length,
         gsize       max_characters)
{
  return be_payload_text_to_display ((const guint8 *) bytes, length, max_characters);
}

static void
test_shows_what_cannot_be_seen (void)
{
  static const Case cases[] = {
    { BYTES (""), "" },
    { BYTES ("hello baby"), "hello baby" },
    { BYTES ("你好 abc 😀"), "你好 abc 😀" },
    { BYTES ("a\0b"), "a␀b" },
    { BYTES ("\x01\x1b\x1f\x7f"), "␁␛␟␡" },
    { BYTES ("one\ntwo\n"), "one␊\ntwo␊" },
    { BYTES ("one\r\ntwo\r\n"), "one␍␊\ntwo␍␊" },
    { BYTES ("\n\n"), "␊\n␊" },
    { BYTES ("a\tb"), "a␉b" },
    { BYTES ("\xe4"), "‹E4›" },
    { BYTES ("a\xff\xfe z"), "a‹FF›‹FE› z" },
    { BYTES ("\xe4\xbd"), "‹E4›‹BD›" },         /* cut by a read */
    { BYTES ("\xc0\x80"), "‹C0›‹80›" },         /* overlong */
    { BYTES ("\xed\xa0\x80"), "‹ED›‹A0›‹80›" }, /* a surrogate */
    { BYTES ("\xf4\x90\x80\x80"), "‹F4›‹90›‹80›‹80›" },
    { BYTES ("a\xe2\x80\xae z"), "a‹U+202E› z" },
    { BYTES ("\xe2\x81\xa6\xe2\x80\x8e\xd8\x9c"), "‹U+2066›‹U+200E›‹U+061C›" },
    { BYTES ("\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf\xe2\x81\xa0"), "‹U+200B›‹U+200D›‹U+FEFF›‹U+2060›" },
    { BYTES ("\xe2\x80\xa8\xe2\x80\xa9\xc2\x85\xc2\x9b"), "‹U+2028›‹U+2029›‹U+0085›‹U+009B›" },
    { BYTES ("\xf3\xa0\x81\x81\xf3\xa0\x84\x80"), "‹U+E0041›‹U+E0100›" },
    { BYTES ("\xef\xbf\xbf\xee\x80\x80"), "‹U+FFFF›‹U+E000›" },
    { BYTES ("‹E4› ␀"), "‹U+2039›E4› ‹U+2400›" }, /* what only looks like it */
    { BYTES ("%s <b>&amp;</b>"), "%s <b>&amp;</b>" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = display (cases[i].bytes, cases[i].length, 0);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_cuts_between_characters (void)
{
  static const struct
  {
    const char *bytes;
    gsize       max;
    const char *text;
  } cases[] = {
    { "hello", 5, "hello" },
    { "hello", 4, "hel…" },
    { "hello", 1, "…" },
    { "你好世界", 4, "你好世界" },
    { "你好世界", 3, "你好…" },
    { "a\xe2\x80\xae", 9, "a‹U+202E›" },
    { "a\xe2\x80\xae", 8, "a…" },
    { "\xe4", 4, "‹E4›" },
    { "\xe4", 3, "…" },
    { "ab\ncd", 6, "ab␊\ncd" },
    { "ab\ncd", 4, "ab…" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = display (cases[i].bytes, strlen (cases[i].bytes), cases[i].max);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Bytes that are likely to hit something: pieces of UTF-8, controls, escapes. */
static GByteArray *
make_random_bytes (void)
{
  static const char *const pieces[] = {
    "\xe2\x80\xae", "\xe2\x80\x8b", "\xe2\x81\xa6", "\xf3\xa0\x81\x81", "\xc2\x85", "\\", "\\x", "\\0",
    "\r\n", "你", "😀", "\xf0\x9f", "\xe4\xbd", "\xd8\x9c", "0", "7", "n", "{peer}", "\xed\xa0\x80"
  };
  GByteArray *bytes = g_byte_array_new ();
  guint       n = (guint) g_test_rand_int_range (0, 40);
  guint       i;

  for (i = 0; i < n; i++)
    {
      const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];
      guint8      byte = (guint8) g_test_rand_int_range (0, 256);

      if (g_test_rand_bit ())
        g_byte_array_append (bytes, (const guint8 *) piece, (guint) strlen (piece));
      else
        g_byte_array_append (bytes, &byte, 1);
    }

  return bytes;
}

/* Acts on the text around it: the control and format characters, but for the
 * line break that is meant. */
static gboolean
is_dangerous (gunichar character)
{
  switch ((int) g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
      return character != '\n';
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_UNASSIGNED:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
test_shows_nothing_that_acts (void)
{
  guint i;

  for (i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (GByteArray) bytes = make_random_bytes ();
      gsize            max = (gsize) g_test_rand_int_range (0, 30);
      g_autofree char *text = be_payload_text_to_display (bytes->data, bytes->len, max);
      const char      *position;

      g_assert_true (g_utf8_validate (text, -1, NULL));
      if (max > 0)
        g_assert_cmpuint ((gsize) g_utf8_strlen (text, -1), <=, max);
      for (position = text; *position != '\0'; position = g_utf8_next_char (position))
        g_assert_false (is_dangerous (g_utf8_get_char (position)));
    }
}

/* Different bytes never look the same. */
static void
test_shows_every_byte_differently (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint first;
  guint second;

  for (first = 0; first < 256; first++)
    {
      for (second = 0; second < 256; second++)
        {
          const char bytes[] = { (char) first, (char) second };

          g_assert_true (g_hash_table_add (seen, display (bytes, 2, 0)));
        }
    }
}

static void
test_writes_escapes_as_in_c (void)
{
  static const Case cases[] = {
    { BYTES (""), "" },
    { BYTES ("hello baby\r\n"), "hello baby\\r\\n" },
    { BYTES ("\t\\\0"), "\\t\\\\\\0" },
    { BYTES ("\0001"), "\\x001" },
    { BYTES ("\xe4\xbd\xa0\xff"), "你\\xff" },
    { BYTES ("\x1b[0m\x7f"), "\\x1b[0m\\x7f" },
    { BYTES ("\xe2\x80\xae"), "\\u202e" },
    { BYTES ("\xf3\xa0\x81\x81"), "\\U000e0041" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = be_payload_text_to_escaped ((const guint8 *) cases[i].bytes, cases[i].length);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_parses_what_people_type (void)
{
  static const Case cases[] = {
    { BYTES ("hello baby"), "hello baby" },
    { BYTES ("a\nb\r\t\\\0"), "a\\nb\\r\\t\\\\\\0" },
    { BYTES ("A1"), "\\x411" },
    { BYTES ("\xff\xAb"), "\\xFF\\xaB" },
    { BYTES ("你好"), "\\u4f60好" },
    { BYTES ("😀"), "\\U0001F600" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = be_payload_text_parse (cases[i].text, &error);
      gsize         length;
      gconstpointer data;

      g_assert_no_error (error);
      data = g_bytes_get_data (bytes, &length);
      g_assert_cmpmem (data, length, cases[i].bytes, cases[i].length);
    }
}

static void
test_says_where_an_escape_is_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *place;
  } cases[] = {
    { "\\q", "character 1:" },
    { "abc\\", "character 4:" },
    { "你好\\x4", "character 3:" },
    { "\\xg0", "character 1:" },
    { "ab\\u12", "character 3:" },
    { "\\ud800", "character 1:" },
    { "\\U00110000", "character 1:" },
    { "\\033", "character 1:" },
    { "a\\\xe4", "character 2:" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = be_payload_text_parse (cases[i].text, &error);

      g_assert_null (bytes);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, cases[i].place));
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

static void
test_escapes_return_as_they_were (void)
{
  guint i;

  for (i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (GByteArray) bytes = make_random_bytes ();
      g_autofree char *text = be_payload_text_to_escaped (bytes->data, bytes->len);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) parsed = be_payload_text_parse (text, &error);
      gsize         length;
      gconstpointer data;

      g_assert_no_error (error);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      data = g_bytes_get_data (parsed, &length);
      g_assert_cmpmem (data, length, bytes->data, bytes->len);
    }
}

static void
test_hexadecimal_returns_as_it_was (void)
{
  g_autofree char *hello = be_payload_text_to_hex ((const guint8 *) "hello", 5);
  guint            i;

  g_assert_cmpstr (hello, ==, "68 65 6c 6c 6f");

  for (i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (GByteArray) bytes = make_random_bytes ();
      g_autofree char *text = be_payload_text_to_hex (bytes->data, bytes->len);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) parsed = be_payload_text_parse_hex (text, &error);
      gsize         length;
      gconstpointer data;

      g_assert_no_error (error);
      data = g_bytes_get_data (parsed, &length);
      g_assert_cmpmem (data, length, bytes->data, bytes->len);
    }
}

static void
test_parses_hexadecimal_in_many_forms (void)
{
  static const char *const forms[] = {
    "68656c", "68 65 6c", "68:65:6C", "0x68 0x65 0x6c", "0X68,0x65, 0x6C", "0x68656c", "  68\n65\t6c ", "68-65-6c"
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = be_payload_text_parse_hex (forms[i], &error);
      gsize         length;
      gconstpointer data;

      g_assert_no_error (error);
      data = g_bytes_get_data (bytes, &length);
      g_assert_cmpmem (data, length, "hel", 3);
    }
}

static void
test_says_where_hexadecimal_is_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *place;
  } cases[] = {
    { "6", "character 1:" },
    { "68 6", "character 4:" },
    { "68656", "character 5:" },
    { "6 8", "character 1:" },
    { "68 xx", "character 4:" },
    { "你68", "character 1:" },
    { "68 你", "character 4:" },
    { "0x", "character 1:" },
    { "680x65", "character 3:" },
    { "0x0x68", "character 3:" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = be_payload_text_parse_hex (cases[i].text, &error);

      g_assert_null (bytes);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

/* Whatever is typed: bytes or a sentence. */
static void
test_parses_anything_without_harm (void)
{
  guint i;

  for (i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (GByteArray) typed = make_random_bytes ();
      const char *text;
      g_autoptr (GError) escape_error = NULL;
      g_autoptr (GError) hex_error = NULL;
      g_autoptr (GBytes) escaped = NULL;
      g_autoptr (GBytes) hex = NULL;

      g_byte_array_append (typed, (const guint8 *) "", 1);
      text = (const char *) typed->data;
      escaped = be_payload_text_parse (text, &escape_error);
      hex = be_payload_text_parse_hex (text, &hex_error);

      g_assert_true ((escaped == NULL) == (escape_error != NULL));
      g_assert_true ((hex == NULL) == (hex_error != NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/payload-text/shows-what-cannot-be-seen", test_shows_what_cannot_be_seen);
  g_test_add_func ("/payload-text/cuts-between-characters", test_cuts_between_characters);
  g_test_add_func ("/payload-text/shows-nothing-that-acts", test_shows_nothing_that_acts);
  g_test_add_func ("/payload-text/shows-every-byte-differently", test_shows_every_byte_differently);
  g_test_add_func ("/payload-text/writes-escapes-as-in-c", test_writes_escapes_as_in_c);
  g_test_add_func ("/payload-text/parses-what-people-type", test_parses_what_people_type);
  g_test_add_func ("/payload-text/says-where-an-escape-is-wrong", test_says_where_an_escape_is_wrong);
  g_test_add_func ("/payload-text/escapes-return-as-they-were", test_escapes_return_as_they_were);
  g_test_add_func ("/payload-text/hexadecimal-returns-as-it-was", test_hexadecimal_returns_as_it_was);
  g_test_add_func ("/payload-text/parses-hexadecimal-in-many-forms", test_parses_hexadecimal_in_many_forms);
  g_test_add_func ("/payload-text/says-where-hexadecimal-is-wrong", test_says_where_hexadecimal_is_wrong);
  g_test_add_func ("/payload-text/parses-anything-without-harm", test_parses_anything_without_harm);

  return g_test_run ();
}
