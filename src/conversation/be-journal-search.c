/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal-search.h"

#include "be-outcome.h"

/* A socket that could not connect is closed at once: little comes between. */
#define MAX_RECORDS_BETWEEN 16

/* A read may be held while others go on; arrows do not reach further either. */
#define MAX_RECORDS_SINCE_RESET 1024

/**
 * be_journal_search_sequence:
 * @journal: a journal
 * @sequence: the number of an event
 *
 * Returns: where the event with this number stands, or would stand: the first
 *   that came later
 */
guint
be_journal_search_sequence (BeJournal *journal,
                            guint64    sequence)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (BE_IS_JOURNAL (journal), 0);

  high = g_list_model_get_n_items (G_LIST_MODEL (journal));
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (be_journal_get_record (journal, middle)->sequence < sequence)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * be_journal_search_failed_connect:
 * @journal: a journal
 * @record: an event of it, lent
 *
 * Returns: whether it is a connect () that failed, or the close () after it:
 *   the connection of both never came about
 */
gboolean
be_journal_search_failed_connect (BeJournal           *journal,
                                  const BeEventRecord *record)
{
  guint position;
  guint end;

  g_return_val_if_fail (BE_IS_JOURNAL (journal), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  if (record->call == BE_CALL_CONNECT)
    return record->result == -1;
  if (record->call != BE_CALL_CLOSE || record->side != BE_SIDE_CLIENT)
    return FALSE;

  position = be_journal_search_sequence (journal, record->sequence);
  end = position - MIN (position, MAX_RECORDS_BETWEEN);
  while (position-- > end)
    {
      const BeEventRecord *before = be_journal_get_record (journal, position);

      if (before->socket_id == record->socket_id)
        return before->call == BE_CALL_CONNECT && before->result == -1;
    }

  return FALSE;
}

/* The last that the other end of @record did in words, not bytes, before it. What
 * is gone through is not lent, or @record would not be any more. */
static const BeEventRecord *
find_last_of_other_end (BeJournal           *journal,
                        const BeEventRecord *record)
{
  const BeEventCriteria criteria = {
    .kinds = BE_EVENT_KIND_STATES,
    .sides = record->side == BE_SIDE_SERVER ? BE_EVENT_TRAIT_CLIENT : BE_EVENT_TRAIT_SERVER,
    .connection = record->connection,
  };
  guint32      found[MAX_RECORDS_SINCE_RESET];
  guint        end = be_journal_search_sequence (journal, record->sequence);
  guint        begin = end - MIN (end, MAX_RECORDS_SINCE_RESET);
  guint        n_hidden;
  BeEventRing *ring = be_journal_get_ring (journal, &n_hidden);
  guint        n_found = be_event_ring_scan (ring, &criteria, n_hidden + begin, n_hidden + end, n_hidden, found);

  return n_found > 0 ? be_journal_get_record (journal, found[n_found - 1]) : NULL;
}

/**
 * be_journal_search_reset:
 * @journal: a journal
 * @record: an event of it, lent
 *
 * Returns: (nullable): the close () of the other end that sent the reset by
 *   which @record failed, lent as be_journal_get_record() does; %NULL when it
 *   did not fail so, or the other end is another program's
 */
const BeEventRecord *
be_journal_search_reset (BeJournal           *journal,
                         const BeEventRecord *record)
{
  const BeEventRecord *last = NULL;

  g_return_val_if_fail (BE_IS_JOURNAL (journal), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  if (be_outcome_from_record (record) != BE_OUTCOME_RESET || record->protocol != BE_PROTOCOL_TCP ||
      record->connection == BE_EVENT_NO_CONNECTION)
    return NULL;

  last = find_last_of_other_end (journal, record);

  return last != NULL && last->call == BE_CALL_CLOSE && (last->flags & BE_EVENT_RESET) ? last : NULL;
}
