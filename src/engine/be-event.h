/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

#define BE_TYPE_EVENT (be_event_get_type ())
G_DECLARE_FINAL_TYPE (BeEvent, be_event, BE, EVENT, GObject)

BeEvent             *be_event_new (const BeEventRecord *record);
const BeEventRecord *be_event_get_record (BeEvent *self);
guint64              be_event_get_sequence (BeEvent *self);
BeSide               be_event_get_side (BeEvent *self);
BeCall               be_event_get_call (BeEvent *self);
BeSystemState        be_event_get_state (BeEvent *self);
gint                 be_event_get_result (BeEvent *self);
gint                 be_event_get_error (BeEvent *self);
gboolean             be_event_has_flag (BeEvent     *self,
                                        BeEventFlags flag);
const BeAddress     *be_event_get_local (BeEvent *self);
const BeAddress     *be_event_get_peer (BeEvent *self);
const guint8        *be_event_get_payload (BeEvent *self,
                                           gsize   *kept_length);

G_END_DECLS
