/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-ladder-excerpt.h"

#include "be-event-text.h"
#include "be-journal-search.h"
#include "be-transfer-links.h"

#include <string.h>

/* More than the eight lines of a bubble ever show. */
#define MAX_PAYLOAD_BYTES 4096u

static void
clear_row (BeLadderExcerptRow *row)
{
  g_free (row->record);
  g_free (row->detail);
}

static void
add_row (BeLadderExcerpt     *self,
         const BeEventRecord *record)
{
  guint32            kept_length = MIN (record->kept_length, MAX_PAYLOAD_BYTES);
  gsize              size = be_event_record_size_for (kept_length);
  BeLadderExcerptRow row = { 0 };

  row.record = g_malloc0 (size);
  memcpy (row.record, record, sizeof *record + kept_length);
  row.record->size = (guint32) size;
  row.record->kept_length = kept_length;
  if (kept_length < record->kept_length)
    row.detail = be_event_text_detail (record);
  row.is_hollow = be_journal_search_failed_connect (self->journal, record);
  g_array_append_val (self->rows, row);
}

static guint
to_own_row (guint row,
            guint first)
{
  if (row == BE_TRANSFER_NO_ROW)
    return row;

  return row < first ? BE_LADDER_EXCERPT_OLDER : row - first;
}

static void
copy_links (BeLadderExcerpt *self,
            BeJournalFilter *filter,
            guint            first,
            guint            last)
{
  g_autoptr (BeTransferLinks) finder = be_transfer_links_new ();
  const BeTransferLink *links;
  guint                 n_links;

  be_transfer_links_update (finder, filter, first, last);
  links = be_transfer_links_get (finder, &n_links);
  for (guint i = 0; i < n_links; i++)
    {
      BeTransferLink link = links[i];

      link.from = to_own_row (link.from, first);
      link.to = to_own_row (link.to, first);
      g_array_append_val (self->links, link);
    }
}

/* Which sides have ever done something, whatever the filter shows. */
static void
find_sides (BeLadderExcerpt *self)
{
  guint n_events = g_list_model_get_n_items (G_LIST_MODEL (self->journal));

  for (guint i = 0; i < n_events && !(self->has_side[BE_SIDE_SERVER] && self->has_side[BE_SIDE_CLIENT]); i++)
    self->has_side[be_journal_get_record (self->journal, i)->side == BE_SIDE_SERVER ? BE_SIDE_SERVER : BE_SIDE_CLIENT] = TRUE;
}

/**
 * be_ladder_excerpt_new:
 * @filter: the rows
 * @max_rows: how many are copied at most, the newest
 *
 * Returns: (transfer full): the rows as they are now
 */
BeLadderExcerpt *
be_ladder_excerpt_new (BeJournalFilter *filter,
                       guint            max_rows)
{
  BeLadderExcerpt *self;
  guint            n_rows;
  guint            first;

  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (filter), NULL);

  n_rows = g_list_model_get_n_items (G_LIST_MODEL (filter));
  first = n_rows - MIN (n_rows, max_rows);

  self = g_new0 (BeLadderExcerpt, 1);
  self->journal = g_object_ref (be_journal_filter_get_journal (filter));
  self->rows = g_array_new (FALSE, FALSE, sizeof (BeLadderExcerptRow));
  g_array_set_clear_func (self->rows, (GDestroyNotify) clear_row);
  self->links = g_array_new (FALSE, FALSE, sizeof (BeTransferLink));
  self->n_left_out = first;
  self->start = be_journal_get_start (self->journal);
  find_sides (self);

  for (guint i = first; i < n_rows; i++)
    add_row (self, be_journal_filter_get_record (filter, i));
  if (n_rows > first)
    copy_links (self, filter, first, n_rows - 1);

  return self;
}

void
be_ladder_excerpt_free (BeLadderExcerpt *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->rows);
  g_array_unref (self->links);
  g_object_unref (self->journal);
  g_free (self);
}

const BeLadderExcerptRow *
be_ladder_excerpt_get (BeLadderExcerpt *self,
                       guint            row)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  return &g_array_index (self->rows, BeLadderExcerptRow, row);
}

/**
 * be_ladder_excerpt_dup_protocols:
 *
 * Returns: (transfer full): "TCP", or of several "TCP, UDP"
 */
char *
be_ladder_excerpt_dup_protocols (BeLadderExcerpt *self)
{
  static const char *const names[] = {
    [BE_PROTOCOL_TCP] = "TCP",
    [BE_PROTOCOL_UDP] = "UDP",
    [BE_PROTOCOL_UNIX] = "Unix",
  };
  gboolean has[G_N_ELEMENTS (names)] = { FALSE };
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    has[MIN (be_ladder_excerpt_get (self, i)->record->protocol, G_N_ELEMENTS (names) - 1)] = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (has[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * be_ladder_excerpt_find_ends:
 *
 * Returns: (transfer full): who takes part
 */
BeLadderEnds *
be_ladder_excerpt_find_ends (BeLadderExcerpt *self)
{
  BeLadderEnds *ends;

  g_return_val_if_fail (self != NULL, NULL);

  ends = be_ladder_ends_new ();
  for (guint i = 0; i < self->rows->len; i++)
    be_ladder_ends_add (ends, be_ladder_excerpt_get (self, i)->record);

  return ends;
}
