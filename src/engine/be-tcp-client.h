/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-session.h"

G_BEGIN_DECLS

#define BE_TCP_CLIENT_CONNECT_TIMEOUT_SECONDS 10

#define BE_TYPE_TCP_CLIENT (be_tcp_client_get_type ())
G_DECLARE_FINAL_TYPE (BeTcpClient, be_tcp_client, BE, TCP_CLIENT, BeSession)

BeSession *be_tcp_client_new (BeNetworkThread *network,
                              BeEndpoint      *endpoint);
void       be_tcp_client_set_connect_timeout (BeTcpClient *self,
                                              guint        seconds);
void       be_tcp_client_set_read_window (BeTcpClient *self,
                                          gsize        bytes);
void       be_tcp_client_allow_reads (BeTcpClient *self,
                                      gsize        bytes);

G_END_DECLS
