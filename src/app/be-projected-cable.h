/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-endpoint-card.h"

G_BEGIN_DECLS

guint32 be_projected_cable_find_connection (BeEndpointCard *server,
                                            BeEndpointCard *client);
void    be_projected_cable_snapshot (GtkWidget      *widget,
                                     GtkSnapshot    *snapshot,
                                     BeEndpointCard *server,
                                     BeEndpointCard *client);

G_END_DECLS
