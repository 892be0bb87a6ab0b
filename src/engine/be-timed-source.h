/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BE_TIMED_SOURCE_NEVER G_MAXINT64

GSource *be_timed_source_new (void);
void     be_timed_source_come_by (GSource *source,
                                  gint64   time);
void     be_timed_source_come_again (GSource *source,
                                     gint64   time);
void     be_timed_source_rest (GSource *source);

G_END_DECLS
