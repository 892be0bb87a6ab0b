/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal-search.h"

/* A socket that could not connect is closed at once: little comes between. */
#define MAX_RECORDS_BETWEEN 16

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
