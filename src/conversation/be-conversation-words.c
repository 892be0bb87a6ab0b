/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What BeConversation says around its rows: how many are new below, and how
 * many are gone above. */

#include "be-conversation-private.h"

#include "be-count-text.h"

/* Words around the list need not change more often than one can read them. */
#define WORDS_INTERVAL_MILLISECONDS 250

static void
update_pill (BeConversation *self)
{
  guint n_new = be_event_list_get_n_new (self->list);

  if (n_new > 0)
    {
      g_autofree char *text = be_count_text_new_rows (n_new);

      gtk_label_set_text (self->pill_label, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->pill),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
    }
  gtk_revealer_set_reveal_child (self->pill_revealer, n_new > 0);
}

/* See be-conversation-private.h. */
void
be_conversation_update_note (BeConversation *self)
{
  guint64          n_dropped = self->journal != NULL ? be_journal_get_n_dropped (self->journal) : 0;
  guint64          n_gone = n_dropped - MIN (n_dropped, self->n_gone_at_clear[0]);
  g_autofree char *text = n_gone > 0 ? be_count_text_dropped_rows (n_gone) : NULL;

  be_event_list_set_note (self->list, text);
}

static gboolean
words_due_cb (gpointer user_data)
{
  BeConversation *self = BE_CONVERSATION (user_data);

  self->words_source = 0;
  update_pill (self);
  be_conversation_update_note (self);

  return G_SOURCE_REMOVE;
}

/* A label that changes has the whole window measured: under traffic, not with
 * every frame. */
void
be_conversation_queue_words (BeConversation *self)
{
  if (self->words_source == 0)
    self->words_source = g_timeout_add (WORDS_INTERVAL_MILLISECONDS, words_due_cb, self);
}

/* See be-conversation-private.h. */
void
be_conversation_n_new_changed (BeConversation *self)
{
  guint n_new = be_event_list_get_n_new (self->list);

  if (n_new == 0 || !gtk_revealer_get_reveal_child (self->pill_revealer))
    update_pill (self);
  else
    be_conversation_queue_words (self);
}

/**
 * be_conversation_set_states:
 * @states: what the system says while no call returns
 *
 * Has the end of the lifelines tell of it; once.
 */
void
be_conversation_set_states (BeConversation *self,
                            BeStateWatch   *states)
{
  g_return_if_fail (BE_IS_CONVERSATION (self));

  be_state_strip_set_watch (self->state_strip, states);
}

/* See be-conversation-private.h. */
void
be_conversation_marked (BeConversation *self,
                        guint           connection)
{
  g_signal_emit (self, be_conversation_signals[BE_CONVERSATION_SIGNAL_MARKED], 0, connection);
}
