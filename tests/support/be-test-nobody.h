/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"

G_BEGIN_DECLS

/* Ports of 127.0.0.1 that refuse. As long as the socket is kept no other test
 * gets the port, and no client has it as its own. */

GSocket *be_test_nobody_listens (BeAddress *address);
GSocket *be_test_nobody_receives (BeAddress *address);

G_END_DECLS
