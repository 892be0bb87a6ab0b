/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-layer-journey.h"
#include "be-layer-model.h"

G_BEGIN_DECLS

const char *be_layer_words_get_name (BeLayerKind kind);
char       *be_layer_words_dup_text (const BeLayer        *layer,
                                     const BeLayerJourney *journey,
                                     const BeEventRecord  *record);

G_END_DECLS
