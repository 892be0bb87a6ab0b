/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-test-recorder.h"

G_BEGIN_DECLS

/* What must hold in every log. */
void     be_test_log_check (BeTestRecorder *recorder);
gboolean be_test_log_is_closed (BeTestRecorder *recorder);

/* Questions about a log. */
guint64              be_test_log_bytes (BeTestRecorder *recorder,
                                        BeSession      *session,
                                        BeCall          call);
guint                be_test_log_flags (BeTestRecorder *recorder,
                                        BeSession      *session,
                                        BeCall          call,
                                        guint           flags);
const BeEventRecord *be_test_log_nth (BeTestRecorder *recorder,
                                      BeSession      *session,
                                      BeCall          call,
                                      guint           position);
const BeEventRecord *be_test_log_last (BeTestRecorder *recorder,
                                       BeSession      *session,
                                       BeCall          call);
char                *be_test_log_calls (BeTestRecorder *recorder,
                                        BeSession      *session);

G_END_DECLS
