/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*BeDeadlineFunc) (gpointer data);

/**
 * BeDeadline:
 *
 * A moment at which somebody wants to be called; it stands inside its owner,
 * who cancels it before it ends.
 */
typedef struct
{
  gint64         time; /* g_get_monotonic_time (), µs; 0: not set */
  BeDeadlineFunc func;
  gpointer       data;
} BeDeadline;

/**
 * BeDeadlines:
 *
 * The deadlines of one thread: few at a time, so the next is found by
 * looking at all. Belongs to the network thread and is empty when it ends.
 */
typedef struct _BeDeadlines BeDeadlines;

BeDeadlines *be_deadlines_new (void);
void         be_deadlines_free (BeDeadlines *self);
void         be_deadlines_set (BeDeadlines   *self,
                               BeDeadline    *deadline,
                               gint64         time,
                               BeDeadlineFunc func,
                               gpointer       data);
void         be_deadlines_cancel (BeDeadlines *self,
                                  BeDeadline  *deadline);
gint64       be_deadlines_run (BeDeadlines *self);

G_END_DECLS
