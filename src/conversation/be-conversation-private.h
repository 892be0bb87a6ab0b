/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BeConversation share; nobody else includes this. */

#pragma once

#include "be-conversation.h"
#include "be-empty-guide.h"
#include "be-event-list.h"
#include "be-filter-bar.h"
#include "be-pending-rows.h"
#include "be-state-strip.h"

G_BEGIN_DECLS

struct _BeConversation
{
  GtkWidget parent_instance;

  BeJournal       *journal;
  BeJournalFilter *filter;
  guint            server_port;
  gboolean         server_is_local;
  BeProtocol       protocol;
  gboolean         was_cleared;
  guint64          n_gone_at_clear[2]; /* rows that nobody needs to be told of: at the last clear, at that before */
  guint            words_source;

  gboolean reveals_filter_later; /* when it is projected no more */

  GtkWidget *focus_before; /* weak: what had the keyboard before the filter bar */

  GtkRevealer  *filter_revealer;
  BeFilterBar  *filter_bar; /* (weak): made when it is opened first */
  GtkStack     *stack;
  BeEmptyGuide *guide;
  BeEventList  *list;
  GtkRevealer  *pill_revealer;
  GtkWidget    *pill;
  GtkLabel     *pill_label;
  BeStateStrip *state_strip;
  GtkWidget    *row_menu; /* (nullable) until it is first opened */

  BePendingRows *pending_rows;
};

typedef enum
{
  BE_CONVERSATION_SIGNAL_CLEARED,
  BE_CONVERSATION_SIGNAL_COPIED,
  BE_CONVERSATION_SIGNAL_MARKED,
} BeConversationSignal;

extern guint be_conversation_signals[];

/* be-conversation.c */
guint be_conversation_count_events (BeConversation *self);

/* be-conversation-pages.c */
void be_conversation_update_page (BeConversation *self);

/* be-conversation-words.c */
void be_conversation_update_note (BeConversation *self);
void be_conversation_queue_words (BeConversation *self);
void be_conversation_n_new_changed (BeConversation *self);
void be_conversation_marked (BeConversation *self,
                             guint           connection);

/* be-conversation-actions.c */
void be_conversation_offer_connection (BeConversation *self);
void be_conversation_install_actions (GtkWidgetClass *widget_class);

/* be-conversation-menu.c */
void be_conversation_install_menu (GtkWidgetClass *widget_class);
void be_conversation_init_menu (BeConversation *self);
void be_conversation_dispose_menu (BeConversation *self);

G_END_DECLS
