/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "be-conversation.h"

G_BEGIN_DECLS

#define BE_TYPE_LADDER_EXPORT (be_ladder_export_get_type ())
G_DECLARE_FINAL_TYPE (BeLadderExport, be_ladder_export, BE, LADDER_EXPORT, GObject)

BeLadderExport *be_ladder_export_attach (GtkApplicationWindow *window,
                                         AdwToastOverlay      *toasts,
                                         BeConversation       *conversation);
void            be_ladder_export_write (BeLadderExport *self,
                                        GFile          *file,
                                        GtkFileFilter  *filter);
gboolean        be_ladder_export_is_writing (BeLadderExport *self);
const char     *be_ladder_export_get_last_words (BeLadderExport *self);

G_END_DECLS
