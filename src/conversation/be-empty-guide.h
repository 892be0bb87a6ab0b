/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_EMPTY_GUIDE (be_empty_guide_get_type ())
G_DECLARE_FINAL_TYPE (BeEmptyGuide, be_empty_guide, BE, EMPTY_GUIDE, GtkWidget)

void be_empty_guide_set_server (BeEmptyGuide *self,
                                guint         port,
                                gboolean      is_local);
void be_empty_guide_set_protocol (BeEmptyGuide *self,
                                  BeProtocol    protocol);

G_END_DECLS
