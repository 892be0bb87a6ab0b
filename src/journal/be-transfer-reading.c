/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an event sent to the other end, or took of it: see be-transfer-match.h. */

#include "be-outcome.h"
#include "be-system-error.h"
#include "be-transfer-match.h"

#include <string.h>

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

/* So far as is known. */
static gboolean
is_local (const BeEventRecord *record)
{
  return be_address_is_loopback (&record->peer) || be_address_is_any (&record->peer) ||
         be_address_is_same_host (&record->local, &record->peer);
}

/* Where no socket is bound the system answers a datagram with ICMP, type 3 (RFC 1122,
 * 4.1.3.1), which a later call on a socket with a fixed peer is told of. */
static gboolean
set_refusal (BeTransfer          *self,
             const BeEventRecord *record)
{
  if (be_outcome_from_record (record) != BE_OUTCOME_DATAGRAM_REFUSED)
    return FALSE;

  self->kind = BE_TRANSFER_DATAGRAM;
  self->is_refusal = TRUE;
  self->from_side = record->side;
  self->means = BE_TRANSFER_BY_ICMP;
  self->is_local = is_local (record);

  return TRUE;
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
  self->is_local = is_local (record);

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
  self->sends_fin = !self->is_close || record->state == BE_SYSTEM_STATE_FIN_WAIT_1 || record->state == BE_SYSTEM_STATE_LAST_ACK;
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
    return set_attempt (self, record) || set_refusal (self, record) || (is_told_of_reset (record) && set_ending (self, record));

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
 * be_transfer_get_segments:
 *
 * Returns: (nullable): the field's own names of what the system sent, the same in
 *   every language
 */
const char *
be_transfer_get_segments (BeTransferMeans means)
{
  switch (means)
    {
    case BE_TRANSFER_BY_HANDSHAKE:
      return "SYN, SYN-ACK, ACK";
    case BE_TRANSFER_BY_FIN:
      return "FIN";
    case BE_TRANSFER_BY_RST:
      return "RST";
    case BE_TRANSFER_BY_SYN:
      return "SYN";
    case BE_TRANSFER_BY_ICMP:
      return "ICMP port unreachable";
    case BE_TRANSFER_BY_CALLS:
    default:
      return NULL;
    }
}
