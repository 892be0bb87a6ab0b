/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When held calls are made, and how the main thread learns of what is pending. */

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-hold.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test.h"

#define INTERVAL_MS 60u
#define INTERVAL_MICROSECONDS ((gint64) INTERVAL_MS * 1000)

#define FRAME_MICROSECONDS (16 * 1000)

static void
test_watches_without_holding (BeTestSessions *sessions)
{
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_session_set_pace (sessions->server, BE_PACE_WATCHED, 0);
  be_test_session_run (sessions->server);
  be_test_wait_pending (sessions->server, "accept…");
  be_test_sessions_start_client (sessions);
  be_test_wait_pending (sessions->server, "recv… accept…");
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");
  be_test_sessions_expect (sessions, sessions->client, "HELLO");
  be_test_wait_pending (sessions->server, "accept… recv…");

  /* Nothing of that was made yet: only the poller looks. */
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_pending (sessions->server, "accept recv");
  be_session_set_pace (sessions->server, BE_PACE_FREE, 0);
  be_test_wait_pending (sessions->server, "");
}

/* As without a gate: the second time there is nothing to shut down. */
static void
test_shuts_down_once (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0); /* it does not close */
  be_session_set_pace (sessions->client, BE_PACE_WATCHED, 0);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_session_half_close (sessions->client, BE_PEER_EVERYONE);
  be_test_network_turn (sessions->network);
  be_network_thread_flush (sessions->network);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->client, BE_CALL_SHUTDOWN), ==, 1);
}

static void
test_pauses_what_is_under_way (BeTestSessions *sessions)
{
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  be_test_wait_pending (sessions->server, "accept recv");
  be_test_wait_pending (sessions->client, "recv");

  /* Paused again, what was made goes on waiting. */
  be_test_step (sessions->client, BE_CALL_RECV);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  be_test_network_turn (sessions->network);
  be_test_wait_pending (sessions->client, "recv…");
}

static void
test_makes_one_call_in_an_interval (BeTestSessions *sessions)
{
  gint64 previous;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_session_set_pace (sessions->server, BE_PACE_TIMED, INTERVAL_MS);
  be_session_start (sessions->server);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_ACCEPT));
  previous = be_test_log_last (sessions->log, sessions->server, BE_CALL_SOCKET)->time;
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_BIND)->time, >=,
                   previous + INTERVAL_MICROSECONDS);

  be_test_sessions_start_client (sessions);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");
  be_test_sessions_expect (sessions, sessions->client, "HELLO");
  previous = be_test_log_last (sessions->log, sessions->server, BE_CALL_RECV)->time;
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_SEND)->time, >=,
                   previous + INTERVAL_MICROSECONDS);
}

static void
test_rests_when_nothing_is_held (BeTestSessions *sessions)
{

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  be_session_set_pace (sessions->server, BE_PACE_TIMED, 1);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_ACCEPT));
  be_test_network_turn (sessions->network);

  be_test_assert_rests ();
}

typedef struct
{
  BeTestSessions *sessions;
  guint           n_emissions;
  guint           n_too_early;
} Watch;

/* What is not held any more has returned, and its event has been here. */
static void
pending_changed_cb (BeSession *session,
                    Watch     *watch)
{
  gboolean has_recv = be_test_pending_find (session, BE_CALL_RECV) != NULL;

  if (has_recv && be_test_sessions_count (watch->sessions, session, BE_CALL_ACCEPT) == 0)
    watch->n_too_early++;
  watch->n_emissions++;
}

static void
test_tells_after_the_events (BeTestSessions *sessions)
{
  Watch watch = { .sessions = sessions };

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  g_signal_connect (sessions->server, "pending-calls-changed", G_CALLBACK (pending_changed_cb), &watch);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_sessions_start_client (sessions);
  be_test_step (sessions->server, BE_CALL_ACCEPT);
  be_test_wait_pending (sessions->server, "recv accept");
  g_assert_cmpuint (watch.n_emissions, >=, 2);
  g_assert_cmpuint (watch.n_too_early, ==, 0);
}

static void
test_tells_once_a_frame (BeTestSessions *sessions)
{
  Watch  watch = { .sessions = sessions };
  gint64 begin;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  g_signal_connect (sessions->server, "pending-calls-changed", G_CALLBACK (pending_changed_cb), &watch);
  begin = g_get_monotonic_time ();
  be_session_set_pace (sessions->server, BE_PACE_WATCHED, 0);
  for (guint i = 0; i < 200; i++)
    {
      be_test_session_send (sessions->client, BE_PEER_EVERYONE, "x");
      be_test_wait_until (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV) == i + 1);
    }
  g_assert_cmpuint (watch.n_emissions, >, 1);
  g_assert_cmpint (watch.n_emissions, <=,
                   (g_get_monotonic_time () - begin) / FRAME_MICROSECONDS + 1);
  g_signal_handlers_disconnect_by_func (sessions->server, pending_changed_cb, &watch);
}

static void
test_tells_of_the_oldest (BeTestSessions *sessions)
{
  GPtrArray *pending;
  guint64    last_id = 0;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  for (guint i = 0; i < 100; i++)
    be_test_session_send (sessions->client, BE_PEER_EVERYONE, "x");
  be_test_wait_until (be_session_get_pending_calls (sessions->client)->len == 64);

  pending = be_session_get_pending_calls (sessions->client);
  g_assert_cmpint (((const BePendingCall *) g_ptr_array_index (pending, 0))->call, ==, BE_CALL_RECV);
  for (guint i = 0; i < pending->len; i++)
    {
      const BePendingCall *call = g_ptr_array_index (pending, i);

      g_assert_cmpuint (call->id, >, last_id);
      last_id = call->id;
    }
}

static void
test_pending_calls_outlive_what_they_tell_of (BeTestSessions *sessions)
{
  BePendingCall *copy;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_set_pace (sessions->client, BE_PACE_STEPS, 0);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "kept");
  be_test_wait_until (be_test_pending_is_held (sessions->client, BE_CALL_SEND));
  copy = g_boxed_copy (BE_TYPE_PENDING_CALL, be_test_pending_find (sessions->client, BE_CALL_SEND));
  be_test_session_end (sessions->client);
  be_test_wait_pending (sessions->client, "");
  g_assert_cmpmem (g_bytes_get_data (copy->bytes, NULL), g_bytes_get_size (copy->bytes), "kept", 4);
  g_boxed_free (BE_TYPE_PENDING_CALL, copy);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/call-gate/watches-without-holding", test_watches_without_holding);
  be_test_sessions_add ("/call-gate/shuts-down-once", test_shuts_down_once);
  be_test_sessions_add ("/call-gate/pauses-what-is-under-way", test_pauses_what_is_under_way);
  be_test_sessions_add ("/call-gate/makes-one-call-in-an-interval",
                        test_makes_one_call_in_an_interval);
  be_test_sessions_add ("/call-gate/rests-when-nothing-is-held", test_rests_when_nothing_is_held);
  be_test_sessions_add ("/call-gate/tells-after-the-events", test_tells_after_the_events);
  be_test_sessions_add ("/call-gate/tells-once-a-frame", test_tells_once_a_frame);
  be_test_sessions_add ("/call-gate/tells-of-the-oldest", test_tells_of_the_oldest);
  be_test_sessions_add ("/call-gate/pending-calls-outlive-what-they-tell-of",
                        test_pending_calls_outlive_what_they_tell_of);

  return g_test_run ();
}
