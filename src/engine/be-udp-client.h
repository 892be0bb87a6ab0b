/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-session.h"

G_BEGIN_DECLS

#define BE_TYPE_UDP_CLIENT (be_udp_client_get_type ())
G_DECLARE_FINAL_TYPE (BeUdpClient, be_udp_client, BE, UDP_CLIENT, BeSession)

BeSession *be_udp_client_new (BeNetworkThread *network,
                              BeEndpoint      *endpoint);

G_END_DECLS
