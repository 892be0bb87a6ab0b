/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_SOCKET_PAGE (be_socket_page_get_type ())
G_DECLARE_FINAL_TYPE (BeSocketPage, be_socket_page, BE, SOCKET_PAGE, GtkWidget)

GtkWidget *be_socket_page_new (void);
void       be_socket_page_set_socket (BeSocketPage *self,
                                      BeSession    *session,
                                      guint32       socket_id);

G_END_DECLS
