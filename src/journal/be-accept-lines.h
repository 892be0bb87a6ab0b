/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeAcceptLines:
 *
 * Who waits to be accepted, for each path: Unix-domain addresses do not tell
 * two clients of one path apart, but a listener accepts them in the order in
 * which they came. Owns the lines, not those who stand in them; belongs to the
 * pairing.
 */
typedef struct _BeAcceptLines BeAcceptLines;

BeAcceptLines *be_accept_lines_new (void);
void           be_accept_lines_free (BeAcceptLines *self);
GList         *be_accept_lines_join (BeAcceptLines *self,
                                     guint32        path,
                                     gpointer       who);
void           be_accept_lines_leave (BeAcceptLines *self,
                                      guint32        path,
                                      GList         *place);
gpointer       be_accept_lines_get_first (BeAcceptLines *self,
                                          guint32        path);

G_END_DECLS
