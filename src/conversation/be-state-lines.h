/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-palette.h"
#include "be-state-watch.h"

G_BEGIN_DECLS

#define BE_STATE_LINES_MAX 3u

/**
 * BeStateLine:
 *
 * What is to be said of one connection that opens or closes: of each end the
 * state it is in now, and what that means. Begins zeroed, ends with
 * be_state_line_clear ().
 */
typedef struct
{
  guint32 connection; /* or BE_EVENT_NO_CONNECTION */
  guint16 port;       /* of the client */
  struct
  {
    char       *state;       /* NULL: nothing is known of this end */
    const char *words;       /* for people; may be empty */
    const char *short_words; /* where there is little room */
    BeChipKind  kind;
    gboolean    is_unheld;   /* no socket of ours: the system alone has it */
    gboolean    is_waiting;  /* in the accept queue */
    gboolean    is_stranger; /* another program's, as far as is known */
  } ends[2];                 /* by BeSide */
} BeStateLine;

guint    be_state_lines_collect (BeStateWatch *watch,
                                 gint64        now,
                                 BeStateLine  *lines,
                                 guint        *n_more);
gboolean be_state_line_equal (const BeStateLine *a,
                              const BeStateLine *b);
void     be_state_line_clear (BeStateLine *self);
char    *be_state_lines_dup_state (BeSystemState state,
                                   gint64        forgotten_at,
                                   gint64        now);
char    *be_state_line_dup_words (const BeStateLine *self,
                                  BeSide             side,
                                  gboolean           is_short);
char    *be_state_line_dup_sentence (const BeStateLine *self);

G_END_DECLS
