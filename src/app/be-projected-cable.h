/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-endpoint-card.h"

G_BEGIN_DECLS

/* A connection is a cable; that two UDP sockets know each other's address, a line. */
#define BE_CABLE_WIDTH 2.4f
#define BE_NO_CABLE_WIDTH 1.0f
#define BE_BADGE_CLEARANCE 14.0f

guint32 be_projected_cable_find_connection (BeEndpointCard *server,
                                            BeEndpointCard *client);
void    be_projected_cable_snapshot (GtkWidget      *widget,
                                     GtkSnapshot    *snapshot,
                                     BeEndpointCard *server,
                                     BeEndpointCard *client);

G_END_DECLS
