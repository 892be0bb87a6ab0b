/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-conversation.h"

G_BEGIN_DECLS

#define BE_TYPE_CABLES (be_cables_get_type ())
G_DECLARE_FINAL_TYPE (BeCables, be_cables, BE, CABLES, GtkWidget)

void    be_cables_set_conversation (BeCables       *self,
                                    BeConversation *conversation);
guint32 be_cables_get_marked (BeCables *self);

G_END_DECLS
