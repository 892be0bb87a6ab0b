/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TCP over IPv4 as the system itself lists it, in /proc/net/tcp: whatever the
 * program says. Where there is no such list, nothing is waited for: a call that
 * has returned at one end is then taken to be over at the other. */

/* Its states, as far as tests ask. */
#define BE_TEST_SYSTEM_ESTABLISHED 1u
#define BE_TEST_SYSTEM_SYN_SENT 2u
#define BE_TEST_SYSTEM_CLOSE_WAIT 8u
#define BE_TEST_SYSTEM_LISTEN 10u

gboolean be_test_system_tells (void);
guint    be_test_system_count_from (guint16 port,
                                    guint   state);
guint    be_test_system_count_to (guint16 port,
                                  guint   state);
void     be_test_system_wait_for_unread (guint16 port,
                                         gsize   n_bytes);
void     be_test_system_wait_for_queue (guint16 port,
                                        guint   n_connections);

G_END_DECLS
