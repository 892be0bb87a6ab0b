/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeStopSignals:
 *
 * The wish of the person, or of the system, that the program ends: Ctrl+C,
 * and SIGTERM and SIGHUP where there are such. Belongs to a command and ends
 * with it; after that they end the program as ever.
 */
typedef struct _BeStopSignals BeStopSignals;

typedef void (*BeStopSignalsFunc) (gpointer user_data);

BeStopSignals *be_stop_signals_new (BeStopSignalsFunc asked,
                                    gpointer          user_data);
void           be_stop_signals_free (BeStopSignals *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeStopSignals, be_stop_signals_free)

G_END_DECLS
