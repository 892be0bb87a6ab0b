/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-session.h"

G_BEGIN_DECLS

#define BE_TCP_SERVER_BACKLOG 5
#define BE_TCP_SERVER_MAX_CLIENTS 10000

#define BE_TYPE_TCP_SERVER (be_tcp_server_get_type ())
G_DECLARE_FINAL_TYPE (BeTcpServer, be_tcp_server, BE, TCP_SERVER, BeSession)

BeSession *be_tcp_server_new (BeNetworkThread *network,
                              BeEndpoint      *endpoint);
void       be_tcp_server_set_backlog (BeTcpServer *self,
                                      guint        backlog);
void       be_tcp_server_set_max_clients (BeTcpServer *self,
                                          guint        max_clients);
void       be_tcp_server_set_reply_rule (BeTcpServer *self,
                                         BeReplyRule  rule);
void       be_tcp_server_stop_listening (BeTcpServer *self);

G_END_DECLS
