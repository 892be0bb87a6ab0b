/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-chip.h"

G_BEGIN_DECLS

#define BE_TYPE_CHIP_KIND (be_chip_kind_get_type ())
GType be_chip_kind_get_type (void);

#define BE_TYPE_STATE_CHIP (be_state_chip_get_type ())
G_DECLARE_FINAL_TYPE (BeStateChip, be_state_chip, BE, STATE_CHIP, GtkWidget)

GtkWidget  *be_state_chip_new (void);
const char *be_state_chip_get_label (BeStateChip *self);
void        be_state_chip_set_label (BeStateChip *self,
                                     const char  *label);
BeChipKind  be_state_chip_get_kind (BeStateChip *self);
void        be_state_chip_set_kind (BeStateChip *self,
                                    BeChipKind   kind);
gboolean    be_state_chip_get_show_dot (BeStateChip *self);
void        be_state_chip_set_show_dot (BeStateChip *self,
                                        gboolean     show_dot);

G_END_DECLS
