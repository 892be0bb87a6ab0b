/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-pairing.h"

G_BEGIN_DECLS

/**
 * BeMermaidParticipants:
 *
 * Between whom the arrows of a sequence diagram go: our server, our clients, and
 * the other programs. Not an object: it belongs to who writes the diagram.
 */
typedef struct _BeMermaidParticipants BeMermaidParticipants;

BeMermaidParticipants *be_mermaid_participants_new (BePairing *pairing);
void                   be_mermaid_participants_free (BeMermaidParticipants *self);
const char            *be_mermaid_participants_get (BeMermaidParticipants *self,
                                                    const BeEventRecord   *record,
                                                    BeSide                 side);
void                   be_mermaid_participants_note (BeMermaidParticipants *self,
                                                     const BeEventRecord   *record);
void                   be_mermaid_participants_append (BeMermaidParticipants *self,
                                                       GString               *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeMermaidParticipants, be_mermaid_participants_free)

G_END_DECLS
