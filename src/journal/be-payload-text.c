/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-payload-text.h"

#include "be-payload-character.h"

#define CONTROL_PICTURE_NUL 0x2400u
#define CONTROL_PICTURE_DEL 0x2421u
#define CONTROL_PICTURES_END 0x243fu

/* Around what cannot be shown. They are in every font, and a payload that has
 * them itself shows them as code points, so that nothing can be feigned. */
#define MARK_BEGIN 0x2039u
#define MARK_END 0x203au

#define ELLIPSIS "\xe2\x80\xa6"

/* Appends what stands for one character; returns how many characters it took. */
static gsize
append_shown (GString *text,
              gunichar character,
              gboolean is_last)
{
  gsize length = text->len;

  if (character < 0x20)
    {
      g_string_append_unichar (text, CONTROL_PICTURE_NUL + character);
      if (character == '\n' && !is_last)
        g_string_append_c (text, '\n');
    }
  else if (character == 0x7f)
    g_string_append_unichar (text, CONTROL_PICTURE_DEL);
  else if (be_payload_character_can_be_shown (character) &&
           character != MARK_BEGIN &&
           !(character >= CONTROL_PICTURE_NUL && character <= CONTROL_PICTURES_END))
    g_string_append_unichar (text, character);
  else
    {
      g_string_append_unichar (text, MARK_BEGIN);
      g_string_append_printf (text, "U+%04X", character);
      g_string_append_unichar (text, MARK_END);
    }

  return (gsize) g_utf8_strlen (text->str + length, (gssize) (text->len - length));
}

static gsize
append_shown_byte (GString *text,
                   guint8   byte)
{
  g_string_append_unichar (text, MARK_BEGIN);
  g_string_append_printf (text, "%02X", byte);
  g_string_append_unichar (text, MARK_END);

  return 4;
}

/**
 * be_payload_text_join_lines:
 * @text: (transfer full): what be_payload_text_to_display() gave, or a text
 *   that it is in
 *
 * Makes one line of it. The signs of the line breaks stay, and nothing takes
 * the place of the breaks: what is shown is what moved.
 *
 * Returns: (transfer full): @text
 */
char *
be_payload_text_join_lines (char *text)
{
  char *to = text;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *from = text; *from != '\0'; from++)
    {
      if (*from != '\n')
        *to++ = *from;
    }
  *to = '\0';

  return text;
}

/**
 * be_payload_text_to_display:
 * @bytes: (array length=length): anything
 * @max_characters: how long the text may get; 0 is without a bound
 *
 * Makes text for people of what moved, in which everything is visible and
 * nothing acts: NUL is `␀` and so are the other controls; behind `␊` the line
 * really breaks when more follows; bytes that are no UTF-8 are `‹E4›`, and
 * characters that have no picture or change the direction of others `‹U+202E›`.
 *
 * Returns: (transfer full): valid UTF-8; a text that was cut ends in `…`.
 */
char *
be_payload_text_to_display (const guint8 *bytes,
                            gsize         length,
                            gsize         max_characters)
{
  GString *text;
  gsize    n_characters = 0;
  gsize    cut = 0; /* how long the text is when one more character has to fit */
  gsize    i = 0;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  text = g_string_sized_new (MIN (length, max_characters > 0 ? max_characters : length) + 1);

  while (i < length)
    {
      gunichar character;
      gsize    taken = be_payload_character_read (bytes + i, length - i, &character);

      if (taken > 0)
        n_characters += append_shown (text, character, i + taken == length);
      else
        n_characters += append_shown_byte (text, bytes[i]);
      i += MAX (taken, 1);

      if (max_characters == 0)
        continue;

      if (n_characters > max_characters)
        {
          g_string_truncate (text, cut);
          g_string_append (text, ELLIPSIS);
          break;
        }

      if (n_characters < max_characters)
        cut = text->len;
    }

  return g_string_free (text, FALSE);
}
