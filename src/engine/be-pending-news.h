/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BePendingNews:
 *
 * What the network thread has told of pending calls and the other thread has
 * not taken yet: of each session the latest. One puts, one takes. Owned by the
 * network thread's object and ends with it.
 */
typedef struct _BePendingNews BePendingNews;

BePendingNews *be_pending_news_new (void);
void           be_pending_news_free (BePendingNews *self);
void           be_pending_news_put (BePendingNews *self,
                                    guint32        session_id,
                                    GPtrArray     *calls);
GHashTable    *be_pending_news_take (BePendingNews *self);

G_END_DECLS
