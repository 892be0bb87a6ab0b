/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeRowHeights:
 *
 * How much height each row of a long list takes, two bytes a row, and the sums
 * that scrolling needs. Rows that nobody has measured count with an estimate.
 * Not an object: it belongs to the list and ends with it.
 */
typedef struct _BeRowHeights BeRowHeights;

BeRowHeights *be_row_heights_new (guint estimate);
void          be_row_heights_free (BeRowHeights *self);
void          be_row_heights_reset (BeRowHeights *self,
                                    guint         estimate);
void          be_row_heights_splice (BeRowHeights *self,
                                     guint         position,
                                     guint         n_removed,
                                     guint         n_added);
guint         be_row_heights_get_length (BeRowHeights *self);
gint64        be_row_heights_get_total (BeRowHeights *self);
guint         be_row_heights_get (BeRowHeights *self,
                                  guint         row);
void          be_row_heights_set (BeRowHeights *self,
                                  guint         row,
                                  guint         height);
gint64        be_row_heights_get_offset (BeRowHeights *self,
                                         guint         row);
guint         be_row_heights_find (BeRowHeights *self,
                                   gint64        offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeRowHeights, be_row_heights_free)

G_END_DECLS
