/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-summary-private.h"

/* What the socket list and the states of the sockets write into a summary. */

static void
set_address (BeSocketSummary        *self,
             BeAddress              *field,
             const BeAddress        *address,
             BeSocketSummaryProperty text_property)
{
  if (address->family == BE_ADDRESS_NONE || be_address_equal (field, address))
    return;

  *field = *address;
  self->changes |= 1u << text_property;
}

static void
set_state (BeSocketSummary *self,
           BeSystemState    state)
{
  if (self->state == state)
    return;

  self->state = state;
  self->changes |= 1u << PROP_STATE | 1u << PROP_STATE_NAME;
}

static void
set_is_open (BeSocketSummary *self,
             gboolean         is_open)
{
  if (self->is_open == is_open)
    return;

  self->is_open = is_open;
  self->changes |= 1u << PROP_IS_OPEN;
}

static void
set_connection (BeSocketSummary *self,
                guint32          connection)
{
  if (self->connection == connection)
    return;

  self->connection = connection;
  self->changes |= 1u << PROP_CONNECTION | 1u << PROP_LETTER;
}

/* The record says where in the stream its bytes stand, so that the sum is
 * right even if some records were lost. */
static void
count_bytes (BeSocketSummary     *self,
             const BeEventRecord *record)
{
  guint64 total = record->position + record->payload_length;

  if (record->payload_length == 0)
    return;

  if (be_call_is_sending (record->call) && total > self->bytes_sent)
    {
      self->bytes_sent = total;
      self->changes |= 1u << PROP_BYTES_SENT;
    }
  else if (be_call_is_reading (record->call) && total > self->bytes_received)
    {
      self->bytes_received = total;
      self->changes |= 1u << PROP_BYTES_RECEIVED;
    }
}

/* Public */

/**
 * be_socket_summary_new:
 * @record: the first event of the peer
 * @connection: its number
 *
 * Returns: (transfer full): a summary of this event.
 */
BeSocketSummary *
be_socket_summary_new (const BeEventRecord *record,
                       guint32              connection)
{
  BeSocketSummary *self;

  g_return_val_if_fail (record != NULL, NULL);

  self = g_object_new (BE_TYPE_SOCKET_SUMMARY, NULL);
  self->session_id = record->session_id;
  self->socket_id = record->socket_id;
  self->peer_id = record->peer_id;
  self->side = record->side;
  self->protocol = record->protocol;
  self->is_open = TRUE;
  set_connection (self, connection);
  be_socket_summary_apply (self, record);
  self->changes = 0;

  return self;
}

/**
 * be_socket_summary_apply:
 * @record: an event of this peer; or the close of the socket that it shares
 *
 * Takes over what the event says. Nobody is told before
 * be_socket_summary_commit ().
 */
void
be_socket_summary_apply (BeSocketSummary     *self,
                         const BeEventRecord *record)
{
  g_return_if_fail (BE_IS_SOCKET_SUMMARY (self));
  g_return_if_fail (record != NULL);

  if (record->peer_id == self->peer_id)
    {
      set_address (self, &self->local, &record->local, PROP_LOCAL_TEXT);
      set_address (self, &self->peer, &record->peer, PROP_PEER_TEXT);
      count_bytes (self, record);
    }

  /* What TCP does after a close () the system says, see be_socket_summary_report (). */
  if (record->time >= self->state_time)
    {
      set_state (self, record->call == BE_CALL_CLOSE ? BE_SYSTEM_STATE_CLOSED : record->state);
      self->state_time = record->time;
    }

  if (record->call == BE_CALL_SHUTDOWN && record->result == 0)
    self->has_ended_sending = TRUE;

  if (record->call == BE_CALL_CLOSE ||
      (record->call == BE_CALL_CONNECT && record->result == -1))
    set_is_open (self, FALSE);
}

/**
 * be_socket_summary_report:
 * @time: when the system said so, µs
 * @forgotten_at: when the system forgets it, µs; 0: it does not say
 *
 * Takes over what the system says of its state, without an event, also after
 * it was closed. Nobody is told before be_socket_summary_commit ().
 */
void
be_socket_summary_report (BeSocketSummary *self,
                          BeSystemState    state,
                          gint64           time,
                          gint64           forgotten_at)
{
  g_return_if_fail (BE_IS_SOCKET_SUMMARY (self));

  if (time < self->state_time)
    return;

  self->state_time = time;
  self->forgotten_at = forgotten_at;
  set_state (self, state);
  if (forgotten_at != 0)
    self->changes |= 1u << PROP_STATE_NAME; /* with its countdown */
}

/**
 * be_socket_summary_set_closing:
 * @closing: which of all closings of the list it was, from 1
 */
void
be_socket_summary_set_closing (BeSocketSummary *self,
                               guint            closing)
{
  g_return_if_fail (BE_IS_SOCKET_SUMMARY (self));

  self->closing = closing;
}

/**
 * be_socket_summary_begin_change:
 *
 * Returns: whether this is the first time since be_socket_summary_commit ()
 */
gboolean
be_socket_summary_begin_change (BeSocketSummary *self)
{
  gboolean is_first = !self->is_changing;

  self->is_changing = TRUE;

  return is_first;
}

/**
 * be_socket_summary_forget:
 *
 * A UDP server has no room to remember this peer.
 */
void
be_socket_summary_forget (BeSocketSummary *self)
{
  g_return_if_fail (BE_IS_SOCKET_SUMMARY (self));

  set_state (self, BE_SYSTEM_STATE_CLOSED);
  set_is_open (self, FALSE);
}
