/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeListening:
 *
 * Where this program listens for streams: the sockets whose listen () has
 * returned and which are not closed. Not an object; belongs to the pairing.
 */
typedef struct _BeListening BeListening;

BeListening *be_listening_new (void);
void         be_listening_free (BeListening *self);
void         be_listening_follow (BeListening         *self,
                                  const BeEventRecord *record);
gboolean     be_listening_has_called (BeListening         *self,
                                      const BeEventRecord *record);
gboolean     be_listening_is_called (const BeAddress *listener,
                                     const BeAddress *local,
                                     const BeAddress *peer);

G_END_DECLS
