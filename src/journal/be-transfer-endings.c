/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What ends a TCP stream: see be-transfer-match.h. */

#include "be-transfer-flow-private.h"

/* How long an ACK waits for something that it can go with: less than half a second
 * (RFC 1122, 4.2.3.2). On Linux, between two ends of one computer, it is 40 ms
 * (TCP_DELACK_MIN in net/tcp.h) and some ticks of its clock. */
#ifdef __linux__
#define LONGEST_ACK_DELAY_MICROSECONDS (60 * G_USEC_PER_SEC / 1000)
#else
#define LONGEST_ACK_DELAY_MICROSECONDS (G_USEC_PER_SEC / 2)
#endif

/* On a connection that has carried nothing yet Linux waits for one tick only. */
#define SHORTEST_ACK_DELAY_MICROSECONDS (4 * G_USEC_PER_SEC / 1000)

#define SHORTEST_FIN_TIMEOUT_MICROSECONDS (60 * G_USEC_PER_SEC)

static const BeTransfer *
find_first_arrival (const BeTransferFlow *flow,
                    BeTransferMeans       means,
                    guint                 row)
{
  for (guint i = 0; i < flow->n_arrivals; i++)
    if (flow->arrivals[i].means == means && flow->arrivals[i].row > row)
      return &flow->arrivals[i];

  return NULL;
}

/* Whose FIN is out sends nothing more that an ACK could go with, and answers the other
 * FIN at once (RFC 9293, 3.10.7.4), also when nobody has the socket any more; but Linux
 * gives such a one up after a minute (tcp(7), tcp_fin_timeout). */
static gboolean
is_last_acknowledged (const BeTransferFlow *flow,
                      const BeTransfer     *fin,
                      const BeTransfer     *arrival)
{
  const BeTransfer *closed = flow->other_close;

  if (arrival != NULL || closed == NULL || closed->row > fin->row)
    return TRUE;

  return closed->means == BE_TRANSFER_BY_FIN && fin->time - closed->time < SHORTEST_FIN_TIMEOUT_MICROSECONDS;
}

/* The ACK of the first FIN waits for something that it can go with, but not for long:
 * see LONGEST_ACK_DELAY_MICROSECONDS. */
static gboolean
is_acknowledged_alone (const BeTransferFlow *flow,
                       const BeTransfer     *fin,
                       const BeTransfer     *arrival)
{
  if (flow->other_fin != NULL && flow->other_fin->row < fin->row)
    return is_last_acknowledged (flow, fin, arrival);

  if (!flow->is_whole)
    return FALSE;

  if (flow->answer_time < G_MAXINT64)
    return flow->answer_time - fin->time > LONGEST_ACK_DELAY_MICROSECONDS;

  return arrival != NULL && arrival->time - fin->time > LONGEST_ACK_DELAY_MICROSECONDS;
}

/* The ACK of the other FIN went with this one, most likely: after a longer time it may
 * have gone before. */
static gboolean
is_also_acknowledgement (const BeTransferFlow *flow,
                         const BeTransfer     *fin)
{
  return flow->is_whole && flow->other_fin != NULL && flow->other_fin->row < fin->row && !flow->has_sent_since &&
         fin->time - flow->other_fin->time <= SHORTEST_ACK_DELAY_MICROSECONDS;
}

static void
add_fin (BeTransferFlow   *flow,
         const BeTransfer *fin,
         const BeTransfer *arrival)
{
  BeTransferLink *link = be_transfer_flow_add_link (flow, fin, arrival, arrival != NULL ? BE_TRANSFER_ARRIVED : BE_TRANSFER_WAITING);

  link->is_acknowledged = is_acknowledged_alone (flow, fin, arrival);
  link->is_also_acknowledgement = is_also_acknowledgement (flow, fin);
  link->is_late = link->is_acknowledged && arrival != NULL && arrival->time - fin->time > LONGEST_ACK_DELAY_MICROSECONDS;
}

/* A side sends one FIN, in its first shutdown () or close (); a later close ()
 * sends none. A close () that leaves bytes unread sends an RST instead (RFC 2525,
 * section 2.17); who has read to the end leaves none. */
static void
match_fin (BeTransferFlow *flow)
{
  BeTransfer       *first = &flow->sends[0];
  const BeTransfer *arrival;

  if (first->means != BE_TRANSFER_BY_FIN)
    return;

  arrival = find_first_arrival (flow, BE_TRANSFER_BY_FIN, first->row);
  if (arrival != NULL)
    {
      first->is_settled = TRUE;
      add_fin (flow, first, arrival);
    }
  else if (flow->n_arrivals == 0 && (!first->is_close || flow->has_read_end))
    {
      add_fin (flow, first, NULL);
    }
}

/* A close () resets when it was told to, and when it leaves bytes unread; one
 * whose FIN arrived did not. Not every system tells of what was unread: so that
 * there was an RST may show at the other end only. */
static void
match_reset (BeTransferFlow *flow)
{
  for (guint i = 0; i < flow->n_sends; i++)
    {
      const BeTransfer *arrival = find_first_arrival (flow, BE_TRANSFER_BY_RST, flow->sends[i].row);

      if (!flow->sends[i].is_close || flow->sends[i].is_settled || (arrival == NULL && !flow->sends[i].is_unread))
        continue;

      be_transfer_flow_add_link (flow, &flow->sends[i], arrival, arrival != NULL ? BE_TRANSFER_ARRIVED : BE_TRANSFER_WAITING);
      return;
    }
}

/* See be-transfer-flow-private.h. */
void
be_transfer_flow_match_endings (BeTransferFlow *flow)
{
  if (flow->n_sends == 0)
    return;

  match_fin (flow);
  match_reset (flow);
}

static void
add_first_foreign (BeTransferFlow   *flow,
                   const BeTransfer *transfers,
                   guint             n_transfers,
                   BeTransferMeans   means)
{
  for (guint i = 0; i < n_transfers; i++)
    if (transfers[i].means == means && (means != BE_TRANSFER_BY_FIN || transfers[i].is_arrival || transfers[i].sends_fin))
      {
        be_transfer_link_foreign (&transfers[i], flow->links);
        return;
      }
}

/* What our calls sent, and what they were told of. Who was told of an RST sends none. */
void
be_transfer_flow_match_foreign_endings (BeTransferFlow *flow)
{
  add_first_foreign (flow, flow->sends, flow->n_sends, BE_TRANSFER_BY_FIN);
  if (!flow->was_reset)
    add_first_foreign (flow, flow->sends, flow->n_sends, BE_TRANSFER_BY_RST);
  add_first_foreign (flow, flow->arrivals, flow->n_arrivals, BE_TRANSFER_BY_FIN);
  add_first_foreign (flow, flow->arrivals, flow->n_arrivals, BE_TRANSFER_BY_RST);
}

static void
note_other_ending (BeTransferFlow   *flow,
                   const BeTransfer *other)
{
  if (other->is_arrival)
    {
      flow->has_read_end |= other->means == BE_TRANSFER_BY_FIN;
      flow->was_reset |= other->means == BE_TRANSFER_BY_RST;
      return;
    }

  if (flow->other_fin == NULL && other->means == BE_TRANSFER_BY_FIN)
    flow->other_fin = other;
  if (flow->other_close == NULL && other->is_close)
    flow->other_close = other;
}

/* See be-transfer-flow-private.h: the other direction, and the bytes, stand beside the
 * flow from @begin to before @end. */
void
be_transfer_flow_look_at_other (BeTransferFlow *flow,
                                const GArray   *transfers,
                                guint           begin,
                                guint           end)
{
  const BeTransfer *all = (const BeTransfer *) (gpointer) transfers->data;
  const BeTransfer *own = &all[begin];
  const BeTransfer *fin = flow->n_sends > 0 ? &flow->sends[0] : NULL;

  while (begin > 0 && all[begin - 1].connection == own->connection)
    begin--;
  while (end < transfers->len && all[end].connection == own->connection)
    end++;

  for (guint i = begin; i < end; i++)
    if (all[i].kind == BE_TRANSFER_ENDING && all[i].from_side != own->from_side)
      note_other_ending (flow, &all[i]);

  flow->answer_time = G_MAXINT64;
  for (guint i = begin; i < end && fin != NULL; i++)
    {
      if (all[i].is_arrival || all[i].kind == BE_TRANSFER_HANDSHAKE)
        continue;

      if (all[i].from_side != own->from_side && all[i].row > fin->row)
        flow->answer_time = MIN (flow->answer_time, all[i].time);
      else if (all[i].from_side == own->from_side && flow->other_fin != NULL && all[i].row > flow->other_fin->row)
        flow->has_sent_since |= all[i].row < fin->row;
    }
}
