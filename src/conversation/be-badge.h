/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_BADGE (be_badge_get_type ())
G_DECLARE_FINAL_TYPE (BeBadge, be_badge, BE, BADGE, GtkWidget)

GtkWidget *be_badge_new (void);
guint32    be_badge_get_connection (BeBadge *self);
void       be_badge_set_connection (BeBadge *self,
                                    guint32  connection);
gboolean   be_badge_get_is_hollow (BeBadge *self);
void       be_badge_set_is_hollow (BeBadge *self,
                                   gboolean is_hollow);

G_END_DECLS
