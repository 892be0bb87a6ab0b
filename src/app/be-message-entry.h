/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-event-record.h"

G_BEGIN_DECLS

#define BE_TYPE_MESSAGE_ENTRY (be_message_entry_get_type ())
G_DECLARE_FINAL_TYPE (BeMessageEntry, be_message_entry, BE, MESSAGE_ENTRY, GtkWidget)

void       be_message_entry_set_side (BeMessageEntry *self,
                                      BeSide          side);
void       be_message_entry_set_placeholder (BeMessageEntry *self,
                                             const char     *text);
void       be_message_entry_refuse (BeMessageEntry *self);
gsize      be_message_entry_count_bytes (BeMessageEntry *self);
gboolean   be_message_entry_has_draft (BeMessageEntry *self);
GBytes    *be_message_entry_take (BeMessageEntry *self);
GtkWidget *be_message_entry_get_entry (BeMessageEntry *self);

G_END_DECLS
