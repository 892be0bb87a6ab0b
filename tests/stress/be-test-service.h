/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"
#include "be-reply-rule.h"
#include "be-session.h"
#include "be-tally.h"

G_BEGIN_DECLS

/* What remains allocated when all clients are gone: the queue keeps the chunk for
 * the next events and eight spare ones, 68 KB each. The arrays for commands and
 * the empty table of peers are some hundred bytes. */
#define BE_TEST_SERVICE_REMAINING_BYTES ((9 * 68 + 16) * 1024)

/**
 * BeTestService:
 *
 * A TCP server on 127.0.0.1 at any port, its network thread and a tally of its
 * calls. Its end checks that every socket has been closed and every object
 * finalized.
 */
typedef struct
{
  BeNetworkThread *network;
  BeTally         *tally;
  BeSession       *server;
  BeAddress        address;
} BeTestService;

typedef void (*BeTestServiceFunc) (BePollerKind poller);

void be_test_service_add (const char       *path,
                          BeTestServiceFunc test);
void be_test_service_start (BeTestService *self,
                            BePollerKind   poller,
                            BeReplyRule    rule);
void be_test_service_end (BeTestService *self);

G_END_DECLS
