/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal-filter.h"
#include "be-test-batch.h"
#include "be-test-mirror.h"

G_BEGIN_DECLS

/**
 * BeTestFilter:
 *
 * A filter over a journal of made-up events, what a view knows of it, and what
 * a naive filter would show for the same wish.
 */
typedef struct
{
  BeSideFilter side;
  BeEventKinds kinds;
  guint32      connection;
  const char  *text;
} BeTestWish;

#define BE_TEST_WISH_FOR_ALL ((BeTestWish){ BE_SIDE_FILTER_BOTH, BE_EVENT_KIND_ALL, BE_EVENT_NO_CONNECTION, NULL })

typedef struct
{
  BeJournal       *journal;
  BeJournalFilter *filter;
  BeTestMirror    *mirror;
  BeTestBatch     *batch;
} BeTestFilter;

void  be_test_filter_set_up (BeTestFilter *fixture,
                             guint         max_events);
void  be_test_filter_tear_down (BeTestFilter *fixture);
void  be_test_filter_append (BeTestFilter *fixture);
void  be_test_filter_append_random (BeTestFilter *fixture);
guint be_test_filter_count (BeTestFilter *fixture);
void  be_test_filter_wish_randomly (BeTestFilter *fixture,
                                    BeTestWish   *wish);

/* Compares with the naive filter: all, or, while the filter is still looking,
 * the newest events of what it should have. */
void be_test_filter_check (BeTestFilter     *fixture,
                           const BeTestWish *wish);
void be_test_filter_check_newest (BeTestFilter     *fixture,
                                  const BeTestWish *wish);

G_END_DECLS
