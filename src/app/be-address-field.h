/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-endpoint.h"

G_BEGIN_DECLS

#define BE_TYPE_ADDRESS_FIELD (be_address_field_get_type ())
G_DECLARE_FINAL_TYPE (BeAddressField, be_address_field, BE, ADDRESS_FIELD, GtkWidget)

void        be_address_field_set_side (BeAddressField *self,
                                       BeSide          side);
const char *be_address_field_get_host (BeAddressField *self);
const char *be_address_field_get_port (BeAddressField *self);
GtkWidget  *be_address_field_get_entry (BeAddressField *self,
                                        gboolean        is_port);
void        be_address_field_show_running (BeAddressField *self,
                                           const char     *host,
                                           guint           port);
void        be_address_field_show_entries (BeAddressField *self);
gboolean    be_address_field_mark (BeAddressField *self,
                                   const GError   *error);

G_END_DECLS
