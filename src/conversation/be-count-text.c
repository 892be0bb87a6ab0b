/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-count-text.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#define DIGITS_PER_GROUP 3

/* Plural rules look at the last digits; ngettext () takes a long, which has 32
 * bits on Windows. */
static gulong
to_plural (guint64 count)
{
  return (gulong) (count > G_MAXUINT32 ? count % 1000000 + 1000000 : count);
}

/**
 * be_count_text_group:
 * @count: a number
 *
 * The apostrophe of printf () that does this is not on every system.
 *
 * Returns: (transfer full): the number with its thousands set apart, as the
 *   locale does it
 */
char *
be_count_text_group (guint64 count)
{
  const struct lconv *conventions = localeconv ();
  const char         *separator = conventions->thousands_sep;
  g_autofree char    *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_digits = strlen (digits);

  if (separator == NULL || *separator == '\0' || !g_utf8_validate (separator, -1, NULL))
    separator = ",";

  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % DIGITS_PER_GROUP == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * be_count_text_new_rows:
 * @n_rows: how many rows came below the view
 *
 * Returns: (transfer full): what the pill says
 */
char *
be_count_text_new_rows (guint n_rows)
{
  g_autofree char *count = be_count_text_group (n_rows);

  /* Translators: rows that came below the view; %s is their number, "1,234" */
  return g_strdup_printf (ngettext ("%s new", "%s new", n_rows), count);
}

/**
 * be_count_text_dropped_rows:
 * @n_rows: how many rows the journal had to give up
 *
 * Returns: (transfer full): what stands above the oldest row that is left
 */
char *
be_count_text_dropped_rows (guint64 n_rows)
{
  g_autofree char *count = be_count_text_group (n_rows);

  /* Translators: %s is their number, "1,234" */
  return g_strdup_printf (ngettext ("%s older row is gone", "%s older rows are gone", to_plural (n_rows)),
                          count);
}
