/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void be_wire_caption_update (GtkWidget  *caption,
                             GtkLabel   *label,
                             GListModel *sockets,
                             BeJournal  *journal);
void be_wire_caption_heed_projection (GtkWidget *caption);

G_END_DECLS
