/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A server and its client are started, used, stopped and let go of in every
 * order that there is, thousands of times: outside and inside callbacks. */

#include "be-stress.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <glib/gstdio.h>

#define N_COMMANDS 7
#define N_ORDERS 5040 /* 7! */
#define ORDERS_PER_ROUND 120

typedef enum
{
  PACE_AT_ONCE,          /* the network thread sees several commands together */
  PACE_TURN_BY_TURN,     /* each has had its effect before the next */
  PACE_INSIDE_CALLBACKS, /* each is given in the first callback that comes */
} Pace;

typedef struct
{
  BeProtocol protocol;
  Pace       pace;
} Setting;

/* A hundred orders with one network thread. */
typedef struct
{
  Pace             pace;
  BeNetworkThread *network;
  BeTestRecorder  *log;
  BeSession       *pulse; /* each of its datagrams is an event */

  BeSession   *server;
  BeSession   *client;
  guint        n_alive;
  const guint *order;
  guint        n_done;
} Round;

static void
run_command (Round *round,
             guint  command)
{
  switch (command)
    {
    case 0:
      if (round->server != NULL)
        be_session_start (round->server);
      break;
    case 1:
      if (round->client != NULL)
        be_session_start (round->client);
      break;
    case 2:
      if (round->client != NULL)
        be_test_session_send (round->client, BE_PEER_EVERYONE, "hello baby");
      break;
    case 3:
      if (round->server != NULL)
        be_session_stop (round->server);
      break;
    case 4:
      if (round->client != NULL)
        be_session_stop (round->client);
      break;
    case 5:
      g_clear_object (&round->server);
      break;
    default:
      g_clear_object (&round->client);
      break;
    }
}

static void
run_next (Round *round)
{
  if (round->n_done < N_COMMANDS)
    run_command (round, round->order[round->n_done++]);
}

static void
state_changed_cb (BeSession  *session,
                  GParamSpec *pspec,
                  Round      *round)
{
  if (round->pace == PACE_INSIDE_CALLBACKS)
    run_next (round);
}

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           Round              *round)
{
  if (round->pace == PACE_INSIDE_CALLBACKS)
    run_next (round);
}

static void
finalized_cb (gpointer data,
              GObject *where_it_was)
{
  Round *round = data;

  round->n_alive--;
}

static BeSession *
watch_session (Round     *round,
               BeSession *session)
{
  g_object_weak_ref (G_OBJECT (session), finalized_cb, round);
  g_signal_connect (session, "notify::state", G_CALLBACK (state_changed_cb), round);
  round->n_alive++;

  return session;
}

static void
run_order (Round       *round,
           BeProtocol   protocol,
           const char  *host,
           guint16      port,
           const guint *order)
{
  round->server = watch_session (round, be_test_server_new (round->network, protocol, host, port));
  round->client = watch_session (round, be_test_client_new (round->network, protocol, host, port));
  round->order = order;
  round->n_done = 0;

  while (round->n_done < N_COMMANDS)
    {
      if (round->pace == PACE_INSIDE_CALLBACKS)
        be_test_session_send (round->pulse, BE_PEER_EVERYONE, "");
      else
        run_next (round);
      if (round->pace != PACE_AT_ONCE)
        be_stress_take_events (round->network);
    }
  if (round->pace == PACE_AT_ONCE)
    be_network_thread_flush (round->network);

  g_assert_null (round->server);
  g_assert_null (round->client);
  g_assert_cmpuint (round->n_alive, ==, 0);
}

/* The order of a number: the next command is one of those that are left. */
static void
number_to_order (guint  number,
                 guint *order)
{
  guint left[N_COMMANDS] = { 0, 1, 2, 3, 4, 5, 6 };

  for (guint n_left = N_COMMANDS; n_left > 0; n_left--)
    {
      guint choice = number % n_left;

      number /= n_left;
      order[N_COMMANDS - n_left] = left[choice];
      left[choice] = left[n_left - 1];
    }
}

static void
run_round (const Setting *setting,
           const char    *host,
           guint          first,
           guint          step)
{
  g_autoptr (GSocket) peer = NULL;
  Round     round = { .pace = setting->pace };
  BeAddress pulse_address;
  BeAddress free_port = { 0 };

  round.network = be_network_thread_new ();
  round.log = be_test_recorder_new (round.network);
  g_signal_connect (round.network, "events", G_CALLBACK (events_cb), &round);
  peer = be_test_peer_bind_datagram (0, &pulse_address);
  round.n_done = N_COMMANDS;
  round.pulse =
    be_test_client_new (round.network, BE_PROTOCOL_UDP, "127.0.0.1", pulse_address.port);
  be_session_start (round.pulse);

  /* If somebody takes the port meanwhile, one more session fails; that has to
   * end well too. */
  if (setting->protocol != BE_PROTOCOL_UNIX)
    g_object_unref (be_test_peer_bind_datagram (0, &free_port));
  for (guint number = first; number < MIN (first + ORDERS_PER_ROUND, N_ORDERS); number += step)
    {
      guint order[N_COMMANDS];

      number_to_order (number, order);
      run_order (&round, setting->protocol, host, free_port.port, order);
    }

  g_assert_finalize_object (g_steal_pointer (&round.pulse));
  be_test_wait_until ((be_stress_take_events (round.network), be_test_log_is_closed (round.log)));
  be_test_log_check (round.log);
  g_assert_cmpuint (be_test_recorder_count (round.log, NULL, BE_CALL_SOCKET), >, 0);
  g_clear_pointer (&round.log, be_test_recorder_free);
  g_assert_finalize_object (g_steal_pointer (&round.network));
}

static void
test_ends_well_in_every_order (gconstpointer data)
{
  const Setting   *setting = data;
  g_autofree char *folder = g_dir_make_tmp ("be-lifecycle-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  const char      *host = setting->protocol == BE_PROTOCOL_UNIX ? path : "127.0.0.1";
  guint            step = N_ORDERS / be_stress_scale (N_ORDERS);
  BeStressBounds   bounds;

  be_stress_begin (&bounds);
  for (guint first = 0; first < N_ORDERS; first += ORDERS_PER_ROUND)
    run_round (setting, host, first + (guint) g_test_rand_int_range (0, (gint32) step), step);

  /* A round keeps some thousand events for its last look, at 1 KB each with
   * their objects, and no round may leave anything to the next. */
  be_stress_assert_within (&bounds, 20, 16);
  be_stress_assert_nothing_left (&bounds);

  /* Also the path of a socket is given back. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  static const Setting settings[] = {
    { BE_PROTOCOL_TCP, PACE_AT_ONCE },
    { BE_PROTOCOL_TCP, PACE_TURN_BY_TURN },
    { BE_PROTOCOL_TCP, PACE_INSIDE_CALLBACKS },
    { BE_PROTOCOL_UDP, PACE_AT_ONCE },
    { BE_PROTOCOL_UDP, PACE_TURN_BY_TURN },
    { BE_PROTOCOL_UDP, PACE_INSIDE_CALLBACKS },
    { BE_PROTOCOL_UNIX, PACE_AT_ONCE },
    { BE_PROTOCOL_UNIX, PACE_INSIDE_CALLBACKS },
  };
  const char *const protocols[] = { "tcp", "udp", "unix" };
  const char *const paces[] = { "at-once", "turn-by-turn", "inside-callbacks" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/stress/lifecycle-orders/ends-well-in-every-order/%s/%s",
                         protocols[settings[i].protocol], paces[settings[i].pace]);

      g_test_add_data_func (path, &settings[i], test_ends_well_in_every_order);
    }

  return g_test_run ();
}
