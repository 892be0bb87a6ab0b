/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "be-stage.h"

G_BEGIN_DECLS

#define BE_TYPE_WINDOW (be_window_get_type ())
G_DECLARE_FINAL_TYPE (BeWindow, be_window, BE, WINDOW, AdwApplicationWindow)

GtkWidget *be_window_new (GtkApplication *application,
                          GSettings      *settings);
BeStage   *be_window_get_stage (BeWindow *self);

G_END_DECLS
