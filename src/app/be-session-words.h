/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-stage.h"
#include "be-state-chip.h"

G_BEGIN_DECLS

char       *be_session_words_describe (BeStage    *stage,
                                       BeProtocol  protocol,
                                       BeSide      side,
                                       guint       n_peers,
                                       BeChipKind *kind);
const char *be_session_words_get_stop (BeProtocol protocol,
                                       BeSide     side);
const char *be_session_words_get_spoken_stop (BeProtocol protocol,
                                              BeSide     side);
char       *be_session_words_dup_stop_all (BeProtocol protocol,
                                           guint      n_active);

G_END_DECLS
