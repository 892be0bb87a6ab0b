/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-stage.h"

G_BEGIN_DECLS

char *be_accept_turn_dup_letter (BeStage             *stage,
                                 const BePendingCall *call);

G_END_DECLS
