/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BePlaceList:
 *
 * Positions in a list that gets and loses items at both ends, in rising
 * order. They are kept as places, which count from a moving base, so that
 * those that stay need not be touched. Belongs to the filter.
 */
typedef struct _BePlaceList BePlaceList;

BePlaceList *be_place_list_new (void);
void         be_place_list_free (BePlaceList *self);
guint        be_place_list_get_length (BePlaceList *self);
guint        be_place_list_get (BePlaceList *self,
                                guint        index);
void         be_place_list_clear (BePlaceList *self);
void         be_place_list_reserve_front (BePlaceList *self,
                                          guint        n);
void         be_place_list_append (BePlaceList   *self,
                                   const guint32 *positions,
                                   guint          n);
void         be_place_list_prepend (BePlaceList   *self,
                                    const guint32 *positions,
                                    guint          n);
void         be_place_list_insert_items (BePlaceList *self,
                                         guint        n_items);
guint        be_place_list_remove_items (BePlaceList *self,
                                         guint        n_items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BePlaceList, be_place_list_free)

G_END_DECLS
