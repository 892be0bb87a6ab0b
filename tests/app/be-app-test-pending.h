/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-app-test.h"
#include "be-pending-row.h"

G_BEGIN_DECLS

/* Step by step in the window of a BeAppTest: the ghosts of calls that have not
 * returned, and what is done about them. */

void           be_app_test_act (BeAppTest  *test,
                                const char *action);
void           be_app_test_hold (BeAppTest  *test,
                                 const char *sides);
BePendingRow  *be_app_test_find_pending (BeAppTest     *test,
                                         BeSide         side,
                                         BeCall         name,
                                         BePendingState state);
BePendingRow  *be_app_test_find_held (BeAppTest *test,
                                      BeSide     side,
                                      BeCall     name);
guint          be_app_test_count_pending (BeAppTest *test);
BePendingCall *be_app_test_wait_for_pending (BeAppTest     *test,
                                             BeSide         side,
                                             BeCall         name,
                                             BePendingState state);
BePendingCall *be_app_test_wait_for_held (BeAppTest *test,
                                          BeSide     side,
                                          BeCall     name);
void           be_app_test_press_next_before (BeAppTest *test,
                                              BeSide     side,
                                              BeCall     name);
void           be_app_test_let_go (BeAppTest *test,
                                   BeSide     side,
                                   BeCall     name);

G_END_DECLS
