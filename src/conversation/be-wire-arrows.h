/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-transfer-match.h"
#include "be-wire.h"

G_BEGIN_DECLS

typedef enum
{
  BE_WIRE_ARROW_WHOLE,
  BE_WIRE_ARROW_LOST,    /* ends in a cross in the middle of the lane */
  BE_WIRE_ARROW_WAITING, /* dashed: sent, but not read; of a handshake: short, at the connect () */
  BE_WIRE_ARROW_TO_STUB, /* the other side is another program: that it arrives is inferred */
  BE_WIRE_ARROW_FROM_STUB,
  BE_WIRE_ARROW_REFUSED,          /* one of two: a SYN down to the other lifeline, a RST back */
  BE_WIRE_ARROW_REFUSED_BY_STUB,  /* the same, by another computer */
  BE_WIRE_ARROW_REFUSED_DATAGRAM, /* both in one: there to the lifeline, and ICMP back to another row */
  BE_WIRE_ARROW_REFUSED_DATAGRAM_BY_STUB,
  BE_WIRE_ARROW_UNANSWERED, /* ends in nothing */
} BeWireArrowKind;

/**
 * BeWireArrow:
 *
 * What went from one side of the lane to the other. The heights are those of
 * the two rows, of which one or both may be out of view; where there is only
 * one row they are the same, or the lower one is where the row ends. What is inferred says what the system sent.
 */
typedef struct
{
  BeWireArrowKind kind;
  guint32         connection;
  guint8          from_side; /* BeSide */
  BeTransferMeans means;
  gboolean        is_marked;
  gboolean        is_acknowledged;         /* a FIN: with the ACK that answers it alone */
  gboolean        is_also_acknowledgement; /* a FIN: and the ACK of the other one */
  gboolean        is_reply;                /* a refused datagram: its row is out of reach, only the ICMP message is drawn */
  double          from_y;
  double          to_y;
  double          room;  /* where it ends at no row: to the next row of that side, 0: there is none */
  PangoLayout    *label; /* lent, nullable: from be_wire_make_label () */
} BeWireArrow;

void         be_wire_arrow_init (BeWireArrow          *arrow,
                                 const BeTransferLink *link,
                                 double                from_y,
                                 double                to_y,
                                 double                scale);
double       be_wire_get_label_room (const BeWireGeometry *geometry);
guint        be_wire_arrow_get_loose_row (const BeWireArrow    *arrow,
                                          const BeTransferLink *link,
                                          BeSide               *side);
gboolean     be_wire_fills_row (const BeTransferLink *link);
gboolean     be_wire_needs_label (const BeTransferLink *link);
gboolean     be_wire_repeats_label (const BeTransferLink *link);
PangoLayout *be_wire_make_label (BeLettering          *lettering,
                                 const BeWireGeometry *geometry,
                                 const BeTransferLink *link,
                                 const BeEventRecord  *record);
void         be_wire_snapshot_arrows (GtkSnapshot          *snapshot,
                                      const BePalette      *palette,
                                      BeLettering          *lettering,
                                      const BeWireGeometry *geometry,
                                      double                height,
                                      const BeWireArrow    *arrows,
                                      guint                 n_arrows);

G_END_DECLS
