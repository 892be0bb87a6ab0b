/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BePendingRows share; nobody else includes this. */

#pragma once

#include "be-pending-rows.h"

#include "be-lettering.h"

G_BEGIN_DECLS

#define BE_PENDING_ROWS_N_SIDES 2

struct _BePendingRows
{
  GtkWidget parent_instance;

  GtkWidget   *rows[BE_PENDING_ROWS_N_SIDES][BE_PENDING_ROWS_MAX];
  guint        n_rows[BE_PENDING_ROWS_N_SIDES];
  guint        n_calls[BE_PENDING_ROWS_N_SIDES]; /* that there are */
  guint        max_rows;                         /* that are shown, of each side */
  gboolean     is_bare;
  GtkWidget   *more[BE_PENDING_ROWS_N_SIDES]; /* a label */
  BeLettering *lettering;
  guint        clock_source;
};

/* be-pending-rows.c */
guint be_pending_rows_get_n_shown (BePendingRows *self,
                                   BeSide         side);

/* be-pending-rows-layout.c */
int be_pending_rows_lay_out (BePendingRows *self,
                             int            width,
                             gboolean       is_allocating);

G_END_DECLS
