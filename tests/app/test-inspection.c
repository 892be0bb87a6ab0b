/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-inspection.h"

#include "be-app-test-rows.h"
#include "be-badge.h"
#include "be-endpoint-card.h"
#include "be-event-page.h"
#include "be-fact-row.h"
#include "be-focus.h"
#include "be-inspector.h"
#include "be-socket-page.h"
#include "be-socket-row.h"
#include "be-stream-page.h"

#define NARROW_WIDTH 400
#define HEIGHT 700
#define MOST_SHEET_WIDTH 300

static BeInspector *
find_inspector (BeAppTest *test)
{
  return BE_INSPECTOR (be_side_sheet_get_sheet (be_app_test_side_sheet (test)));
}

static GtkWidget *
find_page (BeAppTest *test,
           GType      type)
{
  return be_app_test_find_type (GTK_WIDGET (find_inspector (test)), type, 0);
}

static void
activate (BeAppTest  *test,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->window), action, NULL));
}

static const char *
get_value (BeAppTest  *test,
           const char *heading)
{
  GtkWidget *page = find_page (test, BE_TYPE_SOCKET_PAGE);

  for (guint i = 0; page != NULL; i++)
    {
      GtkWidget *row = be_app_test_find_type (page, BE_TYPE_FACT_ROW, i);

      if (row == NULL)
        return NULL;
      if (g_strcmp0 (be_fact_row_get_heading (BE_FACT_ROW (row)), heading) == 0 && gtk_widget_is_visible (row))
        return be_fact_row_get_value (BE_FACT_ROW (row));
    }

  return NULL;
}

static BeFactRow *
find_fact (BeAppTest  *test,
           const char *heading)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *row = be_app_test_find_type (find_page (test, BE_TYPE_SOCKET_PAGE), BE_TYPE_FACT_ROW, i);

      g_assert_nonnull (row);
      if (g_strcmp0 (be_fact_row_get_heading (BE_FACT_ROW (row)), heading) == 0)
        return BE_FACT_ROW (row);
    }
}

static gboolean
says (BeAppTest  *test,
      const char *heading,
      const char *value)
{
  return g_strcmp0 (get_value (test, heading), value) == 0;
}

/* Address and port of this end, as the events have it. */
static char *
dup_local (BeAppTest *test,
           BeSide     side,
           BeCall     call)
{
  const BeEventRecord *record = be_journal_filter_get_record (be_app_test_list (test)->filter, be_app_test_find_row (test, side, call, 0));

  return be_address_to_string (&record->local);
}

static gboolean
is_closed_told (BeAppTest  *test,
                const char *beginning)
{
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = be_app_test_find_type (find_page (test, BE_TYPE_SOCKET_PAGE), GTK_TYPE_LABEL, i);

      if (gtk_widget_is_visible (label) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)), beginning))
        return TRUE;
    }

  return FALSE;
}

static void
show_page (BeAppTest  *test,
           const char *name)
{
  be_inspector_show_page (find_inspector (test), name);
  g_assert_cmpstr (be_inspector_get_page (find_inspector (test)), ==, name);
}

static void
test_a_page_is_made_when_it_is_seen_first (BeAppTest    *test,
                                           gconstpointer data)
{
  activate (test, "win.inspector");
  g_assert_nonnull (find_page (test, BE_TYPE_EVENT_PAGE));
  g_assert_null (find_page (test, BE_TYPE_SOCKET_PAGE));
  g_assert_null (find_page (test, BE_TYPE_STREAM_PAGE));

  show_page (test, "socket");
  g_assert_nonnull (be_app_test_find_label (GTK_WIDGET (find_inspector (test)),
                                            "Choose a socket: its options and numbers are shown here."));
  show_page (test, "messages");
  g_assert_nonnull (be_app_test_find_label (GTK_WIDGET (find_inspector (test)), "No connection selected"));
}

static void
test_the_kind_of_page_stays (BeAppTest    *test,
                             gconstpointer data)
{
  g_autofree char *client = NULL;
  g_autofree char *server = NULL;

  be_app_test_have_a_talk (test);
  client = dup_local (test, BE_SIDE_CLIENT, BE_CALL_CONNECT);
  server = dup_local (test, BE_SIDE_SERVER, BE_CALL_LISTEN);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  activate (test, "win.inspect");
  show_page (test, "socket");
  be_test_wait_until (says (test, "getsockname()", client));

  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_LISTEN, 0);
  be_test_wait_until (says (test, "getsockname()", server) && says (test, "getpeername()", "ENOTCONN"));
  g_assert_cmpstr (be_inspector_get_page (find_inspector (test)), ==, "socket");

  show_page (test, "messages");
  g_assert_nonnull (be_app_test_find_label (GTK_WIDGET (find_inspector (test)), "No connection selected"));
  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_RECV, 10);
  be_test_wait_until (be_app_test_find_label (GTK_WIDGET (find_inspector (test)), "Sent: 1 send") != NULL);
  g_assert_cmpstr (be_inspector_get_page (find_inspector (test)), ==, "messages");
}

static gboolean
is_from_server (BeAppTest *test)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (be_app_test_find_type (find_page (test, BE_TYPE_STREAM_PAGE), GTK_TYPE_TOGGLE_BUTTON, 1)));
}

static void
test_the_direction_is_that_of_the_row (BeAppTest    *test,
                                       gconstpointer data)
{
  GtkWidget *from_client;

  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_RECV, 10);
  activate (test, "win.inspect");
  show_page (test, "messages");
  g_assert_true (is_from_server (test));
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  be_test_wait_until (!is_from_server (test));
  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_SEND, 10);
  be_test_wait_until (is_from_server (test));

  /* What a person chose stays as long as the row does. */
  from_client = be_app_test_find_type (find_page (test, BE_TYPE_STREAM_PAGE), GTK_TYPE_TOGGLE_BUTTON, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (from_client), TRUE);
  activate (test, "win.inspector");
  activate (test, "win.inspector");
  g_assert_false (is_from_server (test));
}

static gboolean
has_title (BeAppTest  *test,
           const char *format,
           guint32     socket_id)
{
  g_autofree char *title = g_strdup_printf ("%s, socket %u", format, socket_id);

  return be_app_test_find_label (GTK_WIDGET (find_inspector (test)), title) != NULL;
}

static void
test_a_row_of_a_card_is_inspected (BeAppTest    *test,
                                   gconstpointer data)
{
  GtkWidget       *row = NULL;
  BeSocketSummary *summary = NULL;
  g_autofree char *local = NULL;

  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  be_test_wait_until ((row = be_app_test_find_type (be_app_test_card (test, BE_SIDE_SERVER), BE_TYPE_SOCKET_ROW, 0)) != NULL);
  summary = be_socket_row_get_summary (BE_SOCKET_ROW (row));
  local = be_address_to_string (be_socket_summary_get_local (summary));
  gtk_widget_activate_action (row, "socket.inspect", NULL);

  g_assert_cmpstr (be_inspector_get_page (find_inspector (test)), ==, "socket");
  be_test_wait_until (says (test, "getsockname()", local));
  g_assert_true (has_title (test, "Server", be_socket_summary_get_socket_id (summary)));

  /* Each page says whose it is. */
  show_page (test, "event");
  g_assert_true (has_title (test, "Client", be_stage_get_socket_id (test->stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT)));
  show_page (test, "messages");
  be_test_wait_until (be_app_test_find_label (GTK_WIDGET (find_inspector (test)), "Sent: 1 send") != NULL);

  /* Another row that is selected is what is looked at then. */
  show_page (test, "socket");
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_RECV, 10);
  be_test_wait_until (has_title (test, "Client", be_stage_get_socket_id (test->stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT)));
}

static void
test_the_sockets_of_the_cards_are_inspected (BeAppTest    *test,
                                             gconstpointer data)
{
  GtkWidget *server = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);

  gtk_widget_activate_action (server, "endpoint.inspect-listening", NULL);
  g_assert_null (find_inspector (test));

  be_app_test_have_a_talk (test);
  gtk_widget_activate_action (server, "endpoint.inspect-listening", NULL);
  be_test_wait_until (get_value (test, "unacked") != NULL || get_value (test, "getpeername()") != NULL);
  g_assert_cmpstr (get_value (test, "getpeername()"), ==, "ENOTCONN");
  gtk_widget_activate_action (client, "endpoint.inspect", NULL);
  be_test_wait_until (get_value (test, "getpeername()") != NULL && !says (test, "getpeername()", "ENOTCONN"));
  show_page (test, "messages");
  be_test_wait_until (be_app_test_find_label (GTK_WIDGET (find_inspector (test)), "Sent: 1 send") != NULL);
}

/* A UDP server has one socket for all its peers. */
static void
test_the_row_of_a_udp_peer_leads_to_the_port (BeAppTest    *test,
                                              gconstpointer data)
{
  GtkWidget *row = NULL;

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "udp");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_SERVER)), "0");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT)), "0");
  activate (test, "win.toggle-server");
  be_test_wait_until (be_app_test_find_row (test, BE_SIDE_SERVER, BE_CALL_BIND, 0) != GTK_INVALID_LIST_POSITION);
  activate (test, "win.toggle-client");
  be_test_wait_until (be_app_test_find_row (test, BE_SIDE_CLIENT, BE_CALL_CONNECT, 0) != GTK_INVALID_LIST_POSITION);
  be_app_test_write (test, BE_SIDE_CLIENT, "hello baby");
  be_test_wait_until ((row = be_app_test_find_type (be_app_test_card (test, BE_SIDE_SERVER), BE_TYPE_SOCKET_ROW, 0)) != NULL);
  gtk_widget_activate_action (row, "socket.inspect", NULL);
  be_test_wait_until (says (test, "getpeername()", "ENOTCONN"));
  g_assert_cmpstr (get_value (test, "socket()"), ==, "AF_INET, SOCK_DGRAM");
  g_assert_true (has_title (test, "Server", be_stage_get_socket_id (test->stage, BE_PROTOCOL_UDP, BE_SIDE_SERVER)));

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.inspect", NULL);
  g_assert_true (has_title (test, "Client", be_stage_get_socket_id (test->stage, BE_PROTOCOL_UDP, BE_SIDE_CLIENT)));
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.inspect-listening", NULL);
  g_assert_false (has_title (test, "Server", be_stage_get_socket_id (test->stage, BE_PROTOCOL_UDP, BE_SIDE_SERVER)));
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.inspect", NULL);
  g_assert_true (has_title (test, "Server", be_stage_get_socket_id (test->stage, BE_PROTOCOL_UDP, BE_SIDE_SERVER)));
  gtk_widget_activate_action (row, "socket.inspect", NULL);

  /* Datagrams have borders: there is no rule to choose. */
  show_page (test, "messages");
  be_test_wait_until (be_app_test_find_label (GTK_WIDGET (find_inspector (test)), "Sent: 1 datagram") != NULL);
  g_assert_false (gtk_widget_is_visible (be_app_test_find_type (find_page (test, BE_TYPE_STREAM_PAGE), GTK_TYPE_DROP_DOWN, 0)));
  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_BIND, 0);
  be_test_wait_until (be_app_test_find_label (GTK_WIDGET (find_inspector (test)), "No connection selected") != NULL);
}

static guint
count_rows (BeAppTest *test,
            BeCall     call)
{
  BeJournal *journal = be_stage_get_journal (test->stage);
  guint      n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (journal)); i++)
    n += be_journal_get_record (journal, i)->call == call;

  return n;
}

static void
inspect_client (BeAppTest *test)
{
  be_app_test_have_a_talk (test);
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.inspect", NULL);
  be_test_wait_until (get_value (test, "SO_KEEPALIVE") != NULL);
}

static void
test_an_option_that_is_set_is_a_row (BeAppTest    *test,
                                     gconstpointer data)
{
  GtkWidget *toggle = NULL;

  inspect_client (test);
  toggle = be_app_test_find_type (GTK_WIDGET (find_fact (test, "SO_KEEPALIVE")), GTK_TYPE_SWITCH, 0);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  be_test_wait_until (be_app_test_find_row (test, BE_SIDE_CLIENT, BE_CALL_SETSOCKOPT, 0) != GTK_INVALID_LIST_POSITION);
  be_test_wait_until (gtk_switch_get_state (GTK_SWITCH (toggle)) && says (test, "SO_KEEPALIVE", "on"));

  /* It is a row like others, of the same connection. */
  show_page (test, "event");
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SETSOCKOPT, 0);
  be_test_wait_until (be_app_test_find_label (find_page (test, BE_TYPE_EVENT_PAGE), "setsockopt(…) = 0") != NULL);
  g_assert_true (gtk_widget_get_visible (be_app_test_find_type (GTK_WIDGET (find_inspector (test)), BE_TYPE_BADGE, 0)));
}

static void
test_a_refused_option_says_why_and_asks_nothing (BeAppTest    *test,
                                                 gconstpointer data)
{
  GtkWidget *toggle = NULL;

  inspect_client (test);
  toggle = be_app_test_find_type (GTK_WIDGET (find_fact (test, "SO_REUSEADDR")), GTK_TYPE_SWITCH, 0);
  g_assert_false (gtk_widget_is_sensitive (toggle));
  g_assert_nonnull (be_app_test_find_label (GTK_WIDGET (find_fact (test, "SO_REUSEADDR")),
                                            "Not now: it counts at bind(), and this socket is bound already."));
  g_assert_cmpuint (count_rows (test, BE_CALL_SETSOCKOPT), ==, 0);
}

static void
test_a_socket_that_is_gone_says_so (BeAppTest    *test,
                                    gconstpointer data)
{
  g_autofree char *local = NULL;

  inspect_client (test);
  local = g_strdup (get_value (test, "getsockname()"));
  activate (test, "win.toggle-client");
  be_test_wait_until (is_closed_told (test, "Closed at "));
  g_assert_cmpstr (get_value (test, "getsockname()"), ==, local);

  /* Of a session that the stage has forgotten nothing can be asked. */
  activate (test, "win.toggle-client");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  g_assert_cmpstr (get_value (test, "getsockname()"), ==, local);
  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_LISTEN, 0);
  be_test_wait_until (says (test, "getpeername()", "ENOTCONN"));
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  be_test_wait_until (is_closed_told (test, "This socket is closed."));
}

/* The numbers of a socket are watched while its oldest rows go. */
static void
test_a_row_that_is_cleared_leaves_its_socket (BeAppTest    *test,
                                              gconstpointer data)
{
  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  activate (test, "win.inspect");
  show_page (test, "socket");
  be_test_wait_until (get_value (test, "SO_KEEPALIVE") != NULL);
  activate (test, "win.clear");
  be_test_wait_until (be_conversation_get_selected (BE_CONVERSATION (gtk_widget_get_ancestor (GTK_WIDGET (be_app_test_list (test)), BE_TYPE_CONVERSATION))) == NULL);
  g_assert_true (says (test, "SO_KEEPALIVE", "off"));
}

static void
test_the_window_may_close_while_it_asks (BeAppTest    *test,
                                         gconstpointer data)
{
  GtkWidget *socket_page = NULL;
  GtkWidget *stream_page = NULL;
  GtkWidget *toggle = NULL;

  inspect_client (test);
  show_page (test, "messages");
  show_page (test, "socket");
  socket_page = find_page (test, BE_TYPE_SOCKET_PAGE);
  stream_page = find_page (test, BE_TYPE_STREAM_PAGE);
  g_object_add_weak_pointer (G_OBJECT (socket_page), (gpointer *) &socket_page);
  g_object_add_weak_pointer (G_OBJECT (stream_page), (gpointer *) &stream_page);
  toggle = be_app_test_find_type (GTK_WIDGET (find_fact (test, "SO_KEEPALIVE")), GTK_TYPE_SWITCH, 0);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);

  gtk_window_destroy (GTK_WINDOW (test->window));
  be_test_wait_until (test->window == NULL);
  be_test_wait_until (test->stage == NULL);
  be_test_wait_until (socket_page == NULL);
  be_test_wait_until (stream_page == NULL);
}

static gboolean
is_narrow (BeAppTest *test)
{
  gtk_window_set_default_size (GTK_WINDOW (test->window), NARROW_WIDTH, HEIGHT);

  return gtk_widget_get_width (GTK_WIDGET (be_app_test_side_sheet (test))) <= NARROW_WIDTH &&
         be_side_sheet_is_covering (be_app_test_side_sheet (test));
}

static void
test_in_front_the_keyboard_is_in_the_page (BeAppTest    *test,
                                           gconstpointer data)
{
  be_app_test_have_a_talk (test);
  be_test_wait_until (is_narrow (test));
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.inspect", NULL);
  g_assert_true (be_focus_is_in (gtk_widget_get_ancestor (find_page (test, BE_TYPE_SOCKET_PAGE), GTK_TYPE_SCROLLED_WINDOW)));
  activate (test, "win.inspector");
  g_assert_false (be_focus_is_in (GTK_WIDGET (find_inspector (test))));

  activate (test, "win.inspector");
  g_assert_true (be_focus_is_in (gtk_widget_get_ancestor (find_page (test, BE_TYPE_SOCKET_PAGE), GTK_TYPE_SCROLLED_WINDOW)));
  show_page (test, "messages");
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (find_inspector (test))));
  g_assert_true (be_focus_is_in (find_page (test, BE_TYPE_STREAM_PAGE)));
}

static void
test_all_pages_fit_into_a_narrow_sheet (BeAppTest    *test,
                                        gconstpointer data)
{
  static const char *const pages[] = { "event", "socket", "messages" };

  inspect_client (test);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      int minimum = 0;

      show_page (test, pages[i]);
      gtk_widget_measure (GTK_WIDGET (find_inspector (test)), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, MOST_SHEET_WIDTH);
    }
}

static void
add_tests (void)
{
  be_app_test_add ("/inspection/lazy", test_a_page_is_made_when_it_is_seen_first);
  be_app_test_add ("/inspection/page-stays", test_the_kind_of_page_stays);
  be_app_test_add ("/inspection/direction", test_the_direction_is_that_of_the_row);
  be_app_test_add ("/inspection/socket-row", test_a_row_of_a_card_is_inspected);
  be_app_test_add ("/inspection/cards", test_the_sockets_of_the_cards_are_inspected);
  be_app_test_add ("/inspection/udp", test_the_row_of_a_udp_peer_leads_to_the_port);
  be_app_test_add ("/inspection/option", test_an_option_that_is_set_is_a_row);
  be_app_test_add ("/inspection/refused-option", test_a_refused_option_says_why_and_asks_nothing);
  be_app_test_add ("/inspection/gone", test_a_socket_that_is_gone_says_so);
  be_app_test_add ("/inspection/cleared", test_a_row_that_is_cleared_leaves_its_socket);
  be_app_test_add ("/inspection/closing", test_the_window_may_close_while_it_asks);
  be_app_test_add ("/inspection/keyboard", test_in_front_the_keyboard_is_in_the_page);
  be_app_test_add ("/inspection/width", test_all_pages_fit_into_a_narrow_sheet);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
