/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-stage.h"

G_BEGIN_DECLS

/* Of closed sockets, the newest. */
#define BE_SHOWN_SOCKETS_MAX_CLOSED 5u

#define BE_TYPE_SHOWN_SOCKETS (be_shown_sockets_get_type ())
G_DECLARE_FINAL_TYPE (BeShownSockets, be_shown_sockets, BE, SHOWN_SOCKETS, GObject)

BeShownSockets *be_shown_sockets_new (void);
void            be_shown_sockets_set_stage (BeShownSockets *self,
                                            BeStage        *stage,
                                            BeSide          side);
void            be_shown_sockets_set_protocol (BeShownSockets *self,
                                               BeProtocol      protocol);
void            be_shown_sockets_update (BeShownSockets *self);
guint           be_shown_sockets_get_n_open (BeShownSockets *self);
guint           be_shown_sockets_get_n_earlier (BeShownSockets *self);

G_END_DECLS
