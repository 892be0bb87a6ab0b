/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"
#include "be-session.h"
#include "be-socket-list.h"
#include "be-state-watch.h"

G_BEGIN_DECLS

#define BE_TYPE_STAGE (be_stage_get_type ())
G_DECLARE_FINAL_TYPE (BeStage, be_stage, BE, STAGE, GObject)

BeStage             *be_stage_new (void);
BeJournal           *be_stage_get_journal (BeStage *self);
BeSocketList        *be_stage_get_sockets (BeStage *self,
                                           BeSide   side);
BeStateWatch        *be_stage_get_states (BeStage *self);
BeSession           *be_stage_get_session (BeStage   *self,
                                           BeProtocol protocol,
                                           BeSide     side);
GPtrArray           *be_stage_get_sessions (BeStage *self);
BeSession           *be_stage_find_session (BeStage *self,
                                            guint32  session_id);
guint32              be_stage_get_socket_id (BeStage   *self,
                                             BeProtocol protocol,
                                             BeSide     side);
const BeEventRecord *be_stage_get_failure (BeStage   *self,
                                           BeProtocol protocol,
                                           BeSide     side);
void                 be_stage_forget_failure (BeStage   *self,
                                              BeProtocol protocol,
                                              BeSide     side);
guint                be_stage_get_n_active (BeStage   *self,
                                            BeProtocol protocol,
                                            BeSide     side);
gboolean             be_stage_knows_protocol (BeStage    *self,
                                              guint32     session_id,
                                              BeProtocol *protocol);
void                 be_stage_start_server (BeStage    *self,
                                            BeEndpoint *endpoint,
                                            guint       backlog,
                                            BeReplyRule rule);
void                 be_stage_set_reply_rule (BeStage    *self,
                                              BeProtocol  protocol,
                                              BeReplyRule rule);
void                 be_stage_stop_listening (BeStage *self);
void                 be_stage_connect (BeStage    *self,
                                       BeEndpoint *endpoint,
                                       guint       timeout_seconds);
void                 be_stage_stop (BeStage   *self,
                                    BeProtocol protocol,
                                    BeSide     side);
void                 be_stage_send (BeStage *self,
                                    guint32  session_id,
                                    guint32  peer_id,
                                    GBytes  *bytes);
void                 be_stage_half_close (BeStage *self,
                                          guint32  session_id,
                                          guint32  peer_id);
void                 be_stage_close_peer (BeStage *self,
                                          guint32  session_id,
                                          guint32  peer_id);
void                 be_stage_reset_peer (BeStage *self,
                                          guint32  session_id,
                                          guint32  peer_id);

G_END_DECLS
