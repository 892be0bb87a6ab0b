/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-session.h"

G_BEGIN_DECLS

#define BE_UDP_SERVER_MAX_PEERS 1024

#define BE_TYPE_UDP_SERVER (be_udp_server_get_type ())
G_DECLARE_FINAL_TYPE (BeUdpServer, be_udp_server, BE, UDP_SERVER, BeSession)

BeSession *be_udp_server_new (BeNetworkThread *network,
                              BeEndpoint      *endpoint);
void       be_udp_server_set_reply_rule (BeUdpServer *self,
                                         BeReplyRule  rule);
void       be_udp_server_set_receive_size (BeUdpServer *self,
                                           guint        bytes);

G_END_DECLS
