/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-event.h"

G_BEGIN_DECLS

#define BE_TYPE_PAYLOAD_VIEW (be_payload_view_get_type ())
G_DECLARE_FINAL_TYPE (BePayloadView, be_payload_view, BE, PAYLOAD_VIEW, GtkWidget)

void be_payload_view_set_event (BePayloadView *self,
                                BeEvent       *event);
void be_payload_view_set_width (BePayloadView *self,
                                int            width);

G_END_DECLS
