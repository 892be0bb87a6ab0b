/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-layer-journey.h"

#include "be-outcome.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const guint8 ipv4_mapped_prefix[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

static BeLayerTravel
find_connect_travel (const BeEventRecord *record)
{
  BeOutcome outcome = be_outcome_from_record (record);

  /* On UDP it only notes the address; another failure may have left no trace. */
  if (record->protocol != BE_PROTOCOL_TCP ||
      (be_event_record_is_failure (record) && outcome != BE_OUTCOME_REFUSED && outcome != BE_OUTCOME_NO_ANSWER &&
       outcome != BE_OUTCOME_CANCELLED))
    return BE_LAYER_TRAVEL_NOTHING;

  /* Held back until somebody stopped it, it was never called. */
  if (outcome == BE_OUTCOME_CANCELLED && record->state != BE_SYSTEM_STATE_SYN_SENT)
    return BE_LAYER_TRAVEL_NOTHING;

  return BE_LAYER_TRAVEL_SYN;
}

static BeLayerTravel
find_ending_travel (const BeEventRecord *record)
{
  /* A socket without a peer has nobody to tell. */
  if (record->protocol != BE_PROTOCOL_TCP || record->peer.family == BE_ADDRESS_NONE ||
      be_event_record_is_failure (record))
    return BE_LAYER_TRAVEL_NOTHING;

  return record->flags & BE_EVENT_RESET ? BE_LAYER_TRAVEL_RST : BE_LAYER_TRAVEL_FIN;
}

static BeLayerTravel
find_transfer_travel (const BeEventRecord *record)
{
  if (be_event_record_is_failure (record))
    return be_call_is_reading (record->call) && be_outcome_from_record (record) == BE_OUTCOME_RESET
             ? BE_LAYER_TRAVEL_RST
             : BE_LAYER_TRAVEL_NOTHING;

  return be_event_record_is_end_of_stream (record) ? BE_LAYER_TRAVEL_FIN : BE_LAYER_TRAVEL_DATA;
}

static BeLayerTravel
find_travel (const BeEventRecord *record)
{
  if (record->protocol == BE_PROTOCOL_UNIX)
    return BE_LAYER_TRAVEL_NOTHING;

  switch ((BeCall) record->call)
    {
    case BE_CALL_CONNECT:
      return find_connect_travel (record);
    case BE_CALL_ACCEPT:
      return be_event_record_is_failure (record) ? BE_LAYER_TRAVEL_NOTHING : BE_LAYER_TRAVEL_SYN;
    case BE_CALL_SHUTDOWN:
    case BE_CALL_CLOSE:
      return find_ending_travel (record);
    case BE_CALL_SEND:
    case BE_CALL_SENDTO:
    case BE_CALL_RECV:
    case BE_CALL_RECVFROM:
      return find_transfer_travel (record);
    case BE_CALL_GETADDRINFO:
    case BE_CALL_SOCKET:
    case BE_CALL_BIND:
    case BE_CALL_LISTEN:
    case BE_CALL_SETSOCKOPT:
    default:
      return BE_LAYER_TRAVEL_NOTHING;
    }
}

/**
 * be_layer_journey_init:
 * @record: an event
 * @has_both_ends: whether the other end is known to be on this computer too
 */
void
be_layer_journey_init (BeLayerJourney      *self,
                       const BeEventRecord *record,
                       gboolean             has_both_ends)
{
  const BeAddress *known;

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  memset (self, 0, sizeof *self);
  self->travel = find_travel (record);
  self->is_upward = be_call_is_reading (record->call) || record->call == BE_CALL_ACCEPT;
  self->is_datagram = record->protocol == BE_PROTOCOL_UDP;
  self->is_cut = (record->flags & BE_EVENT_TRUNCATED) != 0;
  self->n_bytes = self->travel == BE_LAYER_TRAVEL_DATA ? record->payload_length : 0;
  self->source = self->is_upward ? record->peer : record->local;
  self->destination = self->is_upward ? record->local : record->peer;
  self->is_loopback = has_both_ends || be_address_is_loopback (&record->peer) ||
                      be_address_is_same_host (&record->local, &record->peer);

  /* A socket for both families carries IPv4 as addresses of IPv6. */
  known = record->peer.family != BE_ADDRESS_NONE ? &record->peer : &record->local;
  self->is_ipv6 = known->family == BE_ADDRESS_IPV6 &&
                  memcmp (known->bytes, ipv4_mapped_prefix, sizeof ipv4_mapped_prefix) != 0;
}

static const char *
explain_nothing (const BeEventRecord *record)
{
  gboolean is_udp = record->protocol == BE_PROTOCOL_UDP;

  if (record->protocol == BE_PROTOCOL_UNIX)
    return _ ("A Unix-domain socket has no layers below it: the system hands the bytes from one process to the other, without a port, an IP address or a header.");

  switch ((BeCall) record->call)
    {
    case BE_CALL_GETADDRINFO:
      return _ ("Nothing travels through this socket: getaddrinfo() asks the resolver of the system, which may ask a name server by itself.");
    case BE_CALL_SOCKET:
      return _ ("Nothing travels: socket() only makes a descriptor in this computer.");
    case BE_CALL_BIND:
      return _ ("Nothing travels: bind() only takes an address and a port in this computer.");
    case BE_CALL_LISTEN:
      return _ ("Nothing travels: listen() only tells the system to answer those who will connect.");
    case BE_CALL_SETSOCKOPT:
      return _ ("Nothing travels: setsockopt() only tells this computer how to treat the socket.");
    case BE_CALL_ACCEPT:
      return _ ("Nothing travels: accept() failed in this computer.");
    case BE_CALL_CONNECT:
      return is_udp ? _ ("Nothing travels: connect() of a UDP socket only notes the address of the peer.")
                    : _ ("It is not known whether anything travelled: connect() failed in this computer, or on the way.");
    case BE_CALL_SHUTDOWN:
    case BE_CALL_CLOSE:
      return is_udp ? _ ("Nothing travels: UDP has no connection, so nobody is told that the socket is closed.")
                    : _ ("Nothing travels: the socket has no peer that must be told.");
    case BE_CALL_SEND:
    case BE_CALL_SENDTO:
      return _ ("Nothing travels because of this call: the system did not take the bytes.");
    case BE_CALL_RECV:
    case BE_CALL_RECVFROM:
    default:
      if (be_outcome_from_record (record) == BE_OUTCOME_DATAGRAM_REFUSED)
        return _ ("No bytes came: the peer's system answered an earlier datagram with an ICMP message that nobody has this port. It is inferred from the error.");
      return _ ("Nothing came that could be shown: the call failed in this computer.");
    }
}

static const char *
explain_handshake (const BeEventRecord *record)
{
  BeOutcome outcome = be_outcome_from_record (record);

  if (record->call == BE_CALL_ACCEPT)
    return _ ("accept() sends nothing: the system had done the whole handshake before, SYN, SYN-ACK and ACK. This is the SYN that came in. It is inferred from the call.");

  if (outcome == BE_OUTCOME_REFUSED)
    return _ ("connect() sends no bytes of the program, but a SYN, and an RST came back. This is the SYN. It is inferred from the call.");

  if (outcome == BE_OUTCOME_NO_ANSWER || outcome == BE_OUTCOME_CANCELLED)
    return _ ("connect() sends no bytes of the program, but a SYN, again and again, and no answer came. This is the SYN. It is inferred from the call.");

  return _ ("connect() sends no bytes of the program, but a SYN; a SYN-ACK came back, and an ACK ended the handshake. This is the SYN. It is inferred from the call.");
}

static const char *
explain_ending (const BeLayerJourney *self,
                const BeEventRecord  *record)
{
  if (record->flags & BE_EVENT_UNREAD)
    return _ ("close() left bytes unread, so the system sends an RST: a segment without data that ends the connection at once. It is inferred from the call.");

  if (self->travel == BE_LAYER_TRAVEL_RST)
    return self->is_upward ? _ ("An RST came in: a segment without data that ends the connection at once. It is inferred from the error.")
                           : _ ("close() with a reset sends an RST: a segment without data that ends the connection at once. It is inferred from the call.");

  if (self->is_upward)
    return _ ("recv() returned 0 because a FIN came in: a segment without data. It is inferred from the call.");

  if (record->call == BE_CALL_SHUTDOWN)
    return _ ("shutdown() sends no bytes of the program, but a FIN: a segment without data. It is inferred from the call.");

  return _ ("close() sends a FIN, unless shutdown() has sent it before or an RST has ended the connection: a segment without data. It is inferred from the call.");
}

/**
 * be_layer_journey_dup_title:
 * @record: the event of which the journey was made
 *
 * Returns: (transfer full): what travels, or why nothing does, in one or a few
 *   sentences
 */
char *
be_layer_journey_dup_title (const BeLayerJourney *self,
                            const BeEventRecord  *record)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  switch (self->travel)
    {
    case BE_LAYER_TRAVEL_SYN:
      return g_strdup (explain_handshake (record));
    case BE_LAYER_TRAVEL_FIN:
    case BE_LAYER_TRAVEL_RST:
      return g_strdup (explain_ending (self, record));
    case BE_LAYER_TRAVEL_DATA:
      return g_strdup (self->is_upward ? _ ("On the way up each layer took its header off. The bytes are what the call returned; the headers are inferred from the protocol.")
                                       : _ ("On the way down each layer puts its header in front. The bytes are what the call was given; the headers are inferred from the protocol."));
    case BE_LAYER_TRAVEL_NOTHING:
    default:
      return g_strdup (explain_nothing (record));
    }
}
