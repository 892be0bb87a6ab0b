/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose turn it is in the accept queue of a server that is held. */

#include "be-accept-turn.h"
#include "be-test-peer.h"
#include "be-test-steps.h"
#include "be-test.h"

#define CONNECT_SECONDS 10
#define BACKLOG 5

typedef struct
{
  BeStage   *stage;
  BeSession *server;
  guint16    port;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer host)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) endpoint = be_endpoint_new (BE_PROTOCOL_TCP, host, "0", &error);
  BeAddress local = { 0 };

  g_assert_no_error (error);
  fixture->stage = be_stage_new ();
  be_stage_start_server (fixture->stage, endpoint, BACKLOG, BE_REPLY_UPPER);
  fixture->server = be_stage_get_session (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER);
  be_test_wait_until (be_session_get_state (fixture->server) == BE_SESSION_RUNNING);
  g_assert_true (be_session_get_local (fixture->server, &local));
  fixture->port = local.port;
  be_session_set_pace (fixture->server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_test_pending_is_held (fixture->server, BE_CALL_ACCEPT));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer host)
{
  g_assert_finalize_object (fixture->stage);
}

static void
connect_to (Fixture    *fixture,
            const char *host,
            guint16     port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);
  g_autoptr (GError) error = NULL;
  g_autoptr (BeEndpoint) endpoint = be_endpoint_new (BE_PROTOCOL_TCP, host, text, &error);
  BeSession *client;

  g_assert_no_error (error);
  be_stage_connect (fixture->stage, endpoint, CONNECT_SECONDS);
  client = be_stage_get_session (fixture->stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT);
  be_test_wait_until (be_session_get_state (client) == BE_SESSION_RUNNING);
}

static gboolean
is_turn_of (Fixture    *fixture,
            const char *letter)
{
  const BePendingCall *accept = be_test_pending_find (fixture->server, BE_CALL_ACCEPT);
  g_autofree char     *next = NULL;

  if (accept == NULL || accept->state != BE_PENDING_HELD)
    return FALSE;

  next = be_accept_turn_dup_letter (fixture->stage, accept);

  return g_strcmp0 (next, letter) == 0;
}

static void
test_a_client_of_this_computer_has_its_turn (Fixture      *fixture,
                                             gconstpointer host)
{
  g_assert_true (is_turn_of (fixture, NULL));
  connect_to (fixture, "127.0.0.1", fixture->port);
  be_test_wait_until (is_turn_of (fixture, "A"));
  connect_to (fixture, "127.0.0.1", fixture->port);
  g_assert_true (is_turn_of (fixture, "A"));

  be_test_step (fixture->server, BE_CALL_ACCEPT);
  be_test_wait_until (is_turn_of (fixture, "B"));
}

/* Who listens on all addresses is called by the one that others would call, too. */
static void
test_so_has_one_that_calls_by_the_network (Fixture      *fixture,
                                           gconstpointer host)
{
  BeAddress        own = { 0 };
  g_autofree char *name = NULL;

  if (!be_test_peer_find_own_address (&own))
    {
      g_test_skip ("this computer has no address in a network");
      return;
    }

  name = be_address_host_to_string (&own);
  connect_to (fixture, name, fixture->port);
  be_test_wait_until (is_turn_of (fixture, "A"));
}

static void
test_one_that_called_another_program_has_none (Fixture      *fixture,
                                               gconstpointer host)
{
  BeAddress                 address = { 0 };
  g_autoptr (GSocket) other G_GNUC_UNUSED = be_test_peer_listen (1, &address);

  connect_to (fixture, "127.0.0.1", address.port);
  g_assert_true (is_turn_of (fixture, NULL));
  connect_to (fixture, "127.0.0.1", fixture->port);
  be_test_wait_until (is_turn_of (fixture, "B"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/accept-turn/a-client-of-this-computer-has-its-turn", Fixture, "127.0.0.1", set_up,
              test_a_client_of_this_computer_has_its_turn, tear_down);
  g_test_add ("/accept-turn/a-client-of-this-computer-has-its-turn-on-all-addresses", Fixture, "0.0.0.0", set_up,
              test_a_client_of_this_computer_has_its_turn, tear_down);
  g_test_add ("/accept-turn/so-has-one-that-calls-by-the-network", Fixture, "0.0.0.0", set_up,
              test_so_has_one_that_calls_by_the_network, tear_down);
  g_test_add ("/accept-turn/one-that-called-another-program-has-none", Fixture, "127.0.0.1", set_up,
              test_one_that_called_another_program_has_none, tear_down);

  return g_test_run ();
}
