/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-test-sessions.h"

G_BEGIN_DECLS

/* What is pending in a session, for tests that step through its calls. */

/* Claims what is pending, as be_test_pending_calls () says it, or will be soon. */
#define be_test_wait_pending(session, expected) \
  be_test_wait_until (be_test_pending_is (session, expected))

const BePendingCall *be_test_pending_find (BeSession *session,
                                           BeCall     call);
gboolean             be_test_pending_is_held (BeSession *session,
                                              BeCall     call);
gboolean             be_test_pending_is_waiting (BeSession *session,
                                                 BeCall     call);
guint                be_test_pending_count (BeSession *session,
                                            BeCall     call);
char                *be_test_pending_calls (BeSession *session);
gboolean             be_test_pending_is (BeSession  *session,
                                         const char *expected);
void                 be_test_step (BeSession *session,
                                   BeCall     call);
GSocket             *be_test_start_held_narrow (BeTestSessions *sessions);
void                 be_test_assert_rests (void);

G_END_DECLS
