/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-hostile-text.h"

typedef struct
{
  const char *bytes;
  gsize       length;
} Piece;

/* The bytes of a literal, whatever stands in it. */
#define PIECE(literal)              \
  {                                 \
    (literal), sizeof (literal) - 1 \
  }

static const Piece pieces[] = {
  PIECE ("\0"),
  PIECE ("\x1b[31m"),
  PIECE ("\x1b]0;title\x07"),
  PIECE ("\x1b"
         "c"),
  PIECE ("\xc2\x9b"
         "2J"),       /* C1: a control sequence in one character */
  PIECE ("\xc2\x85"), /* C1: next line */
  PIECE ("\x9b"),     /* the same for a terminal without UTF-8 */
  PIECE ("\x08\x08"), /* back, to write over what stands there */
  PIECE ("\r"),       /* to the beginning of the line */
  PIECE ("\n"),       /* and one that looks like an event: */
  PIECE ("\n    0.001 s  Server: received 4 bytes: EVIL"),
  PIECE ("\t\v\f\x7f"),
  PIECE ("\xe2\x80\xae"), /* right-to-left override */
  PIECE ("\xe2\x80\xad"), /* left-to-right override */
  PIECE ("\xe2\x80\xab"), /* right-to-left embedding */
  PIECE ("\xe2\x81\xa6"), /* left-to-right isolate */
  PIECE ("\xe2\x81\xa7"), /* right-to-left isolate */
  PIECE ("\xe2\x81\xa8"), /* first strong isolate */
  PIECE ("\xe2\x81\xa9"), /* pop isolate */
  PIECE ("\xd8\x9c"),     /* Arabic letter mark */
  PIECE ("\xe2\x80\x8f"), /* right-to-left mark */
  PIECE ("\xe2\x80\x8b"), /* no width */
  PIECE ("\xe2\x80\xa8"), /* line separator */
  PIECE ("\xe2\x80\xa9"), /* paragraph separator */
  PIECE ("\xef\xbb\xbf"), /* byte order mark */
  PIECE ("\xef\xbf\xbe"), /* the same the other way round: no character */
  PIECE ("\xee\x80\x80"), /* private use */
  PIECE ("\xf3\xb0\x80\x80"),
  PIECE ("\xf3\xa0\x81\x81"), /* a tag */
  PIECE ("\xed\xa0\x80"),     /* half of a surrogate pair */
  PIECE ("\xc0\x80"),         /* an overlong NUL */
  PIECE ("\xe0\x80\xaf"),     /* an overlong slash */
  PIECE ("\xf4\x90\x80\x80"), /* beyond Unicode */
  PIECE ("\xe4\xbd"),         /* half a character */
  PIECE ("\xff\xfe"),
  PIECE ("<b>bold</b>"),
  PIECE ("<span size='xx-large'>"),
  PIECE ("&amp;&#8238;"),
  PIECE ("</markup>"),
  PIECE ("%s%n%100000d"),
  PIECE ("{peer}{error}"),
  PIECE ("../../etc/passwd"),
  PIECE ("$(id)`id`;"),
  PIECE ("‹U+202E›"), /* what only looks like it */
  PIECE ("hello baby"),
  PIECE ("你好"),
  PIECE ("مرحبا"),
  PIECE ("e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"),
};

/* Returns: (transfer full): so many pieces, one after another */
GBytes *
be_hostile_text_random (gint32 n_pieces)
{
  GByteArray *bytes = g_byte_array_new ();

  while (n_pieces-- > 0)
    {
      const Piece *piece = &pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

      g_byte_array_append (bytes, (const guint8 *) piece->bytes, (guint) piece->length);
    }

  return g_byte_array_free_to_bytes (bytes);
}

/* Returns: (transfer full): each of them once */
GBytes *
be_hostile_text_all (void)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_byte_array_append (bytes, (const guint8 *) pieces[i].bytes, (guint) pieces[i].length);

  return g_byte_array_free_to_bytes (bytes);
}

/* Nothing acts: no control but the line breaks that we make ourselves, nothing
 * of another direction's making, nothing private, and all of it is UTF-8. */
void
be_hostile_text_assert_shown (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (at));

      g_assert_true (type != G_UNICODE_CONTROL || *at == '\n');
      g_assert_cmpint (type, !=, G_UNICODE_FORMAT);
      g_assert_cmpint (type, !=, G_UNICODE_LINE_SEPARATOR);
      g_assert_cmpint (type, !=, G_UNICODE_PARAGRAPH_SEPARATOR);
      g_assert_cmpint (type, !=, G_UNICODE_PRIVATE_USE);
      g_assert_cmpint (type, !=, G_UNICODE_SURROGATE);
    }
}
