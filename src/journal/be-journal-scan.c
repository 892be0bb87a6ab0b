/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal-scan.h"

#include "be-event-ring.h"
#include "be-place-list.h"

/* So much is looked at whatever the clock says: the thread may not have been
 * running. A journal of some thousand records has no more steps. */
#define SLICE_MIN_STEPS 16

struct _BeJournalScan
{
  BeJournal             *journal;  /* unowned */
  const BeEventCriteria *criteria; /* unowned */

  BePlaceList *places;
  guint        n_unscanned; /* of the journal's first items */

  guint32 *found; /* room for one look */
  guint    found_capacity;
};

/* Finds the wanted ones of the journal's items from @begin to before @end. */
static guint
look (BeJournalScan *self,
      guint          begin,
      guint          end)
{
  guint        n_hidden;
  BeEventRing *ring = be_journal_get_ring (self->journal, &n_hidden);

  if (end - begin > self->found_capacity)
    {
      self->found_capacity = end - begin;
      g_free (self->found);
      self->found = g_new (guint32, self->found_capacity);
    }

  return be_event_ring_scan (ring, self->criteria, n_hidden + begin, n_hidden + end, n_hidden, self->found);
}

static guint
find_step (BeJournalScan *self,
           guint          end)
{
  guint        n_hidden;
  BeEventRing *ring = be_journal_get_ring (self->journal, &n_hidden);
  guint        begin = be_event_ring_find_step (ring, n_hidden + end);

  return begin - MIN (begin, n_hidden);
}

/**
 * be_journal_scan_new:
 * @journal: must live as long as the scan
 *
 * Returns: (transfer full): a scan that has not found anything.
 */
BeJournalScan *
be_journal_scan_new (BeJournal *journal)
{
  BeJournalScan *self;

  g_return_val_if_fail (BE_IS_JOURNAL (journal), NULL);

  self = g_new0 (BeJournalScan, 1);
  self->journal = journal;
  self->places = be_place_list_new ();

  return self;
}

/**
 * be_journal_scan_free:
 *
 * Ends the scan.
 */
void
be_journal_scan_free (BeJournalScan *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->places, be_place_list_free);
  g_free (self->found);
  g_free (self);
}

/**
 * be_journal_scan_stop:
 *
 * Forgets what was found, and looks for nothing more.
 */
void
be_journal_scan_stop (BeJournalScan *self)
{
  g_return_if_fail (self != NULL);

  be_place_list_clear (self->places);
  self->n_unscanned = 0;
}

/**
 * be_journal_scan_start:
 * @criteria: what to look for; must stay as it is until the next start or stop
 *
 * Forgets what was found, and has all of the journal before it.
 */
void
be_journal_scan_start (BeJournalScan         *self,
                       const BeEventCriteria *criteria)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (criteria != NULL);

  be_place_list_clear (self->places);
  self->criteria = criteria;
  self->n_unscanned = g_list_model_get_n_items (G_LIST_MODEL (self->journal));
  be_place_list_reserve_front (self->places, self->n_unscanned);
}

/**
 * be_journal_scan_go_on:
 * @slice_time: µs; 0 for as little as can be
 *
 * Goes on looking back, for about so long.
 *
 * Returns: how many were found, all of them before the others.
 */
guint
be_journal_scan_go_on (BeJournalScan *self,
                       gint64         slice_time)
{
  gint64 end_of_slice;
  guint  min_steps = slice_time > 0 ? SLICE_MIN_STEPS : 1;
  guint  n_steps = 0;
  guint  n_found = 0;

  g_return_val_if_fail (self != NULL, 0);

  end_of_slice = g_get_monotonic_time () + slice_time;
  while (self->n_unscanned > 0 &&
         (n_steps < min_steps || g_get_monotonic_time () < end_of_slice))
    {
      guint begin = find_step (self, self->n_unscanned);
      guint n = look (self, begin, self->n_unscanned);

      be_place_list_prepend (self->places, self->found, n);
      self->n_unscanned = begin;
      n_found += n;
      n_steps++;
    }

  return n_found;
}

/**
 * be_journal_scan_is_over:
 *
 * Returns: whether all of the journal has been looked at.
 */
gboolean
be_journal_scan_is_over (BeJournalScan *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_unscanned == 0;
}

/**
 * be_journal_scan_add_at_end:
 * @begin: where the first of the new items stands
 * @end: behind the last one
 *
 * Looks at items that came, at once.
 *
 * Returns: how many were found, all of them behind the others.
 */
guint
be_journal_scan_add_at_end (BeJournalScan *self,
                            guint          begin,
                            guint          end)
{
  guint n_found;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (self->criteria != NULL, 0);
  g_return_val_if_fail (begin <= end, 0);

  n_found = look (self, begin, end);
  be_place_list_append (self->places, self->found, n_found);

  return n_found;
}

/**
 * be_journal_scan_add_at_front:
 *
 * Items came before all others; they have still to be looked at.
 */
void
be_journal_scan_add_at_front (BeJournalScan *self,
                              guint          n_added)
{
  g_return_if_fail (self != NULL);

  be_place_list_insert_items (self->places, n_added);
  self->n_unscanned += n_added;
}

/**
 * be_journal_scan_remove_at_front:
 *
 * The first items are gone.
 *
 * Returns: how many of them had been found.
 */
guint
be_journal_scan_remove_at_front (BeJournalScan *self,
                                 guint          n_removed)
{
  g_return_val_if_fail (self != NULL, 0);

  self->n_unscanned -= MIN (self->n_unscanned, n_removed);

  return be_place_list_remove_items (self->places, n_removed);
}

/**
 * be_journal_scan_get_length:
 *
 * Returns: how many have been found.
 */
guint
be_journal_scan_get_length (BeJournalScan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return be_place_list_get_length (self->places);
}

/**
 * be_journal_scan_get:
 * @index: less than the length
 *
 * Returns: where the one with this number stands in the journal.
 */
guint
be_journal_scan_get (BeJournalScan *self,
                     guint          index)
{
  g_return_val_if_fail (self != NULL, 0);

  return be_place_list_get (self->places, index);
}
