/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-mermaid-text.h"

#include "be-payload-character.h"

#include <string.h>

/* What is cut is of no use in a picture. */
#define MAX_LABEL_CHARACTERS 160u

/* What none of Mermaid's languages, and none of HTML, takes for its own. */
static gboolean
is_plain (gunichar character)
{
  if (character >= 0x80)
    return TRUE;

  return g_ascii_isalnum ((char) character) || (character != 0 && strchr (" .,_/()!?'=*+-", (int) character) != NULL);
}

/* Even inside of a text this word ends a block in some releases. */
static gboolean
begins_keyword (const char *label,
                const char *at)
{
  if (g_ascii_strncasecmp (at, "end", 3) != 0)
    return FALSE;

  return (at == label || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (at[3]);
}

/**
 * be_mermaid_text_append:
 * @text: a line of Mermaid
 * @label: UTF-8, of which some may come from the network
 *
 * Appends a label: what Mermaid could take for its syntax or for HTML as the
 * number of the character (`#59;`), what nobody could see as its code point,
 * line breaks as spaces, and no more than fits into a picture.
 */
void
be_mermaid_text_append (GString    *text,
                        const char *label)
{
  guint n_characters = 0;

  g_return_if_fail (text != NULL);
  g_return_if_fail (label != NULL);

  for (const char *at = label; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (n_characters++ == MAX_LABEL_CHARACTERS)
        {
          g_string_append (text, "…");
          return;
        }

      if (character == '\n' || character == '\t' || character == '\r')
        g_string_append_c (text, ' ');
      else if (!be_payload_character_can_be_shown (character))
        g_string_append_printf (text, "‹U+%04X›", character);
      else if (!is_plain (character) || begins_keyword (label, at))
        g_string_append_printf (text, "#%u;", character);
      else
        g_string_append_unichar (text, character);
    }
}
