/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole life of a connection in the window, confirmed by ss(8), which
 * somebody else wrote. The other end is a program of the test, which closes
 * when the test says so. FIN_WAIT_1 and LAST_ACK are over before anybody can
 * ask, but where the FIN of the server is lost: see without-fin. */

#include "be-accept-queue.h"
#include "be-app-test-program.h"
#include "be-app-test.h"
#include "be-endpoint-card.h"
#include "be-event-list.h"
#include "be-cables.h"
#include "be-socket-pane.h"
#include "be-socket-words.h"
#include "be-stage-reading.h"
#include "be-state-strip.h"
#include "be-test-hold.h"
#include "be-test-system.h"

/* The window begins seconds that ss has not ended. */
#define ROUNDED_SECONDS 1

/* Set by without-fin. */
#define PORT_WITHOUT_FIN "BE_TEST_PORT_WITHOUT_FIN"

static const BeStateLine *
newest_line (BeAppTest *test)
{
  static const BeStateLine none = { .connection = BE_EVENT_NO_CONNECTION };
  GtkWidget               *strip = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_STATE_STRIP, 0);
  guint                    n_lines;
  const BeStateLine       *lines = be_state_strip_get_lines (BE_STATE_STRIP (strip), &n_lines);

  return n_lines > 0 && gtk_widget_get_visible (strip) ? &lines[n_lines - 1] : &none;
}

/* Whatever is shown. */
static BeSystemState
newest_state (BeAppTest *test)
{
  BeStateWatch *states = be_stage_get_states (test->stage);
  guint         n_connections = be_state_watch_get_n_connections (states);

  return n_connections > 0 ? be_state_watch_get_connection (states, n_connections - 1)->ends[BE_SIDE_CLIENT].state
                           : BE_SYSTEM_STATE_UNKNOWN;
}

static gboolean
strip_says (BeAppTest  *test,
            BeSide      side,
            const char *state)
{
  const char *said = newest_line (test)->ends[side].state;

  return said != NULL && g_str_has_prefix (said, state);
}

static BeSocketSummary *
get_socket (BeAppTest *test,
            BeSide     side)
{
  GtkWidget  *pane = be_app_test_find_type (be_app_test_card (test, side), BE_TYPE_SOCKET_PANE, 0);
  GListModel *sockets = be_socket_pane_get_sockets (BE_SOCKET_PANE (pane));
  g_autoptr (BeSocketSummary) socket = g_list_model_get_item (sockets, 0);

  return socket; /* the list holds it */
}

static gboolean
card_says (BeAppTest  *test,
           BeSide      side,
           const char *state)
{
  BeSocketSummary *socket = get_socket (test, side);
  g_autofree char *words = socket != NULL ? be_socket_words_dup_state (socket) : NULL;

  return words != NULL && g_str_has_prefix (words, state);
}

static void
connect_window_to (BeAppTest *test,
                   guint16    port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);

  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT)), text);
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.start", NULL);
}

static char *
dup_client_address (BeAppTest *test)
{
  BeStateWatch            *states = be_stage_get_states (test->stage);
  const BeStateConnection *connection =
    be_state_watch_get_connection (states, be_state_watch_get_n_connections (states) - 1);

  return be_address_to_string (&connection->addresses[BE_SIDE_CLIENT]);
}

static guint
get_window_seconds (BeAppTest *test)
{
  const char *state = newest_line (test)->ends[BE_SIDE_CLIENT].state;
  guint       seconds = 0;

  return state != NULL && sscanf (state, "TIME_WAIT %u s", &seconds) == 1 ? seconds : 0;
}

/* The window counts down between two answers of ss, whatever time passes. */
static void
check_countdown (BeAppTest  *test,
                 const char *client,
                 const char *server)
{
  guint seconds = get_window_seconds (test);
  guint ss_before = be_app_ss_get_seconds (client, server);
  guint ss_after;

  g_assert_cmpuint (seconds, >, 30);
  g_assert_cmpuint (seconds, <=, 60);

  be_test_wait_until (get_window_seconds (test) < seconds);
  seconds = get_window_seconds (test);
  ss_after = be_app_ss_get_seconds (client, server);
  g_assert_cmpuint (seconds, <=, ss_before + ROUNDED_SECONDS);
  g_assert_cmpuint (seconds + ROUNDED_SECONDS, >=, ss_after);

  be_test_wait_until (get_window_seconds (test) < seconds);
}

static void
test_ss_confirms_the_life_of_a_client (BeAppTest    *test,
                                       gconstpointer data)
{
  BeAppProgram     program = { 0 };
  g_autofree char *server = NULL;
  g_autofree char *client = NULL;
  g_autofree char *line = NULL;

  if (be_app_ss_is_missing ())
    return;

  /* Nobody answers while the accept queue is full. */
  be_app_program_listen (&program);
  server = g_strdup_printf ("127.0.0.1:%u", program.port);
  be_app_program_call (&program, 0, program.port);
  be_test_system_wait_for_queue (program.port, 1);
  connect_window_to (test, program.port);
  be_test_wait_until (strip_says (test, BE_SIDE_CLIENT, "SYN_SENT"));
  g_assert_cmpuint (newest_line (test)->connection, ==, BE_EVENT_NO_CONNECTION);
  g_assert_cmpuint (newest_line (test)->port, !=, 0);
  client = dup_client_address (test);
  be_app_ss_assert_says (client, server, "SYN_SENT");
  line = g_strdup_printf ("SYN_SENT: port %s", strrchr (client, ':') + 1);
  be_test_wait_until (be_app_test_find_label (be_app_test_card (test, BE_SIDE_CLIENT), line) != NULL);

  /* The SYN is sent again after a second. */
  be_app_program_accept (&program, 0);
  be_test_wait_until (card_says (test, BE_SIDE_CLIENT, "ESTABLISHED"));
  be_test_wait_until (newest_line (test)->ends[BE_SIDE_CLIENT].state == NULL);
  be_test_wait_until (be_app_test_find_label (be_app_test_card (test, BE_SIDE_CLIENT), line) == NULL);
  be_app_ss_assert_says (client, server, "ESTABLISHED");
  be_app_ss_assert_says (server, client, "ESTABLISHED");
  be_app_program_accept (&program, 1);

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.half-close-all", NULL);
  be_test_wait_until (strip_says (test, BE_SIDE_CLIENT, "FIN_WAIT_"));
  be_test_wait_until (strip_says (test, BE_SIDE_CLIENT, "FIN_WAIT_2"));
  be_test_wait_until (card_says (test, BE_SIDE_CLIENT, "FIN_WAIT_2"));
  be_test_wait_until (strip_says (test, BE_SIDE_SERVER, "CLOSE_WAIT"));
  g_assert_true (newest_line (test)->ends[BE_SIDE_SERVER].is_stranger);
  g_assert_false (newest_line (test)->ends[BE_SIDE_CLIENT].is_stranger);
  be_app_ss_assert_says (client, server, "FIN_WAIT_2");
  be_app_ss_assert_says (server, client, "CLOSE_WAIT");

  g_clear_object (&program.accepted[1]);
  be_test_wait_until (get_window_seconds (test) > 0);
  be_test_wait_until (card_says (test, BE_SIDE_CLIENT, "TIME_WAIT"));
  be_test_wait_until (!be_socket_summary_is_open (get_socket (test, BE_SIDE_CLIENT)));
  be_test_wait_until (strip_says (test, BE_SIDE_SERVER, "closed"));
  be_app_ss_assert_says (client, server, "TIME_WAIT");
  be_app_ss_assert_says (server, client, "gone");
  check_countdown (test, client, server);
  be_app_program_clear (&program);
}

static void
test_ss_confirms_both_ends_of_ours (BeAppTest    *test,
                                    gconstpointer data)
{
  g_autofree char *server = NULL;
  g_autofree char *client = NULL;
  BeAddress        local;

  if (be_app_ss_is_missing ())
    return;

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));
  server = be_address_to_string (&local);
  be_app_ss_assert_says (server, "0.0.0.0:*", "LISTEN");

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.start", NULL);
  be_test_wait_until (card_says (test, BE_SIDE_CLIENT, "ESTABLISHED") && card_says (test, BE_SIDE_SERVER, "ESTABLISHED"));
  client = be_address_to_string (be_socket_summary_get_local (get_socket (test, BE_SIDE_CLIENT)));
  be_app_ss_assert_says (client, server, "ESTABLISHED");
  be_app_ss_assert_says (server, client, "ESTABLISHED");
  be_test_wait_until (be_state_watch_is_resting (be_stage_get_states (test->stage)));
  be_test_wait_until (newest_line (test)->ends[BE_SIDE_CLIENT].state == NULL);

  /* Who closes first keeps the addresses, though its socket is gone. */
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.stop", NULL);
  be_test_wait_until (card_says (test, BE_SIDE_CLIENT, "TIME_WAIT") && card_says (test, BE_SIDE_SERVER, "closed"));
  be_test_wait_until (strip_says (test, BE_SIDE_CLIENT, "TIME_WAIT") && strip_says (test, BE_SIDE_SERVER, "closed"));
  g_assert_false (newest_line (test)->ends[BE_SIDE_SERVER].is_stranger);
  g_assert_false (newest_line (test)->ends[BE_SIDE_CLIENT].is_stranger);
  be_app_ss_assert_says (client, server, "TIME_WAIT");
  be_app_ss_assert_says (server, client, "gone");
}

static gboolean
queue_says (BeAppTest  *test,
            const char *words)
{
  GtkWidget *queue = be_app_test_find_type (be_app_test_card (test, BE_SIDE_SERVER), BE_TYPE_ACCEPT_QUEUE, 0);

  return gtk_widget_get_visible (queue) &&
         g_strcmp0 (be_accept_queue_get_words (BE_ACCEPT_QUEUE (queue)), words) == 0;
}

static void
test_ss_confirms_the_accept_queue (BeAppTest    *test,
                                   gconstpointer data)
{
  BeAppProgram     program = { 0 };
  BeTestHold       hold;
  BeSession       *session;
  BeAddress        local;
  g_autofree char *server = NULL;
  g_autofree char *line = NULL;
  GtkWidget       *queue = be_app_test_find_type (be_app_test_card (test, BE_SIDE_SERVER), BE_TYPE_ACCEPT_QUEUE, 0);

  if (be_app_ss_is_missing ())
    return;

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  session = be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER);
  g_assert_true (be_session_get_local (session, &local));
  server = be_address_to_string (&local);
  g_assert_false (gtk_widget_get_visible (queue));

  be_test_hold_begin (&hold, be_session_get_network (session));
  be_state_watch_set_is_holding (be_stage_get_states (test->stage), BE_STATE_HOLD_CALLS, TRUE);
  be_app_program_call (&program, 0, local.port);
  be_test_wait_until (queue_says (test, "1 of 5 waiting"));
  be_app_program_call (&program, 1, local.port);
  be_test_wait_until (queue_says (test, "2 of 5 waiting"));
  line = be_app_ss_dup_line (server, "0.0.0.0:*");
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "LISTEN 2 5 "));

  for (guint i = 2; i < BE_APP_PROGRAM_MAX_CALLERS; i++)
    be_app_program_call (&program, i, local.port);
  be_test_wait_until (queue_says (test, "6 waiting: Linux lets one more in than listen(5)"));

  be_test_hold_end (&hold);
  be_state_watch_set_is_holding (be_stage_get_states (test->stage), BE_STATE_HOLD_CALLS, FALSE);
  be_test_wait_until (queue_says (test, "0 of 5 waiting"));
  be_test_wait_until (!gtk_widget_get_visible (queue));
  be_app_program_clear (&program);
}

/* No call of the window tells of a FIN that nobody has read. */
static void
test_a_fin_that_nobody_reads_shows (BeAppTest    *test,
                                    gconstpointer data)
{
  const BeReadingChoice on_request = { BE_READING_ON_REQUEST, 1000, 0 };
  BeAppProgram          program = { 0 };
  BeAddress             local;
  g_autoptr (GError) error = NULL;

  be_stage_set_reading (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER, &on_request);
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));
  be_app_program_call (&program, 0, local.port);
  be_test_wait_until (card_says (test, BE_SIDE_SERVER, "ESTABLISHED"));

  g_assert_cmpint (g_socket_send (program.callers[0], "hello baby", 10, NULL, &error), ==, 10);
  g_assert_no_error (error);
  g_clear_object (&program.callers[0]);
  be_test_wait_until (card_says (test, BE_SIDE_SERVER, "CLOSE_WAIT") && strip_says (test, BE_SIDE_SERVER, "CLOSE_WAIT"));
  be_app_program_clear (&program);
}

/* UDP has no such states: there the connections of TCP go on unseen. */
static void
test_the_strip_is_that_of_tcp (BeAppTest    *test,
                               gconstpointer data)
{
  GtkWidget   *strip = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_STATE_STRIP, 0);
  BeAppProgram program = { 0 };

  be_app_program_listen (&program);
  connect_window_to (test, program.port);
  be_test_wait_until (card_says (test, BE_SIDE_CLIENT, "ESTABLISHED"));
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.half-close-all", NULL);
  be_test_wait_until (strip_says (test, BE_SIDE_CLIENT, "FIN_WAIT_2"));

  g_object_set (test->window, "protocol", "udp", NULL);
  g_assert_false (gtk_widget_get_visible (strip));
  be_app_program_accept (&program, 0);
  g_clear_object (&program.accepted[0]);
  be_test_wait_until (newest_state (test) == BE_SYSTEM_STATE_TIME_WAIT);
  g_assert_false (gtk_widget_get_visible (strip));

  g_object_set (test->window, "protocol", "tcp", NULL);
  be_test_wait_until (strip_says (test, BE_SIDE_CLIENT, "TIME_WAIT"));
  be_app_program_clear (&program);
}

static guint
count_lines (BeAppTest *test,
             guint     *n_more)
{
  BeStateLine lines[BE_STATE_LINES_MAX] = { 0 };
  guint       n_lines = be_state_lines_collect (be_stage_get_states (test->stage), g_get_monotonic_time (), lines, n_more);

  for (guint i = 0; i < n_lines; i++)
    be_state_line_clear (&lines[i]);

  return n_lines;
}

static void
test_the_strip_takes_little_room_and_none_at_rest (BeAppTest    *test,
                                                   gconstpointer data)
{
  GtkWidget *strip = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_STATE_STRIP, 0);
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);
  guint      n_more = 0;
  int        height;

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  for (guint i = 0; i < 5; i++)
    gtk_widget_activate_action (client, i == 0 ? "endpoint.start" : "endpoint.another", NULL);
  be_test_wait_until (be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)) == 5);
  be_test_wait_until (count_lines (test, &n_more) == 0);
  be_test_wait_until (!gtk_widget_get_visible (strip));

  gtk_widget_activate_action (client, "endpoint.stop", NULL);
  be_test_wait_until (count_lines (test, &n_more) == BE_STATE_LINES_MAX && n_more == 2);
  be_test_wait_until (gtk_widget_get_visible (strip) && gtk_widget_get_height (strip) > 0);
  gtk_widget_measure (strip, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, <, 160);
}

static void
test_what_the_calls_imply_is_marked_so (BeAppTest    *test,
                                        gconstpointer data)
{
  BeAppProgram program = { 0 };

  be_state_watch_set_asks_system (be_stage_get_states (test->stage), FALSE);
  be_app_program_listen (&program);
  connect_window_to (test, program.port);
  be_test_wait_until (card_says (test, BE_SIDE_CLIENT, "ESTABLISHED"));
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.half-close-all", NULL);
  be_test_wait_until (strip_says (test, BE_SIDE_CLIENT, "FIN_WAIT_"));
  g_assert_cmpstr (newest_line (test)->ends[BE_SIDE_CLIENT].words, ==, "implied by the calls");
  g_assert_null (newest_line (test)->ends[BE_SIDE_SERVER].state);
  be_app_program_clear (&program);
}

static void
test_the_selected_row_marks_both_cards (BeAppTest    *test,
                                        gconstpointer data)
{
  GtkWidget *list = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_EVENT_LIST, 0);
  GtkWidget *cables = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_CABLES, 0);
  BeJournal *journal = be_stage_get_journal (test->stage);
  guint      last;

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.start", NULL);
  be_test_wait_until (get_socket (test, BE_SIDE_SERVER) != NULL && get_socket (test, BE_SIDE_CLIENT) != NULL);
  g_assert_cmpuint (be_cables_get_marked (BE_CABLES (cables)), ==, BE_EVENT_NO_CONNECTION);

  last = g_list_model_get_n_items (G_LIST_MODEL (journal)) - 1;
  be_event_list_select (BE_EVENT_LIST (list), last);
  g_assert_cmpuint (be_cables_get_marked (BE_CABLES (cables)), ==,
                    be_socket_summary_get_connection (get_socket (test, BE_SIDE_SERVER)));

  /* A listener belongs to no connection. */
  be_event_list_select (BE_EVENT_LIST (list), 0);
  g_assert_cmpuint (be_cables_get_marked (BE_CABLES (cables)), ==, BE_EVENT_NO_CONNECTION);
  be_event_list_select (BE_EVENT_LIST (list), GTK_INVALID_LIST_POSITION);
}

/* Until they give up, many seconds later, both wait for what is lost. */
static void
test_ss_confirms_who_waits_for_the_last_ack (BeAppTest    *test,
                                             gconstpointer data)
{
  const char      *port = g_getenv (PORT_WITHOUT_FIN);
  g_autofree char *server = g_strdup_printf ("127.0.0.1:%s", port);
  g_autofree char *client = NULL;

  if (be_app_ss_is_missing ())
    return;

  for (guint side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, (BeSide) side)), port);
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.start", NULL);
  be_test_wait_until (card_says (test, BE_SIDE_CLIENT, "ESTABLISHED") && card_says (test, BE_SIDE_SERVER, "ESTABLISHED"));
  client = be_address_to_string (be_socket_summary_get_local (get_socket (test, BE_SIDE_CLIENT)));

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.stop", NULL);
  be_test_wait_until (card_says (test, BE_SIDE_CLIENT, "FIN_WAIT_1") && card_says (test, BE_SIDE_SERVER, "LAST_ACK"));
  be_test_wait_until (strip_says (test, BE_SIDE_CLIENT, "FIN_WAIT_1") && strip_says (test, BE_SIDE_SERVER, "LAST_ACK"));
  be_app_ss_assert_says (client, server, "FIN_WAIT_1");
  be_app_ss_assert_says (server, client, "LAST_ACK");
}

static void
add_tests (void)
{
  if (g_getenv (PORT_WITHOUT_FIN) != NULL)
    {
      be_app_test_add ("/states/ss-confirms-who-waits-for-the-last-ack", test_ss_confirms_who_waits_for_the_last_ack);
      return;
    }

  be_app_test_add ("/states/ss-confirms-the-life-of-a-client", test_ss_confirms_the_life_of_a_client);
  be_app_test_add ("/states/ss-confirms-both-ends-of-ours", test_ss_confirms_both_ends_of_ours);
  be_app_test_add ("/states/ss-confirms-the-accept-queue", test_ss_confirms_the_accept_queue);
  be_app_test_add ("/states/a-fin-that-nobody-reads-shows", test_a_fin_that_nobody_reads_shows);
  be_app_test_add ("/states/the-strip-is-that-of-tcp", test_the_strip_is_that_of_tcp);
  be_app_test_add ("/states/the-strip-takes-little-room-and-none-at-rest", test_the_strip_takes_little_room_and_none_at_rest);
  be_app_test_add ("/states/what-the-calls-imply-is-marked-so", test_what_the_calls_imply_is_marked_so);
  be_app_test_add ("/states/the-selected-row-marks-both-cards", test_the_selected_row_marks_both_cards);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
