/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"

G_BEGIN_DECLS

/* Somebody else at the other end: a bare blocking socket that does what a
 * slow, broken or hostile program does. Each call has a deadline and must
 * succeed; a peer ends with its last reference. */

gboolean be_test_peer_find_own_address (BeAddress *address);
GSocket *be_test_peer_new_stream (const BeAddress *address);
GSocket *be_test_peer_connect (const BeAddress *address);
GSocket *be_test_peer_connect_narrow (const BeAddress *address);
GSocket *be_test_peer_listen (int        backlog,
                              BeAddress *local);
GSocket *be_test_peer_accept (GSocket *listener);
GSocket *be_test_peer_bind_datagram (guint16    port,
                                     BeAddress *local);
void     be_test_peer_connect_to (GSocket         *peer,
                                  const BeAddress *address);
void     be_test_peer_send (GSocket      *peer,
                            gconstpointer bytes,
                            gsize         length);
void     be_test_peer_send_to (GSocket         *peer,
                               const BeAddress *address,
                               gconstpointer    bytes,
                               gsize            length);
gssize   be_test_peer_try_send (GSocket      *peer,
                                gconstpointer bytes,
                                gsize         length);
GBytes  *be_test_peer_receive (GSocket *peer,
                               gsize    length);
GBytes  *be_test_peer_receive_datagram (GSocket   *peer,
                                        BeAddress *from);
void     be_test_peer_expect (GSocket    *peer,
                              const char *text);
void     be_test_peer_expect_end (GSocket *peer);
gboolean be_test_peer_is_reset (GSocket *peer);
GBytes  *be_test_peer_talk (GSocket *peer,
                            GBytes  *bytes,
                            guint    largest_piece);
void     be_test_peer_stop_sending (GSocket *peer);
void     be_test_peer_reset (GSocket *peer);

GPtrArray *be_test_peer_listen_too_busy (BeAddress *local);

GBytes *be_test_random_bytes (gsize length);
GBytes *be_test_upper_case (GBytes *bytes);

G_END_DECLS
