/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-conversation.h"
#include "be-stage.h"

G_BEGIN_DECLS

/* Of BePacing:speed: the last makes every call at once. */
#define BE_PACING_N_SPEEDS 7
#define BE_PACING_AT_ONCE (BE_PACING_N_SPEEDS - 1)

#define BE_TYPE_PACING (be_pacing_get_type ())
G_DECLARE_FINAL_TYPE (BePacing, be_pacing, BE, PACING, GObject)

BePacing *be_pacing_new (GtkApplicationWindow *window,
                         BeStage              *stage,
                         BeConversation       *conversation,
                         GtkBox               *bar_place);
gboolean  be_pacing_is_open (BePacing *self);
gboolean  be_pacing_reads_wait (BePacing *self);
gboolean  be_pacing_is_running (BePacing *self);
gboolean  be_pacing_holds (BePacing *self,
                           BeSide    side);
guint     be_pacing_get_speed (BePacing *self);
void      be_pacing_set_speed (BePacing *self,
                               guint     speed);

/* The calls that have not returned, of the pair of ends that is shown. */
BePendingCall *be_pacing_get_next (BePacing *self);
BePendingCall *be_pacing_get_waiting (BePacing *self);
gboolean       be_pacing_is_active (BePacing *self,
                                    BeSide    side);
const char    *be_pacing_get_next_client (BePacing            *self,
                                          const BePendingCall *call);

G_END_DECLS
