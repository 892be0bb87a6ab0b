/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-conversation.h"
#include "be-endpoint-card.h"
#include "be-panes.h"
#include "be-zoom.h"

G_BEGIN_DECLS

/**
 * BeProjectorParts:
 *
 * What the mode changes in a window.
 */
typedef struct
{
  BeEndpointCard *server_card;
  BeEndpointCard *client_card;
  BePanes        *composers;
  BeConversation *conversation;
  GtkWidget      *wire_caption;
} BeProjectorParts;

#define BE_TYPE_PROJECTOR (be_projector_get_type ())
G_DECLARE_FINAL_TYPE (BeProjector, be_projector, BE, PROJECTOR, GObject)

BeProjector *be_projector_new (GtkApplicationWindow   *window,
                               BeZoom                 *zoom,
                               const BeProjectorParts *parts);
void         be_projector_set_active (BeProjector *self,
                                      gboolean     is_active);

G_END_DECLS
