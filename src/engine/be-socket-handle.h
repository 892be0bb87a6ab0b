/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BeSocket:
 *
 * An open socket, or %BE_SOCKET_NONE: a value, which nobody but its owner
 * closes. It is the descriptor itself, as an object for each of ten thousand
 * clients costs more time and memory than the client. On Windows it is a
 * GSocket, because GLib can wait for nothing else there.
 */
#ifdef G_OS_WIN32
typedef GSocket *BeSocket;
#define BE_SOCKET_NONE NULL
#else
typedef int BeSocket;
#define BE_SOCKET_NONE (-1)
#endif

BeSocket be_socket_borrow (GSocket *object);
int      be_socket_get_descriptor (BeSocket socket);
BeSocket be_socket_steal (BeSocket *socket);
GSource *be_socket_create_source (BeSocket     socket,
                                  GIOCondition conditions);

G_END_DECLS
