/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"
#include "be-socket-handle.h"

G_BEGIN_DECLS

/* The socket calls themselves. All of them are
 * non-blocking; where one fails it returns -1 (or BE_SOCKET_NONE) and @error is
 * the system's own number: errno, or WSAGetLastError () on Windows. */

BeSocket be_socket_open (BeAddressFamily family,
                         GSocketType     type,
                         int            *error);
int      be_socket_bind (BeSocket         socket,
                         const BeAddress *address,
                         int             *error);
int      be_socket_listen (BeSocket socket,
                           int      backlog,
                           int     *error);
BeSocket be_socket_accept (BeSocket   socket,
                           BeAddress *peer,
                           int       *error);
int      be_socket_connect (BeSocket         socket,
                            const BeAddress *address,
                            int             *error);
int      be_socket_connect_result (BeSocket socket,
                                   int     *error);
gboolean be_socket_is_writable (BeSocket socket);
gboolean be_socket_is_readable (BeSocket socket);
gssize   be_socket_recv (BeSocket socket,
                         guint8  *buffer,
                         gsize    size,
                         int     *error);
gssize   be_socket_send (BeSocket      socket,
                         const guint8 *bytes,
                         gsize         length,
                         int          *error);
gssize   be_socket_recvfrom (BeSocket   socket,
                             guint8    *buffer,
                             gsize      size,
                             BeAddress *from,
                             gboolean  *is_truncated,
                             gsize     *whole_length,
                             int       *error);
gssize   be_socket_sendto (BeSocket         socket,
                           const BeAddress *to,
                           const guint8    *bytes,
                           gsize            length,
                           int             *error);
int      be_socket_shutdown_write (BeSocket socket,
                                   int     *error);
int      be_socket_close (BeSocket socket,
                          int     *error);
void     be_socket_close_with_reset (BeSocket socket);
void     be_socket_set_buffer_bytes (BeSocket socket,
                                     int      bytes);
void     be_socket_get_local (BeSocket   socket,
                              BeAddress *local);
void     be_socket_get_peer (BeSocket   socket,
                             BeAddress *peer);
gboolean be_socket_error_is_retry (int error);
gboolean be_socket_error_is_in_progress (int error);
gboolean be_socket_error_is_no_room (int error);
int      be_socket_error_no_buffers (void);
int      be_socket_error_timed_out (void);
int      be_socket_error_shut_down (void);

G_END_DECLS
