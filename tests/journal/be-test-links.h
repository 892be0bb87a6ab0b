/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-test-filter.h"
#include "be-transfer-links.h"

G_BEGIN_DECLS

/**
 * BeTestLinks:
 *
 * Made-up conversations, and what links their rows: client 1 talks with server
 * end 1001, and so on.
 */
typedef struct
{
  BeTestFilter     base;
  BeTransferLinks *links;
  guint64          positions[8][2][2]; /* by client, side, and whether it was received */
} BeTestLinks;

void     be_test_links_set_up (BeTestLinks  *fixture,
                               gconstpointer max_events);
void     be_test_links_tear_down (BeTestLinks  *fixture,
                                  gconstpointer max_events);
void     be_test_links_join (BeTestLinks *fixture,
                             guint32      client);
void     be_test_links_move (BeTestLinks *fixture,
                             BeSide       side,
                             BeCall       call,
                             guint32      client,
                             const char  *text);
guint    be_test_links_count (BeTestLinks *fixture);
guint    be_test_links_look (BeTestLinks *fixture,
                             guint        first,
                             guint        last);
guint    be_test_links_look_at_all (BeTestLinks *fixture);
gboolean be_test_links_has (BeTestLinks      *fixture,
                            guint             from,
                            guint             to,
                            BeTransferOutcome outcome);
gboolean be_test_links_arrives (BeTestLinks *fixture,
                                guint        from,
                                guint        to);

G_END_DECLS
