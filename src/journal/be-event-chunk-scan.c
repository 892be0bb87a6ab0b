/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which records of a chunk are wanted. */

#include "be-event-chunk-private.h"

#include <string.h>

/* What is known of the chunk's addresses while a text is searched. */
typedef enum
{
  ADDRESS_UNKNOWN,
  ADDRESS_MATCHES,
  ADDRESS_DIFFERS,
} AddressAnswer;

typedef struct
{
  const BeEventChunk    *chunk;
  const BeEventCriteria *criteria;
  guint8                 answers[BE_EVENT_CHUNK_MAX_ADDRESSES]; /* AddressAnswer */
} Scan;

static gboolean
address_matches (Scan   *scan,
                 guint16 place)
{
  guint8 *answer = &scan->answers[place];

  if (*answer == ADDRESS_UNKNOWN)
    *answer = be_text_matcher_matches_address (scan->criteria->matcher, &scan->chunk->addresses[place])
                ? ADDRESS_MATCHES
                : ADDRESS_DIFFERS;

  return *answer == ADDRESS_MATCHES;
}

static gboolean
packed_matches (Scan *scan,
                guint index)
{
  const guint8  *bytes = scan->chunk->bytes + scan->chunk->offsets[index];
  BeTextMatcher *matcher = scan->criteria->matcher;
  guint32        connection = scan->criteria->connection;
  BeEventRecord  packed;

  memcpy (&packed, bytes, BE_PACKED_RECORD_BYTES);

  if (connection != BE_EVENT_NO_CONNECTION && packed.connection != connection)
    return FALSE;

  return matcher == NULL ||
         be_text_matcher_matches_call (matcher, packed.call) ||
         be_text_matcher_matches_payload (matcher, bytes + BE_PACKED_RECORD_BYTES, packed.kept_length) ||
         address_matches (scan, be_packed_record_get_local_place (&packed)) ||
         address_matches (scan, be_packed_record_get_peer_place (&packed));
}

static gboolean
whole_matches (Scan *scan,
               guint index)
{
  const BeEventRecord *record = (gconstpointer) (scan->chunk->bytes + scan->chunk->offsets[index]);
  BeTextMatcher       *matcher = scan->criteria->matcher;
  guint32              connection = scan->criteria->connection;

  if (connection != BE_EVENT_NO_CONNECTION && record->connection != connection)
    return FALSE;

  return matcher == NULL ||
         be_text_matcher_matches_call (matcher, record->call) ||
         be_text_matcher_matches_payload (matcher, be_event_record_payload (record), record->kept_length) ||
         be_text_matcher_matches_address (matcher, &record->local) ||
         be_text_matcher_matches_address (matcher, &record->peer);
}

static guint
scan_traits (const BeEventChunk    *self,
             const BeEventCriteria *criteria,
             guint                  begin,
             guint                  end,
             guint32                base,
             guint32               *found)
{
  const guint8 *traits = self->traits;
  guint8        kinds = criteria->kinds;
  guint8        sides = criteria->sides;
  guint         n_found = 0;
  guint         i;

  /* Without a branch, because what comes next cannot be foreseen. */
  for (i = begin; i < end; i++)
    {
      found[n_found] = base + i;
      n_found += (traits[i] & kinds) != 0 && (traits[i] & sides) != 0;
    }

  return n_found;
}

static guint
scan_records (const BeEventChunk    *self,
              const BeEventCriteria *criteria,
              guint                  begin,
              guint                  end,
              guint32                base,
              guint32               *found)
{
  guint8 kinds = criteria->kinds;
  guint8 sides = criteria->sides;
  Scan   scan;
  guint  n_found = 0;
  guint  i;

  scan.chunk = self;
  scan.criteria = criteria;
  memset (scan.answers, ADDRESS_UNKNOWN, self->n_addresses);

  for (i = begin; i < end; i++)
    {
      if ((self->traits[i] & kinds) != 0 && (self->traits[i] & sides) != 0 &&
          (self->traits[i] & BE_EVENT_TRAIT_WHOLE ? whole_matches (&scan, i) : packed_matches (&scan, i)))
        found[n_found++] = base + i;
    }

  return n_found;
}

/**
 * be_event_chunk_scan:
 * @begin: the first record to look at
 * @end: behind the last one, at most the length
 * @base: added to what is found; the sum may go round at 2³²
 * @found: (out): room for @end − @begin numbers
 *
 * Returns: how many of the records are wanted; @found tells which.
 */
guint
be_event_chunk_scan (const BeEventChunk    *self,
                     const BeEventCriteria *criteria,
                     guint                  begin,
                     guint                  end,
                     guint32                base,
                     guint32               *found)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (criteria != NULL, 0);
  g_return_val_if_fail (begin <= end && end <= self->n_records, 0);
  g_return_val_if_fail (found != NULL, 0);

  if (be_event_criteria_needs_record (criteria))
    return scan_records (self, criteria, begin, end, base, found);

  return scan_traits (self, criteria, begin, end, base, found);
}
