/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-bytes.h"

struct _BeStreamBytes
{
  BeJournal *journal;
  guint32    connection;
  BeSide     from_side;

  BeStreamEnd ends[2]; /* sent, received */
  guint64     last_sequence;
  BeProtocol  protocol;
  gboolean    has_side[2]; /* whose calls are in the log */
};

static void
end_init (BeStreamEnd *self)
{
  *self = (BeStreamEnd){ 0 };
  self->bytes = g_byte_array_new ();
  self->pieces = g_array_new (FALSE, FALSE, sizeof (BeStreamPiece));
}

static void
end_clear (BeStreamEnd *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->pieces, g_array_unref);
}

/* Bytes between that the log has no event of are not known. */
static void
append_unknown (BeStreamEnd *self,
                guint64      length)
{
  gsize begin = self->bytes->len;
  gsize n_added = MIN (length, BE_STREAM_BYTES_MAX - begin);

  g_byte_array_set_size (self->bytes, (guint) (begin + n_added));
  for (gsize i = 0; i < n_added; i++)
    self->bytes->data[begin + i] = 0;
}

static void
set_loss (BeStreamPiece       *piece,
          const BeEventRecord *record)
{
  piece->is_cut = (record->flags & BE_EVENT_TRUNCATED) != 0;
  if (piece->is_cut && !(record->flags & BE_EVENT_LIMIT) && record->detail > record->payload_length)
    piece->n_lost = record->detail - record->payload_length;
}

static void
append_piece (BeStreamEnd         *self,
              const BeEventRecord *record)
{
  gboolean      knows_all = self->known == self->bytes->len;
  BeStreamPiece piece = { .sequence = record->sequence, .offset = self->bytes->len, .length = record->payload_length };

  if (self->n_pieces_left_out > 0 || self->pieces->len == BE_STREAM_BYTES_MAX_PIECES ||
      self->bytes->len + (gsize) record->payload_length > BE_STREAM_BYTES_MAX)
    {
      self->n_left_out += record->payload_length;
      self->n_pieces_left_out++;
      return;
    }

  set_loss (&piece, record);
  piece.n_missing = record->payload_length - record->kept_length;
  g_array_append_val (self->pieces, piece);
  g_byte_array_append (self->bytes, be_event_record_payload (record), record->kept_length);
  if (knows_all)
    self->known = self->bytes->len;
  append_unknown (self, piece.n_missing);
}

/* The place in a stream is what counts; of datagrams it is their order. */
static void
append_record (BeStreamBytes       *self,
               const BeEventRecord *record)
{
  BeStreamEnd *end = &self->ends[be_call_is_sending (record->call) ? 0 : 1];
  guint64      next = end->begin + end->bytes->len;

  self->protocol = record->protocol;
  if (self->protocol != BE_PROTOCOL_UDP && end->n_pieces_left_out == 0)
    {
      if (end->pieces->len == 0)
        end->begin = record->position;
      else if (record->position > next)
        append_unknown (end, record->position - next);
    }

  append_piece (end, record);
}

static gboolean
concerns (BeStreamBytes       *self,
          const BeEventRecord *record)
{
  gboolean is_sent = be_call_is_sending (record->call);

  return record->connection == self->connection && be_event_record_is_data (record) &&
         (BeSide) (is_sent ? record->side : 1 - record->side) == self->from_side;
}

/* Returns where the first event stands that was not looked at. */
static guint
find_new (BeStreamBytes *self)
{
  guint low = 0;
  guint high = g_list_model_get_n_items (G_LIST_MODEL (self->journal));

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (be_journal_get_record (self->journal, middle)->sequence <= self->last_sequence)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * be_stream_bytes_new:
 * @journal: where the events are
 * @connection: whose
 * @from_side: who sends in this direction
 *
 * Returns: (transfer full): nothing yet; see be_stream_bytes_update()
 */
BeStreamBytes *
be_stream_bytes_new (BeJournal *journal,
                     guint32    connection,
                     BeSide     from_side)
{
  BeStreamBytes *self;

  g_return_val_if_fail (BE_IS_JOURNAL (journal), NULL);

  self = g_new0 (BeStreamBytes, 1);
  self->journal = g_object_ref (journal);
  self->connection = connection;
  self->from_side = from_side;
  end_init (&self->ends[0]);
  end_init (&self->ends[1]);

  return self;
}

void
be_stream_bytes_free (BeStreamBytes *self)
{
  g_return_if_fail (self != NULL);

  end_clear (&self->ends[0]);
  end_clear (&self->ends[1]);
  g_object_unref (self->journal);
  g_free (self);
}

/**
 * be_stream_bytes_update:
 *
 * Takes in the events that came since the last time. What fell off the journal
 * since then stays here.
 *
 * Returns: whether any of them concerns this direction
 */
gboolean
be_stream_bytes_update (BeStreamBytes *self)
{
  gboolean has_changed = FALSE;
  guint    n_items;

  g_return_val_if_fail (self != NULL, FALSE);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->journal));
  for (guint i = find_new (self); i < n_items; i++)
    {
      const BeEventRecord *record = be_journal_get_record (self->journal, i);

      self->last_sequence = record->sequence;
      if (record->connection == self->connection)
        self->has_side[record->side] = TRUE;
      if (!concerns (self, record))
        continue;

      append_record (self, record);
      has_changed = TRUE;
    }

  return has_changed;
}

/**
 * be_stream_bytes_get_sent:
 *
 * Returns: what was sent; empty when the sender is another program
 */
const BeStreamEnd *
be_stream_bytes_get_sent (BeStreamBytes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->ends[0];
}

/**
 * be_stream_bytes_get_received:
 *
 * Returns: what was received; empty when the receiver is another program
 */
const BeStreamEnd *
be_stream_bytes_get_received (BeStreamBytes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->ends[1];
}

/**
 * be_stream_bytes_get_known:
 *
 * Returns: what is to be cut into messages: what was received, or, where that
 *   is not known or nothing yet, what was sent
 */
const BeStreamEnd *
be_stream_bytes_get_known (BeStreamBytes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->ends[self->ends[1].pieces->len > 0 ? 1 : 0];
}

/**
 * be_stream_bytes_get_protocol:
 *
 * Returns: of the connection; TCP before anything moved
 */
BeProtocol
be_stream_bytes_get_protocol (BeStreamBytes *self)
{
  g_return_val_if_fail (self != NULL, BE_PROTOCOL_TCP);

  return self->protocol;
}

/**
 * be_stream_bytes_has_side:
 *
 * Returns: whether any call of this side's end is known: otherwise it is
 *   another program
 */
gboolean
be_stream_bytes_has_side (BeStreamBytes *self,
                          BeSide         side)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_side[side];
}
