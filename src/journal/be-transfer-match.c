/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-transfer-match.h"

#include "be-transfer-flow-private.h"

#include <string.h>

/* When accept () returns so much later than connect () did, the system has shaken
 * hands long before. */
#define LATE_MICROSECONDS (G_USEC_PER_SEC / 10)

/* See be-transfer-flow-private.h. */
BeTransferLink *
be_transfer_flow_add_link (BeTransferFlow   *self,
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
  g_array_append_val (self->links, link);

  return &g_array_index (self->links, BeTransferLink, self->links->len - 1);
}

static void
match_handshake (BeTransferFlow *flow)
{
  if (flow->n_sends == 0)
    return;

  /* In the accept queue: the system has shaken hands, and no call has returned. */
  be_transfer_flow_add_link (flow, &flow->sends[0], flow->n_arrivals > 0 ? &flow->arrivals[0] : NULL,
                             flow->n_arrivals > 0 ? BE_TRANSFER_ARRIVED : BE_TRANSFER_WAITING);
}

/* Whoever has bytes of the other is linked with it. */
static void
match_stream (BeTransferFlow *flow)
{
  guint send = 0;
  guint arrival = 0;

  while (send < flow->n_sends && arrival < flow->n_arrivals)
    {
      const BeTransfer *from = &flow->sends[send];
      const BeTransfer *to = &flow->arrivals[arrival];

      if (MAX (from->begin, to->begin) < MIN (from->end, to->end))
        be_transfer_flow_add_link (flow, from, to, BE_TRANSFER_ARRIVED);

      if (from->end <= to->end)
        send++;
      if (to->end <= from->end)
        arrival++;
    }

  for (; send < flow->n_sends; send++)
    be_transfer_flow_add_link (flow, &flow->sends[send], NULL, BE_TRANSFER_WAITING);
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
find_send (const BeTransferFlow *flow,
           const BeTransfer     *arrival,
           guint                 begin,
           guint                 end)
{
  for (guint i = begin; i < end && flow->sends[i].row < arrival->row; i++)
    if (!flow->sends[i].is_settled && may_be_same (&flow->sends[i], arrival))
      return i;

  return end;
}

/* When the log had no room for an arrival, nobody can say which of the sends
 * before was lost. */
static void
forgive_gap (BeTransferFlow   *flow,
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
has_arrived (const BeTransferFlow *flow,
             const BeTransfer     *send,
             const BeTransfer     *refusal)
{
  for (guint i = 0; i < flow->n_arrivals && flow->arrivals[i].row < refusal->row; i++)
    if (flow->arrivals[i].row > send->row && may_be_same (send, &flow->arrivals[i]))
      return TRUE;

  return FALSE;
}

/* Where the message comes back while the datagram is sent, the next call is told of it
 * and sends nothing itself: so what was refused is what was sent last before it. */
static const BeTransfer *
find_refused_here (const BeTransferFlow *flow,
                   const BeTransfer     *refusal)
{
  const BeTransfer *before = refusal > flow->sends ? refusal - 1 : NULL;

  if (before == NULL || before->is_refusal || has_arrived (flow, before, refusal))
    return NULL;

  return before;
}

/* What may be on its way, or have been refused. */
typedef struct
{
  const BeTransfer *last;
  guint             n_open;
  guint             n_candidates; /* for these: one of several is not known any more */
} OpenSends;

/* A reply or a refusal was the answer to one of them. */
static void
open_sends_answer (OpenSends *self)
{
  self->n_open -= MIN (self->n_open, 1);
  if (self->n_open == 0)
    self->n_candidates = 0;
}

/* From far away the message takes its time: only where nothing else was open it is
 * known what it is about. */
static const BeTransfer *
find_refused_elsewhere (const BeTransferFlow *flow,
                        const BeTransfer     *refusal)
{
  OpenSends open = { 0 };
  guint     reply = 0;

  for (const BeTransfer *send = flow->sends; send < refusal; send++)
    {
      for (; reply < flow->n_replies && flow->replies[reply].row < send->row; reply++)
        open_sends_answer (&open);

      if (send->is_refusal)
        {
          open_sends_answer (&open);
          continue;
        }
      if (has_arrived (flow, send, refusal))
        continue;

      open.last = send;
      open.n_open++;
      open.n_candidates++;
    }

  for (; reply < flow->n_replies && flow->replies[reply].row < refusal->row; reply++)
    open_sends_answer (&open);

  return open.n_candidates == 1 ? open.last : NULL;
}

/* Of chosen rows nobody can say which was the last. */
static void
match_refusals (BeTransferFlow *flow)
{
  for (guint i = 0; i < flow->n_sends; i++)
    {
      BeTransfer       *refusal = &flow->sends[i];
      const BeTransfer *refused = NULL;
      BeTransferOutcome outcome = refusal->is_local ? BE_TRANSFER_REFUSED : BE_TRANSFER_REFUSED_ELSEWHERE;

      if (!refusal->is_refusal)
        continue;

      refusal->is_settled = TRUE;
      if (flow->is_whole)
        refused = refusal->is_local ? find_refused_here (flow, refusal) : find_refused_elsewhere (flow, refusal);

      if (refused != NULL)
        {
          flow->sends[refused - flow->sends].is_settled = TRUE;
          be_transfer_flow_add_link (flow, refused, refusal, outcome);
        }
      else
        be_transfer_flow_add_link (flow, refusal, refusal, outcome)->from = BE_TRANSFER_NO_ROW;
    }
}

static void
add_foreign (BeTransferFlow   *flow,
             const BeTransfer *transfer)
{
  be_transfer_link_foreign (transfer, flow->links);
}

static void
add_foreign_datagrams (BeTransferFlow *flow)
{
  match_refusals (flow);
  for (guint i = 0; i < flow->n_sends; i++)
    if (!flow->sends[i].is_settled)
      add_foreign (flow, &flow->sends[i]);
  for (guint i = 0; i < flow->n_arrivals; i++)
    add_foreign (flow, &flow->arrivals[i]);
}

static gboolean
is_same_conversation (const BeTransfer *a,
                      const BeTransfer *b)
{
  return a->connection == b->connection && a->kind == b->kind;
}

/* What came back stands beside what went. */
static void
find_replies (BeTransferFlow *flow,
              const GArray   *transfers,
              guint           begin,
              guint           end)
{
  const BeTransfer *all = (const BeTransfer *) (gpointer) transfers->data;
  const BeTransfer *own = &all[begin];

  while (begin > 0 && is_same_conversation (&all[begin - 1], own))
    begin--;
  while (end < transfers->len && is_same_conversation (&all[end], own))
    end++;

  for (guint i = begin; i < end; i++)
    if (all[i].from_side != own->from_side && all[i].is_arrival)
      {
        flow->replies = flow->n_replies == 0 ? &all[i] : flow->replies;
        flow->n_replies++;
      }
}

/* In their order; one that came late was overtaken by others. */
static void
match_datagrams (BeTransferFlow *flow)
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
      be_transfer_flow_add_link (flow, &flow->sends[found], arrival, BE_TRANSFER_ARRIVED);
      next = MAX (next, found + 1);
    }

  for (guint i = 0; i < flow->n_sends; i++)
    if (!flow->sends[i].is_settled)
      be_transfer_flow_add_link (flow, &flow->sends[i], NULL, i < next ? BE_TRANSFER_LOST : BE_TRANSFER_WAITING);
}

static void
match_foreign (BeTransferFlow *flow,
               BeTransferKind  kind)
{
  if (kind == BE_TRANSFER_ENDING)
    be_transfer_flow_match_foreign_endings (flow);
  else
    add_foreign_datagrams (flow);
}

static void
match_own (BeTransferFlow *flow,
           BeTransferKind  kind)
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
      be_transfer_flow_match_endings (flow);
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

/**
 * be_transfer_match:
 * @transfers: (element-type BeTransfer): those of some rows; sorted, and used up
 * @is_whole: whether they are all that there were, and not those of chosen rows
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
 * told so, where it is known which it was, and is no other's, whoever listens at its
 * port later.
 */
void
be_transfer_match (GArray  *transfers,
                   gboolean is_whole,
                   GArray  *links)
{
  BeTransfer *all;
  guint       end;

  g_return_if_fail (transfers != NULL);
  g_return_if_fail (links != NULL);

  g_array_sort (transfers, compare_transfers);
  all = (BeTransfer *) transfers->data;

  for (guint begin = 0; begin < transfers->len; begin = end)
    {
      BeTransferFlow flow = { .sends = all + begin, .is_whole = is_whole, .links = links };

      for (end = begin; end < transfers->len && compare_flows (&all[begin], &all[end]) == 0; end++)
        flow.n_sends += all[end].is_arrival ? 0 : 1;
      flow.arrivals = flow.sends + flow.n_sends;
      flow.n_arrivals = end - begin - flow.n_sends;

      if (all[begin].kind == BE_TRANSFER_ENDING)
        be_transfer_flow_look_at_other (&flow, transfers, begin, end);
      if (all[begin].kind == BE_TRANSFER_DATAGRAM)
        find_replies (&flow, transfers, begin, end);
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
