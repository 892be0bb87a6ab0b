/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BePattern:
 *
 * An endless stream of random bytes, and the answer that the upper-case rule
 * gives to it: so that any length of it can be sent and compared byte for byte
 * while nobody keeps it. A byte that is lost, doubled or moved shows, because
 * the pattern repeats itself after a prime number of bytes only.
 */
typedef struct _BePattern BePattern;

BePattern    *be_pattern_new (void);
void          be_pattern_free (BePattern *self);
const guint8 *be_pattern_get (BePattern *self,
                              guint64    position,
                              gsize      at_most,
                              gsize     *length);
void          be_pattern_check (BePattern    *self,
                                guint64       position,
                                const guint8 *bytes,
                                gsize         length);
void          be_pattern_check_answer (BePattern    *self,
                                       guint64       position,
                                       const guint8 *bytes,
                                       gsize         length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BePattern, be_pattern_free)

G_END_DECLS
