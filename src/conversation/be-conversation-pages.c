/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of its pages a BeConversation shows: the guide, the list, or that nothing
 * was found. */

#include "be-conversation-private.h"

#define NOTHING_PAGE "nothing"

/* A window shows it seldom, and never when it starts. */
static void
add_nothing_page (BeConversation *self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/bothends/BothEnds/be-nothing-found.ui");

  gtk_stack_add_named (self->stack, GTK_WIDGET (gtk_builder_get_object (builder, "page")), NOTHING_PAGE);
}

/* See be-conversation-private.h. */
void
be_conversation_update_page (BeConversation *self)
{
  const char *page = "list";

  if (be_conversation_count_events (self) == 0)
    page = self->was_cleared ? "list" : "guide";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->filter)) == 0)
    page = NOTHING_PAGE;

  if (g_str_equal (page, NOTHING_PAGE) && gtk_stack_get_child_by_name (self->stack, page) == NULL)
    add_nothing_page (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) != 0)
    gtk_stack_set_visible_child_name (self->stack, page);
}
