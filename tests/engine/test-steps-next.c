/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the held calls comes next: what would wait lets the others go first. */

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-hold.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test-steps.h"
#include "be-test.h"

#define N_PEERS 12
#define N_BEHIND 70
#define MAX_TOLD 64
#define INTERVAL_MS 100
#define MAX_INTERVALS 5 /* fewer than there are calls that are older */
#define LARGE_BYTES (8 * 1024 * 1024 - 4)

static guint
count_ready (BeSession *session,
             BeCall     call)
{
  GPtrArray *calls = be_session_get_pending_calls (session);
  guint      n_ready = 0;

  for (guint i = 0; i < calls->len; i++)
    {
      const BePendingCall *pending = g_ptr_array_index (calls, i);

      n_ready += pending->call == call && pending->state == BE_PENDING_HELD && pending->readiness == BE_PENDING_READY;
    }

  return n_ready;
}

/* A server that holds each call, and @n_peers who are accepted and say nothing. */
static GPtrArray *
start_held (BeTestSessions *sessions,
            guint           n_peers)
{
  GPtrArray *peers = g_ptr_array_new_with_free_func (g_object_unref);
  BeAddress  address;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  for (guint i = 0; i < n_peers; i++)
    {
      g_ptr_array_add (peers, be_test_peer_connect (&address));
      be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == i + 1);
    }
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_test_pending_count (sessions->server, BE_CALL_RECV) == n_peers);
  be_test_network_turn (sessions->network);
  g_assert_cmpuint (count_ready (sessions->server, BE_CALL_RECV), ==, 0);
  g_assert_cmpuint (count_ready (sessions->server, BE_CALL_ACCEPT), ==, 0);

  return peers;
}

static void
test_reads_where_something_has_come (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = start_held (sessions, N_PEERS);

  be_test_peer_send (g_ptr_array_index (peers, 7), "first", 5);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 1);
  be_test_peer_send (g_ptr_array_index (peers, 3), "older", 5);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 2);

  /* Of the two it is the one that has been held longer. */
  be_session_step (sessions->server, 0);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_SEND));
  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_peer_expect (g_ptr_array_index (peers, 3), "OLDER");
  be_session_step (sessions->server, 0);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_SEND));
  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_peer_expect (g_ptr_array_index (peers, 7), "FIRST");
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV), ==, 2);
  g_assert_false (be_test_pending_is_waiting (sessions->server, BE_CALL_RECV));
}

static void
test_accepts_when_somebody_is_in_the_queue (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = start_held (sessions, 2);
  BeAddress address = be_test_session_get_local (sessions->server);

  g_ptr_array_add (peers, be_test_peer_connect (&address));
  be_test_wait_until (count_ready (sessions->server, BE_CALL_ACCEPT) == 1);
  be_session_step (sessions->server, 0);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 3);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_ACCEPT) &&
                      count_ready (sessions->server, BE_CALL_ACCEPT) == 0);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV), ==, 0);
}

static void
test_waits_in_the_oldest_when_nothing_has_come (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = start_held (sessions, 2);
  GPtrArray *calls = be_session_get_pending_calls (sessions->server);
  BeCall     oldest = ((const BePendingCall *) g_ptr_array_index (calls, 0))->call;

  be_session_step (sessions->server, 0);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, oldest));
  be_test_peer_send (g_ptr_array_index (peers, 0), "a", 1);
  be_test_peer_send (g_ptr_array_index (peers, 1), "b", 1);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) +
                        be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) ==
                      2);
}

static void
test_an_end_and_a_reset_are_something (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = start_held (sessions, 3);

  be_test_peer_stop_sending (g_ptr_array_index (peers, 1));
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 1);
  be_test_peer_reset (g_ptr_array_index (peers, 2));
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 2);
  be_session_step (sessions->server, 0);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == 1);
  g_assert_cmpuint (be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_RECV), ==, 0);
}

/* It is told once, and costs nothing then. */
static void
test_rests_when_it_has_been_told (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = start_held (sessions, 3);
  BeAddress address = be_test_session_get_local (sessions->server);

  be_test_peer_send (g_ptr_array_index (peers, 0), "data", 4);
  be_test_peer_reset (g_ptr_array_index (peers, 1));
  be_test_peer_stop_sending (g_ptr_array_index (peers, 2));
  g_ptr_array_add (peers, be_test_peer_connect (&address));
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 3 &&
                      count_ready (sessions->server, BE_CALL_ACCEPT) == 1);

  be_test_assert_rests ();
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV), ==, 0);
}

/* Counts, each time that it is told what is pending, the reads that are said to
 * wait while bytes that have come are unread. */
typedef struct
{
  BeTestSessions *sessions;
  guint           n_reads; /* that it takes to read all */
  guint           n_told;  /* reads that would return */
  guint           n_wrong;
} Claims;

static void
pending_calls_changed_cb (BeSession *session,
                          Claims    *self)
{
  GPtrArray *calls = be_session_get_pending_calls (session);

  self->n_told += count_ready (session, BE_CALL_RECV);
  for (guint i = 0; i < calls->len; i++)
    {
      const BePendingCall *pending = g_ptr_array_index (calls, i);

      self->n_wrong += pending->call == BE_CALL_RECV && pending->state == BE_PENDING_HELD &&
                       pending->readiness == BE_PENDING_WOULD_WAIT &&
                       be_test_sessions_count (self->sessions, session, BE_CALL_RECV) < self->n_reads;
    }
}

/* Twelve bytes, of which each read takes four. */
static void
send_three_reads (GSocket *peer)
{
  be_test_peer_send (peer, "onetwothreex", 12);
}

static void
test_does_not_wait_while_bytes_are_unread (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = start_held (sessions, 1);
  Claims claims = { .sessions = sessions, .n_reads = 3 };

  be_session_set_reading (sessions->server, 0, BE_READING_AT_ONCE, 0, 4);
  send_three_reads (g_ptr_array_index (peers, 0));
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 1);
  g_signal_connect (sessions->server, "pending-calls-changed", G_CALLBACK (pending_calls_changed_cb), &claims);
  for (guint i = 1; i <= claims.n_reads; i++)
    {
      be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
      be_session_step (sessions->server, 0);
      be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == i);
      be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_SEND));
      be_session_step (sessions->server, 0);
      be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_SEND) == i);
    }
  be_test_peer_expect (g_ptr_array_index (peers, 0), "ONETWOTHREEX");
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  g_assert_cmpuint (count_ready (sessions->server, BE_CALL_RECV), ==, 0);
  g_assert_cmpuint (claims.n_told, >=, 2);
  g_assert_cmpuint (claims.n_wrong, ==, 0);
  g_signal_handlers_disconnect_by_data (sessions->server, &claims);
}

/* Nobody looks at the sockets between the steps. */
static void
test_steps_in_a_row_read_on (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = start_held (sessions, 1);
  BeTestHold hold;

  be_session_set_reading (sessions->server, 0, BE_READING_AT_ONCE, 0, 4);
  send_three_reads (g_ptr_array_index (peers, 0));
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 1);
  be_test_hold_begin (&hold, sessions->network);
  for (guint i = 0; i < 3; i++)
    be_session_step (sessions->server, 0);
  be_test_hold_end (&hold);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == 2);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_SEND) == 1);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_SEND), ==, 1);
  g_assert_true (be_test_pending_is_held (sessions->server, BE_CALL_ACCEPT));
}

/* They come before the calls are held, and not all are read until then. */
static void
test_is_held_when_bytes_have_come (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  Claims     claims = { .sessions = sessions, .n_reads = 3 };
  BeTestHold hold;
  BeAddress  address;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  be_session_set_reading (sessions->server, 0, BE_READING_AT_ONCE, 0, 4);
  peer = be_test_peer_connect (&address);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_RECV));
  g_signal_connect (sessions->server, "pending-calls-changed", G_CALLBACK (pending_calls_changed_cb), &claims);
  be_test_hold_begin (&hold, sessions->network);
  send_three_reads (peer);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_hold_end (&hold);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECV));
  g_assert_cmpuint (count_ready (sessions->server, BE_CALL_RECV), ==, 1);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV), <, claims.n_reads);
  g_assert_cmpuint (claims.n_wrong, ==, 0);
  g_signal_handlers_disconnect_by_data (sessions->server, &claims);
}

/* More are held than are told: the one that comes next is among those. */
static void
test_is_told_among_many (BeTestSessions *sessions)
{
#ifdef __linux__
  g_autoptr (GPtrArray) peers = g_ptr_array_new_with_free_func (g_object_unref);
  BeAddress address;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  for (guint i = 0; i < 80; i++)
    {
      g_ptr_array_add (peers, be_test_peer_connect (&address));
      be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == i + 1);
    }
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_session_get_pending_calls (sessions->server)->len == MAX_TOLD);
  be_test_peer_send (g_ptr_array_index (peers, 79), "last", 4);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 1);
  be_session_step (sessions->server, 0);
  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_peer_expect (g_ptr_array_index (peers, 79), "LAST");
#else
  g_test_skip ("Some systems take few sockets");
#endif
}

/* What stands behind a send that waits leaves room for what a step makes. */
static void
test_is_told_among_many_behind_another (BeTestSessions *sessions)
{
  g_autoptr (GBytes) large = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GSocket) stalled = NULL;
  g_autoptr (GSocket) other = NULL;
  BeAddress address;
  guint32   stalled_id;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  stalled = be_test_peer_connect_narrow (&address);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  stalled_id = be_test_log_last (sessions->log, sessions->server, BE_CALL_ACCEPT)->peer_id;
  other = be_test_peer_connect (&address);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 2);

  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_session_send (sessions->server, stalled_id, large);
  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_SEND));
  for (guint i = 0; i < N_BEHIND; i++)
    be_test_session_send (sessions->server, stalled_id, "x");
  be_test_wait_until (be_session_get_pending_calls (sessions->server)->len == MAX_TOLD);

  be_test_peer_send (other, "other", 5);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 1);
  be_session_step (sessions->server, 0);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_SEND) == 1);
  g_assert_cmpuint (be_session_get_pending_calls (sessions->server)->len, ==, MAX_TOLD);
  g_assert_true (be_test_pending_is_waiting (sessions->server, BE_CALL_SEND));
  g_assert_true (be_test_pending_is_held (sessions->server, BE_CALL_ACCEPT));
  be_session_step (sessions->server, 0);
  be_test_peer_expect (other, "OTHER");
}

/* As Next does, so the clock. */
static void
test_the_clock_makes_it_first_too (BeTestSessions *sessions)
{
  g_autoptr (GPtrArray) peers = start_held (sessions, N_PEERS);
  gint64 begin;

  be_test_peer_send (g_ptr_array_index (peers, 9), "quick", 5);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECV) == 1);
  begin = g_get_monotonic_time ();
  be_session_set_pace (sessions->server, BE_PACE_TIMED, INTERVAL_MS);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECV) == 1);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->server, BE_CALL_RECV)->time, <,
                   begin + MAX_INTERVALS * INTERVAL_MS * 1000);
  be_test_peer_expect (g_ptr_array_index (peers, 9), "QUICK");
}

/* It is not for a step: what it is behind waits for room. */
static void
test_what_is_behind_another_is_not_next (BeTestSessions *sessions)
{
  g_autoptr (GBytes) large = be_test_random_bytes (LARGE_BYTES);
  g_autoptr (GBytes) received = NULL;
  g_autoptr (GSocket) peer = be_test_start_held_narrow (sessions);

  be_session_send (sessions->server, BE_PEER_EVERYONE, large);
  be_test_session_send (sessions->server, BE_PEER_EVERYONE, "next");
  be_test_wait_until (be_test_pending_count (sessions->server, BE_CALL_SEND) == 2);
  g_assert_cmpuint (count_ready (sessions->server, BE_CALL_SEND), ==, 1);
  be_test_step (sessions->server, BE_CALL_SEND);
  be_test_wait_until (be_test_pending_is_waiting (sessions->server, BE_CALL_SEND));
  g_assert_cmpuint (count_ready (sessions->server, BE_CALL_SEND), ==, 0);

  received = be_test_peer_receive (peer, LARGE_BYTES);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_SEND) == 1);
  be_session_step (sessions->server, 0);
  be_test_peer_expect (peer, "next");
}

static void
test_a_datagram_is_told (BeTestSessions *sessions)
{
  BeAddress server;
  BeAddress local;
  g_autoptr (GSocket) peer = be_test_peer_bind_datagram (0, &local);
  g_autoptr (GBytes) reply = NULL;
  BeAddress from;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_UDP);
  server = be_test_session_get_local (sessions->server);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);
  be_test_wait_until (be_test_pending_is_held (sessions->server, BE_CALL_RECVFROM));
  be_test_network_turn (sessions->network);
  g_assert_cmpuint (count_ready (sessions->server, BE_CALL_RECVFROM), ==, 0);

  be_test_peer_send_to (peer, &server, "one", 3);
  be_test_wait_until (count_ready (sessions->server, BE_CALL_RECVFROM) == 1);
  g_assert_cmpuint (be_test_sessions_count (sessions, sessions->server, BE_CALL_RECVFROM), ==, 0);
  be_session_step (sessions->server, 0);
  be_test_step (sessions->server, BE_CALL_SENDTO);
  reply = be_test_peer_receive_datagram (peer, &from);
  g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), "ONE", 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/steps-next/reads-where-something-has-come", test_reads_where_something_has_come);
  be_test_sessions_add ("/steps-next/accepts-when-somebody-is-in-the-queue",
                        test_accepts_when_somebody_is_in_the_queue);
  be_test_sessions_add ("/steps-next/waits-in-the-oldest-when-nothing-has-come",
                        test_waits_in_the_oldest_when_nothing_has_come);
  be_test_sessions_add ("/steps-next/an-end-and-a-reset-are-something", test_an_end_and_a_reset_are_something);
  be_test_sessions_add ("/steps-next/rests-when-it-has-been-told", test_rests_when_it_has_been_told);
  be_test_sessions_add ("/steps-next/does-not-wait-while-bytes-are-unread",
                        test_does_not_wait_while_bytes_are_unread);
  be_test_sessions_add ("/steps-next/steps-in-a-row-read-on", test_steps_in_a_row_read_on);
  be_test_sessions_add ("/steps-next/is-held-when-bytes-have-come", test_is_held_when_bytes_have_come);
  be_test_sessions_add ("/steps-next/is-told-among-many", test_is_told_among_many);
  be_test_sessions_add ("/steps-next/is-told-among-many-behind-another", test_is_told_among_many_behind_another);
  be_test_sessions_add ("/steps-next/the-clock-makes-it-first-too", test_the_clock_makes_it_first_too);
  be_test_sessions_add ("/steps-next/what-is-behind-another-is-not-next", test_what_is_behind_another_is_not_next);
  be_test_sessions_add ("/steps-next/a-datagram-is-told", test_a_datagram_is_told);

  return g_test_run ();
}
