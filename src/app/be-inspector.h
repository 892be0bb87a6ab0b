/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BE_TYPE_INSPECTOR (be_inspector_get_type ())
G_DECLARE_FINAL_TYPE (BeInspector, be_inspector, BE, INSPECTOR, GtkWidget)

GtkWidget  *be_inspector_new (void);
void        be_inspector_add_page (BeInspector *self,
                                   GtkWidget   *page,
                                   const char  *name,
                                   const char  *title);
void        be_inspector_show_page (BeInspector *self,
                                    const char  *name);
const char *be_inspector_get_page (BeInspector *self);
void        be_inspector_set_title (BeInspector *self,
                                    guint32      connection,
                                    const char  *title);

G_END_DECLS
