/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_ZOOM_MIN_PERCENT 80
#define BE_ZOOM_MAX_PERCENT 250

#define BE_TYPE_ZOOM (be_zoom_get_type ())
G_DECLARE_FINAL_TYPE (BeZoom, be_zoom, BE, ZOOM, GObject)

BeZoom *be_zoom_new (GtkApplication *application,
                     GSettings      *settings);
guint   be_zoom_get_percent (BeZoom *self);
void    be_zoom_set_percent (BeZoom *self,
                             guint   percent);
void    be_zoom_set_projected (BeZoom  *self,
                               gboolean is_projected);

G_END_DECLS
