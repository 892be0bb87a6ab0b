/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-network-thread.h"
#include "be-pairing.h"
#include "be-socket-summary.h"

G_BEGIN_DECLS

#define BE_TYPE_SOCKET_LIST (be_socket_list_get_type ())
G_DECLARE_FINAL_TYPE (BeSocketList, be_socket_list, BE, SOCKET_LIST, GObject)

BeSocketList    *be_socket_list_new (BeSide     side,
                                     BePairing *pairing);
void             be_socket_list_follow (BeSocketList    *self,
                                        BeNetworkThread *network);
void             be_socket_list_append (BeSocketList       *self,
                                        const BeEventBatch *batch);
BeSocketSummary *be_socket_list_find (BeSocketList *self,
                                      guint32       peer_id);
guint            be_socket_list_get_n_open (BeSocketList *self);
guint            be_socket_list_get_n_removed (BeSocketList *self,
                                               BeProtocol    protocol);
void             be_socket_list_clear_closed (BeSocketList *self);

G_END_DECLS
