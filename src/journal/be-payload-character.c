/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-payload-character.h"

/* Letters and marks without a picture that Unicode does not count as format
 * characters: fillers, and the selectors that can carry hidden text. */
static gboolean
is_invisible (gunichar character)
{
  switch (character)
    {
    case 0x034f:
    case 0x115f:
    case 0x1160:
    case 0x17b4:
    case 0x17b5:
    case 0x2800:
    case 0x3164:
    case 0xffa0:
      return TRUE;

    default:
      return character >= 0xe0000 && character <= 0xe0fff;
    }
}

/**
 * be_payload_character_can_be_shown:
 *
 * Returns: whether a person sees what it is: no control, no character that
 *   changes the direction of others, nothing without a width or a meaning.
 */
gboolean
be_payload_character_can_be_shown (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;

    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CURRENCY_SYMBOL:
    case G_UNICODE_MODIFIER_SYMBOL:
    case G_UNICODE_MATH_SYMBOL:
    case G_UNICODE_OTHER_SYMBOL:
    case G_UNICODE_SPACE_SEPARATOR:
    default:
      return !is_invisible (character);
    }
}

/**
 * be_payload_character_read:
 * @bytes: (array length=length): at least one
 * @character: (out): what begins there
 *
 * Returns: how many bytes it takes, or 0 when no valid character (RFC 3629)
 *   begins there.
 */
gsize
be_payload_character_read (const guint8 *bytes,
                           gsize         length,
                           gunichar     *character)
{
  if (bytes[0] < 0x80)
    {
      *character = bytes[0];
      return 1;
    }

  *character = g_utf8_get_char_validated ((const char *) bytes, (gssize) MIN (length, 4));
  if (*character == (gunichar) -1 || *character == (gunichar) -2)
    return 0;

  return (gsize) g_unichar_to_utf8 (*character, NULL);
}
