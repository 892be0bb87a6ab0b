/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The thread, its batches, and who may do what while one is handed out. */

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define FRAME_MICROSECONDS (16 * 1000)

/* What a handler of "events" or "notify::state" is to do, and when. */
typedef struct
{
  BeTestSessions *sessions;
  BeSession      *session;
  BeCall          call;
  BeSessionState  state;
  guint           n_done;
} Deed;

static gboolean
batch_has (const BeEventBatch *batch,
           const Deed         *deed)
{
  for (const BeEventRecord *record = be_event_batch_first (batch); record != NULL;
       record = be_event_batch_next (batch, record))
    if (deed->session != NULL && record->session_id == be_session_get_id (deed->session) &&
        record->call == deed->call)
      return TRUE;

  return FALSE;
}

static void
count_batches_cb (BeNetworkThread    *network,
                  const BeEventBatch *batch,
                  guint              *n_batches)
{
  (*n_batches)++;
}

static void
test_tells_at_most_once_a_frame (BeTestSessions *sessions)
{
  gint64 begin;
  guint  n_batches = 0;
  guint  n_sent = 0;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  g_signal_connect (sessions->network, "events", G_CALLBACK (count_batches_cb), &n_batches);
  begin = g_get_monotonic_time ();
  while (g_get_monotonic_time () < begin + G_USEC_PER_SEC / 2)
    {
      be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
      g_main_context_iteration (NULL, FALSE);
      n_sent++;
    }
  g_assert_cmpuint (n_sent, >, n_batches);
  g_assert_cmpuint (n_batches, >, 1);
  g_assert_cmpint (n_batches, <=, (g_get_monotonic_time () - begin) / FRAME_MICROSECONDS + 1);
  g_signal_handlers_disconnect_by_func (sessions->network, count_batches_cb, &n_batches);
}

static void
test_tells_nothing_at_rest (BeTestSessions *sessions)
{
  gint64 end;
  guint  n_batches = 0;

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_ACCEPT) ==
                      1);
  g_signal_connect (sessions->network, "events", G_CALLBACK (count_batches_cb), &n_batches);
  end = g_get_monotonic_time () + 10 * FRAME_MICROSECONDS;
  be_test_wait_until (g_get_monotonic_time () > end);
  g_assert_cmpuint (n_batches, ==, 0);
  g_signal_handlers_disconnect_by_func (sessions->network, count_batches_cb, &n_batches);
}

static void
test_tells_at_once_when_flushed (BeTestSessions *sessions)
{
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;
  guint     n_batches = 0;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect (&address);
  g_signal_connect (sessions->network, "events", G_CALLBACK (count_batches_cb), &n_batches);
  be_test_peer_send (peer, "a", 1);
  be_test_peer_expect (peer, "A");

  /* No turn of the main context since. */
  be_network_thread_flush (sessions->network);
  g_assert_cmpuint (n_batches, ==, 1);
  g_assert_cmpuint (be_test_log_bytes (sessions->log, sessions->server, BE_CALL_RECV), ==, 1);
  be_network_thread_flush (sessions->network);
  g_assert_cmpuint (n_batches, <=, 2);
  g_signal_handlers_disconnect_by_func (sessions->network, count_batches_cb, &n_batches);
}

static void
flush_inside_cb (BeNetworkThread    *network,
                 const BeEventBatch *batch,
                 Deed               *deed)
{
  g_assert_cmpuint (deed->n_done, ==, 0);
  deed->n_done++;
  be_network_thread_flush (network);
  deed->n_done--;
}

static void
test_does_not_flush_inside_a_batch (BeTestSessions *sessions)
{
  Deed deed = { .sessions = sessions };

  g_signal_connect (sessions->network, "events", G_CALLBACK (flush_inside_cb), &deed);
  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  for (guint i = 0; i < 100; i++)
    be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_wait_until (be_test_log_bytes (sessions->log, sessions->client, BE_CALL_RECV) == 100);
  g_signal_handlers_disconnect_by_func (sessions->network, flush_inside_cb, &deed);
}

static void
assert_state_is_known_cb (BeNetworkThread    *network,
                          const BeEventBatch *batch,
                          Deed               *deed)
{
  if (!batch_has (batch, deed))
    return;

  g_assert_cmpint (be_session_get_state (deed->session), >=, BE_SESSION_RUNNING);
  deed->n_done++;
}

static void
test_tells_the_sessions_first (BeTestSessions *sessions)
{
  Deed deed = { .sessions = sessions, .call = BE_CALL_CONNECT };

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  deed.session = sessions->client = be_test_client_new_for (sessions->server);
  g_signal_connect (sessions->network, "events", G_CALLBACK (assert_state_is_known_cb), &deed);
  be_test_session_run (sessions->client);
  g_assert_cmpuint (deed.n_done, ==, 1);
  g_signal_handlers_disconnect_by_func (sessions->network, assert_state_is_known_cb, &deed);
}

static void
stop_inside_cb (BeNetworkThread    *network,
                const BeEventBatch *batch,
                Deed               *deed)
{
  if (!batch_has (batch, deed))
    return;

  be_session_stop (deed->sessions->server);
  be_session_stop (deed->sessions->client);
  deed->n_done++;
}

static void
test_stops_inside_a_handler (BeTestSessions *sessions)
{
  Deed deed = { .sessions = sessions, .call = BE_CALL_RECV };

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  deed.session = sessions->client;
  g_signal_connect (sessions->network, "events", G_CALLBACK (stop_inside_cb), &deed);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_wait_until (be_session_get_state (sessions->client) == BE_SESSION_ENDED);
  be_test_wait_until (be_session_get_state (sessions->server) == BE_SESSION_ENDED);
  g_assert_cmpuint (deed.n_done, >, 0);
  g_signal_handlers_disconnect_by_func (sessions->network, stop_inside_cb, &deed);
}

static void
let_go_inside_cb (BeNetworkThread    *network,
                  const BeEventBatch *batch,
                  Deed               *deed)
{
  if (!batch_has (batch, deed))
    return;

  deed->session = NULL;
  g_assert_finalize_object (g_steal_pointer (&deed->sessions->client));
  g_assert_finalize_object (g_steal_pointer (&deed->sessions->server));
  deed->n_done++;
}

static void
test_lets_sessions_go_inside_a_handler (BeTestSessions *sessions)
{
  Deed deed = { .sessions = sessions, .call = BE_CALL_RECV };

  be_test_sessions_start (sessions, BE_PROTOCOL_TCP);
  deed.session = sessions->client;
  g_signal_connect (sessions->network, "events", G_CALLBACK (let_go_inside_cb), &deed);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_wait_until (deed.n_done == 1);
  be_test_wait_until (be_test_log_is_closed (sessions->log));
  g_signal_handlers_disconnect_by_func (sessions->network, let_go_inside_cb, &deed);
}

static void
let_go_at_state_cb (BeSession  *session,
                    GParamSpec *pspec,
                    Deed       *deed)
{
  if (be_session_get_state (session) != deed->state)
    return;

  g_clear_object (&deed->session);
  deed->n_done++;
}

static void
let_go_at (BeTestSessions *sessions,
           BeSessionState  state)
{
  Deed     deed = { .sessions = sessions, .state = state };
  gpointer weak;

  deed.session = weak = be_test_client_new_for (sessions->server);
  g_object_add_weak_pointer (G_OBJECT (weak), &weak);
  g_signal_connect (deed.session, "notify::state", G_CALLBACK (let_go_at_state_cb), &deed);
  be_session_start (deed.session);
  if (state > BE_SESSION_RUNNING)
    {
      be_test_wait_until (be_session_get_state (deed.session) == BE_SESSION_RUNNING);
      be_session_stop (deed.session);
    }
  be_test_wait_until (weak == NULL);
  g_assert_cmpuint (deed.n_done, ==, 1);
}

static void
test_lets_a_session_go_when_its_state_changes (BeTestSessions *sessions)
{
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  let_go_at (sessions, BE_SESSION_RUNNING);
  let_go_at (sessions, BE_SESSION_ENDED);
  be_test_wait_until (be_test_recorder_count (sessions->log, sessions->server, BE_CALL_CLOSE) == 2);
}

static void
let_go_of_all_cb (BeNetworkThread    *network,
                  const BeEventBatch *batch,
                  Deed               *deed)
{
  g_signal_handlers_disconnect_by_func (network, let_go_of_all_cb, deed);
  g_clear_object (&deed->session);
  g_object_unref (network);
  deed->n_done++;
}

static void
test_ends_inside_its_own_handler (gconstpointer data)
{
  BeNetworkThread *network = be_network_thread_new_with ((BePollerKind) GPOINTER_TO_INT (data));
  gpointer         weak = network;
  Deed             deed = { 0 };

  deed.session = be_test_server_new (network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  g_object_add_weak_pointer (G_OBJECT (network), &weak);
  g_signal_connect (network, "events", G_CALLBACK (let_go_of_all_cb), &deed);
  be_session_start (deed.session);
  be_test_wait_until (weak == NULL);
  g_assert_cmpuint (deed.n_done, ==, 1);
}

static void
test_ends_without_having_done_anything (gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    g_assert_finalize_object (be_network_thread_new_with ((BePollerKind) GPOINTER_TO_INT (data)));
}

/* Its sessions may be started and let go before the thread has seen either. */
static void
test_ends_with_work_still_posted (gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    {
      BeNetworkThread *network = be_network_thread_new_with ((BePollerKind) GPOINTER_TO_INT (data));
      BeSession       *server = be_test_server_new (network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
      BeSession       *port = be_test_server_new (network, BE_PROTOCOL_UDP, "127.0.0.1", 0);

      be_session_start (server);
      be_session_start (port);
      be_test_session_send (port, BE_PEER_EVERYONE, "a");
      g_assert_finalize_object (server);
      g_assert_finalize_object (port);
      g_assert_finalize_object (network);
    }
}

static void
test_works_for_another_main_context (gconstpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  BeNetworkThread *network;
  BeSession       *server;

  g_main_context_push_thread_default (context);
  network = be_network_thread_new_with ((BePollerKind) GPOINTER_TO_INT (data));
  server = be_test_server_new (network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  be_session_start (server);
  while (be_session_get_state (server) != BE_SESSION_RUNNING)
    g_main_context_iteration (context, TRUE);
  g_assert_finalize_object (server);
  g_assert_finalize_object (network);
  g_main_context_pop_thread_default (context);
}

#ifdef __GLIBC__
#define BURST_BYTES (3 * 1024 * 1024)

static gsize
get_allocated_bytes (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

/* A sanitizer has an allocator of its own. */
static gboolean
can_measure_memory (void)
{
  gsize              before = get_allocated_bytes ();
  g_autofree guint8 *probe = g_malloc0 (BURST_BYTES);

  return probe != NULL && get_allocated_bytes () >= before + BURST_BYTES;
}

static void
count_received_cb (BeNetworkThread    *network,
                   const BeEventBatch *batch,
                   gsize              *n_bytes)
{
  for (const BeEventRecord *record = be_event_batch_first (batch); record != NULL;
       record = be_event_batch_next (batch, record))
    if (record->call == BE_CALL_RECV && record->result > 0)
      *n_bytes += (gsize) record->result;
}

static void
test_gives_the_memory_of_a_burst_back (gconstpointer data)
{
  g_autoptr (GSocket) peer = NULL;
  g_autofree guint8 *burst = g_malloc0 (BURST_BYTES);
  BeNetworkThread   *network = be_network_thread_new_with ((BePollerKind) GPOINTER_TO_INT (data));
  BeSession         *server = be_test_server_new (network, BE_PROTOCOL_TCP, "127.0.0.1", 0);
  BeAddress          address;
  gsize              n_bytes = 0;
  gsize              before;

  be_tcp_server_set_reply_rule (BE_TCP_SERVER (server), BE_REPLY_NONE);
  be_test_session_run (server);
  address = be_test_session_get_local (server);
  peer = be_test_peer_connect (&address);
  g_signal_connect (network, "events", G_CALLBACK (count_received_cb), &n_bytes);
  before = get_allocated_bytes ();

  /* One batch, and nothing after it. */
  be_test_peer_send (peer, burst, BURST_BYTES);
  for (guint i = 0; i < 20; i++)
    be_test_network_turn (network);
  be_test_wait_until (n_bytes == BURST_BYTES);
  g_assert_true (!can_measure_memory () || get_allocated_bytes () < before + BURST_BYTES / 3);

  g_assert_finalize_object (server);
  g_assert_finalize_object (network);
}
#endif

static BeSession *
make_any_session (BeTestSessions *sessions)
{
  BeProtocol protocol = g_test_rand_bit () ? BE_PROTOCOL_TCP : BE_PROTOCOL_UDP;

  if (g_test_rand_bit ())
    return be_test_server_new (sessions->network, protocol, "127.0.0.1", 0);

  return be_test_client_new (sessions->network, protocol, "127.0.0.1",
                             be_test_session_get_local (sessions->server).port);
}

static void
do_anything (BeSession *session)
{
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
    case 1:
    case 2:
      be_session_start (session);
      break;
    case 3:
      be_session_stop (session);
      break;
    case 4:
      be_test_session_send (session, BE_PEER_EVERYONE, "anything");
      break;
    case 5:
      be_session_half_close (session, BE_PEER_EVERYONE);
      break;
    case 6:
      be_session_close_peer (session, BE_PEER_EVERYONE);
      break;
    default:
      be_session_reset_peer (session, BE_PEER_EVERYONE);
      break;
    }
}

static void
test_bears_commands_in_any_order (BeTestSessions *sessions)
{
  GPtrArray *others = sessions->others;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  for (guint i = 0; i < 300; i++)
    {
      guint position;

      if (others->len < 8)
        be_test_sessions_keep (sessions, make_any_session (sessions));
      position = (guint) g_test_rand_int_range (0, (gint32) others->len);
      for (gint n = g_test_rand_int_range (0, 4); n > 0; n--)
        do_anything (others->pdata[position]);
      if (g_test_rand_int_range (0, 4) == 0)
        g_ptr_array_remove_index_fast (others, position);
      if (g_test_rand_int_range (0, 3) == 0)
        be_test_iterate ();
    }

  /* The one that was left alone is well. */
  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
}

static void
add_plain (const char   *path,
           GTestDataFunc test)
{
  g_autofree char *best = g_strdup_printf ("%s/best", path);
  g_autofree char *glib = g_strdup_printf ("%s/glib", path);

  g_test_add_data_func (best, GINT_TO_POINTER (BE_POLLER_BEST), test);
  g_test_add_data_func (glib, GINT_TO_POINTER (BE_POLLER_GLIB), test);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/network-thread/tells-at-most-once-a-frame",
                        test_tells_at_most_once_a_frame);
  be_test_sessions_add ("/network-thread/tells-nothing-at-rest", test_tells_nothing_at_rest);
  be_test_sessions_add ("/network-thread/tells-at-once-when-flushed",
                        test_tells_at_once_when_flushed);
  be_test_sessions_add ("/network-thread/does-not-flush-inside-a-batch",
                        test_does_not_flush_inside_a_batch);
  be_test_sessions_add ("/network-thread/tells-the-sessions-first", test_tells_the_sessions_first);
  be_test_sessions_add ("/network-thread/stops-inside-a-handler", test_stops_inside_a_handler);
  be_test_sessions_add ("/network-thread/lets-sessions-go-inside-a-handler",
                        test_lets_sessions_go_inside_a_handler);
  be_test_sessions_add ("/network-thread/lets-a-session-go-when-its-state-changes",
                        test_lets_a_session_go_when_its_state_changes);
  be_test_sessions_add ("/network-thread/bears-commands-in-any-order",
                        test_bears_commands_in_any_order);
  add_plain ("/network-thread/ends-inside-its-own-handler", test_ends_inside_its_own_handler);
  add_plain ("/network-thread/ends-without-having-done-anything",
             test_ends_without_having_done_anything);
  add_plain ("/network-thread/ends-with-work-still-posted", test_ends_with_work_still_posted);
  add_plain ("/network-thread/works-for-another-main-context", test_works_for_another_main_context);
#ifdef __GLIBC__
  add_plain ("/network-thread/gives-the-memory-of-a-burst-back",
             test_gives_the_memory_of_a_burst_back);
#endif

  return g_test_run ();
}
