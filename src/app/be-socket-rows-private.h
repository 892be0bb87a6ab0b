/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BeSocketRows share; nobody else includes this. */

#pragma once

#include "be-socket-rows.h"

#include "be-socket-row.h"

G_BEGIN_DECLS

/* Before the first sizes are known; and what a page of the keyboard is. */
#define BE_SOCKET_ROWS_FIRST 3

/**
 * BeSocketRows:
 *
 * The list of a #BeSocketPane, one row for each socket, all of the same height.
 * Only the sockets that one sees, or sees with the next step of the wheel, have a
 * row; it is given to another socket when its own is out of sight, but for the
 * one that has the keyboard, which stays with its socket. A #GtkListView keeps
 * two hundred, and makes all of them anew when a crowd of sockets changes.
 *
 * Owns its rows and holds a reference to the model. It ends with the pane.
 */
struct _BeSocketRows
{
  GtkWidget parent_instance;

  GListModel *sockets; /* of BeSocketSummary */
  GPtrArray  *rows;    /* those with a socket, from top to bottom; all rows are children */
  GPtrArray  *spare;   /* those without, hidden: to make one takes a template and much time */

  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  int            row_height;     /* px; 0 before one was measured */
  guint          bind_tick;
  gboolean       is_configuring;
};

double be_socket_rows_get_value (BeSocketRows *self);
guint  be_socket_rows_get_n_sockets (BeSocketRows *self);

/* be-socket-rows-binding.c */
gboolean be_socket_rows_is_bound (BeSocketRows *self);
void     be_socket_rows_bind (BeSocketRows *self);

G_END_DECLS
