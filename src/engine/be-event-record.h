/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"
#include "be-call.h"
#include "be-system-state.h"

G_BEGIN_DECLS

typedef enum
{
  BE_SIDE_SERVER,
  BE_SIDE_CLIENT,
} BeSide;

typedef enum
{
  BE_PROTOCOL_TCP,
  BE_PROTOCOL_UDP,
  BE_PROTOCOL_UNIX, /* a stream, with a path for an address */
} BeProtocol;

typedef enum
{
  BE_EVENT_REPLY = 1 << 0,      /* sent by the reply rule, not by a person */
  BE_EVENT_TRUNCATED = 1 << 1,  /* a datagram longer than the buffer: the rest is gone */
  BE_EVENT_RESET = 1 << 2,      /* close () that sends RST */
  BE_EVENT_LIMIT = 1 << 3,      /* not the system's answer but our own bound: see the error */
  BE_EVENT_TIMED_OUT = 1 << 4,  /* our own clock ended the call */
  BE_EVENT_CANCELLED = 1 << 5,  /* ended by Stop or Disconnect before it returned */
  BE_EVENT_ON_REQUEST = 1 << 6, /* a person or a lesson asked for this call */
  BE_EVENT_MORE = 1 << 7,       /* failed, but another address is tried next */
  BE_EVENT_UNREAD = 1 << 8,     /* close () before everything was read: the system tells the other end, by an RST on TCP */
} BeEventFlags;

#define BE_EVENT_NO_CONNECTION G_MAXUINT32

/**
 * BeEventRecord:
 *
 * One socket call and its outcome as it travels from the network thread to
 * its readers: a plain value without pointers, its payload right behind it.
 * Records stand one after another in a batch and in the journal's ring; a
 * BeEvent is made of one when somebody looks.
 */
typedef struct
{
  guint32   size;        /* of record and kept payload, a multiple of 8; set by the queue */
  guint32   kept_length; /* payload bytes that follow the record */
  guint64   sequence;    /* counts from 1 over all sessions; set by the queue */
  gint64    time;        /* when the call returned: g_get_monotonic_time (), µs */
  guint64   position;    /* bytes this peer moved in this direction before this call: the place in the stream; SETSOCKOPT: the value, see be_event_record_get_option_value (); CLOSE with UNREAD: the bytes */
  guint32   session_id;
  guint32   socket_id;      /* counts from 1 over all sessions, never used again; 0: no socket yet */
  guint32   peer_id;        /* who is at the other end: a stream's socket_id, a UDP server's peer; 0: nobody */
  guint32   connection;     /* shared by the two ends, filled in by the journal; or BE_EVENT_NO_CONNECTION */
  gint32    result;         /* what the call returned: bytes, 0, a descriptor, or -1 */
  gint32    error;          /* the system's error number when result is -1; GETADDRINFO: GResolverError + 1 */
  guint32   payload_length; /* bytes that moved; more than kept_length when the log was too full for all */
  guint32   detail;         /* BIND that failed, TCP: BePortHolder; LISTEN: the backlog; CLOSE: bytes never sent; ACCEPT with LIMIT: the limit; RECVFROM with LIMIT: the peer_id forgotten, or 0: not answered, to end a loop; else RECV, RECVFROM with TRUNCATED: the bytes of the whole datagram, or 0: the system does not tell; SETSOCKOPT: BeSocketOption */
  guint16   flags;          /* BeEventFlags */
  guint8    side;           /* BeSide */
  guint8    call;           /* BeCall */
  guint8    protocol;       /* BeProtocol */
  guint8    state;          /* BeSystemState after the call */
  BeAddress local;          /* the addresses stand last, for the journal keeps them elsewhere */
  BeAddress peer;
} BeEventRecord;

/**
 * BeEventLink:
 *
 * Stands where a batch goes on elsewhere in memory, in place of a record.
 */
typedef struct
{
  guint32       size; /* 0, which no record has */
  const guint8 *next;
} BeEventLink;

/**
 * BeEventBatch:
 *
 * Records in the order of their calls, lent for the time of one callback. They
 * stand one behind another, in one piece or in several that are linked.
 */
typedef struct
{
  const guint8 *begin;
  const guint8 *end;  /* behind the last record */
  gsize         size; /* of all records, in bytes */
  guint         n_records;
  guint64       n_trimmed; /* payloads that were kept in part only, since the last batch */
  guint64       n_lost;    /* events that found no room at all, since the last batch */
} BeEventBatch;

int                  be_event_record_get_option_value (const BeEventRecord *self);
const BeEventRecord *be_event_batch_first (const BeEventBatch *self);

/* What is asked of every event stands here, so that asking is no call. */

#define BE_EVENT_RECORD_ALIGNMENT_BYTES 8

/**
 * be_event_record_size_for:
 *
 * Returns: the bytes that a record takes together with @kept_length bytes of
 *   payload, rounded up so that the next record is aligned.
 */
static inline gsize
be_event_record_size_for (gsize kept_length)
{
  return (sizeof (BeEventRecord) + kept_length + BE_EVENT_RECORD_ALIGNMENT_BYTES - 1) &
         ~(gsize) (BE_EVENT_RECORD_ALIGNMENT_BYTES - 1);
}

/**
 * be_event_record_payload:
 *
 * Returns: the bytes right behind the record, of which kept_length count.
 */
static inline const guint8 *
be_event_record_payload (const BeEventRecord *self)
{
  return (const guint8 *) (self + 1);
}

/**
 * be_event_record_is_failure:
 *
 * A call that a person ended before it returned is an ending, no failure.
 *
 * Returns: whether the call failed.
 */
static inline gboolean
be_event_record_is_failure (const BeEventRecord *self)
{
  return self->result == -1 && (self->flags & BE_EVENT_CANCELLED) == 0;
}

/**
 * be_event_record_is_data:
 *
 * Returns: whether the call moved bytes, or a datagram, which may be empty
 *   (RFC 768: a length of 8, the header alone).
 */
static inline gboolean
be_event_record_is_data (const BeEventRecord *self)
{
  if (!be_call_is_sending (self->call) && !be_call_is_reading (self->call))
    return FALSE;

  if (self->protocol == BE_PROTOCOL_UDP)
    return self->result >= 0;

  return self->result > 0;
}

/**
 * be_event_record_is_end_of_stream:
 *
 * Returns: whether the call was a read that returned 0 because the other end
 *   sends no more (recv(2)); on a datagram socket 0 is an empty datagram.
 */
static inline gboolean
be_event_record_is_end_of_stream (const BeEventRecord *self)
{
  return self->protocol != BE_PROTOCOL_UDP &&
         be_call_is_reading (self->call) &&
         self->result == 0;
}

/* Records and links are aligned, because the first is and every size is a
 * multiple of 8. */
static inline const BeEventRecord *
be_event_batch_at (const BeEventBatch *self,
                   const guint8       *place)
{
  while (place != self->end && ((const BeEventLink *) (gconstpointer) place)->size == 0)
    place = ((const BeEventLink *) (gconstpointer) place)->next;

  return place != self->end ? (gconstpointer) place : NULL;
}

/**
 * be_event_batch_next:
 * @record: one of the batch
 *
 * Returns: (nullable): the record behind @record, or %NULL after the last.
 */
static inline const BeEventRecord *
be_event_batch_next (const BeEventBatch  *self,
                     const BeEventRecord *record)
{
  return be_event_batch_at (self, (const guint8 *) record + record->size);
}

G_END_DECLS
