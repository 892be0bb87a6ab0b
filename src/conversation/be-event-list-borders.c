/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which sends are in one recv, and which recvs took one send: what the links
 * of BeEventList say of single rows. */

#include "be-event-list-private.h"

/* What the links of one row add up to. */
typedef struct
{
  guint    n_others;
  guint64  n_covered; /* bytes of the row that the others have too */
  gboolean is_waiting;

  const BeEventRecord *datagram; /* that came to the row in part */
} Sum;

static guint64
count_common (const BeEventRecord *a,
              const BeEventRecord *b)
{
  guint64 begin = MAX (a->position, b->position);
  guint64 end = MIN (a->position + a->payload_length, b->position + b->payload_length);

  return end > begin ? end - begin : 0;
}

/* A send that ended in the row, but not with it. */
static void
add_end (BeEventList         *self,
         const BeEventRecord *record,
         const BeEventRecord *send)
{
  guint64 end = send->position + send->payload_length;

  if (end > record->position && end < record->position + record->payload_length)
    {
      guint32 offset = (guint32) (end - record->position);

      g_array_append_val (self->border_ends, offset);
    }
}

static void
add_link (BeEventList          *self,
          const BeEventRecord  *record,
          guint                 position,
          const BeTransferLink *link,
          Sum                  *sum)
{
  guint                other_position = link->from == position ? link->to : link->from;
  const BeEventRecord *other;

  if ((link->from != position && link->to != position) || link->outcome == BE_TRANSFER_FOREIGN ||
      link->means == BE_TRANSFER_BY_ICMP)
    return;

  if (other_position == BE_TRANSFER_NO_ROW)
    {
      sum->is_waiting = TRUE;
      return;
    }

  other = be_journal_filter_get_record (self->filter, other_position);
  if (!be_event_record_is_data (other))
    return;

  sum->n_others++;
  sum->n_covered += count_common (record, other);
  if (record->protocol == BE_PROTOCOL_UDP)
    sum->datagram = other;
  else if (link->to == position)
    add_end (self, record, other);
}

/* Of a datagram that did not fit, where the send was kept in the log. */
static void
find_lost (const BeEventRecord *record,
           const BeEventRecord *datagram,
           BeRowBorders        *borders)
{
  if (datagram == NULL || !(record->flags & BE_EVENT_TRUNCATED) ||
      record->kept_length < record->payload_length || datagram->kept_length <= record->payload_length)
    return;

  borders->lost = be_event_record_payload (datagram) + record->payload_length;
  borders->lost_length = datagram->kept_length - record->payload_length;
}

/* Nothing is said of a row of which a part is not accounted for: the other end
 * of it may have been hidden, or have found no room in the log. */
static void
find_borders (BeEventList          *self,
              const BeEventRecord  *record,
              guint                 position,
              const BeTransferLink *links,
              guint                 n_links,
              BeRowBorders         *borders)
{
  Sum sum = { 0 };

  if (!be_event_record_is_data (record))
    return;

  g_array_set_size (self->border_ends, 0);
  for (guint i = 0; i < n_links; i++)
    add_link (self, record, position, &links[i], &sum);

  if (record->protocol == BE_PROTOCOL_UDP)
    {
      if (be_call_is_reading (record->call))
        find_lost (record, sum.datagram, borders);
      return;
    }

  if (sum.n_others < 2 || sum.is_waiting || sum.n_covered != record->payload_length)
    return;

  if (be_call_is_sending (record->call))
    borders->n_recvs = sum.n_others;
  else
    {
      borders->n_sends = sum.n_others;
      borders->ends = (const guint32 *) self->border_ends->data;
      borders->n_ends = self->border_ends->len;
    }
}

/* See be-event-list-private.h. */
void
be_event_list_update_borders (BeEventList *self,
                              guint        first,
                              guint        last)
{
  const BeTransferLink *links;
  guint                 n_links;

  links = be_transfer_links_get (self->links, &n_links);
  for (guint position = first; position <= last; position++)
    {
      BeEventRow          *row = be_event_list_find_row (self, position);
      const BeEventRecord *record;
      BeRowBorders         borders = { 0 };

      if (row == NULL)
        continue;

      record = be_journal_filter_get_record (self->filter, position);
      find_borders (self, record, position, links, n_links, &borders);
      be_event_row_set_borders (row, &self->setting, record, &borders);
    }
}
