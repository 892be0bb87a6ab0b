/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For be-transfer-match.c and be-transfer-endings.c only. */

#pragma once

#include "be-transfer-match.h"

G_BEGIN_DECLS

/**
 * BeTransferFlow:
 *
 * One direction of one connection: its sends, and what arrived, each in the
 * order of the rows.
 */
typedef struct
{
  BeTransfer *sends;
  guint       n_sends;
  BeTransfer *arrivals;
  guint       n_arrivals;
  gboolean    is_whole; /* no row in between is hidden */

  const BeTransfer *replies; /* datagrams, nullable: what the sender received */
  guint             n_replies;

  gboolean          has_read_end;   /* endings: the sender has read all that the other end sent */
  gboolean          was_reset;      /* endings: the sender was told of an RST */
  const BeTransfer *other_fin;      /* endings, nullable: what the other end sent */
  const BeTransfer *other_close;    /* endings, nullable: the other end's close () */
  gint64            answer_time;    /* endings: when the other end sent something after our FIN, or G_MAXINT64 */
  gboolean          has_sent_since; /* endings: bytes, between the other end's FIN and ours */
  GArray           *links;
} BeTransferFlow;

BeTransferLink *be_transfer_flow_add_link (BeTransferFlow   *self,
                                           const BeTransfer *send,
                                           const BeTransfer *arrival,
                                           BeTransferOutcome outcome);
void            be_transfer_flow_look_at_other (BeTransferFlow *self,
                                                const GArray   *transfers,
                                                guint           begin,
                                                guint           end);
void            be_transfer_flow_match_endings (BeTransferFlow *self);
void            be_transfer_flow_match_foreign_endings (BeTransferFlow *self);

G_END_DECLS
