/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-outcome.h"

#include "be-port-holder.h"
#include "be-system-error.h"

#define FIRST_FREE_PORT 1024

static gboolean
is_datagram_transfer (const BeEventRecord *record)
{
  return record->protocol == BE_PROTOCOL_UDP &&
         (be_call_is_sending (record->call) || be_call_is_reading (record->call));
}

static BeOutcome
from_lookup (const BeEventRecord *record)
{
  return record->error == G_RESOLVER_ERROR_NOT_FOUND + 1
           ? BE_OUTCOME_NAME_NOT_FOUND
           : BE_OUTCOME_NAME_NOT_ANSWERED;
}

/* As far as the system told, when bind () failed. */
static BeOutcome
from_holder (guint32 holder)
{
  switch ((BePortHolder) holder)
    {
    case BE_PORT_HOLDER_LISTENER:
      return BE_OUTCOME_PORT_HAS_LISTENER;
    case BE_PORT_HOLDER_CONNECTION:
      return BE_OUTCOME_PORT_HAS_CONNECTION;
    case BE_PORT_HOLDER_TIME_WAIT:
      return BE_OUTCOME_PORT_IN_TIME_WAIT;
    case BE_PORT_HOLDER_UNKNOWN:
    default:
      return BE_OUTCOME_PORT_IN_USE;
    }
}

static BeOutcome
from_address_in_use (const BeEventRecord *record)
{
  if (record->call == BE_CALL_CONNECT)
    return BE_OUTCOME_PAIR_IN_USE;

  if (record->protocol == BE_PROTOCOL_UNIX)
    return BE_OUTCOME_PATH_IN_USE;

  return record->call == BE_CALL_BIND ? from_holder (record->detail) : BE_OUTCOME_PORT_IN_USE;
}

/* Linux says so of a pair of addresses that exists already, or is in TIME_WAIT
 * (tcp(7)); then the socket still has its port, which otherwise it never got. */
static BeOutcome
from_address_not_available (const BeEventRecord *record)
{
  if (record->call != BE_CALL_CONNECT)
    return BE_OUTCOME_ADDRESS_NOT_OURS;

  return record->local.port != 0 ? BE_OUTCOME_PAIR_IN_USE : BE_OUTCOME_NO_LOCAL_ADDRESS;
}

static BeOutcome
from_permission (const BeEventRecord *record)
{
  if (record->protocol == BE_PROTOCOL_UNIX)
    return record->call == BE_CALL_BIND ? BE_OUTCOME_FORBIDDEN_FOLDER : BE_OUTCOME_FORBIDDEN_PATH;

  if (record->call != BE_CALL_BIND)
    return BE_OUTCOME_FORBIDDEN;

  return record->local.port > 0 && record->local.port < FIRST_FREE_PORT
           ? BE_OUTCOME_PRIVILEGED_PORT
           : BE_OUTCOME_FORBIDDEN;
}

static BeOutcome
from_refused (const BeEventRecord *record)
{
  if (is_datagram_transfer (record))
    return BE_OUTCOME_DATAGRAM_REFUSED;

  return record->protocol == BE_PROTOCOL_UNIX ? BE_OUTCOME_REFUSED_PATH : BE_OUTCOME_REFUSED;
}

static BeOutcome
from_system_error (const BeEventRecord *record)
{
  gboolean is_connect = record->call == BE_CALL_CONNECT;

  switch (be_system_error_from_number (record->error))
    {
    case BE_SYSTEM_ERROR_REFUSED:
      return from_refused (record);
    case BE_SYSTEM_ERROR_TIMED_OUT:
      return is_connect ? BE_OUTCOME_NO_ANSWER : BE_OUTCOME_FELL_SILENT;
    case BE_SYSTEM_ERROR_HOST_UNREACHABLE:
      return BE_OUTCOME_HOST_UNREACHABLE;
    case BE_SYSTEM_ERROR_NETWORK_UNREACHABLE:
      return BE_OUTCOME_NETWORK_UNREACHABLE;
    case BE_SYSTEM_ERROR_ADDRESS_IN_USE:
      return from_address_in_use (record);
    case BE_SYSTEM_ERROR_ADDRESS_NOT_AVAILABLE:
      return from_address_not_available (record);
    case BE_SYSTEM_ERROR_PERMISSION:
      return from_permission (record);
    case BE_SYSTEM_ERROR_RESET:
      /* Windows says of a datagram that nobody took what others call refused. */
      return is_datagram_transfer (record) ? BE_OUTCOME_DATAGRAM_REFUSED : BE_OUTCOME_RESET;
    case BE_SYSTEM_ERROR_ABORTED:
      return record->call == BE_CALL_ACCEPT ? BE_OUTCOME_CLIENT_LEFT : BE_OUTCOME_ABORTED;
    case BE_SYSTEM_ERROR_BROKEN_PIPE:
    case BE_SYSTEM_ERROR_NOT_CONNECTED:
      return BE_OUTCOME_BROKEN_PIPE;
    case BE_SYSTEM_ERROR_MESSAGE_TOO_LONG:
      return be_call_is_reading (record->call) ? BE_OUTCOME_DATAGRAM_TRUNCATED
                                               : BE_OUTCOME_MESSAGE_TOO_LONG;
    case BE_SYSTEM_ERROR_NO_DESCRIPTORS:
      return BE_OUTCOME_NO_DESCRIPTORS;
    case BE_SYSTEM_ERROR_NO_BUFFERS:
      return record->flags & BE_EVENT_LIMIT ? BE_OUTCOME_QUEUE_FULL : BE_OUTCOME_NO_BUFFERS;
    case BE_SYSTEM_ERROR_NO_FAMILY:
      return BE_OUTCOME_NO_FAMILY;
    case BE_SYSTEM_ERROR_NO_SUCH_PATH:
      return is_connect ? BE_OUTCOME_NO_SUCH_PATH : BE_OUTCOME_NO_SUCH_FOLDER;
    case BE_SYSTEM_ERROR_OTHER:
    default:
      return BE_OUTCOME_FAILED;
    }
}

static BeOutcome
from_failure (const BeEventRecord *record)
{
  if (record->call == BE_CALL_GETADDRINFO)
    return from_lookup (record);

  if (record->call == BE_CALL_ACCEPT && (record->flags & BE_EVENT_LIMIT))
    return BE_OUTCOME_CLIENT_LIMIT;

  if (record->flags & BE_EVENT_TIMED_OUT)
    return record->call == BE_CALL_CONNECT ? BE_OUTCOME_NO_ANSWER : BE_OUTCOME_FELL_SILENT;

  return from_system_error (record);
}

/* A FIN of this end went before (RFC 9293, section 3.3.2, figure 5). */
static gboolean
has_sent_fin (BeSystemState state)
{
  switch (state)
    {
    case BE_SYSTEM_STATE_FIN_WAIT_1:
    case BE_SYSTEM_STATE_FIN_WAIT_2:
    case BE_SYSTEM_STATE_CLOSING:
    case BE_SYSTEM_STATE_LAST_ACK:
    case BE_SYSTEM_STATE_TIME_WAIT:
      return TRUE;
    case BE_SYSTEM_STATE_UNKNOWN:
    case BE_SYSTEM_STATE_CLOSED:
    case BE_SYSTEM_STATE_LISTEN:
    case BE_SYSTEM_STATE_SYN_SENT:
    case BE_SYSTEM_STATE_SYN_RECEIVED:
    case BE_SYSTEM_STATE_ESTABLISHED:
    case BE_SYSTEM_STATE_CLOSE_WAIT:
    case BE_SYSTEM_STATE_UDP_BOUND:
    case BE_SYSTEM_STATE_UDP_CONNECTED:
    default:
      return FALSE;
    }
}

/**
 * be_outcome_from_record:
 *
 * Returns: how the call ended.
 */
BeOutcome
be_outcome_from_record (const BeEventRecord *record)
{
  g_return_val_if_fail (record != NULL, BE_OUTCOME_PLAIN);

  if (record->result == -1 && (record->flags & BE_EVENT_CANCELLED))
    return BE_OUTCOME_CANCELLED;

  if (be_event_record_is_failure (record))
    return from_failure (record);

  if (record->flags & BE_EVENT_TRUNCATED)
    return BE_OUTCOME_DATAGRAM_TRUNCATED;

  if (record->call == BE_CALL_RECVFROM && (record->flags & BE_EVENT_LIMIT))
    return record->detail != 0 ? BE_OUTCOME_PEER_LIMIT : BE_OUTCOME_REPLY_LOOP;

  if (be_event_record_is_end_of_stream (record))
    return BE_OUTCOME_END_OF_STREAM;

  if (record->call == BE_CALL_CLOSE && (record->flags & BE_EVENT_UNREAD))
    return record->protocol == BE_PROTOCOL_TCP ? BE_OUTCOME_CLOSED_WITH_UNREAD : BE_OUTCOME_CLOSED_PATH_WITH_UNREAD;

  if (record->call == BE_CALL_CLOSE && (record->flags & BE_EVENT_RESET))
    return BE_OUTCOME_CLOSED_WITH_RESET;

  if (record->call == BE_CALL_CLOSE && record->detail > 0)
    return BE_OUTCOME_CLOSED_WITH_UNSENT;

  return BE_OUTCOME_PLAIN;
}

/**
 * be_outcome_has_ended_sending:
 *
 * What has no state of TCP, such as a path, does not tell.
 *
 * Returns: whether the record says that its own end may send nothing any more:
 *   of what failed with %BE_OUTCOME_BROKEN_PIPE that this is why, of
 *   %BE_OUTCOME_END_OF_STREAM that the other direction is over too
 */
gboolean
be_outcome_has_ended_sending (const BeEventRecord *record)
{
  BeOutcome outcome;

  g_return_val_if_fail (record != NULL, FALSE);

  outcome = be_outcome_from_record (record);
  if (outcome == BE_OUTCOME_END_OF_STREAM)
    return has_sent_fin (record->state) || record->state == BE_SYSTEM_STATE_CLOSED;

  /* With our own bound: told to half-close, it sends what waits, and takes no more. */
  return outcome == BE_OUTCOME_BROKEN_PIPE && (has_sent_fin (record->state) || (record->flags & BE_EVENT_LIMIT) != 0);
}
