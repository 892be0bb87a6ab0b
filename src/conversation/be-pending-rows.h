/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-pending-call.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BePendingEntry:
 *
 * A call that has not returned, and what the window knows beside it.
 */
typedef struct
{
  BePendingCall *call;        /* lent */
  guint32        connection;  /* or BE_EVENT_NO_CONNECTION */
  const char    *next_client; /* (nullable): see be_call_purpose_dup_detail () */
  gboolean       is_next;     /* what Next Call makes */
} BePendingEntry;

/* Of each side. */
#define BE_PENDING_ROWS_MAX 3u

#define BE_TYPE_PENDING_ROWS (be_pending_rows_get_type ())
G_DECLARE_FINAL_TYPE (BePendingRows, be_pending_rows, BE, PENDING_ROWS, GtkWidget)

void be_pending_rows_set_entries (BePendingRows        *self,
                                  const BePendingEntry *entries,
                                  guint                 n_entries);
void be_pending_rows_set_shape (BePendingRows *self,
                                guint          max_rows,
                                gboolean       is_bare);
int  be_pending_rows_measure_shape (BePendingRows *self,
                                    int            width,
                                    guint          max_rows,
                                    gboolean       is_bare);

G_END_DECLS
