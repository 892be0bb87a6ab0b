/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-summary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is said of one socket: see be-socket-words.c. */
void  be_socket_words_show_addresses (BeSocketSummary *summary,
                                      GtkLabel        *both,
                                      GtkLabel        *one);
char *be_socket_words_dup_state (BeSocketSummary *summary);
char *be_socket_words_dup_name (BeSocketSummary *summary);
char *be_socket_words_dup_tooltip (BeSocketSummary *summary);

const char *be_socket_words_get_offer (BeSocketSummary *summary);
gboolean    be_socket_words_is_datagram_peer (BeSocketSummary *summary);

G_END_DECLS
