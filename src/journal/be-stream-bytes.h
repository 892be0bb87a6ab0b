/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"

G_BEGIN_DECLS

/* How much of one end's view is kept, from its first byte on. */
#define BE_STREAM_BYTES_MAX (1024u * 1024)
#define BE_STREAM_BYTES_MAX_PIECES 65536u

/**
 * BeStreamPiece:
 *
 * What one call moved.
 */
typedef struct
{
  guint64 sequence;  /* of the event */
  gsize   offset;    /* in the bytes of its end */
  guint32 length;    /* that moved */
  guint32 n_missing; /* of these, at the end: the log did not keep them */
  guint32 n_lost;    /* of a datagram, behind these: thrown away */
  guint8  is_cut;    /* some were thrown away, and how many may not be known */
} BeStreamPiece;

/**
 * BeStreamEnd:
 *
 * One direction as one end saw it: what its calls moved, one behind another.
 */
typedef struct
{
  GByteArray *bytes;
  GArray     *pieces;     /* of BeStreamPiece */
  guint64     begin;      /* bytes of the stream before the first that the log has */
  gsize       known;      /* up to where each byte is known */
  guint64     n_left_out; /* bytes that found no room here */
  guint64     n_pieces_left_out;
} BeStreamEnd;

/**
 * BeStreamBytes:
 *
 * The bytes of one direction of one connection, as they were sent and as they
 * were received, out of a journal. The oldest are kept when they are too many,
 * because a rule that cuts messages has to begin with the first. Not an
 * object: it belongs to who looks, and ends with it.
 */
typedef struct _BeStreamBytes BeStreamBytes;

BeStreamBytes     *be_stream_bytes_new (BeJournal *journal,
                                        guint32    connection,
                                        BeSide     from_side);
void               be_stream_bytes_free (BeStreamBytes *self);
gboolean           be_stream_bytes_update (BeStreamBytes *self);
const BeStreamEnd *be_stream_bytes_get_sent (BeStreamBytes *self);
const BeStreamEnd *be_stream_bytes_get_received (BeStreamBytes *self);
const BeStreamEnd *be_stream_bytes_get_known (BeStreamBytes *self);
BeProtocol         be_stream_bytes_get_protocol (BeStreamBytes *self);
gboolean           be_stream_bytes_has_side (BeStreamBytes *self,
                                             BeSide         side);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeStreamBytes, be_stream_bytes_free)

G_END_DECLS
