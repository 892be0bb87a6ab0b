/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-transfer-links.h"

/* What was looked at. Events do not change, and stand in the order of their
 * numbers: where these are the same, the links are, as long as nobody in view who
 * seemed to talk to another program turns out to talk to us. */
typedef struct
{
  guint    first;
  guint    last;
  guint    begin; /* of the rows around those in view */
  guint    end;
  guint64  begin_sequence;
  guint64  end_sequence;
  gboolean is_active; /* the filter */
  gboolean has_end;   /* nothing comes behind these rows */
} Look;

struct _BeTransferLinks
{
  Look    look;
  GArray *transfers; /* of BeTransfer; empty between two updates */
  GArray *links;     /* of BeTransferLink */
  GArray *strangers; /* of guint32: connections in view of which one end is known */
};

static gboolean
look_is_same (const Look *a,
              const Look *b)
{
  return a->first == b->first && a->last == b->last &&
         a->begin == b->begin && a->end == b->end &&
         a->begin_sequence == b->begin_sequence && a->end_sequence == b->end_sequence &&
         a->is_active == b->is_active && a->has_end == b->has_end;
}

static gboolean
is_in_view (const Look *look,
            guint       row)
{
  return row >= look->first && row <= look->last;
}

/* Also where both rows are out of view, but on different sides of it. */
static gboolean
crosses_view (const Look           *look,
              const BeTransferLink *link)
{
  guint from = link->from == BE_TRANSFER_NO_ROW ? link->to : link->from;
  guint to = link->to == BE_TRANSFER_NO_ROW ? link->from : link->to;

  return MAX (from, to) >= look->first && MIN (from, to) <= look->last;
}

/* The SYN of an attempt, and the RST that came back. */
static void
add_attempt (BeTransferLinks  *self,
             const BeTransfer *transfer)
{
  gboolean       is_refused = transfer->means == BE_TRANSFER_BY_RST;
  BeTransferLink link = { 0 };

  link.from = transfer->row;
  link.to = BE_TRANSFER_NO_ROW;
  link.connection = transfer->connection;
  link.from_side = transfer->from_side;
  link.means = BE_TRANSFER_BY_SYN;
  if (!is_refused)
    link.outcome = BE_TRANSFER_UNANSWERED;
  else
    link.outcome = transfer->is_local ? BE_TRANSFER_REFUSED : BE_TRANSFER_REFUSED_ELSEWHERE;
  g_array_append_val (self->links, link);
  if (!is_refused)
    return;

  link.from = BE_TRANSFER_NO_ROW;
  link.to = transfer->row;
  link.from_side = 1 - transfer->from_side;
  link.means = BE_TRANSFER_BY_RST;
  g_array_append_val (self->links, link);
}

static gboolean
is_among_us (BePairing *pairing,
             guint32    connection)
{
  return be_pairing_has_both_ends (pairing, connection) || be_pairing_awaits_accept (pairing, connection);
}

/* Most often it is that of the row before. */
static void
note_stranger (BeTransferLinks *self,
               guint32          connection)
{
  guint n_strangers = self->strangers->len;

  if (n_strangers == 0 || g_array_index (self->strangers, guint32, n_strangers - 1) != connection)
    g_array_append_val (self->strangers, connection);
}

/* Those whose other end is another program are not to be matched; but of their ends
 * and datagrams one row may explain another. */
static void
collect (BeTransferLinks *self,
         BeJournalFilter *filter,
         const Look      *look)
{
  BePairing *pairing = be_journal_get_pairing (be_journal_filter_get_journal (filter));

  for (guint row = look->begin; row < look->end; row++)
    {
      BeTransfer transfer;

      if (!be_transfer_set_record (&transfer, be_journal_filter_get_record (filter, row), row))
        continue;

      if (transfer.kind == BE_TRANSFER_ATTEMPT)
        {
          if (is_in_view (look, row))
            add_attempt (self, &transfer);
        }
      else if (is_among_us (pairing, transfer.connection))
        g_array_append_val (self->transfers, transfer);
      else
        {
          if (is_in_view (look, row))
            note_stranger (self, transfer.connection);
          transfer.is_foreign = TRUE;
          if (transfer.kind == BE_TRANSFER_ENDING || transfer.kind == BE_TRANSFER_DATAGRAM)
            g_array_append_val (self->transfers, transfer);
          else if (is_in_view (look, row))
            be_transfer_link_foreign (&transfer, self->links);
        }
    }
}

/* Among chosen rows an arrival that is missing may just not be shown, and
 * behind those that were looked at it may follow. */
static gboolean
is_certain (const Look           *look,
            const BeTransferLink *link)
{
  switch ((BeTransferOutcome) link->outcome)
    {
    case BE_TRANSFER_LOST:
      return !look->is_active;
    case BE_TRANSFER_WAITING:
      return !look->is_active && look->has_end;
    case BE_TRANSFER_ARRIVED:
    case BE_TRANSFER_FOREIGN:
    case BE_TRANSFER_REFUSED:
    case BE_TRANSFER_REFUSED_ELSEWHERE:
    case BE_TRANSFER_UNANSWERED:
    default:
      return TRUE;
    }
}

static void
leave_what_counts (BeTransferLinks *self,
                   const Look      *look)
{
  BeTransferLink *links = (BeTransferLink *) self->links->data;
  guint           n_left = 0;

  for (guint i = 0; i < self->links->len; i++)
    if (crosses_view (look, &links[i]) && is_certain (look, &links[i]))
      links[n_left++] = links[i];

  g_array_set_size (self->links, n_left);
}

BeTransferLinks *
be_transfer_links_new (void)
{
  BeTransferLinks *self = g_new0 (BeTransferLinks, 1);

  self->transfers = g_array_new (FALSE, FALSE, sizeof (BeTransfer));
  self->links = g_array_new (FALSE, FALSE, sizeof (BeTransferLink));
  self->strangers = g_array_new (FALSE, FALSE, sizeof (guint32));

  return self;
}

void
be_transfer_links_free (BeTransferLinks *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->transfers);
  g_array_unref (self->links);
  g_array_unref (self->strangers);
  g_free (self);
}

/**
 * be_transfer_links_are_stale:
 * @filter: the rows that were looked at
 *
 * The other end of a connection may be seen in a row that the filter hides.
 *
 * Returns: whether the links are others although the rows are the same
 */
gboolean
be_transfer_links_are_stale (BeTransferLinks *self,
                             BeJournalFilter *filter)
{
  BePairing *pairing;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (filter), FALSE);

  pairing = be_journal_get_pairing (be_journal_filter_get_journal (filter));
  for (guint i = 0; i < self->strangers->len; i++)
    if (is_among_us (pairing, g_array_index (self->strangers, guint32, i)))
      return TRUE;

  return FALSE;
}

/**
 * be_transfer_links_update:
 * @filter: the rows
 * @first: the first in view
 * @last: the last in view
 *
 * Looks at the rows in view and %BE_TRANSFER_LINKS_REACH on both sides, unless
 * they are those of the last time, and nothing else is known of them.
 *
 * Returns: whether the links may be others now
 */
gboolean
be_transfer_links_update (BeTransferLinks *self,
                          BeJournalFilter *filter,
                          guint            first,
                          guint            last)
{
  Look  look = { 0 };
  guint n_rows;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (filter), FALSE);

  n_rows = g_list_model_get_n_items (G_LIST_MODEL (filter));
  g_return_val_if_fail (first <= last && last < n_rows, FALSE);

  look.first = first;
  look.last = last;
  look.begin = first - MIN (first, BE_TRANSFER_LINKS_REACH);
  look.end = last + 1 + MIN (n_rows - last - 1, BE_TRANSFER_LINKS_REACH);
  look.begin_sequence = be_journal_filter_get_record (filter, look.begin)->sequence;
  look.end_sequence = be_journal_filter_get_record (filter, look.end - 1)->sequence;
  look.is_active = be_journal_filter_is_active (filter);
  look.has_end = look.end == n_rows;
  if (look_is_same (&self->look, &look) && !be_transfer_links_are_stale (self, filter))
    return FALSE;

  self->look = look;
  g_array_set_size (self->links, 0);
  g_array_set_size (self->strangers, 0);
  collect (self, filter, &look);
  be_transfer_match (self->transfers, !look.is_active, self->links);
  g_array_set_size (self->transfers, 0);
  leave_what_counts (self, &look);

  return TRUE;
}

/**
 * be_transfer_links_clear:
 *
 * There are no rows, or quite other ones.
 */
void
be_transfer_links_clear (BeTransferLinks *self)
{
  g_return_if_fail (self != NULL);

  self->look = (Look){ 0 };
  g_array_set_size (self->links, 0);
  g_array_set_size (self->strangers, 0);
}

/**
 * be_transfer_links_get:
 * @n_links: (out): how many
 *
 * Returns: (array length=n_links): those that can be seen: they begin, end or
 *   pass among the rows in view; lent until the next update
 */
const BeTransferLink *
be_transfer_links_get (BeTransferLinks *self,
                       guint           *n_links)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_links != NULL, NULL);

  *n_links = self->links->len;

  return (const BeTransferLink *) self->links->data;
}
