/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-app-test.h"
#include "be-event-list-private.h"
#include "be-side-sheet.h"

G_BEGIN_DECLS

/* Rows of the conversation in the window of a BeAppTest, and the sheet beside them. */

BeSideSheet *be_app_test_side_sheet (BeAppTest *test);
BeEventList *be_app_test_list (BeAppTest *test);
guint        be_app_test_find_row (BeAppTest *test,
                                   BeSide     side,
                                   BeCall     call,
                                   guint      n_bytes);
void         be_app_test_select_row (BeAppTest *test,
                                     BeSide     side,
                                     BeCall     call,
                                     guint      n_bytes);
void         be_app_test_have_a_talk (BeAppTest *test);

G_END_DECLS
