/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_CONVERSATION_LAYOUT (be_conversation_layout_get_type ())
G_DECLARE_FINAL_TYPE (BeConversationLayout, be_conversation_layout, BE, CONVERSATION_LAYOUT, GtkLayoutManager)

G_END_DECLS
