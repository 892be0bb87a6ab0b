/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-conversation.h"
#include "be-side-sheet.h"
#include "be-stage.h"

G_BEGIN_DECLS

#define BE_TYPE_INSPECTION (be_inspection_get_type ())
G_DECLARE_FINAL_TYPE (BeInspection, be_inspection, BE, INSPECTION, GObject)

BeInspection *be_inspection_new (GtkApplicationWindow *window,
                                 BeSideSheet          *side_sheet,
                                 BeConversation       *conversation,
                                 BeStage              *stage);

G_END_DECLS
