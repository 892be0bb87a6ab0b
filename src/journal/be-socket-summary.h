/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

#define BE_TYPE_SOCKET_SUMMARY (be_socket_summary_get_type ())
G_DECLARE_FINAL_TYPE (BeSocketSummary, be_socket_summary, BE, SOCKET_SUMMARY, GObject)

guint32          be_socket_summary_get_session_id (BeSocketSummary *self);
guint32          be_socket_summary_get_socket_id (BeSocketSummary *self);
guint32          be_socket_summary_get_peer_id (BeSocketSummary *self);
guint32          be_socket_summary_get_connection (BeSocketSummary *self);
BeSide           be_socket_summary_get_side (BeSocketSummary *self);
BeProtocol       be_socket_summary_get_protocol (BeSocketSummary *self);
const BeAddress *be_socket_summary_get_local (BeSocketSummary *self);
const BeAddress *be_socket_summary_get_peer (BeSocketSummary *self);
BeSystemState    be_socket_summary_get_state (BeSocketSummary *self);
gint64           be_socket_summary_get_forgotten_at (BeSocketSummary *self);
gboolean         be_socket_summary_is_open (BeSocketSummary *self);
gboolean         be_socket_summary_has_ended_sending (BeSocketSummary *self);
guint            be_socket_summary_get_closing (BeSocketSummary *self);
guint64          be_socket_summary_get_bytes_sent (BeSocketSummary *self);
guint64          be_socket_summary_get_bytes_received (BeSocketSummary *self);

/* For be-socket-list.c and be-socket-states.c, which write them. */
BeSocketSummary *be_socket_summary_new (const BeEventRecord *record,
                                        guint32              connection);
void             be_socket_summary_apply (BeSocketSummary     *self,
                                          const BeEventRecord *record);
void             be_socket_summary_report (BeSocketSummary *self,
                                           BeSystemState    state,
                                           gint64           time,
                                           gint64           forgotten_at);
void             be_socket_summary_set_closing (BeSocketSummary *self,
                                                guint            closing);
gboolean         be_socket_summary_begin_change (BeSocketSummary *self);
void             be_socket_summary_forget (BeSocketSummary *self);
void             be_socket_summary_commit (BeSocketSummary *self);

G_END_DECLS
