/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/* The socket calls themselves, each called in one place. All of them are
 * non-blocking; where one fails it returns -1 (or NULL) and @error is the
 * system's own number: errno, or WSAGetLastError () on Windows. */

GSocket *be_socket_open (BeAddressFamily family,
                         GSocketType     type,
                         int            *error);
int      be_socket_bind (GSocket         *socket,
                         const BeAddress *address,
                         int             *error);
int      be_socket_listen (GSocket *socket,
                           int      backlog,
                           int     *error);
GSocket *be_socket_accept (GSocket   *socket,
                           BeAddress *peer,
                           int       *error);
int      be_socket_connect (GSocket         *socket,
                            const BeAddress *address,
                            int             *error);
int      be_socket_connect_result (GSocket *socket,
                                   int     *error);
gssize   be_socket_recv (GSocket *socket,
                         guint8  *buffer,
                         gsize    size,
                         int     *error);
gssize   be_socket_send (GSocket      *socket,
                         const guint8 *bytes,
                         gsize         length,
                         int          *error);
gssize   be_socket_recvfrom (GSocket   *socket,
                             guint8    *buffer,
                             gsize      size,
                             BeAddress *from,
                             gboolean  *is_truncated,
                             int       *error);
gssize   be_socket_sendto (GSocket         *socket,
                           const BeAddress *to,
                           const guint8    *bytes,
                           gsize            length,
                           int             *error);
int      be_socket_shutdown_write (GSocket *socket,
                                   int     *error);
int      be_socket_close (GSocket *socket,
                          int     *error);
void     be_socket_close_with_reset (GSocket *socket);
void     be_socket_set_buffer_bytes (GSocket *socket,
                                     int      bytes);
void     be_socket_get_local (GSocket   *socket,
                              BeAddress *local);
void     be_socket_get_peer (GSocket   *socket,
                             BeAddress *peer);
gboolean be_socket_error_is_retry (int error);
gboolean be_socket_error_is_in_progress (int error);
gboolean be_socket_error_is_no_room (int error);
int      be_socket_error_no_buffers (void);
int      be_socket_error_timed_out (void);
int      be_socket_error_shut_down (void);

G_END_DECLS
