/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-composer.h"
#include "be-endpoint-card.h"

G_BEGIN_DECLS

#define BE_TYPE_SUGGESTION (be_suggestion_get_type ())
G_DECLARE_FINAL_TYPE (BeSuggestion, be_suggestion, BE, SUGGESTION, GObject)

BeSuggestion *be_suggestion_new (GtkWindow      *window,
                                 BeEndpointCard *server_card,
                                 BeEndpointCard *client_card,
                                 BeComposer     *client_composer);
void          be_suggestion_update (BeSuggestion *self,
                                    BeStage      *stage,
                                    BeProtocol    protocol);
void          be_suggestion_await_connection (BeSuggestion *self,
                                              gboolean      is_awaited);

G_END_DECLS
