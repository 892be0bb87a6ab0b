/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-state-lines.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_STATE_STRIP (be_state_strip_get_type ())
G_DECLARE_FINAL_TYPE (BeStateStrip, be_state_strip, BE, STATE_STRIP, GtkWidget)

void               be_state_strip_set_watch (BeStateStrip *self,
                                             BeStateWatch *watch);
void               be_state_strip_set_protocol (BeStateStrip *self,
                                                BeProtocol    protocol);
const BeStateLine *be_state_strip_get_lines (BeStateStrip *self,
                                             guint        *n_lines);
void               be_state_strip_set_max_lines (BeStateStrip *self,
                                                 guint         max_lines);
int                be_state_strip_measure_lines (BeStateStrip *self,
                                                 guint         max_lines);

G_END_DECLS
