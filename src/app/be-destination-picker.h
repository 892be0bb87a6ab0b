/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-socket-summary.h"

G_BEGIN_DECLS

#define BE_TYPE_DESTINATION_PICKER (be_destination_picker_get_type ())
G_DECLARE_FINAL_TYPE (BeDestinationPicker, be_destination_picker, BE, DESTINATION_PICKER, GtkWidget)

void             be_destination_picker_set_sockets (BeDestinationPicker *self,
                                                    BeSide               side,
                                                    GListModel          *sockets);
void             be_destination_picker_set_protocol (BeDestinationPicker *self,
                                                     BeProtocol           protocol);
void             be_destination_picker_set_tiny (BeDestinationPicker *self,
                                                 gboolean             is_tiny);
gboolean         be_destination_picker_is_empty (BeDestinationPicker *self);
guint            be_destination_picker_get_n_sockets (BeDestinationPicker *self);
BeSocketSummary *be_destination_picker_get_socket (BeDestinationPicker *self);
void             be_destination_picker_refresh (BeDestinationPicker *self);

G_END_DECLS
