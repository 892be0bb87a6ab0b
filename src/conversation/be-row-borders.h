/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-palette.h"
#include "be-row-placement.h"

G_BEGIN_DECLS

/**
 * BeRowBorders:
 *
 * What a row of data is told of the other end. All zero where one send is one
 * recv, and where nothing is known. Lent.
 */
typedef struct
{
  guint          n_sends; /* of which a recv has bytes, when they are several */
  guint          n_recvs; /* that took a send, when they are several */
  const guint32 *ends;    /* where these sends ended in the payload, in order */
  guint          n_ends;
  const guint8  *lost; /* of a datagram: what came behind the payload and was thrown away */
  gsize          lost_length;
} BeRowBorders;

gboolean be_row_borders_set (BeRowContent        *content,
                             BeRowPlacement      *placement,
                             const BeRowSetting  *setting,
                             const BeEventRecord *record,
                             const BeRowBorders  *borders);
gboolean be_row_borders_are_known (const BeRowContent *content);
void     be_row_borders_forget (BeRowContent *content);
char    *be_row_borders_dup_sentence (const BeRowContent *content,
                                      const char         *sentence);
gboolean be_row_borders_get_lost_x (const BeRowContent   *content,
                                    const BeRowPlacement *placement,
                                    double               *x);
void     be_row_borders_snapshot_lost (GtkSnapshot          *snapshot,
                                       const BeRowPlacement *placement,
                                       double                lost_x,
                                       const GdkRGBA        *colour);
void     be_row_borders_snapshot (GtkSnapshot          *snapshot,
                                  const BeRowContent   *content,
                                  const BeRowPlacement *placement,
                                  double                text_top,
                                  const GdkRGBA        *colour);

G_END_DECLS
