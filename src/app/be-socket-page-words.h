/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-report.h"

G_BEGIN_DECLS

/* What the page of a socket says of its report: see be-socket-page-words.c. */
char       *be_socket_page_words_dup_call (const BeSocketReport *report);
const char *be_socket_page_words_get_kind (const BeSocketReport *report);
char       *be_socket_page_words_dup_state_source (const BeSocketReport *report);
const char *be_socket_page_words_get_waiting (const BeSocketReport *report);
char       *be_socket_page_words_dup_timeout (gint64 timeout);
const char *be_socket_page_words_get_timeout_note (const BeSocketReport *report);
char       *be_socket_page_words_dup_option (const BeOptionReport *option,
                                             BeSocketOption        which);
char       *be_socket_page_words_dup_reason (const BeSocketReport *answer,
                                             BeSocketOption        option,
                                             int                   asked);
char       *be_socket_page_words_dup_milliseconds (guint32 microseconds,
                                                   guint32 variation);

G_END_DECLS
