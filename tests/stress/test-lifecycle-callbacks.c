/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever kind of session it is and whatever state it reaches: inside the
 * callback that says so one may do anything with it, and with the others. */

#include "be-stress.h"
#include "be-tcp-server.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <glib/gstdio.h>

#define N_RUNS 1000
#define TURNS 4

typedef struct
{
  BeNetworkThread *network;
  BeTestRecorder  *log;
  BeSession       *subject;
  BeSession       *other; /* the subject's server, or its client, or NULL */
  GPtrArray       *more;  /* made inside a callback */
  GPtrArray       *busy;  /* whose server answers nobody */
  GSocket         *nobody;
  char            *path;

  BeSessionState at;
  void (*act) (gpointer data);
  guint n_acts;
  guint n_alive;
} Case;

/* What is done inside a callback. */

static void
stop_subject (gpointer data)
{
  be_session_stop (((Case *) data)->subject);
}

static void
stop_subject_twice (gpointer data)
{
  stop_subject (data);
  stop_subject (data);
}

static void
let_go_of_subject (gpointer data)
{
  g_clear_object (&((Case *) data)->subject);
}

static void
stop_and_let_go_of_both (gpointer data)
{
  Case *test_case = data;

  stop_subject (data);
  if (test_case->other != NULL)
    be_session_stop (test_case->other);
  g_clear_object (&test_case->other);
  g_clear_object (&test_case->subject);
}

static void
let_go_of_other (gpointer data)
{
  g_clear_object (&((Case *) data)->other);
}

static void
start_again (gpointer data)
{
  be_session_start (((Case *) data)->subject);
}

static void
send_and_close (gpointer data)
{
  Case *test_case = data;

  be_test_session_send (test_case->subject, BE_PEER_EVERYONE, "hello baby");
  be_session_half_close (test_case->subject, BE_PEER_EVERYONE);
  be_session_close_peer (test_case->subject, BE_PEER_EVERYONE);
}

static void
send_and_reset (gpointer data)
{
  Case *test_case = data;

  be_test_session_send (test_case->subject, BE_PEER_EVERYONE, "hello baby");
  be_session_reset_peer (test_case->subject, BE_PEER_EVERYONE);
  be_session_stop (test_case->subject);
}

static void
stop_listening (gpointer data)
{
  Case *test_case = data;

  if (BE_IS_TCP_SERVER (test_case->subject))
    be_tcp_server_stop_listening (BE_TCP_SERVER (test_case->subject));
}

static void
make_another (gpointer data)
{
  Case      *test_case = data;
  BeSession *another = be_test_server_new (test_case->network, BE_PROTOCOL_UDP, "127.0.0.1", 0);

  be_session_start (another);
  g_ptr_array_add (test_case->more, another);
}

static void
flush (gpointer data)
{
  be_network_thread_flush (((Case *) data)->network);
}

/* A dialog that waits for its answer does this. */
static void
run_main_context (gpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void (*const acts[]) (gpointer data) = {
  stop_subject,
  stop_subject_twice,
  let_go_of_subject,
  stop_and_let_go_of_both,
  let_go_of_other,
  start_again,
  send_and_close,
  send_and_reset,
  stop_listening,
  make_another,
  flush,
  run_main_context,
};

/* Kinds of subjects. */

static void
make_server (Case       *test_case,
             BeProtocol  protocol,
             const char *host)
{
  test_case->subject = be_test_server_new (test_case->network, protocol, host, 0);
}

static void
make_tcp_server (Case *test_case)
{
  make_server (test_case, BE_PROTOCOL_TCP, "127.0.0.1");
}

static void
make_udp_server (Case *test_case)
{
  make_server (test_case, BE_PROTOCOL_UDP, "127.0.0.1");
}

static void
make_unix_server (Case *test_case)
{
  make_server (test_case, BE_PROTOCOL_UNIX, test_case->path);
}

static void
make_server_elsewhere (Case *test_case)
{
  make_server (test_case, BE_PROTOCOL_TCP, "192.0.2.1");
}

static void
make_server_by_name (Case *test_case)
{
  make_server (test_case, BE_PROTOCOL_UDP, "localhost");
}

static void
make_client (Case      *test_case,
             BeProtocol protocol)
{
  BeAddress local;

  test_case->other = be_test_server_new (test_case->network, protocol, "127.0.0.1", 0);
  be_session_start (test_case->other);
  be_stress_take_events (test_case->network);
  local = be_test_session_get_local (test_case->other);
  test_case->subject = be_test_client_new (test_case->network, protocol, "127.0.0.1", local.port);
}

static void
make_tcp_client (Case *test_case)
{
  make_client (test_case, BE_PROTOCOL_TCP);
}

static void
make_udp_client (Case *test_case)
{
  make_client (test_case, BE_PROTOCOL_UDP);
}

static void
make_refused_client (Case *test_case)
{
  BeAddress address;

  test_case->nobody = be_test_nobody_listens (&address);
  test_case->subject =
    be_test_client_new (test_case->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
}

static void
make_client_without_server (Case *test_case)
{
  test_case->subject = be_test_client_new (test_case->network, BE_PROTOCOL_UNIX, test_case->path, 0);
}

/* It stays where it starts until it is stopped. */
static void
make_unanswered_client (Case *test_case)
{
  BeAddress address;

  test_case->busy = be_test_peer_listen_too_busy (&address);
  test_case->subject =
    be_test_client_new (test_case->network, BE_PROTOCOL_TCP, "127.0.0.1", address.port);
}

/* Running a case. */

static void
finalized_cb (gpointer data,
              GObject *where_it_was)
{
  ((Case *) data)->n_alive--;
}

static void
state_changed_cb (BeSession  *session,
                  GParamSpec *pspec,
                  Case       *test_case)
{
  if (be_session_get_state (session) != test_case->at)
    return;

  /* At most once: every state is reached at most once. */
  g_assert_cmpuint (++test_case->n_acts, ==, 1);
  test_case->act (test_case);
}

static gboolean
has_ended (Case *test_case)
{
  return test_case->subject == NULL ||
         (be_session_get_state (test_case->subject) != BE_SESSION_NEW &&
          !be_session_is_active (test_case->subject));
}

static void
live_and_end (Case *test_case)
{
  be_session_start (test_case->subject);

  /* A name takes as long as it takes. */
  be_test_wait_until ((be_stress_take_events (test_case->network),
                       test_case->subject == NULL || test_case->busy != NULL ||
                         be_session_get_state (test_case->subject) != BE_SESSION_STARTING));
  for (guint i = 0; i < TURNS && test_case->subject != NULL; i++)
    {
      be_test_session_send (test_case->subject, BE_PEER_EVERYONE, "still here?");
      be_stress_take_events (test_case->network);
    }
  if (test_case->subject != NULL)
    be_session_half_close (test_case->subject, BE_PEER_EVERYONE);
  be_stress_take_events (test_case->network);
  if (test_case->subject != NULL)
    be_session_stop (test_case->subject);
  be_test_wait_until ((be_stress_take_events (test_case->network), has_ended (test_case)));
}

/* Returns whether the state was reached. */
static gboolean
run_case (void (*make) (Case *test_case),
          const char    *path,
          BeSessionState at,
          void (*act) (gpointer data))
{
  Case test_case = { .path = (char *) path, .at = at, .act = act };

  test_case.network = be_network_thread_new ();
  test_case.log = be_test_recorder_new (test_case.network);
  test_case.more = g_ptr_array_new_with_free_func (g_object_unref);
  make (&test_case);
  g_object_weak_ref (G_OBJECT (test_case.subject), finalized_cb, &test_case);
  test_case.n_alive = 1;
  g_signal_connect (test_case.subject, "notify::state", G_CALLBACK (state_changed_cb), &test_case);

  live_and_end (&test_case);

  g_clear_object (&test_case.subject);
  g_clear_object (&test_case.other);
  g_assert_cmpuint (test_case.n_alive, ==, 0);
  g_clear_pointer (&test_case.more, g_ptr_array_unref);
  g_clear_pointer (&test_case.busy, g_ptr_array_unref);
  g_clear_object (&test_case.nobody);
  be_test_wait_until ((be_stress_take_events (test_case.network),
                       be_test_log_is_closed (test_case.log)));
  be_test_log_check (test_case.log);
  g_clear_pointer (&test_case.log, be_test_recorder_free);
  g_assert_finalize_object (g_steal_pointer (&test_case.network));

  return test_case.n_acts > 0;
}

typedef struct
{
  const char *name;
  void (*make) (Case *test_case);
  guint n_states; /* that it can reach, each of which must have been */
} Kind;

static const Kind kinds[] = {
  { "tcp-server", make_tcp_server, 3 }, /* starting, running, ended */
  { "udp-server", make_udp_server, 3 },
  { "unix-server", make_unix_server, 3 },
  { "server-elsewhere", make_server_elsewhere, 2 }, /* starting, failed */
  { "server-by-name", make_server_by_name, 3 },
  { "tcp-client", make_tcp_client, 4 }, /* starting, running, ending, ended */
  { "udp-client", make_udp_client, 3 },
  { "refused-client", make_refused_client, 2 },
  { "unanswered-client", make_unanswered_client, 2 }, /* starting, ended */
  { "client-without-server", make_client_without_server, 2 },
};

static void
test_allows_anything_inside (gconstpointer data)
{
  const Kind      *kind = data;
  g_autofree char *folder = g_dir_make_tmp ("be-lifecycle-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  BeStressBounds   bounds;

  be_stress_begin (&bounds);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      guint n_states = 0;

      for (BeSessionState at = BE_SESSION_STARTING; at <= BE_SESSION_FAILED; at++)
        n_states += run_case (kind->make, path, at, acts[i]) ? 1 : 0;
      g_assert_cmpuint (n_states, ==, kind->n_states);
    }
  be_stress_assert_within (&bounds, 5, 16);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Everything once more in one program that runs for long: nothing grows. */

static void
stop_when_running_cb (BeSession  *session,
                      GParamSpec *pspec,
                      gpointer    data)
{
  if (be_session_get_state (session) == BE_SESSION_RUNNING)
    be_session_stop (session);
}

static void
start_and_stop (BeNetworkThread *network,
                BeSession       *session)
{
  g_signal_connect (session, "notify::state", G_CALLBACK (stop_when_running_cb), NULL);
  be_session_start (session);
  be_test_wait_until ((be_stress_take_events (network),
                       be_session_get_state (session) == BE_SESSION_ENDED));
  g_assert_finalize_object (session);
}

static void
start_and_stop_all (BeNetworkThread *network)
{
  const BeProtocol protocols[] = { BE_PROTOCOL_TCP, BE_PROTOCOL_UDP };

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      BeSession *server = be_test_server_new (network, protocols[i], "127.0.0.1", 0);

      be_session_start (server);
      be_test_wait_until ((be_stress_take_events (network),
                           be_session_get_state (server) == BE_SESSION_RUNNING));
      start_and_stop (network, be_test_client_new_for (server));
      start_and_stop (network, be_test_server_new (network, protocols[i], "127.0.0.1", 0));
      be_session_stop (server);
      be_session_stop (server);
      be_test_wait_until ((be_stress_take_events (network),
                           be_session_get_state (server) == BE_SESSION_ENDED));
      g_assert_finalize_object (server);
    }
}

static void
test_leaves_nothing_after_a_thousand_runs (void)
{
  guint            n_runs = be_stress_scale (N_RUNS);
  BeStressBounds   bounds;
  BeNetworkThread *network;

  be_stress_begin (&bounds);
  network = be_network_thread_new ();
  for (guint i = 0; i < n_runs; i++)
    start_and_stop_all (network);
  g_assert_finalize_object (network);

  be_stress_assert_within (&bounds, 10, 4);
  be_stress_assert_nothing_left (&bounds);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  /* First, before names are looked up: that leaves threads to GLib. */
  g_test_add_func ("/stress/lifecycle-callbacks/leaves-nothing-after-a-thousand-runs",
                   test_leaves_nothing_after_a_thousand_runs);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/stress/lifecycle-callbacks/allows-anything-inside/%s", kinds[i].name);

      g_test_add_data_func (path, &kinds[i], test_allows_anything_inside);
    }

  return g_test_run ();
}
