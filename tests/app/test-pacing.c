/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Step by step: the demonstrations, by the actions of the buttons. */

#include "be-app-test-pending.h"
#include "be-endpoint-card.h"
#include "be-endpoint-options.h"
#include "be-play-bar.h"
#include "be-reader-options.h"
#include "be-socket-row.h"
#include "be-test-system.h"

#include <string.h>

/* Of the choice when to read. */
#define WHEN_AT_ONCE_SIZED 1
#define WHEN_ON_REQUEST 2

static void
listen_step_by_step (BeAppTest *test)
{
  be_app_test_act (test, "win.toggle-server");
  be_app_test_press_next_before (test, BE_SIDE_SERVER, BE_CALL_SOCKET);
  be_app_test_press_next_before (test, BE_SIDE_SERVER, BE_CALL_BIND);
  be_app_test_press_next_before (test, BE_SIDE_SERVER, BE_CALL_LISTEN);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
}

static guint
count_events (BeAppTest *test,
              BeSide     side,
              BeCall     call,
              gint32     result)
{
  BeJournal *journal = be_stage_get_journal (test->stage);
  guint      n_events = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (journal)); i++)
    {
      const BeEventRecord *record = be_journal_get_record (journal, i);

      n_events += record->side == side && record->call == call && record->result == result ? 1 : 0;
    }

  return n_events;
}

static guint
count_established (BeAppTest *test)
{
  GListModel *clients = G_LIST_MODEL (be_stage_get_sockets (test->stage, BE_SIDE_CLIENT));
  guint       n_established = 0;

  for (guint i = 0; i < g_list_model_get_n_items (clients); i++)
    {
      g_autoptr (BeSocketSummary) client = g_list_model_get_item (clients, i);

      n_established += be_socket_summary_get_state (client) == BE_SYSTEM_STATE_ESTABLISHED ? 1 : 0;
    }

  return n_established;
}

static guint16
get_server_port (BeAppTest *test)
{
  BeAddress local = { 0 };

  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));

  return local.port;
}

/* What is shown is made when it is shown first. */
static GtkWidget *
show_options (GtkWidget *root,
              guint      number)
{
  GtkWidget *options = be_app_test_find_type (root, BE_TYPE_ENDPOINT_OPTIONS, number);

  gtk_popover_popup (GTK_POPOVER (options));
  gtk_popover_popdown (GTK_POPOVER (options));

  return options;
}

static GtkWidget *
find_reader (GtkWidget *window,
             BeSide     side)
{
  return be_app_test_find_type (show_options (window, side), BE_TYPE_READER_OPTIONS, 0);
}

static void
test_a_full_accept_queue_leaves_clients_in_syn_sent (BeAppTest    *test,
                                                     gconstpointer data)
{
  GtkWidget *backlog = be_app_test_find_type (show_options (be_app_test_card (test, BE_SIDE_SERVER), 0), GTK_TYPE_SPIN_BUTTON, 0);
  guint16    port;

  if (!be_test_system_tells ())
    {
      g_test_skip ("how full a queue is the system tells only on Linux");
      return;
    }

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (backlog), 2);
  be_app_test_hold (test, "server");
  listen_step_by_step (test);
  port = get_server_port (test);

  /* A queue of two takes three: the system counts so. */
  for (guint i = 0; i < 5; i++)
    {
      be_app_test_act (test, i == 0 ? "win.toggle-client" : "win.another-client");
      if (i < 3)
        be_test_system_wait_for_queue (port, i + 1);
    }
  be_test_wait_until (count_established (test) == 3 &&
                      be_test_system_count_to (port, BE_TEST_SYSTEM_SYN_SENT) == 2);
  g_assert_cmpuint (be_app_test_wait_for_pending (test, BE_SIDE_CLIENT, BE_CALL_CONNECT, BE_PENDING_WAITING)->local.port, !=, 0);
  g_assert_cmpuint (count_events (test, BE_SIDE_CLIENT, BE_CALL_CONNECT, 0), ==, 3);

  /* Who gets in now does so when it asks again, a second or three later; when
   * both ask at once the system may answer both. */
  be_app_test_press_next_before (test, BE_SIDE_SERVER, BE_CALL_ACCEPT);
  be_test_wait_until (count_established (test) > 3);
  g_assert_cmpuint (be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)), ==, 1);
}

static void
test_three_sends_are_one_recv (BeAppTest    *test,
                               gconstpointer data)
{
  be_app_test_hold (test, "server");
  listen_step_by_step (test);
  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_app_test_let_go (test, BE_SIDE_SERVER, BE_CALL_ACCEPT);

  be_app_test_write (test, BE_SIDE_CLIENT, "one");
  be_app_test_write (test, BE_SIDE_CLIENT, "two");
  be_app_test_write (test, BE_SIDE_CLIENT, "three");
  be_test_wait_until (count_events (test, BE_SIDE_CLIENT, BE_CALL_SEND, 5) == 1);
  be_test_system_wait_for_unread (get_server_port (test), strlen ("onetwothree"));

  g_assert_cmpuint (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 3), ==, 0);
  be_app_test_let_go (test, BE_SIDE_SERVER, BE_CALL_RECV);
  be_test_wait_until (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 11) == 1);

  /* The answer is one call too, and not made yet. */
  be_app_test_wait_for_held (test, BE_SIDE_SERVER, BE_CALL_SEND);
  g_assert_cmpuint (count_events (test, BE_SIDE_SERVER, BE_CALL_SEND, 11), ==, 0);
  be_app_test_let_go (test, BE_SIDE_SERVER, BE_CALL_SEND);
  be_test_wait_until (count_events (test, BE_SIDE_CLIENT, BE_CALL_RECV, 11) == 1);
}

static void
test_a_side_that_does_not_close_stays_in_close_wait (BeAppTest    *test,
                                                     gconstpointer data)
{
  guint16 port;

  be_app_test_hold (test, "server");
  listen_step_by_step (test);
  port = get_server_port (test);
  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_app_test_let_go (test, BE_SIDE_SERVER, BE_CALL_ACCEPT);
  be_app_test_wait_for_held (test, BE_SIDE_SERVER, BE_CALL_RECV);

  be_app_test_act (test, "win.toggle-client");
  be_app_test_let_go (test, BE_SIDE_SERVER, BE_CALL_RECV);
  be_test_wait_until (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 0) == 1);
  be_app_test_wait_for_held (test, BE_SIDE_SERVER, BE_CALL_CLOSE);
  g_assert_cmpuint (be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)), ==, 1);
  if (be_test_system_tells ())
    g_assert_cmpuint (be_test_system_count_from (port, BE_TEST_SYSTEM_CLOSE_WAIT), ==, 1);

  be_app_test_let_go (test, BE_SIDE_SERVER, BE_CALL_CLOSE);
  be_test_wait_until (be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)) == 0);
  g_assert_cmpuint (be_test_system_count_from (port, BE_TEST_SYSTEM_CLOSE_WAIT), ==, 0);
}

static void
test_closing_the_bar_lets_everything_go (BeAppTest    *test,
                                         gconstpointer data)
{
  be_app_test_hold (test, "both");
  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_held (test, BE_SIDE_SERVER, BE_CALL_SOCKET);
  g_assert_true (gtk_widget_is_visible (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_PLAY_BAR, 0)));

  be_app_test_act (test, "win.step-by-step");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  be_test_wait_until (be_app_test_count_pending (test) == 0);
  g_assert_false (gtk_widget_is_visible (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_PLAY_BAR, 0)));

  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_app_test_write (test, BE_SIDE_CLIENT, "hello baby");
  be_test_wait_until (count_events (test, BE_SIDE_CLIENT, BE_CALL_RECV, 10) == 1);
  g_assert_cmpuint (be_app_test_count_pending (test), ==, 0);
}

static void
test_run_makes_one_call_after_another (BeAppTest    *test,
                                       gconstpointer data)
{
  be_app_test_hold (test, "both");
  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_held (test, BE_SIDE_SERVER, BE_CALL_SOCKET);

  be_app_test_act (test, "win.step-run");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");

  be_app_test_act (test, "win.step-run");
  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_held (test, BE_SIDE_CLIENT, BE_CALL_SOCKET);
  g_assert_cmpuint (count_events (test, BE_SIDE_CLIENT, BE_CALL_CONNECT, 0), ==, 0);
}

static gboolean
ghost_says (BeAppTest  *test,
            guint       number,
            const char *words)
{
  GtkWidget       *row = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_PENDING_ROW, number);
  g_autofree char *difference = NULL;

  if (row == NULL)
    return FALSE;

  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words);

  return difference == NULL;
}

static void
test_a_ghost_says_what_it_will_do (BeAppTest    *test,
                                   gconstpointer data)
{
  GtkWidget *row = NULL;

  be_app_test_hold (test, "server");
  listen_step_by_step (test);
  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");

  /* Who is in the queue is asked of the system, and known a little later. */
  be_test_wait_until (ghost_says (test, 0,
                                  "Server: about to call accept(), which takes A from the accept queue, "
                                  "unless another program's client came before it"));
  be_test_wait_until (ghost_says (test, 1, "Client, connection A: in recv(1024), which waits until something arrives"));
  be_test_wait_until (be_app_test_find_label (GTK_WIDGET (test->window),
                                              "Paused before accept() on the server, which takes A from the accept queue, "
                                              "unless another program's client came before it") != NULL);

  row = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_PENDING_ROW, 0);
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_BUTTON);
  g_assert_true (gtk_widget_grab_focus (row));
}

/* The sockets are O_NONBLOCK, and yet it says that it waits in a call. */
static gboolean
waiting_row_explains_itself (BeAppTest *test)
{
  BePendingRow *row = be_app_test_find_pending (test, BE_SIDE_SERVER, BE_CALL_ACCEPT, BE_PENDING_WAITING);
  const char   *tooltip = row != NULL ? gtk_widget_get_tooltip_text (GTK_WIDGET (row)) : NULL;

  return tooltip != NULL && strstr (tooltip, "O_NONBLOCK") != NULL;
}

static void
test_the_side_that_is_held_is_spoken_of (BeAppTest    *test,
                                         gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);

  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  be_app_test_hold (test, "client");
  be_test_wait_until (be_app_test_find_label (window, "Nothing to do: the client makes its first call when you press Connect") != NULL);
  be_app_test_wait_for_pending (test, BE_SIDE_SERVER, BE_CALL_ACCEPT, BE_PENDING_WAITING);
  be_test_wait_until (waiting_row_explains_itself (test));
  g_assert_nonnull (be_app_test_find_label (window, "Nothing to do: the client makes its first call when you press Connect"));

  g_action_group_activate_action (G_ACTION_GROUP (test->window), "step-sides", g_variant_new_string ("server"));
  be_test_wait_until (be_app_test_find_label (window, "Nothing to do: the server is in accept(), which waits for a client: "
                                                      "nobody is in the accept queue") != NULL);
}

static void
test_only_reading_can_wait_too (BeAppTest    *test,
                                gconstpointer data)
{
  GtkWidget *reader = find_reader (GTK_WIDGET (test->window), BE_SIDE_SERVER);
  GtkWidget *when = be_app_test_find_type (reader, GTK_TYPE_DROP_DOWN, 0);
  GtkWidget *size = be_app_test_find_type (reader, GTK_TYPE_SPIN_BUTTON, 1);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (when), WHEN_ON_REQUEST);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (size), 4);
  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_app_test_write (test, BE_SIDE_CLIENT, "hello baby");

  g_assert_cmpuint (be_app_test_wait_for_held (test, BE_SIDE_SERVER, BE_CALL_RECV)->argument, ==, 4);
  be_app_test_act (test, "win.step-next");
  be_test_wait_until (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 4) == 1);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (when), WHEN_AT_ONCE_SIZED);
  be_test_wait_until (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 2) == 1);
  g_assert_cmpuint (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 4), ==, 2);
}

static void
test_one_socket_can_read_otherwise (BeAppTest    *test,
                                    gconstpointer data)
{
  GListModel *sockets = G_LIST_MODEL (be_stage_get_sockets (test->stage, BE_SIDE_SERVER));
  GtkWidget  *card = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget  *row = NULL;
  GtkWidget  *reader = NULL;
  g_autoptr (BeSocketSummary) socket = NULL;

  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_test_wait_until (be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)) == 1 &&
                      (row = be_app_test_find_type (card, BE_TYPE_SOCKET_ROW, 0)) != NULL);

  socket = g_list_model_get_item (sockets, 0);
  g_assert_true (gtk_widget_activate_action (row, "socket.show-reading", NULL));
  reader = be_app_test_find_type (row, BE_TYPE_READER_OPTIONS, 0);
  g_assert_nonnull (reader);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (be_app_test_find_type (reader, GTK_TYPE_SPIN_BUTTON, 1)), 3);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (be_app_test_find_type (reader, GTK_TYPE_DROP_DOWN, 0)), WHEN_AT_ONCE_SIZED);
  g_assert_cmpuint (be_stage_get_socket_reading (test->stage, socket).recv_size, ==, 3);
  g_assert_cmpuint (be_stage_get_reading (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER).recv_size, ==, 0);

  be_app_test_write (test, BE_SIDE_CLIENT, "abcdef");
  be_test_wait_until (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 3) == 2);
  g_assert_cmpuint (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 6), ==, 0);

  /* Who went step by step in between finds it as it was. */
  be_app_test_act (test, "win.step-by-step");
  be_app_test_act (test, "win.step-by-step");
  g_assert_cmpuint (be_stage_get_socket_reading (test->stage, socket).recv_size, ==, 3);
  be_app_test_write (test, BE_SIDE_CLIENT, "ghijkl");
  be_test_wait_until (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 3) == 4);
  g_assert_cmpuint (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV, 6), ==, 0);
}

static void
test_how_a_side_reads_is_remembered (BeAppTest    *test,
                                     gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.bothends.BothEnds");
  BeReadingChoice choice;

  for (guint round = 0; round < 2; round++)
    {
      GtkWidget *window = be_window_new (GTK_APPLICATION (test->application), settings);
      GtkWidget *reader = find_reader (window, BE_SIDE_CLIENT);

      choice = be_stage_get_reading (be_window_get_stage (BE_WINDOW (window)), BE_PROTOCOL_TCP, BE_SIDE_CLIENT);
      g_assert_cmpint (choice.reading, ==, round == 0 ? BE_READING_AT_ONCE : BE_READING_ON_REQUEST);
      g_assert_cmpuint (choice.recv_size, ==, round == 0 ? 0 : 1024);
      gtk_drop_down_set_selected (GTK_DROP_DOWN (be_app_test_find_type (reader, GTK_TYPE_DROP_DOWN, 0)), WHEN_ON_REQUEST);
      gtk_window_destroy (GTK_WINDOW (window));
    }

  g_settings_reset (settings, "tcp-client-reading");
}

static void
test_what_was_written_by_hand_is_put_right (BeAppTest    *test,
                                            gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.bothends.BothEnds");
  GtkWidget      *window = NULL;
  BeReadingChoice choice;

  g_settings_set (settings, "tcp-client-reading", "(suu)", "timed", 4000000000u, 70000u);
  window = be_window_new (GTK_APPLICATION (test->application), settings);
  choice = be_stage_get_reading (be_window_get_stage (BE_WINDOW (window)), BE_PROTOCOL_TCP, BE_SIDE_CLIENT);

  g_assert_cmpint (choice.reading, ==, BE_READING_TIMED);
  g_assert_cmpuint (choice.interval_ms, ==, 60000);
  g_assert_cmpuint (choice.recv_size, ==, BE_READING_MAX_BYTES);

  gtk_window_destroy (GTK_WINDOW (window));
  g_settings_reset (settings, "tcp-client-reading");
}

static void
add_tests (void)
{
  be_app_test_add ("/pacing/a-full-accept-queue-leaves-clients-in-syn-sent",
                   test_a_full_accept_queue_leaves_clients_in_syn_sent);
  be_app_test_add ("/pacing/three-sends-are-one-recv", test_three_sends_are_one_recv);
  be_app_test_add ("/pacing/a-side-that-does-not-close-stays-in-close-wait",
                   test_a_side_that_does_not_close_stays_in_close_wait);
  be_app_test_add ("/pacing/closing-the-bar-lets-everything-go", test_closing_the_bar_lets_everything_go);
  be_app_test_add ("/pacing/run-makes-one-call-after-another", test_run_makes_one_call_after_another);
  be_app_test_add ("/pacing/a-ghost-says-what-it-will-do", test_a_ghost_says_what_it_will_do);
  be_app_test_add ("/pacing/the-side-that-is-held-is-spoken-of", test_the_side_that_is_held_is_spoken_of);
  be_app_test_add ("/pacing/only-reading-can-wait-too", test_only_reading_can_wait_too);
  be_app_test_add ("/pacing/one-socket-can-read-otherwise", test_one_socket_can_read_otherwise);
  be_app_test_add ("/pacing/how-a-side-reads-is-remembered", test_how_a_side_reads_is_remembered);
  be_app_test_add ("/pacing/what-was-written-by-hand", test_what_was_written_by_hand_is_put_right);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
