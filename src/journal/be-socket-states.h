/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-list.h"
#include "be-state-watch.h"

G_BEGIN_DECLS

#define BE_TYPE_SOCKET_STATES (be_socket_states_get_type ())
G_DECLARE_FINAL_TYPE (BeSocketStates, be_socket_states, BE, SOCKET_STATES, GObject)

BeSocketStates *be_socket_states_new (BeStateWatch *watch,
                                      BeSocketList *server,
                                      BeSocketList *client);

G_END_DECLS
