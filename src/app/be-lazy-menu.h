/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void be_lazy_menu_attach (GtkMenuButton *button,
                          GMenuModel    *menu);
void be_lazy_menu_attach_resource (GtkMenuButton *button,
                                   const char    *resource,
                                   const char    *id);

G_END_DECLS
