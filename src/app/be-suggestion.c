/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-suggestion.h"

/**
 * BeSuggestion:
 *
 * What a window suggests to do next: start the server, connect, write. One of
 * them at a time has the blue button, and the focus is led from each to the
 * next.
 *
 * Owns nothing of the window, whose parts it knows; it ends with the window.
 */
struct _BeSuggestion
{
  GObject parent_instance;

  GtkWindow      *window;
  BeEndpointCard *server_card;
  BeEndpointCard *client_card;
  BeComposer     *client_composer;

  GtkWidget *suggested;  /* one of these three */
  GtkWidget *asked_from; /* (weak) what had the focus when a connection was asked for */
  gboolean   awaits_connection;
};

G_DEFINE_FINAL_TYPE (BeSuggestion, be_suggestion, G_TYPE_OBJECT)

/* Who asked for a connection with a key wants to write; who has begun to write
 * somewhere else meanwhile does not. */
static gboolean
leads_to_message (BeSuggestion *self,
                  GtkWidget    *focus)
{
  return self->awaits_connection && (focus == self->asked_from || !GTK_IS_EDITABLE (focus));
}

/* Whoever pressed the last suggested button is led to the next. Only forward:
 * when a connection breaks, keys must not end up on a button. */
static void
move_focus (BeSuggestion *self,
            GtkWidget    *from,
            GtkWidget    *to)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);
  gboolean   is_there = from != NULL && (focus == NULL || focus == from || gtk_widget_is_ancestor (focus, from));

  if (to == GTK_WIDGET (self->client_composer))
    {
      if (is_there || leads_to_message (self, focus))
        gtk_widget_grab_focus (be_composer_get_entry (self->client_composer));
      self->awaits_connection = FALSE;
    }
  else if (is_there && from == GTK_WIDGET (self->server_card))
    gtk_widget_grab_focus (be_endpoint_card_get_button (BE_ENDPOINT_CARD (to)));
}

static void
be_suggestion_dispose (GObject *object)
{
  BeSuggestion *self = BE_SUGGESTION (object);

  g_clear_weak_pointer (&self->asked_from);

  G_OBJECT_CLASS (be_suggestion_parent_class)->dispose (object);
}

static void
be_suggestion_class_init (BeSuggestionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_suggestion_dispose;
}

static void
be_suggestion_init (BeSuggestion *self)
{
}

/**
 * be_suggestion_new:
 *
 * Returns: (transfer full): what is suggested in @window, nothing yet
 */
BeSuggestion *
be_suggestion_new (GtkWindow      *window,
                   BeEndpointCard *server_card,
                   BeEndpointCard *client_card,
                   BeComposer     *client_composer)
{
  BeSuggestion *self = g_object_new (BE_TYPE_SUGGESTION, NULL);

  self->window = window;
  self->server_card = server_card;
  self->client_card = client_card;
  self->client_composer = client_composer;

  return self;
}

/**
 * be_suggestion_update:
 *
 * Chooses by what runs on the stage, and leads the focus on.
 */
void
be_suggestion_update (BeSuggestion *self,
                      BeStage      *stage,
                      BeProtocol    protocol)
{
  BeSession *server = be_stage_get_session (stage, protocol, BE_SIDE_SERVER);
  gboolean   has_server = be_stage_get_n_active (stage, protocol, BE_SIDE_SERVER) > 0;
  gboolean   has_client = be_stage_get_n_active (stage, protocol, BE_SIDE_CLIENT) > 0;
  GtkWidget *previous = self->suggested;

  if (be_composer_can_write (self->client_composer))
    self->suggested = GTK_WIDGET (self->client_composer);
  else if (has_client || (has_server && be_session_get_state (server) == BE_SESSION_STARTING))
    self->suggested = previous; /* on the way to the next */
  else if (has_server)
    self->suggested = GTK_WIDGET (self->client_card);
  else
    self->suggested = GTK_WIDGET (self->server_card);
  self->awaits_connection = self->awaits_connection && has_client;

  be_endpoint_card_set_suggested (self->server_card, self->suggested == GTK_WIDGET (self->server_card) && !has_server);
  be_endpoint_card_set_suggested (self->client_card, self->suggested == GTK_WIDGET (self->client_card) && !has_client);
  be_composer_set_suggested (self->client_composer, self->suggested == GTK_WIDGET (self->client_composer) &&
                                                      be_composer_can_write (self->client_composer));

  if (self->suggested != previous)
    move_focus (self, previous, self->suggested);
}

/**
 * be_suggestion_await_connection:
 *
 * Who asks for a connection with a key is led to the message when it is there.
 */
void
be_suggestion_await_connection (BeSuggestion *self,
                                gboolean      is_awaited)
{
  self->awaits_connection = is_awaited;
  g_set_weak_pointer (&self->asked_from, gtk_window_get_focus (self->window));
}
