/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-transfer-match.h"

#include "be-system-error.h"

#include <string.h>

/* When accept () returns so much later than connect () did, the system has shaken
 * hands long before. */
#define LATE_MICROSECONDS (G_USEC_PER_SEC / 10)

/* One direction of one connection: its sends, and what arrived, each in the
 * order of the rows. */
typedef struct
{
  BeTransfer *sends;
  guint       n_sends;
  BeTransfer *arrivals;
  guint       n_arrivals;
  gboolean    has_read_end; /* endings: the sender has read all that the other end sent */
  GArray     *links;
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

/* In their order; one that came late was overtaken by others. */
static void
match_datagrams (Flow *flow)
{
  guint next = 0;

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

/* Of the flow from @begin to before @end: whether the other direction, which stands
 * beside it, has told its sender of a FIN. */
static gboolean
has_read_end (const GArray *transfers,
              guint         begin,
              guint         end)
{
  const BeTransfer *all = (const BeTransfer *) (gpointer) transfers->data;
  const BeTransfer *own = &all[begin];

  while (begin > 0 && all[begin - 1].connection == own->connection && all[begin - 1].kind == own->kind)
    begin--;
  while (end < transfers->len && all[end].connection == own->connection && all[end].kind == own->kind)
    end++;

  for (guint i = begin; i < end; i++)
    if (all[i].from_side != own->from_side && all[i].is_arrival && all[i].means == BE_TRANSFER_BY_FIN)
      return TRUE;

  return FALSE;
}

static void
set_data (BeTransfer          *self,
          const BeEventRecord *record)
{
  gboolean is_sent = be_call_is_sending (record->call);

  self->kind = record->protocol == BE_PROTOCOL_UDP ? BE_TRANSFER_DATAGRAM : BE_TRANSFER_STREAM;
  self->is_arrival = !is_sent;
  self->from_side = is_sent ? record->side : 1 - record->side;
  self->is_truncated = (record->flags & BE_EVENT_TRUNCATED) != 0;
  self->begin = record->position;
  self->end = record->position + record->payload_length;

  if (self->kind == BE_TRANSFER_DATAGRAM)
    {
      self->head_length = (guint8) MIN (record->kept_length, BE_TRANSFER_HEAD_BYTES);
      memcpy (self->head, be_event_record_payload (record), self->head_length);
    }
}

static gboolean
set_handshake (BeTransfer          *self,
               const BeEventRecord *record)
{
  if (record->call != BE_CALL_CONNECT && record->call != BE_CALL_ACCEPT)
    return FALSE;

  self->kind = BE_TRANSFER_HANDSHAKE;
  self->from_side = BE_SIDE_CLIENT;
  self->is_arrival = record->call == BE_CALL_ACCEPT;
  self->means = record->protocol == BE_PROTOCOL_TCP ? BE_TRANSFER_BY_HANDSHAKE : BE_TRANSFER_BY_CALLS;

  return TRUE;
}

/* The error is how the system tells what answered the SYN. Where nothing
 * listens it is a RST (RFC 9293, 3.10.7.1). A firewall may say the same by
 * ICMP, which no call can tell apart: the RST is inferred. */
static gboolean
set_attempt (BeTransfer          *self,
             const BeEventRecord *record)
{
  BeSystemError error = be_system_error_from_number (record->error);
  gboolean      is_refused = error == BE_SYSTEM_ERROR_REFUSED;
  gboolean      is_unanswered = error == BE_SYSTEM_ERROR_TIMED_OUT || (record->flags & BE_EVENT_TIMED_OUT);

  if (record->call != BE_CALL_CONNECT || record->protocol != BE_PROTOCOL_TCP || (!is_refused && !is_unanswered))
    return FALSE;

  self->kind = BE_TRANSFER_ATTEMPT;
  self->from_side = record->side;
  self->means = is_refused ? BE_TRANSFER_BY_RST : BE_TRANSFER_BY_SYN;
  self->is_local = be_address_is_loopback (&record->peer) || be_address_is_any (&record->peer) ||
                   be_address_is_same_host (&record->local, &record->peer);

  return TRUE;
}

/* The first call after a reset is told of it, whether it reads or writes. */
static gboolean
is_told_of_reset (const BeEventRecord *record)
{
  return be_event_record_is_failure (record) &&
         (be_call_is_sending (record->call) || be_call_is_reading (record->call)) &&
         be_system_error_from_number (record->error) == BE_SYSTEM_ERROR_RESET;
}

static gboolean
set_ending (BeTransfer          *self,
            const BeEventRecord *record)
{
  gboolean is_reset = is_told_of_reset (record);

  if (record->protocol != BE_PROTOCOL_TCP)
    return FALSE;

  self->kind = BE_TRANSFER_ENDING;
  self->is_arrival = is_reset || be_event_record_is_end_of_stream (record);
  self->from_side = self->is_arrival ? 1 - record->side : record->side;
  self->is_close = record->call == BE_CALL_CLOSE;
  self->is_unread = self->is_close && (record->flags & BE_EVENT_UNREAD) != 0;
  self->means = is_reset || (record->flags & BE_EVENT_RESET) ? BE_TRANSFER_BY_RST : BE_TRANSFER_BY_FIN;

  return self->is_arrival || self->is_close || record->call == BE_CALL_SHUTDOWN;
}

/**
 * be_transfer_set_record:
 * @record: an event, with its payload behind it
 * @row: where it stands
 *
 * Returns: whether the event sent something to the other end, or took
 *   something of it; otherwise what is filled in has no meaning
 */
gboolean
be_transfer_set_record (BeTransfer          *self,
                        const BeEventRecord *record,
                        guint                row)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  if (record->connection == BE_EVENT_NO_CONNECTION)
    return FALSE;

  *self = (BeTransfer){ 0 };
  self->row = row;
  self->connection = record->connection;
  self->peer_id = record->peer_id;
  self->time = record->time;

  if (be_event_record_is_failure (record))
    return set_attempt (self, record) || (is_told_of_reset (record) && set_ending (self, record));

  if (be_event_record_is_data (record))
    {
      set_data (self, record);
      return TRUE;
    }

  if (record->protocol == BE_PROTOCOL_UDP)
    return FALSE;

  return set_handshake (self, record) || set_ending (self, record);
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
 * of there is no link.
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

      if (all[begin].kind == BE_TRANSFER_HANDSHAKE)
        match_handshake (&flow);
      else if (all[begin].kind == BE_TRANSFER_STREAM)
        match_stream (&flow);
      else if (all[begin].kind == BE_TRANSFER_ENDING)
        {
          flow.has_read_end = has_read_end (transfers, begin, end);
          match_endings (&flow);
        }
      else
        match_datagrams (&flow);
    }
}
