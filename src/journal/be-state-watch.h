/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-network-thread.h"
#include "be-pairing.h"
#include "be-state-table.h"

G_BEGIN_DECLS

#define BE_TYPE_STATE_WATCH (be_state_watch_get_type ())
G_DECLARE_FINAL_TYPE (BeStateWatch, be_state_watch, BE, STATE_WATCH, GObject)

/**
 * BeStateHold:
 * @BE_STATE_HOLD_CALLS: all calls of a side, accept () among them
 * @BE_STATE_HOLD_READS: the reads
 *
 * What somebody holds back, so that no call tells what comes meanwhile.
 */
typedef enum
{
  BE_STATE_HOLD_CALLS = 1 << 0,
  BE_STATE_HOLD_READS = 1 << 1,
} BeStateHold;

BeStateWatch            *be_state_watch_new (BePairing *pairing);
void                     be_state_watch_set_asks_system (BeStateWatch *self,
                                                         gboolean      asks_system);
void                     be_state_watch_set_is_holding (BeStateWatch *self,
                                                        BeStateHold   hold,
                                                        gboolean      is_holding);
void                     be_state_watch_follow (BeStateWatch    *self,
                                                BeNetworkThread *network);
guint                    be_state_watch_get_n_connections (BeStateWatch *self);
const BeStateConnection *be_state_watch_get_connection (BeStateWatch *self,
                                                        guint         position);
gboolean                 be_state_watch_has_ended (BeStateWatch *self,
                                                   guint32       peer_id);
const BeStateListener   *be_state_watch_find_listener (BeStateWatch *self,
                                                       guint32       session_id);
guint                    be_state_watch_list_waiting (BeStateWatch *self,
                                                      guint32       session_id,
                                                      guint32      *connections,
                                                      guint         max_connections);
guint64                  be_state_watch_get_n_asked (BeStateWatch *self);
gboolean                 be_state_watch_is_resting (BeStateWatch *self);

G_END_DECLS
