/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event.h"
#include "be-session.h"

G_BEGIN_DECLS

/**
 * BeTestRecorder:
 *
 * Every event of one network thread, for tests to ask about. Frees with
 * be_test_recorder_free (), before the network thread.
 */
typedef struct _BeTestRecorder BeTestRecorder;

BeTestRecorder *be_test_recorder_new (BeNetworkThread *network);
void            be_test_recorder_free (BeTestRecorder *self);
void            be_test_recorder_clear (BeTestRecorder *self);
guint           be_test_recorder_count (BeTestRecorder *self,
                                        BeSession      *session,
                                        BeCall          call);
guint           be_test_recorder_failures (BeTestRecorder *self,
                                           BeSession      *session,
                                           BeCall          call);
BeEvent        *be_test_recorder_last (BeTestRecorder *self,
                                       BeSession      *session,
                                       BeCall          call);
GPtrArray      *be_test_recorder_get_all (BeTestRecorder *self);
GBytes         *be_test_recorder_payload (BeTestRecorder *self,
                                          BeSession      *session,
                                          BeCall          call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeTestRecorder, be_test_recorder_free)

G_END_DECLS
