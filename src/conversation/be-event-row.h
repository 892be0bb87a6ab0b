/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-row-placement.h"

G_BEGIN_DECLS

#define BE_TYPE_EVENT_ROW (be_event_row_get_type ())
G_DECLARE_FINAL_TYPE (BeEventRow, be_event_row, BE, EVENT_ROW, GtkWidget)

GtkWidget *be_event_row_new (void);
void       be_event_row_bind (BeEventRow          *self,
                              const BeRowSetting  *setting,
                              const BeEventRecord *before,
                              const BeEventRecord *record);
void       be_event_row_forget (BeEventRow *self);
guint64    be_event_row_get_sequence (BeEventRow *self);
int        be_event_row_get_advance (BeEventRow *self);
int        be_event_row_get_height (BeEventRow *self);
int        be_event_row_get_half (BeEventRow *self);
void       be_event_row_set_is_selected (BeEventRow *self,
                                         gboolean    is_selected);
void       be_event_row_set_is_partner (BeEventRow *self,
                                        gboolean    is_partner);
void       be_event_row_set_partners (BeEventRow *self,
                                      const char *partners);
gboolean   be_event_row_is_partner (BeEventRow *self);

void be_event_row_set_is_newest (BeEventRow *self,
                                 gboolean    is_newest);

G_END_DECLS
