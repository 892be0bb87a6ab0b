/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BE_TYPE_MESSAGE_WINDOW (be_message_window_get_type ())
G_DECLARE_FINAL_TYPE (BeMessageWindow, be_message_window, BE, MESSAGE_WINDOW, AdwWindow)

GtkWidget *be_message_window_new (BeEvent *event);
char      *be_message_window_dup_text (BeMessageWindow *self);

G_END_DECLS
