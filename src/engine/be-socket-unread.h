/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-handle.h"

G_BEGIN_DECLS

gsize be_socket_unread_at_close (BeSocket socket);

G_END_DECLS
