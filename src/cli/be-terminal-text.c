/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-terminal-text.h"

#include <string.h>

static guint
measure_character (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;

  return g_unichar_iswide (character) ? 2 : 1;
}

/**
 * be_terminal_text_get_width:
 * @text: one line of UTF-8
 *
 * Returns: how many columns of a terminal the text takes; an East Asian wide
 *   character takes two (UAX #11), a combining one none
 */
guint
be_terminal_text_get_width (const char *text)
{
  guint width = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    width += measure_character (g_utf8_get_char (at));

  return width;
}

/* What may neither begin a line nor leave the character before it (UAX #14). */
static gboolean
clings_to_the_left (gunichar character)
{
  switch ((int) g_unichar_break_type (character))
    {
    case G_UNICODE_BREAK_CLOSE_PUNCTUATION:
    case G_UNICODE_BREAK_CLOSE_PARANTHESIS:
    case G_UNICODE_BREAK_NON_STARTER:
    case G_UNICODE_BREAK_EXCLAMATION:
    case G_UNICODE_BREAK_INFIX_SEPARATOR:
    case G_UNICODE_BREAK_COMBINING_MARK:
    case G_UNICODE_BREAK_QUOTATION:
    case G_UNICODE_BREAK_SPACE:
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
clings_to_the_right (gunichar character)
{
  switch ((int) g_unichar_break_type (character))
    {
    case G_UNICODE_BREAK_OPEN_PUNCTUATION:
    case G_UNICODE_BREAK_QUOTATION:
      return TRUE;

    default:
      return FALSE;
    }
}

/* A line may end after a space, and on either side of a wide character. */
static gboolean
can_break_between (gunichar before,
                   gunichar after)
{
  if (before == ' ')
    return after != ' ';

  if (clings_to_the_left (after) || clings_to_the_right (before))
    return FALSE;

  return g_unichar_iswide (before) || g_unichar_iswide (after);
}

/* Returns where the line that begins at @start ends: the last place to break
 * that leaves it within @columns, or in the middle of a word that is longer
 * than a line; always after at least one character. */
static const char *
find_line_end (const char *start,
               guint       columns)
{
  const char *last_break = NULL;
  const char *at = start;
  gunichar    before = 0;
  guint       width = 0;

  for (; *at != '\0' && *at != '\n'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (at > start && can_break_between (before, character))
        last_break = at;

      /* A space at the end of a line takes no room: it is cut off. */
      width += measure_character (character);
      if (width > columns && at > start && character != ' ')
        return last_break != NULL ? last_break : at;

      before = character;
    }

  return at;
}

/**
 * be_terminal_text_wrap:
 * @text: UTF-8
 * @columns: how wide a line may be
 *
 * Cuts text into lines: where it says so, between words, between wide
 * characters, and inside of a word only when it is longer than a line.
 *
 * Returns: (transfer full): the lines, at least one
 */
GStrv
be_terminal_text_wrap (const char *text,
                       guint       columns)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  const char *at = text;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (columns >= 2, NULL);

  do
    {
      const char      *end = find_line_end (at, columns);
      g_autofree char *line = g_strndup (at, (gsize) (end - at));

      g_strv_builder_add (lines, g_strchomp (line));
      at = end;
      if (*at == '\n')
        at++;
      else
        at += strspn (at, " ");
    }
  while (*at != '\0');

  return g_strv_builder_end (lines);
}
