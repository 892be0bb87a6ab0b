/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BE_TYPE_FACT_ROW (be_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (BeFactRow, be_fact_row, BE, FACT_ROW, AdwPreferencesRow)

GtkWidget  *be_fact_row_new (void);
const char *be_fact_row_get_heading (BeFactRow *self);
void        be_fact_row_set_heading (BeFactRow  *self,
                                     const char *heading);
const char *be_fact_row_get_value (BeFactRow *self);
void        be_fact_row_set_value (BeFactRow  *self,
                                   const char *value);
const char *be_fact_row_get_note (BeFactRow *self);
void        be_fact_row_set_note (BeFactRow  *self,
                                  const char *note);
const char *be_fact_row_get_reason (BeFactRow *self);
void        be_fact_row_set_reason (BeFactRow  *self,
                                    const char *reason);
void        be_fact_row_add_beside (BeFactRow *self,
                                    GtkWidget *widget);
void        be_fact_row_add_below (BeFactRow *self,
                                   GtkWidget *widget);

G_END_DECLS
