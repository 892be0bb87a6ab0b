/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/* Instead of a row: the end of a transfer that has none. */
#define BE_TRANSFER_NO_ROW G_MAXUINT

/* One segment, as a SYN-ACK is: the same in every language. */
#define BE_TRANSFER_FIN_ACK "FIN-ACK"

/* How many bytes of a datagram are compared. */
#define BE_TRANSFER_HEAD_BYTES 16u

typedef enum
{
  BE_TRANSFER_HANDSHAKE, /* connect () and accept () */
  BE_TRANSFER_STREAM,
  BE_TRANSFER_DATAGRAM,
  BE_TRANSFER_ENDING,  /* shutdown () and close (), and what the other end is told */
  BE_TRANSFER_ATTEMPT, /* connect () that nobody accepted: no other end to be matched */
} BeTransferKind;

/* What carried it over. All but the first is inferred: no call of ours sent
 * these segments, the system did, because of our calls. */
typedef enum
{
  BE_TRANSFER_BY_CALLS,
  BE_TRANSFER_BY_HANDSHAKE, /* SYN, SYN-ACK, ACK */
  BE_TRANSFER_BY_FIN,
  BE_TRANSFER_BY_RST,
  BE_TRANSFER_BY_SYN,  /* to which no SYN-ACK came */
  BE_TRANSFER_BY_ICMP, /* a datagram for a port without a socket, and the message that came back */
} BeTransferMeans;

typedef enum
{
  BE_TRANSFER_ARRIVED,           /* from one row to the other */
  BE_TRANSFER_LOST,              /* a datagram that later ones have overtaken: no row that it came to */
  BE_TRANSFER_WAITING,           /* of which nothing, or not all, was read yet */
  BE_TRANSFER_FOREIGN,           /* the other end is another program: one of the rows is missing */
  BE_TRANSFER_REFUSED,           /* by this computer: a SYN to no row, and the RST that answered it; or a datagram, and the call that was told */
  BE_TRANSFER_REFUSED_ELSEWHERE, /* the same by another computer */
  BE_TRANSFER_UNANSWERED,        /* a SYN to which nothing came */
} BeTransferOutcome;

/**
 * BeTransferLink:
 *
 * What went from one row to another.
 */
typedef struct
{
  guint   from;
  guint   to;
  guint32 connection;
  guint8  from_side;       /* BeSide */
  guint8  outcome;         /* BeTransferOutcome */
  guint8  means;           /* BeTransferMeans */
  guint8  is_late;         /* accept () took the connection long after it was made, or recv () a FIN after its ACK */
  guint8  is_acknowledged; /* a FIN: its ACK went alone */

  guint8 is_also_acknowledgement; /* a FIN: the ACK of the other end's went with it, most likely */
} BeTransferLink;

/**
 * BeTransfer:
 *
 * One end of a transfer: what a row sent, or what came to it.
 */
typedef struct
{
  guint   row;
  guint32 connection;
  guint8  kind;      /* BeTransferKind */
  guint8  from_side; /* BeSide */
  guint8  is_arrival;
  guint8  means; /* BeTransferMeans; of a close () that sends no FIN: RST */

  guint8  is_close;
  guint8  is_unread; /* a close () that left bytes unread, of which the system sent an RST */
  guint8  sends_fin; /* shutdown (), or a close () after which TCP is where a FIN leads */
  guint8  is_truncated;
  guint8  is_refusal; /* a call on a UDP socket that was told that a datagram was refused */
  guint8  is_foreign; /* the other end is another program: there is nothing to be matched with */
  guint8  is_local;   /* an attempt or a refusal: of an address of this computer, as far as is known */
  guint8  is_settled; /* while matching: its arrival is known, or may be missing */
  guint8  head_length;
  guint8  head[BE_TRANSFER_HEAD_BYTES];
  guint32 peer_id;
  guint64 begin; /* in the stream of this direction */
  guint64 end;
  gint64  time; /* µs */
} BeTransfer;

gboolean    be_transfer_set_record (BeTransfer          *self,
                                    const BeEventRecord *record,
                                    guint                row);
void        be_transfer_match (GArray  *transfers,
                               gboolean is_whole,
                               GArray  *links);
void        be_transfer_link_foreign (const BeTransfer *transfer,
                                      GArray           *links);
const char *be_transfer_get_segments (BeTransferMeans means);

G_END_DECLS
