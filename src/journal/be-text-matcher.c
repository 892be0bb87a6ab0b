/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-text-matcher.h"

#include <string.h>

#define N_CALLS (BE_CALL_CLOSE + 1)
#define MAX_REMEMBERED_ADDRESSES 4096

struct _BeTextMatcher
{
  guint8  folded[256]; /* byte → the same in lower case */
  gsize   shifts[256]; /* folded byte → how far the search may go on */
  guint8 *needle;
  gsize   length;

  gboolean    calls[N_CALLS];
  GHashTable *addresses; /* BeAddress, owned → whether its text contains the needle */
};

/* Horspool's search: the byte under the needle's end tells how far to go. */
static gboolean
contains (const BeTextMatcher *self,
          const guint8        *bytes,
          gsize                length)
{
  const guint8 *needle = self->needle;
  gsize         last = self->length - 1;
  gsize         i = 0;

  while (length - i > last && i <= length)
    {
      guint8 end = self->folded[bytes[i + last]];

      if (end == needle[last])
        {
          gsize n = 0;

          while (n < last && self->folded[bytes[i + n]] == needle[n])
            n++;
          if (n == last)
            return TRUE;
        }

      i += self->shifts[end];
    }

  return FALSE;
}

static gboolean
address_matches (BeTextMatcher   *self,
                 const BeAddress *address)
{
  g_autofree char *text = NULL;
  gpointer         known;
  gboolean         is_match;

  if (address->family == BE_ADDRESS_NONE)
    return FALSE;

  /* There are few addresses in many events, and writing one takes longer than
   * finding it. */
  if (g_hash_table_lookup_extended (self->addresses, address, NULL, &known))
    return GPOINTER_TO_INT (known);

  if (g_hash_table_size (self->addresses) >= MAX_REMEMBERED_ADDRESSES)
    g_hash_table_remove_all (self->addresses);

  text = be_address_to_string (address);
  is_match = contains (self, (const guint8 *) text, strlen (text));
  g_hash_table_insert (self->addresses, g_memdup2 (address, sizeof *address),
                       GINT_TO_POINTER (is_match));

  return is_match;
}

static void
prepare_search (BeTextMatcher *self,
                const char    *text)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (self->folded); i++)
    self->folded[i] = (guint8) g_ascii_tolower ((char) i);

  self->length = strlen (text);
  self->needle = g_malloc (self->length + 1);
  for (i = 0; i <= self->length; i++)
    self->needle[i] = self->folded[(guint8) text[i]];

  for (i = 0; i < G_N_ELEMENTS (self->shifts); i++)
    self->shifts[i] = self->length;
  for (i = 0; i + 1 < self->length; i++)
    self->shifts[self->needle[i]] = self->length - 1 - i;
}

/**
 * be_text_matcher_new:
 * @text: what to look for, not empty; ASCII letters in either case, all other
 *   bytes as they are
 *
 * Returns: (transfer full): a new matcher.
 */
BeTextMatcher *
be_text_matcher_new (const char *text)
{
  BeTextMatcher *self;
  guint          call;

  g_return_val_if_fail (text != NULL && *text != '\0', NULL);

  self = g_new0 (BeTextMatcher, 1);
  prepare_search (self, text);
  self->addresses = g_hash_table_new_full ((GHashFunc) be_address_hash,
                                           (GEqualFunc) be_address_equal, g_free, NULL);

  for (call = 0; call < N_CALLS; call++)
    {
      g_autofree char *name = g_strconcat (be_call_get_name (call), "()", NULL);

      self->calls[call] = contains (self, (const guint8 *) name, strlen (name));
    }

  return self;
}

/**
 * be_text_matcher_free:
 *
 * Ends the matcher.
 */
void
be_text_matcher_free (BeTextMatcher *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->addresses, g_hash_table_unref);
  g_free (self->needle);
  g_free (self);
}

/**
 * be_text_matcher_matches:
 *
 * Returns: whether the text is in the record's payload, in one of its
 *   addresses, or in the name of its call.
 */
gboolean
be_text_matcher_matches (BeTextMatcher       *self,
                         const BeEventRecord *record)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  return self->calls[record->call] ||
         contains (self, be_event_record_payload (record), record->kept_length) ||
         address_matches (self, &record->local) ||
         address_matches (self, &record->peer);
}
