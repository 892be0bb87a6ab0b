/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-state-watch.h"

G_BEGIN_DECLS

#define BE_TYPE_ACCEPT_QUEUE (be_accept_queue_get_type ())
G_DECLARE_FINAL_TYPE (BeAcceptQueue, be_accept_queue, BE, ACCEPT_QUEUE, GtkWidget)

void        be_accept_queue_set_server (BeAcceptQueue *self,
                                        BeStateWatch  *states,
                                        guint32        session_id);
const char *be_accept_queue_get_words (BeAcceptQueue *self);
guint       be_accept_queue_get_n_letters (BeAcceptQueue *self);

G_END_DECLS
