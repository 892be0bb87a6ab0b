/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-service.h"

#include "be-tcp-server.h"
#include "be-test-sessions.h"
#include "be-test.h"

/* As many may come faster than they are accepted. */
#define BACKLOG 4096

static void
run_test (BePollerKind  poller,
          gconstpointer data)
{
  BeTestServiceFunc test = (BeTestServiceFunc) data;

  test (poller);
}

/**
 * be_test_service_add:
 *
 * Adds a test that runs once with each poller.
 */
void
be_test_service_add (const char       *path,
                     BeTestServiceFunc test)
{
  be_test_pollers_add (path, run_test, (gconstpointer) test);
}

void
be_test_service_start (BeTestService *self,
                       BePollerKind   poller,
                       BeReplyRule    rule)
{
  self->network = be_network_thread_new_with (poller);
  self->tally = be_tally_new (self->network);
  self->server = be_test_server_new (self->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_tcp_server_set_backlog (BE_TCP_SERVER (self->server), BACKLOG);
  be_tcp_server_set_reply_rule (BE_TCP_SERVER (self->server), rule);
  be_test_session_run (self->server);
  self->address = be_test_session_get_local (self->server);
}

static guint
count_open (BeTally *tally)
{
  guint n_opened = tally->n_calls[BE_CALL_SOCKET] + tally->n_calls[BE_CALL_ACCEPT] -
                   tally->n_failures[BE_CALL_SOCKET] - tally->n_failures[BE_CALL_ACCEPT];

  return n_opened - tally->n_calls[BE_CALL_CLOSE];
}

void
be_test_service_end (BeTestService *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->server));
  be_test_wait_until (count_open (self->tally) == 0);
  g_clear_pointer (&self->tally, be_tally_free);
  g_assert_finalize_object (g_steal_pointer (&self->network));
}
