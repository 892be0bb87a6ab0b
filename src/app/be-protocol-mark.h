/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-stage.h"

G_BEGIN_DECLS

void be_protocol_mark_update (GtkButton *button,
                              BeStage   *stage,
                              BeProtocol protocol);

G_END_DECLS
