/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-session-words.h"
#include "be-test-nobody.h"
#include "be-test.h"

#define CONNECT_SECONDS 10

static BeEndpoint *
make_endpoint (BeProtocol protocol,
               guint16    port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);
  g_autoptr (GError) error = NULL;
  BeEndpoint *endpoint = be_endpoint_new (protocol, "127.0.0.1", text, &error);

  g_assert_no_error (error);

  return endpoint;
}

static gboolean
says (BeStage    *stage,
      BeProtocol  protocol,
      BeSide      side,
      const char *words,
      BeChipKind  expected_kind)
{
  BeChipKind       kind = BE_CHIP_CLOSED;
  g_autofree char *text = be_session_words_describe (stage, protocol, side, 1, &kind);

  return g_str_equal (text, words) && kind == expected_kind;
}

/* A UDP client has nothing to disconnect: close () is what is made. */
static void
test_the_button_says_what_is_called (void)
{
  g_autofree char *clients = be_session_words_dup_stop_all (BE_PROTOCOL_TCP, 2);
  g_autofree char *sockets = be_session_words_dup_stop_all (BE_PROTOCOL_UDP, 3);

  g_assert_cmpstr (be_session_words_get_stop (BE_PROTOCOL_TCP, BE_SIDE_CLIENT), ==, "Disconnect");
  g_assert_cmpstr (be_session_words_get_stop (BE_PROTOCOL_UDP, BE_SIDE_CLIENT), ==, "Close");
  g_assert_cmpstr (be_session_words_get_spoken_stop (BE_PROTOCOL_UDP, BE_SIDE_CLIENT), ==, "Close Socket");
  g_assert_cmpstr (be_session_words_get_spoken_stop (BE_PROTOCOL_TCP, BE_SIDE_CLIENT), ==, "Disconnect");
  g_assert_cmpstr (be_session_words_get_stop (BE_PROTOCOL_TCP, BE_SIDE_SERVER), ==, "Stop Server");
  g_assert_cmpstr (be_session_words_get_stop (BE_PROTOCOL_UDP, BE_SIDE_SERVER), ==, "Stop Server");
  g_assert_cmpstr (clients, ==, "Disconnects all 2 clients");
  g_assert_cmpstr (sockets, ==, "Closes all 3 sockets");
}

static void
test_nothing_runs_at_first (void)
{
  BeStage *stage = be_stage_new ();

  g_assert_true (says (stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER, "Not started", BE_CHIP_CLOSED));
  g_assert_true (says (stage, BE_PROTOCOL_UDP, BE_SIDE_SERVER, "Not started", BE_CHIP_CLOSED));
  g_assert_true (says (stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT, "Not connected", BE_CHIP_CLOSED));
  g_assert_true (says (stage, BE_PROTOCOL_UDP, BE_SIDE_CLIENT, "Not open", BE_CHIP_CLOSED));

  g_assert_finalize_object (stage);
}

static void
test_a_refusal_is_named_until_the_next_try (void)
{
  BeStage  *stage = be_stage_new ();
  BeAddress address;
  g_autoptr (GSocket) held = be_test_nobody_listens (&address);
  g_autoptr (BeEndpoint) nobody = make_endpoint (BE_PROTOCOL_TCP, address.port);

  be_stage_connect (stage, nobody, CONNECT_SECONDS);
  be_test_wait_until (says (stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT, "Connection refused", BE_CHIP_FAILED));

  be_stage_connect (stage, nobody, CONNECT_SECONDS);
  g_assert_false (says (stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT, "Connection refused", BE_CHIP_FAILED));

  g_assert_finalize_object (stage);
}

static void
test_those_that_wait_are_counted_beside_those_that_are_connected (void)
{
  BeStage  *stage = be_stage_new ();
  BeAddress address;
  g_autoptr (GSocket) held = be_test_nobody_listens (&address);
  g_autoptr (BeEndpoint) nobody = make_endpoint (BE_PROTOCOL_TCP, address.port);

  be_stage_connect (stage, nobody, CONNECT_SECONDS);
  g_assert_true (says (stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT, "Connecting…", BE_CHIP_CHANGING));
  be_stage_connect (stage, nobody, CONNECT_SECONDS);
  g_assert_true (says (stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT, "1 of 2 connected", BE_CHIP_CHANGING));

  g_assert_finalize_object (stage);
}

static void
test_a_port_in_use_is_named (void)
{
  BeStage *first = be_stage_new ();
  BeStage *second = be_stage_new ();
  g_autoptr (BeEndpoint) any = make_endpoint (BE_PROTOCOL_TCP, 0);
  g_autoptr (BeEndpoint) same = NULL;
  BeAddress local = { 0 };

  be_stage_start_server (first, any, 5, BE_REPLY_UPPER);
  be_test_wait_until (says (first, BE_PROTOCOL_TCP, BE_SIDE_SERVER, "Listening", BE_CHIP_OPEN));
  g_assert_true (be_session_get_local (be_stage_get_session (first, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));

  same = make_endpoint (BE_PROTOCOL_TCP, local.port);
  be_stage_start_server (second, same, 5, BE_REPLY_UPPER);
  be_test_wait_until (says (second, BE_PROTOCOL_TCP, BE_SIDE_SERVER, "Address in use", BE_CHIP_FAILED));

  g_assert_finalize_object (first);
  g_assert_finalize_object (second);
}

static void
test_udp_has_its_own_words (void)
{
  BeStage *stage = be_stage_new ();
  g_autoptr (BeEndpoint) any = make_endpoint (BE_PROTOCOL_UDP, 0);
  BeAddress address;
  g_autoptr (GSocket) held = be_test_nobody_receives (&address);
  g_autoptr (BeEndpoint) somebody = make_endpoint (BE_PROTOCOL_UDP, address.port);

  be_stage_start_server (stage, any, 5, BE_REPLY_UPPER);
  be_test_wait_until (says (stage, BE_PROTOCOL_UDP, BE_SIDE_SERVER, "Receiving", BE_CHIP_OPEN));
  be_stage_connect (stage, somebody, CONNECT_SECONDS);
  be_test_wait_until (says (stage, BE_PROTOCOL_UDP, BE_SIDE_CLIENT, "Ready", BE_CHIP_OPEN));
  g_assert_true (says (stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER, "Not started", BE_CHIP_CLOSED));

  g_assert_finalize_object (stage);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/session-words/nothing-runs-at-first", test_nothing_runs_at_first);
  g_test_add_func ("/app/session-words/a-refusal-is-named-until-the-next-try", test_a_refusal_is_named_until_the_next_try);
  g_test_add_func ("/app/session-words/those-that-wait-are-counted-beside-those-that-are-connected",
                   test_those_that_wait_are_counted_beside_those_that_are_connected);
  g_test_add_func ("/app/session-words/a-port-in-use-is-named", test_a_port_in_use_is_named);
  g_test_add_func ("/app/session-words/the-button-says-what-is-called", test_the_button_says_what_is_called);
  g_test_add_func ("/app/session-words/udp-has-its-own-words", test_udp_has_its_own_words);

  return g_test_run ();
}
