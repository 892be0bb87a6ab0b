/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-endpoint-card.h"

#include "be-accept-queue.h"
#include "be-card-bar.h"
#include "be-connecting-line.h"
#include "be-address-field.h"
#include "be-endpoint-options.h"
#include "be-socket-pane.h"
#include "be-state-chip.h"

G_BEGIN_DECLS

#define BE_ENDPOINT_CARD_DEFAULT_HOST "127.0.0.1"

/**
 * BeEndpointCard:
 *
 * The server or the client of the window: where it is, what its socket says
 * of its state, the buttons that mirror the calls, and the sockets it holds.
 * It shows the sessions of one protocol at a time and commands the stage; it
 * believes only what the stage says, not what was pressed.
 *
 * Holds references to the stage and the settings; ends with the window. What it
 * looks like is in be-endpoint-card.c, be-endpoint-card-layout.c and
 * be-endpoint-card-badge.c, what is typed into it in be-endpoint-card-form.c,
 * what it does in be-endpoint-card-actions.c, what it offers after a failure in
 * be-endpoint-card-remedies.c, and where the keyboard is in
 * be-endpoint-card-focus.c.
 */
struct _BeEndpointCard
{
  GtkWidget parent_instance;

  GtkWidget         *bar; /* (nullable) until the card is folded or projected */
  GtkWidget         *body;
  GtkWidget         *title_box;
  GtkImage          *icon;
  GtkLabel          *title;
  BeStateChip       *chip;
  BeAddressField    *field;
  GtkWidget         *badge;
  GtkImage          *badge_icon;
  GtkLabel          *badge_label;
  BeEndpointOptions *options;
  GtkWidget         *more_clients; /* (nullable) until a client runs */
  GtkWidget         *buttons;
  GtkWidget         *button;
  GtkWidget         *menu_button; /* (nullable) until the side runs */
  GtkLabel          *error;
  GtkBox            *remedies; /* (nullable) until one applies */
  BeSocketPane      *pane;
  BeConnectingLine  *connecting;
  GtkWidget         *queue; /* also where the card is a bar */

  BeStage        *stage;
  BeEndpointCard *server_card;      /* weak; of the client's card */
  GtkWidget      *focus_before_bar; /* weak */
  GtkWidget      *started_from;     /* weak; the entry, until it runs */
  GSettings      *settings;

  BeSide     side;
  BeProtocol protocol;
  gboolean   is_folded;
  gboolean   is_tight;
  gboolean   is_projected;
  char      *projected_address; /* where a cable leads from; nullable */
  gboolean   is_suggested;
  gboolean   is_expanded;
  gboolean   is_remembering; /* nobody edits the address */
  gboolean   expands_by_itself;
  gboolean   is_local; /* a server that only this computer reaches */
};

void        be_endpoint_card_install_actions (GtkWidgetClass *widget_class);
void        be_endpoint_card_install_remedies (GtkWidgetClass *widget_class);
void        be_endpoint_card_install_reading (GtkWidgetClass *widget_class);
void        be_endpoint_card_show_reading (BeEndpointCard *self);
void        be_endpoint_card_explain_button (BeEndpointCard *self);
void        be_endpoint_card_update_remedies (BeEndpointCard *self);
void        be_endpoint_card_forget_failure (BeEndpointCard *self);
void        be_endpoint_card_arrange (BeEndpointCard *self);
void        be_endpoint_card_update_body (BeEndpointCard *self);
void        be_endpoint_card_set_is_projected (BeEndpointCard *self,
                                               gboolean        is_projected);
char       *be_endpoint_card_dup_projected_address (BeEndpointCard *self,
                                                    const char     *called);
void        be_endpoint_card_follow_other_end (BeEndpointCard *self);
gboolean    be_endpoint_card_move_focus (GtkWidget       *widget,
                                         GtkDirectionType direction);
void        be_endpoint_card_focus_button_before (BeEndpointCard *self,
                                                  GtkWidget      *going);
void        be_endpoint_card_focus_bar_before (BeEndpointCard *self,
                                               GtkWidget      *going);
void        be_endpoint_card_focus_body_again (BeEndpointCard *self);
void        be_endpoint_card_focus_button_for_entry (BeEndpointCard *self);
void        be_endpoint_card_focus_entry_again (BeEndpointCard *self,
                                                gboolean        has_failed);
void        be_endpoint_card_update (BeEndpointCard *self);
void        be_endpoint_card_update_actions (BeEndpointCard *self,
                                             BeSession      *session,
                                             gboolean        is_running,
                                             guint           n_open);
void        be_endpoint_card_update_badge (BeEndpointCard *self,
                                           BeSession      *session);
BeEndpoint *be_endpoint_card_parse_form (BeEndpointCard *self,
                                         GError        **error);
void        be_endpoint_card_show_error (BeEndpointCard *self,
                                         const GError   *error);

G_END_DECLS
