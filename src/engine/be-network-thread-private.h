/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-command-queue.h"
#include "be-deadlines.h"
#include "be-event-record.h"
#include "be-network-thread.h"
#include "be-own-ports.h"
#include "be-poller.h"
#include "be-read-buffer.h"

G_BEGIN_DECLS

/* What sessions and their workers need of the network thread; nobody else. */

typedef struct _BeSession BeSession;

/* From the thread that made the object. */
guint32 be_network_thread_add_session (BeNetworkThread *self,
                                       BeSession       *session);
void    be_network_thread_remove_session (BeNetworkThread *self,
                                          guint32          session_id);

/* From any thread. */
void be_network_thread_post (BeNetworkThread *self,
                             BeNetworkFunc    func,
                             gpointer         data);

/* From the network thread itself. */
guint32       be_network_thread_next_socket_id (BeNetworkThread *self);
void          be_network_thread_report (BeNetworkThread *self,
                                        BeEventRecord   *record,
                                        const guint8    *payload,
                                        gboolean         needs_credit);
BePoller     *be_network_thread_get_poller (BeNetworkThread *self);
BeDeadlines  *be_network_thread_get_deadlines (BeNetworkThread *self);
BeReadBuffer *be_network_thread_get_read_buffer (BeNetworkThread *self);
void          be_network_thread_tell_pending (BeNetworkThread *self,
                                              guint32          session_id,
                                              GPtrArray       *calls);
BeOwnPorts   *be_network_thread_get_own_ports (BeNetworkThread *self);

G_END_DECLS
