/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeMessageHistory:
 *
 * What was sent before, for the arrow keys, and the draft that was being
 * written when somebody began to look. Not an object: it belongs to a
 * composer and ends with it.
 */
typedef struct _BeMessageHistory BeMessageHistory;

BeMessageHistory *be_message_history_new (void);
void              be_message_history_free (BeMessageHistory *self);
void              be_message_history_add (BeMessageHistory *self,
                                          const char       *text);
const char       *be_message_history_older (BeMessageHistory *self,
                                            const char       *draft);
const char       *be_message_history_newer (BeMessageHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeMessageHistory, be_message_history_free)

G_END_DECLS
