/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-lettering.h"
#include "be-pending-call.h"

G_BEGIN_DECLS

#define BE_TYPE_PENDING_ROW (be_pending_row_get_type ())
G_DECLARE_FINAL_TYPE (BePendingRow, be_pending_row, BE, PENDING_ROW, GtkWidget)

GtkWidget     *be_pending_row_new (void);
void           be_pending_row_bind (BePendingRow  *self,
                                    BePendingCall *call,
                                    guint32        connection,
                                    const char    *next_client);
void           be_pending_row_set_is_next (BePendingRow *self,
                                           gboolean      is_next);
gboolean       be_pending_row_get_is_next (BePendingRow *self);
BePendingCall *be_pending_row_get_call (BePendingRow *self);
int            be_pending_row_place (BePendingRow *self,
                                     BeLettering  *lettering,
                                     int           width,
                                     gboolean      is_folded,
                                     gboolean      is_bare);
int            be_pending_row_get_height (BePendingRow *self,
                                          gboolean      is_bare);
void           be_pending_row_set_time (BePendingRow *self,
                                        gint64        now,
                                        double        pulse);

G_END_DECLS
