/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More than a journal has connections. */
#define BE_CONNECTION_SET_SPAN 131072u

/**
 * BeConnectionSet:
 *
 * Some of the newest connections, which are numbered from 0 on: those of the
 * last %BE_CONNECTION_SET_SPAN. Older ones make room. Not an object.
 */
typedef struct _BeConnectionSet BeConnectionSet;

BeConnectionSet *be_connection_set_new (void);
void             be_connection_set_free (BeConnectionSet *self);
void             be_connection_set_add (BeConnectionSet *self,
                                        guint32          connection);
gboolean         be_connection_set_has (BeConnectionSet *self,
                                        guint32          connection);

G_END_DECLS
