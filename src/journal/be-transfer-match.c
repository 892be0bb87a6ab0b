/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-transfer-match.h"

#include <string.h>

/* When accept () returns so much later than connect () did, the system has shaken
 * hands long before. */
#define LATE_MICROSECONDS (G_USEC_PER_SEC / 10)

#define LONGEST_ACK_DELAY_MICROSECONDS (G_USEC_PER_SEC / 2)

/* One direction of one connection: its sends, and what arrived, each in the
 * order of the rows. */
typedef struct
{
  BeTransfer *sends;
  guint       n_sends;
  BeTransfer *arrivals;
  guint       n_arrivals;
  gboolean    has_read_end; /* endings: the sender has read all that the other end sent */
  gboolean    was_reset;    /* endings: the sender was told of an RST */

  const BeTransfer *other_fin; /* endings, nullable: what the other end sent */
  GArray           *links;
} Flow;

static void
add_link (Flow             *flow,
          const BeTransfer *send,
          const BeTransfer *arrival,
          BeTransferOutcome outcome)
{
  BeTransferLink link = { 0 };

  link.from = send->row;
  link.to = arrival != NULL ? arrival->row : BE_TRANSFER_NO_ROW;
  link.connection = send->connection;
  link.from_side = send->from_side;
  link.outcome = (guint8) outcome;
  link.means = arrival != NULL ? arrival->means : send->means;
  link.is_late = arrival != NULL && send->kind == BE_TRANSFER_HANDSHAKE &&
                 arrival->time - send->time > LATE_MICROSECONDS;
  g_array_append_val (flow->links, link);
}

static void
match_handshake (Flow *flow)
{
  if (flow->n_sends == 0)
    return;

  /* In the accept queue: the system has shaken hands, and no call has returned. */
  add_link (flow, &flow->sends[0], flow->n_arrivals > 0 ? &flow->arrivals[0] : NULL,
            flow->n_arrivals > 0 ? BE_TRANSFER_ARRIVED : BE_TRANSFER_WAITING);
}

/* Whoever has bytes of the other is linked with it. */
static void
match_stream (Flow *flow)
{
  guint send = 0;
  guint arrival = 0;

  while (send < flow->n_sends && arrival < flow->n_arrivals)
    {
      const BeTransfer *from = &flow->sends[send];
      const BeTransfer *to = &flow->arrivals[arrival];

      if (MAX (from->begin, to->begin) < MIN (from->end, to->end))
        add_link (flow, from, to, BE_TRANSFER_ARRIVED);

      if (from->end <= to->end)
        send++;
      if (to->end <= from->end)
        arrival++;
    }

  for (; send < flow->n_sends; send++)
    add_link (flow, &flow->sends[send], NULL, BE_TRANSFER_WAITING);
}

static gboolean
may_be_same (const BeTransfer *send,
             const BeTransfer *arrival)
{
  guint64 n_sent = send->end - send->begin;
  guint64 n_arrived = arrival->end - arrival->begin;

  if (arrival->is_truncated ? n_arrived > n_sent : n_arrived != n_sent)
    return FALSE;

  return memcmp (send->head, arrival->head, MIN (send->head_length, arrival->head_length)) == 0;
}

/* Returns the first of the sends from @begin to before @end that @arrival can
 * be, or @end. */
static guint
find_send (const Flow       *flow,
           const BeTransfer *arrival,
           guint             begin,
           guint             end)
{
  for (guint i = begin; i < end && flow->sends[i].row < arrival->row; i++)
    if (!flow->sends[i].is_settled && may_be_same (&flow->sends[i], arrival))
      return i;

  return end;
}

/* When the log had no room for an arrival, nobody can say which of the sends
 * before was lost. */
static void
forgive_gap (Flow             *flow,
             const BeTransfer *arrival,
             guint             end)
{
  const BeTransfer *before = arrival - 1;

  if (arrival == flow->arrivals || before->peer_id != arrival->peer_id || before->end == arrival->begin)
    return;

  for (guint i = 0; i < end; i++)
    flow->sends[i].is_settled = TRUE;
}

/* Whether it was read before the row of @refusal. */
static gboolean
has_arrived (const Flow       *flow,
             const BeTransfer *send,
             const BeTransfer *refusal)
{
  for (guint i = 0; i < flow->n_arrivals && flow->arrivals[i].row < refusal->row; i++)
    if (flow->arrivals[i].row > send->row && may_be_same (send, &flow->arrivals[i]))
      return TRUE;

  return FALSE;
}

/* The next call after the message is told of it, and sends nothing itself: so what
 * was refused is what was sent last before it. */
static void
match_refusals (Flow *flow)
{
  for (guint i = 0; i < flow->n_sends; i++)
    {
      BeTransfer *refusal = &flow->sends[i];
      BeTransfer *before = i > 0 ? &flow->sends[i - 1] : NULL;

      if (!refusal->is_refusal)
        continue;

      refusal->is_settled = TRUE;
      if (before == NULL || before->is_refusal || has_arrived (flow, before, refusal))
        {
          add_link (flow, refusal, refusal, refusal->is_local ? BE_TRANSFER_REFUSED : BE_TRANSFER_REFUSED_ELSEWHERE);
          g_array_index (flow->links, BeTransferLink, flow->links->len - 1).from = BE_TRANSFER_NO_ROW;
          continue;
        }

      before->is_settled = TRUE;
      add_link (flow, before, refusal, refusal->is_local ? BE_TRANSFER_REFUSED : BE_TRANSFER_REFUSED_ELSEWHERE);
    }
}

static void
add_foreign (Flow             *flow,
             const BeTransfer *transfer)
{
  be_transfer_link_foreign (transfer, flow->links);
}

static void
add_foreign_datagrams (Flow *flow)
{
  match_refusals (flow);
  for (guint i = 0; i < flow->n_sends; i++)
    if (!flow->sends[i].is_settled)
      add_foreign (flow, &flow->sends[i]);
  for (guint i = 0; i < flow->n_arrivals; i++)
    add_foreign (flow, &flow->arrivals[i]);
}

/* In their order; one that came late was overtaken by others. */
static void
match_datagrams (Flow *flow)
{
  guint next = 0;

  match_refusals (flow);
  for (guint i = 0; i < flow->n_arrivals; i++)
    {
      const BeTransfer *arrival = &flow->arrivals[i];
      guint             found = find_send (flow, arrival, next, flow->n_sends);

      if (found == flow->n_sends)
        {
          found = find_send (flow, arrival, 0, next);
          if (found == next)
            continue;
        }

      forgive_gap (flow, arrival, found);
      flow->sends[found].is_settled = TRUE;
      add_link (flow, &flow->sends[found], arrival, BE_TRANSFER_ARRIVED);
      next = MAX (next, found + 1);
    }

  for (guint i = 0; i < flow->n_sends; i++)
    if (!flow->sends[i].is_settled)
      add_link (flow, &flow->sends[i], NULL, i < next ? BE_TRANSFER_LOST : BE_TRANSFER_WAITING);
}

static const BeTransfer *
find_first_arrival (const Flow     *flow,
                    BeTransferMeans means,
                    guint           row)
{
  for (guint i = 0; i < flow->n_arrivals; i++)
    if (flow->arrivals[i].means == means && flow->arrivals[i].row > row)
      return &flow->arrivals[i];

  return NULL;
}

/* The ACK of a FIN waits for something that it can go with, but not longer than half
 * a second (RFC 1122, 4.2.3.2): most often that is the other FIN. */
static gboolean
is_acknowledged_alone (const Flow       *flow,
                       const BeTransfer *arrival)
{
  const BeTransfer *other = flow->other_fin;

  return other != NULL && (other->row < arrival->row || other->time - arrival->time > LONGEST_ACK_DELAY_MICROSECONDS);
}

/* A side sends one FIN, in its first shutdown () or close (); a later close ()
 * sends none. A close () that leaves bytes unread sends an RST instead (RFC 2525,
 * section 2.17); who has read to the end leaves none. */
static void
match_fin (Flow *flow)
{
  BeTransfer       *first = &flow->sends[0];
  const BeTransfer *arrival;

  if (first->means != BE_TRANSFER_BY_FIN)
    return;

  arrival = find_first_arrival (flow, BE_TRANSFER_BY_FIN, first->row);
  if (arrival != NULL)
    {
      first->is_settled = TRUE;
      add_link (flow, first, arrival, BE_TRANSFER_ARRIVED);
      g_array_index (flow->links, BeTransferLink, flow->links->len - 1).is_acknowledged = is_acknowledged_alone (flow, arrival);
    }
  else if (flow->n_arrivals == 0 && (!first->is_close || flow->has_read_end))
    {
      add_link (flow, first, NULL, BE_TRANSFER_WAITING);
    }
}

/* A close () resets when it was told to, and when it leaves bytes unread; one
 * whose FIN arrived did not. Not every system tells of what was unread: so that
 * there was an RST may show at the other end only. */
static void
match_reset (Flow *flow)
{
  for (guint i = 0; i < flow->n_sends; i++)
    {
      const BeTransfer *arrival = find_first_arrival (flow, BE_TRANSFER_BY_RST, flow->sends[i].row);

      if (!flow->sends[i].is_close || flow->sends[i].is_settled || (arrival == NULL && !flow->sends[i].is_unread))
        continue;

      add_link (flow, &flow->sends[i], arrival, arrival != NULL ? BE_TRANSFER_ARRIVED : BE_TRANSFER_WAITING);
      return;
    }
}

static void
match_endings (Flow *flow)
{
  if (flow->n_sends == 0)
    return;

  match_fin (flow);
  match_reset (flow);
}

static void
add_first_foreign (Flow             *flow,
                   const BeTransfer *transfers,
                   guint             n_transfers,
                   BeTransferMeans   means)
{
  for (guint i = 0; i < n_transfers; i++)
    if (transfers[i].means == means && (means != BE_TRANSFER_BY_FIN || transfers[i].is_arrival || transfers[i].sends_fin))
      {
        add_foreign (flow, &transfers[i]);
        return;
      }
}

/* What our calls sent, and what they were told of. Who was told of an RST sends none. */
static void
add_foreign_endings (Flow *flow)
{
  add_first_foreign (flow, flow->sends, flow->n_sends, BE_TRANSFER_BY_FIN);
  if (!flow->was_reset)
    add_first_foreign (flow, flow->sends, flow->n_sends, BE_TRANSFER_BY_RST);
  add_first_foreign (flow, flow->arrivals, flow->n_arrivals, BE_TRANSFER_BY_FIN);
  add_first_foreign (flow, flow->arrivals, flow->n_arrivals, BE_TRANSFER_BY_RST);
}

static void
match_foreign (Flow          *flow,
               BeTransferKind kind)
{
  if (kind == BE_TRANSFER_ENDING)
    add_foreign_endings (flow);
  else
    add_foreign_datagrams (flow);
}

static void
match_own (Flow          *flow,
           BeTransferKind kind)
{
  switch (kind)
    {
    case BE_TRANSFER_HANDSHAKE:
      match_handshake (flow);
      break;
    case BE_TRANSFER_STREAM:
      match_stream (flow);
      break;
    case BE_TRANSFER_ENDING:
      match_endings (flow);
      break;
    case BE_TRANSFER_DATAGRAM:
    case BE_TRANSFER_ATTEMPT:
    default:
      match_datagrams (flow);
    }
}

static int
compare_flows (const BeTransfer *a,
               const BeTransfer *b)
{
  if (a->connection != b->connection)
    return a->connection < b->connection ? -1 : 1;
  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  if (a->from_side != b->from_side)
    return a->from_side < b->from_side ? -1 : 1;

  return 0;
}

static int
compare_transfers (gconstpointer a,
                   gconstpointer b)
{
  const BeTransfer *first = a;
  const BeTransfer *second = b;
  int               order = compare_flows (first, second);

  if (order != 0)
    return order;
  if (first->is_arrival != second->is_arrival)
    return first->is_arrival ? 1 : -1;

  return first->row < second->row ? -1 : 1;
}

/* Of the flow from @begin to before @end: looks at the other direction, which stands
 * beside it, for what was sent or what its sender was told of. */
static const BeTransfer *
find_in_other (const GArray   *transfers,
               guint           begin,
               guint           end,
               gboolean        is_arrival,
               BeTransferMeans means)
{
  const BeTransfer *all = (const BeTransfer *) (gpointer) transfers->data;
  const BeTransfer *own = &all[begin];

  while (begin > 0 && all[begin - 1].connection == own->connection && all[begin - 1].kind == own->kind)
    begin--;
  while (end < transfers->len && all[end].connection == own->connection && all[end].kind == own->kind)
    end++;

  for (guint i = begin; i < end; i++)
    if (all[i].from_side != own->from_side && all[i].is_arrival == is_arrival && all[i].means == means)
      return &all[i];

  return NULL;
}

static void
look_at_other (Flow         *flow,
               const GArray *transfers,
               guint         begin,
               guint         end)
{
  flow->has_read_end = find_in_other (transfers, begin, end, TRUE, BE_TRANSFER_BY_FIN) != NULL;
  flow->was_reset = find_in_other (transfers, begin, end, TRUE, BE_TRANSFER_BY_RST) != NULL;
  flow->other_fin = find_in_other (transfers, begin, end, FALSE, BE_TRANSFER_BY_FIN);
}

/**
 * be_transfer_match:
 * @transfers: (element-type BeTransfer): those of some rows; sorted, and used up
 * @links: (element-type BeTransferLink): what links them is added here
 *
 * The bytes of a stream are matched by their place in it, so that several
 * sends may end in one arrival, and one send in several. Datagrams are matched
 * by their order and what they say; one that did not arrive although a later
 * one did is lost. What nothing is known of at the end of the rows is waiting.
 * The calls that open and end a TCP stream are linked by what the system must
 * have sent in between. A FIN that no call was told of is waiting, and so is the
 * RST of a close () that left bytes unread; of another RST that nobody was told
 * of there is no link. A datagram that was refused is linked with the call that was
 * told so, and is no other's, whoever listens at its port later.
 */
void
be_transfer_match (GArray *transfers,
                   GArray *links)
{
  BeTransfer *all;
  guint       end;

  g_return_if_fail (transfers != NULL);
  g_return_if_fail (links != NULL);

  g_array_sort (transfers, compare_transfers);
  all = (BeTransfer *) transfers->data;

  for (guint begin = 0; begin < transfers->len; begin = end)
    {
      Flow flow = { .sends = all + begin, .links = links };

      for (end = begin; end < transfers->len && compare_flows (&all[begin], &all[end]) == 0; end++)
        flow.n_sends += all[end].is_arrival ? 0 : 1;
      flow.arrivals = flow.sends + flow.n_sends;
      flow.n_arrivals = end - begin - flow.n_sends;

      if (all[begin].kind == BE_TRANSFER_ENDING)
        look_at_other (&flow, transfers, begin, end);
      if (all[begin].is_foreign)
        match_foreign (&flow, (BeTransferKind) all[begin].kind);
      else
        match_own (&flow, (BeTransferKind) all[begin].kind);
    }
}

/**
 * be_transfer_link_foreign:
 * @transfer: of which nothing but one row can be known
 * @links: (element-type BeTransferLink): its link is added here
 */
void
be_transfer_link_foreign (const BeTransfer *transfer,
                          GArray           *links)
{
  BeTransferLink link = { 0 };

  g_return_if_fail (transfer != NULL);
  g_return_if_fail (links != NULL);

  link.from = transfer->is_arrival ? BE_TRANSFER_NO_ROW : transfer->row;
  link.to = transfer->is_arrival ? transfer->row : BE_TRANSFER_NO_ROW;
  link.connection = transfer->connection;
  link.from_side = transfer->from_side;
  link.outcome = BE_TRANSFER_FOREIGN;
  link.means = transfer->means;
  g_array_append_val (links, link);
}
