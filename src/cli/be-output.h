/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeOutput:
 *
 * Bytes on their way to standard output or standard error, written from the
 * main loop as fast as they are read there: who reads slowly or not at all
 * never holds up the program, which can still be stopped. What waits is the
 * business of who writes. Belongs to a command and ends with it.
 */
typedef struct _BeOutput BeOutput;

/* Called when nothing waits any more, and when the output has failed. */
typedef void (*BeOutputFunc) (BeOutput *self,
                              gpointer  user_data);

BeOutput *be_output_new (int          descriptor,
                         BeOutputFunc changed,
                         gpointer     user_data);
void      be_output_free (BeOutput *self);
void      be_output_write (BeOutput     *self,
                           const guint8 *bytes,
                           gsize         length);
gsize     be_output_get_waiting (BeOutput *self);
gboolean  be_output_has_failed (BeOutput *self);
void      be_output_finish (BeOutput *self,
                            gint64    microseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeOutput, be_output_free)

G_END_DECLS
