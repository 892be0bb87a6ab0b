/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-text-matcher.h"

#include <string.h>

#define N_CALLS (BE_CALL_SETSOCKOPT + 1)
#define MAX_REMEMBERED_ADDRESSES 65536

/* What addresses are written with, be_address_to_string (), in lower case. */
#define IPV4_CHARACTERS "0123456789.:"
#define IPV6_CHARACTERS "0123456789abcdef.:[]"

#define WORD_BYTES sizeof (guint64)
#define LOW_BITS G_GUINT64_CONSTANT (0x0101010101010101)
#define HIGH_BITS G_GUINT64_CONSTANT (0x8080808080808080)

/* Upper and lower case of an ASCII letter differ in this bit only. */
#define CASE_BIT 0x20

/* One byte of the needle, eight times. */
typedef struct
{
  guint64 byte;
  guint64 ignored; /* bits that may differ */
} Pattern;

struct _BeTextMatcher
{
  guint8  folded[256]; /* byte → the same in lower case */
  guint8 *needle;
  gsize   length;

  /* Two bytes of the needle, different ones if it has any. */
  Pattern first;
  Pattern second;
  gsize   second_place;

  gboolean    calls[N_CALLS];
  gboolean    can_be_ipv4;
  gboolean    can_be_ipv6;
  GHashTable *addresses; /* BeAddress, owned → whether its text contains the needle */
};

static Pattern
make_pattern (guint8 byte)
{
  return (Pattern){
    .byte = byte * LOW_BITS,
    .ignored = g_ascii_isalpha ((char) byte) ? CASE_BIT * LOW_BITS : 0,
  };
}

/* The high bit of every byte that is the pattern's is set; now and then that
 * of another, too. */
static guint64
find_in_word (const Pattern *pattern,
              const guint8  *bytes)
{
  guint64 word;

  memcpy (&word, bytes, sizeof word);
  word = (word | pattern->ignored) ^ pattern->byte;

  return (word - LOW_BITS) & ~word & HIGH_BITS;
}

static gboolean
is_at_one_of (const BeTextMatcher *self,
              const guint8        *bytes,
              gsize                n_places)
{
  gsize place;

  for (place = 0; place < n_places; place++)
    {
      gsize n = 0;

      while (n < self->length && self->folded[bytes[place + n]] == self->needle[n])
        n++;
      if (n == self->length)
        return TRUE;
    }

  return FALSE;
}

/* Whether the needle begins at one of the eight places from here on. Two of
 * its bytes, looked for in all of them at once, tell nearly always that it
 * does not. */
static gboolean
is_in_word (const BeTextMatcher *self,
            const guint8        *bytes)
{
  return (find_in_word (&self->first, bytes) &
          find_in_word (&self->second, bytes + self->second_place)) != 0 &&
         is_at_one_of (self, bytes, WORD_BYTES);
}

static gboolean
contains (const BeTextMatcher *self,
          const guint8        *bytes,
          gsize                length)
{
  gsize n_places;
  gsize place;

  if (length < self->length)
    return FALSE;

  n_places = length - self->length + 1;
  if (n_places < WORD_BYTES)
    return is_at_one_of (self, bytes, n_places);

  for (place = 0; place <= n_places - WORD_BYTES; place += WORD_BYTES)
    {
      if (is_in_word (self, bytes + place))
        return TRUE;
    }

  /* The last ones, together with some that were looked at already. */
  return place < n_places && is_in_word (self, bytes + n_places - WORD_BYTES);
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

  self->first = make_pattern (self->needle[0]);
  self->second_place = self->length - 1;
  while (self->second_place > 0 && self->needle[self->second_place] == self->needle[0])
    self->second_place--;
  self->second = make_pattern (self->needle[self->second_place]);

  self->can_be_ipv4 = strspn ((const char *) self->needle, IPV4_CHARACTERS) == self->length;
  self->can_be_ipv6 = strspn ((const char *) self->needle, IPV6_CHARACTERS) == self->length;
}

/* Whether the needle may be in the address's text, as far as its characters
 * tell. */
static gboolean
can_be_in (const BeTextMatcher *self,
           const BeAddress     *address)
{
  switch ((BeAddressFamily) address->family)
    {
    case BE_ADDRESS_IPV4:
      return self->can_be_ipv4;

    case BE_ADDRESS_IPV6:
      /* The scope is the name of an interface. */
      return self->can_be_ipv6 || address->scope != 0;

    case BE_ADDRESS_UNIX:
      return TRUE;

    case BE_ADDRESS_NONE:
    default:
      return FALSE;
    }
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
 * be_text_matcher_matches_call:
 * @call: a #BeCall
 *
 * Returns: whether the text is in the name of the call, with its parentheses.
 */
gboolean
be_text_matcher_matches_call (const BeTextMatcher *self,
                              guint                call)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (call < N_CALLS, FALSE);

  return self->calls[call];
}

/**
 * be_text_matcher_matches_payload:
 *
 * Returns: whether the text is in these bytes.
 */
gboolean
be_text_matcher_matches_payload (const BeTextMatcher *self,
                                 const guint8        *bytes,
                                 gsize                length)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  return contains (self, bytes, length);
}

/**
 * be_text_matcher_matches_address:
 *
 * There are few addresses in many events, and writing one takes longer than
 * finding it: the answers are remembered.
 *
 * Returns: whether the text is in the address as people write it.
 */
gboolean
be_text_matcher_matches_address (BeTextMatcher   *self,
                                 const BeAddress *address)
{
  g_autofree char *text = NULL;
  gpointer         known;
  gboolean         is_match;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  if (!can_be_in (self, address))
    return FALSE;

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
