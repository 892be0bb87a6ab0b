/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-option.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_OPTION_EDITOR (be_option_editor_get_type ())
G_DECLARE_FINAL_TYPE (BeOptionEditor, be_option_editor, BE, OPTION_EDITOR, GtkWidget)

GtkWidget *be_option_editor_new (BeSocketOption option);
void       be_option_editor_set_name (BeOptionEditor *self,
                                      const char     *name);
void       be_option_editor_set_value (BeOptionEditor *self,
                                       int             value);
void       be_option_editor_start_at (BeOptionEditor *self,
                                      int             value);

G_END_DECLS
