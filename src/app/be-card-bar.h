/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event.h"
#include "be-state-chip.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_CARD_BAR (be_card_bar_get_type ())
G_DECLARE_FINAL_TYPE (BeCardBar, be_card_bar, BE, CARD_BAR, GtkToggleButton)

GtkWidget *be_card_bar_new (BeSide side);
void       be_card_bar_set_state (BeCardBar  *self,
                                  const char *words,
                                  BeChipKind  kind);
void       be_card_bar_set_address (BeCardBar  *self,
                                    const char *text);
void       be_card_bar_set_has_two_lines (BeCardBar *self,
                                          gboolean   has_two_lines);
void       be_card_bar_set_is_expanded (BeCardBar *self,
                                        gboolean   is_expanded);
GtkWidget *be_card_bar_get_address (BeCardBar *self);

G_END_DECLS
