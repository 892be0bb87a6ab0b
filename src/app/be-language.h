/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_LANGUAGE_SYSTEM "system"

void be_language_set_up (void);
void be_language_apply (const char *choice);
void be_language_add_actions (GtkApplication *application,
                              GSettings      *settings);

G_END_DECLS
