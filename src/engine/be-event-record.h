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

G_END_DECLS

#include "be-event-record-inline.h"
