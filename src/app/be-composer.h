/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-stage.h"

G_BEGIN_DECLS

#define BE_TYPE_COMPOSER (be_composer_get_type ())
G_DECLARE_FINAL_TYPE (BeComposer, be_composer, BE, COMPOSER, GtkWidget)

void       be_composer_set_stage (BeComposer *self,
                                  BeStage    *stage,
                                  GListModel *sockets);
void       be_composer_set_protocol (BeComposer *self,
                                     BeProtocol  protocol);
void       be_composer_set_suggested (BeComposer *self,
                                      gboolean    is_suggested);
gboolean   be_composer_can_write (BeComposer *self);
GtkWidget *be_composer_get_entry (BeComposer *self);

G_END_DECLS
