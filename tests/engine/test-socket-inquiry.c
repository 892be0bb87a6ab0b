/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-inquiry.h"
#include "be-test-hold.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <glib/gstdio.h>

#ifdef G_OS_UNIX
#include <sys/socket.h>
#endif

typedef struct
{
  BeSocketReport *report;
  GError         *error;
  gboolean        is_answered;
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->report, g_free);
  g_clear_error (&self->error);
  self->is_answered = FALSE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Answer *answer = user_data;

  answer->report = be_session_inquire_finish (result, &answer->error);
  answer->is_answered = TRUE;
}

static void
ask (Answer    *answer,
     BeSession *session,
     guint32    socket_id)
{
  answer_clear (answer);
  be_session_inquire_async (session, socket_id, NULL, answered_cb, answer);
  be_test_wait_until (answer->is_answered);
}

static void
set (Answer        *answer,
     BeSession     *session,
     guint32        socket_id,
     BeSocketOption option,
     int            value)
{
  answer_clear (answer);
  be_session_set_option_async (session, socket_id, option, value, NULL, answered_cb, answer);
  be_test_wait_until (answer->is_answered);
  g_assert_no_error (answer->error);
}

static guint32
find_socket (BeTestSessions *sessions,
             BeSession      *session,
             BeCall          call)
{
  be_test_wait_until (be_test_recorder_count (sessions->log, session, call) > 0);

  return be_test_log_last (sessions->log, session, call)->socket_id;
}

static void
assert_address (const BeAddress *address,
                const BeAddress *expected)
{
  g_autofree char *text = be_address_to_string (address);
  g_autofree char *expected_text = be_address_to_string (expected);

  g_assert_cmpstr (text, ==, expected_text);
}

#ifdef G_OS_UNIX
/* The system again, asked by others. */
static int
get_option (const BeSocketReport *report,
            int                   level,
            int                   name)
{
  int       value = -1;
  socklen_t size = sizeof value;

  g_assert_cmpint (getsockopt (report->descriptor, level, name, &value, &size), ==, 0);

  return value;
}
#endif

static void
test_tells_all_of_both_ends (BeTestSessions *sessions)
{
  g_auto (Answer) client = { 0 };
  g_auto (Answer) accepted = { 0 };
  const BeEventRecord *record;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_sessions_expect (sessions, sessions->client, "HELLO BABY");

  ask (&client, sessions->client, find_socket (sessions, sessions->client, BE_CALL_CONNECT));
  ask (&accepted, sessions->server, find_socket (sessions, sessions->server, BE_CALL_ACCEPT));
  g_assert_no_error (client.error);
  g_assert_no_error (accepted.error);

  record = be_test_log_last (sessions->log, sessions->server, BE_CALL_ACCEPT);
  g_assert_cmpuint (accepted.report->socket_id, ==, record->socket_id);
  g_assert_cmpint (accepted.report->descriptor, ==, record->result);
  g_assert_cmpint (accepted.report->traits.family, ==, BE_ADDRESS_IPV4);
  g_assert_true (accepted.report->traits.is_stream);
  g_assert_false (accepted.report->is_listening);
  g_assert_true (accepted.report->is_non_blocking);
  g_assert_cmpint (accepted.report->receive_timeout, ==, 0);
  g_assert_cmpint (accepted.report->state, ==, BE_SYSTEM_STATE_ESTABLISHED);
  assert_address (&accepted.report->local, &client.report->peer);
  assert_address (&accepted.report->peer, &client.report->local);
}

static void
test_tells_of_a_listener (BeTestSessions *sessions)
{
  g_auto (Answer) answer = { 0 };
  BeAddress local;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  local = be_test_session_get_local (sessions->server);
  ask (&answer, sessions->server, find_socket (sessions, sessions->server, BE_CALL_LISTEN));

  g_assert_true (answer.report->is_listening);
  g_assert_cmpint (answer.report->state, ==, BE_SYSTEM_STATE_LISTEN);
  g_assert_cmpint (answer.report->peer.family, ==, BE_ADDRESS_NONE);
  assert_address (&answer.report->local, &local);
#ifdef __linux__
  g_assert_cmpuint (answer.report->tcp.accept_queue, ==, 0);
  g_assert_cmpuint (answer.report->tcp.accept_queue_limit, ==,
                    be_test_log_last (sessions->log, sessions->server, BE_CALL_LISTEN)->detail);
  g_assert_cmpuint (answer.report->tcp.round_trip, ==, BE_TCP_NUMBER_NOT_TOLD);
#endif
}

static void
test_tells_the_numbers_of_a_connection (BeTestSessions *sessions)
{
  g_auto (Answer) answer = { 0 };

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  ask (&answer, sessions->client, find_socket (sessions, sessions->client, BE_CALL_CONNECT));
#ifdef __linux__
  g_assert_cmpuint (answer.report->tcp.round_trip, >, 0);
  g_assert_cmpuint (answer.report->tcp.round_trip, <, G_USEC_PER_SEC);
  g_assert_cmpuint (answer.report->tcp.segment_bytes, >, 500);
  g_assert_cmpuint (answer.report->tcp.congestion_window, >, 0);
  g_assert_cmpuint (answer.report->tcp.unacknowledged, ==, 0);
  g_assert_cmpuint (answer.report->tcp.retransmits, ==, 0);
#endif
}

static void
test_tells_of_datagrams (BeTestSessions *sessions)
{
  g_auto (Answer) server = { 0 };
  g_auto (Answer) client = { 0 };

  be_test_sessions_start (sessions, BE_PROTOCOL_UDP);
  ask (&server, sessions->server, find_socket (sessions, sessions->server, BE_CALL_BIND));
  ask (&client, sessions->client, find_socket (sessions, sessions->client, BE_CALL_CONNECT));

  g_assert_false (server.report->traits.is_stream);
  g_assert_cmpint (server.report->state, ==, BE_SYSTEM_STATE_UDP_BOUND);
  g_assert_cmpint (server.report->peer.family, ==, BE_ADDRESS_NONE);
  g_assert_cmpuint (server.report->tcp.round_trip, ==, BE_TCP_NUMBER_NOT_TOLD);
  g_assert_cmpint (client.report->state, ==, BE_SYSTEM_STATE_UDP_CONNECTED);
  assert_address (&client.report->peer, &server.report->local);
}

static void
set_and_read_back (BeTestSessions *sessions,
                   BeSession      *session,
                   guint32         socket_id,
                   BeSocketOption  option,
                   int             value)
{
  g_auto (Answer) answer = { 0 };
  const BeEventRecord *record;
  guint                n_before = be_test_recorder_count (sessions->log, session, BE_CALL_SETSOCKOPT);

  set (&answer, session, socket_id, option, value);
  g_assert_cmpint (answer.report->refusal, ==, BE_OPTION_ALLOWED);
  g_assert_cmpint (answer.report->set_error, ==, 0);
  g_assert_cmpint (answer.report->options[option].error, ==, 0);
  g_assert_cmpint (answer.report->options[option].value, ==, value);

  be_test_wait_until (be_test_recorder_count (sessions->log, session, BE_CALL_SETSOCKOPT) == n_before + 1);
  record = be_test_log_last (sessions->log, session, BE_CALL_SETSOCKOPT);
  g_assert_cmpuint (record->socket_id, ==, socket_id);
  g_assert_cmpuint (record->detail, ==, option);
  g_assert_cmpint (be_event_record_get_option_value (record), ==, value);
  g_assert_cmpint (record->result, ==, 0);
  g_assert_cmpuint (record->flags, ==, BE_EVENT_ON_REQUEST);
}

static void
test_sets_what_can_be_set_and_says_so (BeTestSessions *sessions)
{
  guint32 client;
  guint32 accepted;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  client = find_socket (sessions, sessions->client, BE_CALL_CONNECT);
  accepted = find_socket (sessions, sessions->server, BE_CALL_ACCEPT);

  set_and_read_back (sessions, sessions->client, client, BE_SOCKET_OPTION_KEEP_ALIVE, TRUE);
  set_and_read_back (sessions, sessions->client, client, BE_SOCKET_OPTION_KEEP_ALIVE, FALSE);
  set_and_read_back (sessions, sessions->client, client, BE_SOCKET_OPTION_NO_DELAY, FALSE);
  set_and_read_back (sessions, sessions->client, client, BE_SOCKET_OPTION_TTL, 3);
  set_and_read_back (sessions, sessions->server, accepted, BE_SOCKET_OPTION_LINGER, 0);
  set_and_read_back (sessions, sessions->server, accepted, BE_SOCKET_OPTION_LINGER, BE_SOCKET_LINGER_OFF);
  set_and_read_back (sessions, sessions->server, accepted, BE_SOCKET_OPTION_TTL, 255);

  /* It is still a conversation. */
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello");
  be_test_sessions_expect (sessions, sessions->client, "HELLO");
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_RUNNING);
}

static void
test_sets_options_of_a_listener_and_of_ports (BeTestSessions *sessions)
{
  BeSession *udp = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  be_test_session_run (be_test_sessions_keep (sessions, udp));

  set_and_read_back (sessions, sessions->server, find_socket (sessions, sessions->server, BE_CALL_LISTEN),
                     BE_SOCKET_OPTION_KEEP_ALIVE, TRUE);
  set_and_read_back (sessions, udp, find_socket (sessions, udp, BE_CALL_BIND), BE_SOCKET_OPTION_BROADCAST, TRUE);
  set_and_read_back (sessions, udp, find_socket (sessions, udp, BE_CALL_BIND), BE_SOCKET_OPTION_TTL, 1);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_RUNNING);
}

static void
test_answers_with_what_the_system_made_of_it (BeTestSessions *sessions)
{
  g_auto (Answer) answer = { 0 };
  guint32 client;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  client = find_socket (sessions, sessions->client, BE_CALL_CONNECT);
  set (&answer, sessions->client, client, BE_SOCKET_OPTION_RECEIVE_BUFFER, 4096);
#ifdef __linux__
  g_assert_cmpint (answer.report->options[BE_SOCKET_OPTION_RECEIVE_BUFFER].value, ==, 8192);
  g_assert_cmpint (get_option (answer.report, SOL_SOCKET, SO_RCVBUF), ==, 8192);
#endif
  set (&answer, sessions->client, client, BE_SOCKET_OPTION_KEEP_ALIVE, TRUE);
#ifdef G_OS_UNIX
  g_assert_cmpint (get_option (answer.report, SOL_SOCKET, SO_KEEPALIVE), !=, 0);
#endif
}

static void
assert_refused (BeTestSessions *sessions,
                BeSession      *session,
                guint32         socket_id,
                BeSocketOption  option,
                int             value,
                BeOptionRefusal expected)
{
  g_auto (Answer) answer = { 0 };
  int before;

  ask (&answer, session, socket_id);
  before = answer.report->options[option].value;
  set (&answer, session, socket_id, option, value);
  g_assert_cmpint (answer.report->refusal, ==, expected);
  g_assert_cmpint (answer.report->set_error, ==, 0);
  g_assert_cmpint (answer.report->options[option].value, ==, before);
}

static void
test_refuses_with_a_reason_and_makes_no_call (BeTestSessions *sessions)
{
  guint32 client;
  guint32 listener;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  client = find_socket (sessions, sessions->client, BE_CALL_CONNECT);
  listener = find_socket (sessions, sessions->server, BE_CALL_LISTEN);

  assert_refused (sessions, sessions->server, listener, BE_SOCKET_OPTION_REUSE_ADDRESS, FALSE, BE_OPTION_BOUND_ALREADY);
  assert_refused (sessions, sessions->client, client, BE_SOCKET_OPTION_IPV6_ONLY, TRUE, BE_OPTION_NOT_IPV6);
  assert_refused (sessions, sessions->client, client, BE_SOCKET_OPTION_BROADCAST, TRUE, BE_OPTION_NOT_UDP);
  assert_refused (sessions, sessions->client, client, BE_SOCKET_OPTION_LINGER, 5, BE_OPTION_WOULD_WAIT);
  assert_refused (sessions, sessions->client, client, BE_SOCKET_OPTION_TTL, 256, BE_OPTION_OUT_OF_RANGE);

  be_test_network_turn (sessions->network);
  be_network_thread_flush (sessions->network);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_SETSOCKOPT), ==, 0);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_SETSOCKOPT), ==, 0);
}

static void
test_a_close_says_that_linger_made_it_a_reset (BeTestSessions *sessions)
{
  g_auto (Answer) answer = { 0 };
  const BeEventRecord *closed;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  find_socket (sessions, sessions->server, BE_CALL_ACCEPT);
  set (&answer, sessions->client, find_socket (sessions, sessions->client, BE_CALL_CONNECT), BE_SOCKET_OPTION_LINGER, 0);
  be_session_close_peer (sessions->client, BE_PEER_EVERYONE);
  be_test_wait_until (be_test_recorder_failures (sessions->log, sessions->server, BE_CALL_RECV) == 1);

  closed = be_test_log_last (sessions->log, sessions->client, BE_CALL_CLOSE);
  g_assert_cmpuint (closed->flags & BE_EVENT_RESET, ==, BE_EVENT_RESET);
}

static void
test_says_closed_of_a_socket_that_is_gone (BeTestSessions *sessions)
{
  g_auto (Answer) answer = { 0 };
  guint32 client;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  client = find_socket (sessions, sessions->client, BE_CALL_CONNECT);

  ask (&answer, sessions->server, client);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  be_test_session_end (sessions->client);
  ask (&answer, sessions->client, client);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_assert_null (answer.report);
}

static void
test_says_closed_before_the_start (BeTestSessions *sessions)
{
  g_auto (Answer) answer = { 0 };

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  sessions->client = be_test_client_new_for (sessions->server);
  ask (&answer, sessions->client, 1);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
test_the_socket_may_go_while_one_asks (BeTestSessions *sessions)
{
  g_auto (Answer) before = { 0 };
  g_auto (Answer) behind = { 0 };
  BeTestHold hold;
  guint32    client;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  client = find_socket (sessions, sessions->client, BE_CALL_CONNECT);

  be_test_hold_begin (&hold, sessions->network);
  be_session_inquire_async (sessions->client, client, NULL, answered_cb, &before);
  be_session_close_peer (sessions->client, BE_PEER_EVERYONE);
  be_session_set_option_async (sessions->client, client, BE_SOCKET_OPTION_TTL, 9, NULL, answered_cb, &behind);
  be_test_hold_end (&hold);

  be_test_wait_until (before.is_answered && behind.is_answered);
  g_assert_no_error (before.error);
  g_assert_error (behind.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
test_the_session_may_go_while_one_asks (BeTestSessions *sessions)
{
  g_auto (Answer) answer = { 0 };
  BeTestHold hold;
  guint32    client;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  client = find_socket (sessions, sessions->client, BE_CALL_CONNECT);

  be_test_hold_begin (&hold, sessions->network);
  be_session_inquire_async (sessions->client, client, NULL, answered_cb, &answer);
  g_assert_finalize_object (g_steal_pointer (&sessions->client));
  be_test_hold_end (&hold);

  be_test_wait_until (answer.is_answered);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.report->socket_id, ==, client);
}

static void
test_who_asked_may_lose_interest (BeTestSessions *sessions)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_session_inquire_async (sessions->client, find_socket (sessions, sessions->client, BE_CALL_CONNECT), cancellable,
                            answered_cb, &answer);
  g_cancellable_cancel (cancellable);
  be_test_wait_until (answer.is_answered);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* [::] takes IPv4 as well, and then IP_TTL is what counts. */
static void
test_sets_the_hop_limit_of_either_family (BeTestSessions *sessions)
{
  static const char *const hosts[] = { "127.0.0.1", "::1" };

  if (!be_test_has_ipv6 ())
    {
      g_test_skip ("No IPv6 here");
      return;
    }

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, "::", 0);
  be_test_session_run (sessions->server);
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      guint16    port = be_test_session_get_local (sessions->server).port;
      BeSession *client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, hosts[i], port);

      be_test_session_run (be_test_sessions_keep (sessions, client));
      be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT) == i + 1);
      set_and_read_back (sessions, sessions->server, find_socket (sessions, sessions->server, BE_CALL_ACCEPT),
                         BE_SOCKET_OPTION_TTL, 9 + (int) i);
    }
}

#ifdef G_OS_UNIX
static void
test_tells_of_paths (BeTestSessions *sessions)
{
  g_auto (Answer) answer = { 0 };
  g_autofree char *directory = g_dir_make_tmp ("both-ends-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "socket", NULL);
  g_autofree char *peer = NULL;
  guint32          client;

  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);
  be_test_session_run (sessions->server);
  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
  client = find_socket (sessions, sessions->client, BE_CALL_CONNECT);
  ask (&answer, sessions->client, client);

  peer = be_address_to_string (&answer.report->peer);
  g_assert_cmpstr (peer, ==, path);
  g_assert_cmpint (answer.report->traits.family, ==, BE_ADDRESS_UNIX);
  g_assert_cmpuint (answer.report->tcp.round_trip, ==, BE_TCP_NUMBER_NOT_TOLD);
  assert_refused (sessions, sessions->client, client, BE_SOCKET_OPTION_NO_DELAY, TRUE, BE_OPTION_NOT_TCP);

  be_test_session_end (sessions->client);
  be_test_session_end (sessions->server);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}
#endif

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  be_test_sessions_add ("/socket-inquiry/tells-all-of-both-ends", test_tells_all_of_both_ends);
  be_test_sessions_add ("/socket-inquiry/tells-of-a-listener", test_tells_of_a_listener);
  be_test_sessions_add ("/socket-inquiry/tells-the-numbers-of-a-connection", test_tells_the_numbers_of_a_connection);
  be_test_sessions_add ("/socket-inquiry/tells-of-datagrams", test_tells_of_datagrams);
  be_test_sessions_add ("/socket-inquiry/sets-what-can-be-set-and-says-so", test_sets_what_can_be_set_and_says_so);
  be_test_sessions_add ("/socket-inquiry/sets-options-of-a-listener-and-of-ports", test_sets_options_of_a_listener_and_of_ports);
  be_test_sessions_add ("/socket-inquiry/answers-with-what-the-system-made-of-it", test_answers_with_what_the_system_made_of_it);
  be_test_sessions_add ("/socket-inquiry/refuses-with-a-reason-and-makes-no-call", test_refuses_with_a_reason_and_makes_no_call);
  be_test_sessions_add ("/socket-inquiry/a-close-says-that-linger-made-it-a-reset", test_a_close_says_that_linger_made_it_a_reset);
  be_test_sessions_add ("/socket-inquiry/says-closed-of-a-socket-that-is-gone", test_says_closed_of_a_socket_that_is_gone);
  be_test_sessions_add ("/socket-inquiry/says-closed-before-the-start", test_says_closed_before_the_start);
  be_test_sessions_add ("/socket-inquiry/the-socket-may-go-while-one-asks", test_the_socket_may_go_while_one_asks);
  be_test_sessions_add ("/socket-inquiry/the-session-may-go-while-one-asks", test_the_session_may_go_while_one_asks);
  be_test_sessions_add ("/socket-inquiry/who-asked-may-lose-interest", test_who_asked_may_lose_interest);
  be_test_sessions_add ("/socket-inquiry/sets-the-hop-limit-of-either-family", test_sets_the_hop_limit_of_either_family);
#ifdef G_OS_UNIX
  be_test_sessions_add ("/socket-inquiry/tells-of-paths", test_tells_of_paths);
#endif

  return g_test_run ();
}
