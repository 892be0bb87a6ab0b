/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BePacing share; nobody else includes this. */

#pragma once

#include "be-pacing.h"
#include "be-pending-rows.h"
#include "be-stage-reading.h"

G_BEGIN_DECLS

struct _BePacing
{
  GObject parent_instance;

  GtkApplicationWindow *window;       /* (weak) */
  BeConversation       *conversation; /* (weak) */
  GtkBox               *bar_place;    /* (weak) */
  GtkWidget            *bar;          /* (weak) (nullable): made when it is needed first */
  BeStage              *stage;
  GArray               *entries; /* of BePendingEntry, in the order in which they became pending */
  char                 *next_client;
  guint                 update_tick;

  gboolean is_next_focused; /* it had the keyboard when there was nothing to do any more */
  gboolean is_open;
  gboolean is_running;
  gboolean holds[2]; /* by BeSide */
  guint    speed;
};

/* be-pacing.c */
GAction *be_pacing_find_action (BePacing   *self,
                                const char *name);
void     be_pacing_apply (BePacing *self);
void     be_pacing_update (BePacing *self);

/* be-pacing-bar.c */
void be_pacing_show_bar (BePacing *self);
void be_pacing_enable_next (BePacing *self);

/* be-pacing-calls.c */
BeProtocol be_pacing_get_protocol (BePacing *self);
void       be_pacing_collect (BePacing *self);

/* be-pacing-actions.c */
void be_pacing_add_actions (BePacing *self);

G_END_DECLS
