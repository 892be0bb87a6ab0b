/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-handle.h"

G_BEGIN_DECLS

/* What a socket is asked for, and told, beside its traffic. Like the calls of
 * be-socket.h they return -1 with the system's number, or 0. */
int      be_socket_get_option (BeSocket socket,
                               int      level,
                               int      name,
                               gpointer value,
                               gsize    size,
                               int     *error);
int      be_socket_set_option (BeSocket      socket,
                               int           level,
                               int           name,
                               gconstpointer value,
                               gsize         size,
                               int          *error);
gboolean be_socket_is_non_blocking (BeSocket socket);
void     be_socket_get_timeouts (BeSocket socket,
                                 gint64  *receive,
                                 gint64  *send);

G_END_DECLS
