/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-fact-row.h"
#include "be-option-editor.h"
#include "be-socket-inquiry.h"
#include "be-socket-page.h"
#include "be-state-chip.h"
#include "be-test-sessions.h"

/**
 * Shown:
 *
 * The page of one of two sockets that talk, in a window of its own.
 */
typedef struct
{
  BeTestSessions sessions;
  GtkWidget     *window;
  GtkWidget     *page;
  guint          n_calls; /* to its text, since somebody began to count */
} Shown;

static guint32
find_socket (Shown     *shown,
             BeSession *session,
             BeCall     call)
{
  be_test_wait_until (be_test_recorder_count (shown->sessions.log, session, call) > 0);

  return be_test_log_last (shown->sessions.log, session, call)->socket_id;
}

static void
set_up (Shown        *shown,
        gconstpointer protocol)
{
  shown->sessions.network = be_network_thread_new ();
  shown->sessions.log = be_test_recorder_new (shown->sessions.network);
  be_test_sessions_start (&shown->sessions, GPOINTER_TO_INT (protocol));

  shown->window = gtk_window_new ();
  shown->page = be_socket_page_new ();
  gtk_window_set_child (GTK_WINDOW (shown->window), shown->page);
  gtk_window_present (GTK_WINDOW (shown->window));
  be_test_wait_until (gtk_widget_get_mapped (shown->page));
}

static void
tear_down (Shown        *shown,
           gconstpointer protocol)
{
  if (shown->page != NULL)
    g_object_add_weak_pointer (G_OBJECT (shown->page), (gpointer *) &shown->page);
  if (shown->window != NULL)
    gtk_window_destroy (GTK_WINDOW (shown->window));
  be_test_wait_until (shown->page == NULL);

  if (shown->sessions.client != NULL)
    g_assert_finalize_object (shown->sessions.client);
  g_assert_finalize_object (shown->sessions.server);
  be_test_wait_until (be_test_log_is_closed (shown->sessions.log));
  be_test_recorder_free (shown->sessions.log);
  g_assert_finalize_object (shown->sessions.network);
}

static BeFactRow *
find_row (Shown      *shown,
          const char *title)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *row = be_app_test_find_type (shown->page, BE_TYPE_FACT_ROW, i);

      if (row == NULL)
        return NULL;
      if (g_strcmp0 (be_fact_row_get_heading (BE_FACT_ROW (row)), title) == 0 && gtk_widget_get_visible (row))
        return BE_FACT_ROW (row);
    }
}

static const char *
get_value (Shown      *shown,
           const char *title)
{
  BeFactRow *row = find_row (shown, title);

  return row != NULL ? be_fact_row_get_value (row) : NULL;
}

static gboolean
says (Shown      *shown,
      const char *title,
      const char *value)
{
  return g_strcmp0 (get_value (shown, title), value) == 0;
}

static void
show_client (Shown *shown)
{
  be_socket_page_set_socket (BE_SOCKET_PAGE (shown->page), shown->sessions.client,
                             find_socket (shown, shown->sessions.client, BE_CALL_CONNECT));
  be_test_wait_until (get_value (shown, "SO_KEEPALIVE") != NULL);
}

static GtkWidget *
find_control (Shown      *shown,
              const char *title,
              GType       type)
{
  return be_app_test_find_type (GTK_WIDGET (find_row (shown, title)), type, 0);
}

static void
test_shows_what_the_system_says (Shown        *shown,
                                 gconstpointer data)
{
  const BeEventRecord *record;
  g_autofree char     *local = NULL;
  g_autofree char     *peer = NULL;
  g_autofree char     *descriptor = NULL;

  show_client (shown);
  record = be_test_log_last (shown->sessions.log, shown->sessions.client, BE_CALL_CONNECT);
  local = be_address_to_string (&record->local);
  peer = be_address_to_string (&record->peer);
  record = be_test_log_last (shown->sessions.log, shown->sessions.client, BE_CALL_SOCKET);
  descriptor = g_strdup_printf ("%d", record->result);

  g_assert_cmpstr (get_value (shown, "getsockname()"), ==, local);
  g_assert_cmpstr (get_value (shown, "getpeername()"), ==, peer);
  g_assert_cmpstr (get_value (shown, "Descriptor"), ==, descriptor);
  g_assert_cmpstr (get_value (shown, "socket()"), ==, "AF_INET, SOCK_STREAM");
  g_assert_cmpstr (get_value (shown, "O_NONBLOCK"), ==, "on");
  g_assert_cmpstr (get_value (shown, "SO_RCVTIMEO"), ==, "none");
  g_assert_cmpstr (get_value (shown, "TCP_NODELAY"), ==, "on");
  g_assert_cmpstr (get_value (shown, "SO_LINGER"), ==, "off");
  g_assert_cmpstr (be_state_chip_get_label (BE_STATE_CHIP (be_app_test_find_type (shown->page, BE_TYPE_STATE_CHIP, 0))),
                   ==, "ESTABLISHED");
#ifdef __linux__
  g_assert_cmpstr (get_value (shown, "retransmits"), ==, "0");
  g_assert_nonnull (strstr (get_value (shown, "rtt"), " ms ± "));
#endif
}

static void
test_a_refused_option_says_why (Shown        *shown,
                                gconstpointer data)
{
  show_client (shown);

  g_assert_cmpstr (be_fact_row_get_reason (find_row (shown, "SO_REUSEADDR")), ==,
                   "Not now: it counts at bind(), and this socket is bound already.");
  g_assert_cmpstr (be_fact_row_get_reason (find_row (shown, "IPV6_V6ONLY")), ==, "Not here: this is no IPv6 socket.");
  g_assert_cmpstr (be_fact_row_get_reason (find_row (shown, "SO_KEEPALIVE")), ==, "");
  g_assert_false (gtk_widget_is_sensitive (find_control (shown, "SO_BROADCAST", GTK_TYPE_SWITCH)));
  g_assert_true (gtk_widget_is_sensitive (find_control (shown, "SO_KEEPALIVE", GTK_TYPE_SWITCH)));
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (find_row (shown, "SO_BROADCAST"))));
}

static void
test_a_switch_waits_for_the_system (Shown        *shown,
                                    gconstpointer data)
{
  GtkSwitch *toggle;

  show_client (shown);
  toggle = GTK_SWITCH (find_control (shown, "SO_KEEPALIVE", GTK_TYPE_SWITCH));
  g_assert_false (gtk_switch_get_state (toggle));
  gtk_switch_set_active (toggle, TRUE);
  g_assert_false (gtk_switch_get_state (toggle));
  be_test_wait_until (gtk_switch_get_state (toggle) && says (shown, "SO_KEEPALIVE", "on"));

  gtk_switch_set_active (toggle, FALSE);
  be_test_wait_until (!gtk_switch_get_state (toggle) && says (shown, "SO_KEEPALIVE", "off"));
  be_test_wait_until (be_test_recorder_count (shown->sessions.log, shown->sessions.client, BE_CALL_SETSOCKOPT) == 2);
}

static void
test_a_number_is_shown_as_the_system_made_it (Shown        *shown,
                                              gconstpointer data)
{
  GtkWidget *spin;

  show_client (shown);
  spin = find_control (shown, "SO_RCVBUF", GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 4096);
  g_signal_emit_by_name (gtk_widget_get_last_child (find_control (shown, "SO_RCVBUF", BE_TYPE_OPTION_EDITOR)), "clicked");
  be_test_wait_until (be_test_recorder_count (shown->sessions.log, shown->sessions.client, BE_CALL_SETSOCKOPT) > 0);
#ifdef __linux__
  be_test_wait_until (g_str_equal (be_fact_row_get_reason (find_row (shown, "SO_RCVBUF")),
                                   "Asked for 4096, the system has made it 8192."));
  g_assert_cmpstr (get_value (shown, "SO_RCVBUF"), ==, "8192");
#endif
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin)), ==, 4096);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree BeSocketReport *report = be_session_inquire_finish (result, NULL);

  g_assert_nonnull (report);
}

static void
test_follows_what_changes_and_keeps_its_rows (Shown        *shown,
                                              gconstpointer data)
{
  BeFactRow *row;

  show_client (shown);
  row = find_row (shown, "IP_TTL");
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (row)));
  be_session_set_option_async (shown->sessions.client, find_socket (shown, shown->sessions.client, BE_CALL_CONNECT),
                               BE_SOCKET_OPTION_TTL, 7, NULL, answered_cb, NULL);
  be_test_wait_until (says (shown, "IP_TTL", "7"));
  g_assert_true (find_row (shown, "IP_TTL") == row);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (shown->window)) == GTK_WIDGET (row));
}

static void
test_enter_asks_for_the_number (Shown        *shown,
                                gconstpointer data)
{
  GtkEditable *spin;

  show_client (shown);
  spin = GTK_EDITABLE (find_control (shown, "IP_TTL", GTK_TYPE_SPIN_BUTTON));
  gtk_editable_set_text (spin, "12");
  g_signal_emit_by_name (gtk_editable_get_delegate (spin), "activate");
  be_test_wait_until (says (shown, "IP_TTL", "12"));
}

/* What the page does when a second passes. */
static gboolean
second_cb (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;

  return G_SOURCE_REMOVE;
}

static void
changed_cb (Shown *shown)
{
  shown->n_calls++;
}

static void
test_asks_nothing_while_nobody_looks (Shown        *shown,
                                      gconstpointer data)
{
  guint32  client = find_socket (shown, shown->sessions.client, BE_CALL_CONNECT);
  gboolean is_over = FALSE;

  show_client (shown);
  g_signal_connect_swapped (find_row (shown, "IP_TTL"), "notify::value", G_CALLBACK (changed_cb), shown);
  gtk_widget_set_visible (shown->page, FALSE);
  be_test_wait_until (!gtk_widget_get_mapped (shown->page));
  g_assert_null (g_main_context_find_source_by_funcs_user_data (NULL, &g_timeout_funcs, shown->page));

  be_session_set_option_async (shown->sessions.client, client, BE_SOCKET_OPTION_TTL, 8, NULL, answered_cb, NULL);
  g_timeout_add (1200, second_cb, &is_over);
  be_test_wait_until (is_over);
  g_assert_cmpuint (shown->n_calls, ==, 0);

  gtk_widget_set_visible (shown->page, TRUE);
  be_test_wait_until (says (shown, "IP_TTL", "8"));
}

static void
test_a_closed_socket_keeps_its_last_values (Shown        *shown,
                                            gconstpointer data)
{
  g_autofree char *local = NULL;
  GtkWidget       *label;

  show_client (shown);
  local = g_strdup (get_value (shown, "getsockname()"));
  be_test_session_end (shown->sessions.client);
  label = be_app_test_find_type (shown->page, GTK_TYPE_LABEL, 1);
  be_test_wait_until (gtk_widget_get_visible (label));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)), "Closed at "));
  g_assert_cmpstr (get_value (shown, "getsockname()"), ==, local);
  g_assert_false (gtk_widget_is_sensitive (find_control (shown, "SO_KEEPALIVE", GTK_TYPE_SWITCH)));
  g_assert_null (g_main_context_find_source_by_funcs_user_data (NULL, &g_timeout_funcs, shown->page));
}

static void
test_the_session_may_go (Shown        *shown,
                         gconstpointer data)
{
  show_client (shown);
  g_assert_finalize_object (g_steal_pointer (&shown->sessions.client));
  be_test_wait_until (gtk_widget_get_visible (be_app_test_find_type (shown->page, GTK_TYPE_LABEL, 1)));
}

static void
test_the_page_may_go_while_it_asks (Shown        *shown,
                                    gconstpointer data)
{
  show_client (shown);
  gtk_switch_set_active (GTK_SWITCH (find_control (shown, "SO_KEEPALIVE", GTK_TYPE_SWITCH)), TRUE);
  g_object_add_weak_pointer (G_OBJECT (shown->page), (gpointer *) &shown->page);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&shown->window)));
  be_test_wait_until (shown->page == NULL);
  be_test_wait_until (be_test_recorder_count (shown->sessions.log, shown->sessions.client, BE_CALL_SETSOCKOPT) == 1);
}

static void
test_a_listener_has_a_queue_and_a_port_no_numbers (Shown        *shown,
                                                   gconstpointer data)
{
  BeSession *server = shown->sessions.server;
  gboolean   is_udp = data == GINT_TO_POINTER (BE_PROTOCOL_UDP);

  be_socket_page_set_socket (BE_SOCKET_PAGE (shown->page), server,
                             find_socket (shown, server, is_udp ? BE_CALL_BIND : BE_CALL_LISTEN));
  be_test_wait_until (says (shown, "getpeername()", "ENOTCONN"));
  if (is_udp)
    {
      g_assert_cmpstr (get_value (shown, "socket()"), ==, "AF_INET, SOCK_DGRAM");
      g_assert_true (gtk_widget_is_sensitive (find_control (shown, "SO_BROADCAST", GTK_TYPE_SWITCH)));
      g_assert_null (find_row (shown, "rtt"));
      return;
    }

#ifdef __linux__
  /* The client may not be accepted yet. */
  be_test_wait_until (says (shown, "unacked", "0 / 5"));
#endif
  g_assert_null (find_row (shown, "rtt"));
  show_client (shown);
  be_test_wait_until (!says (shown, "getpeername()", "ENOTCONN"));
}

#define ADD(path, protocol, function) \
  g_test_add ("/socket-page/" path, Shown, GINT_TO_POINTER (protocol), set_up, function, tear_down)

static void
add_tests (void)
{
  ADD ("shows-what-the-system-says", BE_PROTOCOL_TCP, test_shows_what_the_system_says);
  ADD ("a-refused-option-says-why", BE_PROTOCOL_TCP, test_a_refused_option_says_why);
  ADD ("a-switch-waits-for-the-system", BE_PROTOCOL_TCP, test_a_switch_waits_for_the_system);
  ADD ("a-number-is-shown-as-the-system-made-it", BE_PROTOCOL_TCP, test_a_number_is_shown_as_the_system_made_it);
  ADD ("enter-asks-for-the-number", BE_PROTOCOL_TCP, test_enter_asks_for_the_number);
  ADD ("follows-what-changes-and-keeps-its-rows", BE_PROTOCOL_TCP, test_follows_what_changes_and_keeps_its_rows);
  ADD ("asks-nothing-while-nobody-looks", BE_PROTOCOL_TCP, test_asks_nothing_while_nobody_looks);
  ADD ("a-closed-socket-keeps-its-last-values", BE_PROTOCOL_TCP, test_a_closed_socket_keeps_its_last_values);
  ADD ("the-session-may-go", BE_PROTOCOL_TCP, test_the_session_may_go);
  ADD ("the-page-may-go-while-it-asks", BE_PROTOCOL_TCP, test_the_page_may_go_while_it_asks);
  ADD ("a-listener-has-a-queue", BE_PROTOCOL_TCP, test_a_listener_has_a_queue_and_a_port_no_numbers);
  ADD ("a-port-has-no-numbers", BE_PROTOCOL_UDP, test_a_listener_has_a_queue_and_a_port_no_numbers);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
