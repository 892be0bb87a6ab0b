/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of BePayloadText that people write: escapes and hexadecimal. */

#include "be-payload-text.h"

#include "be-payload-character.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
append_short_escape (GString *text,
                     guint8   byte)
{
  switch (byte)
    {
    case '\\':
      g_string_append (text, "\\\\");
      return TRUE;
    case '\n':
      g_string_append (text, "\\n");
      return TRUE;
    case '\r':
      g_string_append (text, "\\r");
      return TRUE;
    case '\t':
      g_string_append (text, "\\t");
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * be_payload_text_to_escaped:
 *
 * Writes bytes as a person would type them in C: `\n`, `\r`, `\t`, `\0`, `\\`,
 * `\x9f` for a byte and `\u202e` for a character that cannot be seen; the
 * rest as it is.
 *
 * Returns: (transfer full): valid UTF-8 on one line, of which
 *   be_payload_text_parse () makes the same bytes.
 */
char *
be_payload_text_to_escaped (const guint8 *bytes,
                            gsize         length)
{
  GString *text;
  gsize    taken;
  gsize    i;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  text = g_string_sized_new (length + 1);

  for (i = 0; i < length; i += MAX (taken, 1))
    {
      gunichar character;
      gboolean is_before_digit = i + 1 < length && g_ascii_isdigit (bytes[i + 1]);

      taken = be_payload_character_read (bytes + i, length - i, &character);

      if (append_short_escape (text, bytes[i]))
        continue;

      /* With a digit behind it C would read an octal number. */
      if (bytes[i] == '\0' && !is_before_digit)
        g_string_append (text, "\\0");
      else if (taken == 0 || bytes[i] < 0x20 || bytes[i] == 0x7f)
        g_string_append_printf (text, "\\x%02x", bytes[i]);
      else if (be_payload_character_can_be_shown (character))
        g_string_append_len (text, (const char *) bytes + i, (gssize) taken);
      else if (character <= 0xffff)
        g_string_append_printf (text, "\\u%04x", character);
      else
        g_string_append_printf (text, "\\U%08x", character);
    }

  return g_string_free (text, FALSE);
}

static guint
count_characters (const char *text,
                  const char *position)
{
  guint n = 1;

  for (; text < position; text++)
    {
      if (((guint8) *text & 0xc0) != 0x80)
        n++;
    }

  return n;
}

/* Reads exactly @n_digits; returns FALSE when there are fewer. */
static gboolean
read_digits (const char *text,
             guint       n_digits,
             guint32    *value)
{
  guint i;

  *value = 0;
  for (i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
      *value = *value << 4 | (guint32) g_ascii_xdigit_value (text[i]);
    }

  return TRUE;
}

static gsize
parse_hex_byte (GByteArray *bytes,
                const char *digits)
{
  guint32 value;
  guint8  byte;

  if (!read_digits (digits, 2, &value))
    return 0;

  byte = (guint8) value;
  g_byte_array_append (bytes, &byte, 1);

  return 2;
}

static gsize
parse_code_point (GByteArray *bytes,
                  const char *digits,
                  guint       n_digits)
{
  char    utf8[6];
  guint32 value;

  if (!read_digits (digits, n_digits, &value) || !g_unichar_validate (value))
    return 0;

  g_byte_array_append (bytes, (const guint8 *) utf8,
                       (guint) g_unichar_to_utf8 (value, utf8));

  return n_digits;
}

static gsize
parse_short_escape (GByteArray *bytes,
                    char        letter,
                    char        next)
{
  static const char letters[] = "nrt\\";
  static const char meanings[] = "\n\r\t\\";
  const char       *found = letter != '\0' ? strchr (letters, letter) : NULL;
  guint8            byte = 0;

  if (found != NULL)
    byte = (guint8) meanings[found - letters];
  else if (letter != '0' || g_ascii_isdigit (next))
    return 0;

  g_byte_array_append (bytes, &byte, 1);

  return 1;
}

/* Returns how many bytes behind the backslash belong to the escape, or 0. */
static gsize
parse_escape (GByteArray *bytes,
              const char *text)
{
  gsize taken;

  switch (text[0])
    {
    case 'x':
      taken = parse_hex_byte (bytes, text + 1);
      break;
    case 'u':
      taken = parse_code_point (bytes, text + 1, 4);
      break;
    case 'U':
      taken = parse_code_point (bytes, text + 1, 8);
      break;
    case '\0':
      return 0;
    default:
      return parse_short_escape (bytes, text[0], text[1]);
    }

  return taken > 0 ? taken + 1 : 0;
}

static void
set_escape_error (GError    **error,
                  const char *text,
                  const char *position)
{
  guint number = count_characters (text, position);

  switch (position[1])
    {
    case 'x':
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("At character %u: \\x needs two hexadecimal digits, as in \\x0a."), number);
      break;

    case 'u':
    case 'U':
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("At character %u: \\u needs the four hexadecimal digits of a character, as in \\u4f60, and \\U needs eight."),
                   number);
      break;

    case '0':
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("At character %u: a digit behind \\0 is not clear. Write the byte with two hexadecimal digits, as in \\x00."),
                   number);
      break;

    case '\0':
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("At character %u: nothing follows the backslash. A backslash itself is written \\\\."), number);
      break;

    default:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("At character %u: this escape is not known. There are \\n, \\r, \\t, \\0, \\xHH, \\uHHHH and \\UHHHHHHHH; a backslash itself is written \\\\."),
                   number);
      break;
    }
}

/**
 * be_payload_text_parse:
 * @text: what a person typed, with the escapes of be_payload_text_to_escaped ()
 *
 * Returns: (transfer full): the bytes that are meant, or %NULL with an error
 *   in %G_IO_ERROR that says where an escape is wrong.
 */
GBytes *
be_payload_text_parse (const char *text,
                       GError    **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *position;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (position = text; *position != '\0';)
    {
      gsize plain = strcspn (position, "\\");
      gsize taken;

      g_byte_array_append (bytes, (const guint8 *) position, (guint) plain);
      position += plain;
      if (*position == '\0')
        break;

      taken = parse_escape (bytes, position + 1);
      if (taken == 0)
        {
          set_escape_error (error, text, position);
          return NULL;
        }
      position += 1 + taken;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * be_payload_text_to_hex:
 *
 * Returns: (transfer full): the bytes as `68 65 6c`.
 */
char *
be_payload_text_to_hex (const guint8 *bytes,
                        gsize         length)
{
  GString *text;
  gsize    i;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  text = g_string_sized_new (3 * length + 1);
  for (i = 0; i < length; i++)
    g_string_append_printf (text, i > 0 ? " %02x" : "%02x", bytes[i]);

  return g_string_free (text, FALSE);
}

static gboolean
is_hex_separator (char character)
{
  return g_ascii_isspace (character) ||
         character == ':' || character == ',' || character == '-';
}

/**
 * be_payload_text_parse_hex:
 * @text: pairs of hexadecimal digits, as `68656c`, `68 65 6C`, `68:65:6c` or
 *   `0x68, 0x65`
 *
 * Returns: (transfer full): the bytes, or %NULL with an error in %G_IO_ERROR
 *   that says where a digit is wrong or missing.
 */
GBytes *
be_payload_text_parse_hex (const char *text,
                           GError    **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *position = text;
  gboolean    is_start = TRUE; /* where 0x may stand */

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  while (*position != '\0')
    {
      if (is_hex_separator (*position))
        {
          is_start = TRUE;
          position++;
          continue;
        }

      if (is_start && position[0] == '0' && (position[1] | 0x20) == 'x' && g_ascii_isxdigit (position[2]))
        position += 2;
      is_start = FALSE;

      if (parse_hex_byte (bytes, position) == 2)
        {
          position += 2;
          continue;
        }

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   g_ascii_isxdigit (*position)
                     ? _ ("At character %u: a byte has two hexadecimal digits, and this is only one.")
                     : _ ("At character %u: this is no hexadecimal digit."),
                   count_characters (text, position));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
