/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal-filter.h"
#include "be-state-watch.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_CONVERSATION (be_conversation_get_type ())
G_DECLARE_FINAL_TYPE (BeConversation, be_conversation, BE, CONVERSATION, GtkWidget)

GtkWidget       *be_conversation_new (void);
BeJournal       *be_conversation_get_journal (BeConversation *self);
BeJournalFilter *be_conversation_get_filter (BeConversation *self);
void             be_conversation_set_journal (BeConversation *self,
                                              BeJournal      *journal);
void             be_conversation_set_states (BeConversation *self,
                                             BeStateWatch   *states);
void             be_conversation_set_server_port (BeConversation *self,
                                                  guint           port);
void             be_conversation_set_server_is_local (BeConversation *self,
                                                      gboolean        is_local);
void             be_conversation_set_protocol (BeConversation *self,
                                               BeProtocol      protocol);
gboolean         be_conversation_is_following (BeConversation *self);
BeEvent         *be_conversation_get_selected (BeConversation *self);
void             be_conversation_set_is_projected (BeConversation *self,
                                                   gboolean        is_projected);
GtkWidget       *be_conversation_get_pending_rows (BeConversation *self);
char            *be_conversation_dup_text (BeConversation *self);
char            *be_conversation_dup_row_text (BeConversation *self);

G_END_DECLS
