/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#include "be-app-test.h"

#include "be-address-field.h"
#include "be-composer.h"
#include "be-conversation.h"
#include "be-endpoint-card.h"
#include "be-header-title.h"
#include "be-socket-words.h"
#include "be-stage-private.h"

#include <string.h>

/* More than a window of this test keeps. */
#define MAX_EVENTS 10000u
#define N_OVERFLOWING_MESSAGES 8000u

/* The main job, as a person does it: by the actions of the buttons. */
static void
test_the_main_job (BeAppTest    *test,
                   gconstpointer data)
{
  GtkWidget  *server = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget  *client = be_app_test_card (test, BE_SIDE_CLIENT);
  gboolean    is_udp = GPOINTER_TO_INT (data);
  GListModel *sockets = be_endpoint_card_get_sockets (BE_ENDPOINT_CARD (client));
  g_autoptr (BeSocketSummary) summary = NULL;

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", is_udp ? "udp" : "tcp");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (server), "0");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (client), "0");

  g_assert_true (gtk_widget_activate_action (server, "endpoint.start", NULL));
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, is_udp ? "Receiving" : "Listening");

  g_assert_true (gtk_widget_activate_action (client, "endpoint.start", NULL));
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, is_udp ? "Ready" : "Connected");

  be_test_wait_until (be_composer_can_write (BE_COMPOSER (be_app_test_composer (test, BE_SIDE_CLIENT))));
  be_app_test_write (test, BE_SIDE_CLIENT, "hello baby");

  be_test_wait_until (g_list_model_get_n_items (sockets) == 1);
  summary = g_list_model_get_item (sockets, 0);
  be_test_wait_until (be_socket_summary_get_bytes_received (summary) == 10);

  g_assert_true (gtk_widget_activate_action (client, "endpoint.stop", NULL));
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, is_udp ? "Not open" : "Not connected");
  g_assert_true (gtk_widget_activate_action (server, "endpoint.stop", NULL));
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Not started");
}

static gboolean
is_suggested (GtkWidget *root)
{
  GtkWidget *child = NULL;

  if (gtk_widget_has_css_class (root, "suggested-action"))
    return TRUE;

  for (child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (is_suggested (child))
        return TRUE;
    }

  return FALSE;
}

static void
test_one_button_is_suggested_at_a_time (BeAppTest    *test,
                                        gconstpointer data)
{
  GtkWidget *server = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);
  GtkWidget *composer = be_app_test_composer (test, BE_SIDE_CLIENT);

  g_assert_true (is_suggested (server));
  g_assert_false (is_suggested (client));
  g_assert_false (is_suggested (composer));

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_test_wait_until (is_suggested (client));
  g_assert_false (is_suggested (server));

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_test_wait_until (is_suggested (composer));
  g_assert_false (is_suggested (server));
  g_assert_false (is_suggested (client));
}

static void
test_the_client_follows_a_port_that_the_system_chose (BeAppTest    *test,
                                                      gconstpointer data)
{
  BeEndpointCard  *client = BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT));
  g_autofree char *expected = NULL;
  BeAddress        local = { 0 };

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");

  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));
  expected = g_strdup_printf ("%u", local.port);
  g_assert_cmpstr (be_endpoint_card_get_port (client), ==, expected);
}

static void
test_another_protocol_stops_nothing (BeAppTest    *test,
                                     gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "udp");
  g_assert_true (be_app_test_chip_says (test, BE_SIDE_SERVER, "Not started"));

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "tcp");
  g_assert_true (be_app_test_chip_says (test, BE_SIDE_SERVER, "Listening"));
}

static void
test_cleared_rows_can_be_had_again (BeAppTest    *test,
                                    gconstpointer data)
{
  GListModel *journal = G_LIST_MODEL (be_stage_get_journal (test->stage));
  GtkWidget  *window = GTK_WIDGET (test->window);
  guint       n_rows;

  gtk_widget_activate_action (window, "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  be_test_wait_until (g_list_model_get_n_items (journal) > 0);
  n_rows = g_list_model_get_n_items (journal);

  gtk_widget_activate_action (window, "win.clear", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (journal), ==, 0);
  be_test_wait_until (be_app_test_find_label (window, "Undo") != NULL);

  gtk_widget_activate_action (window, "win.undo-clear", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (journal), ==, n_rows);
}

static void
test_a_window_may_close_while_everything_runs (BeAppTest    *test,
                                               gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");

  gtk_window_destroy (GTK_WINDOW (test->window));
  be_test_wait_until (test->stage == NULL);
}

static char *
dup_host (BeAppTest *test,
          BeSide     side)
{
  char *host = NULL;

  g_object_get (be_app_test_find_type (be_app_test_card (test, side), BE_TYPE_ADDRESS_FIELD, 0), "host", &host, NULL);

  return host;
}

static const char *
get_port (BeAppTest *test,
          BeSide     side)
{
  return be_endpoint_card_get_port (BE_ENDPOINT_CARD (be_app_test_card (test, side)));
}

/* Other ones for UDP, and those of TCP are as before. */
static void
visit_udp (BeAppTest *test)
{
  GtkWidget       *server = be_app_test_card (test, BE_SIDE_SERVER);
  g_autofree char *host = NULL;

  g_object_set (be_app_test_find_type (server, BE_TYPE_ADDRESS_FIELD, 0), "host", "0.0.0.0", NULL);
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (server), "4001");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT)), "4002");

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "udp");
  g_assert_cmpstr (get_port (test, BE_SIDE_SERVER), ==, "8080");
  g_assert_cmpstr (get_port (test, BE_SIDE_CLIENT), ==, "8080");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (server), "5001");

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "tcp");
  host = dup_host (test, BE_SIDE_SERVER);
  g_assert_cmpstr (host, ==, "0.0.0.0");
  g_assert_cmpstr (get_port (test, BE_SIDE_SERVER), ==, "4001");
  g_assert_cmpstr (get_port (test, BE_SIDE_CLIENT), ==, "4002");

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "udp");
  g_assert_cmpstr (get_port (test, BE_SIDE_SERVER), ==, "5001");
  g_assert_cmpstr (get_port (test, BE_SIDE_CLIENT), ==, "8080");
}

static void
test_each_protocol_keeps_its_own_addresses (BeAppTest    *test,
                                            gconstpointer data)
{
  visit_udp (test);
}

static void
test_settings_keep_the_addresses_of_each_protocol (BeAppTest    *test,
                                                   gconstpointer data)
{
  g_autoptr (GSettingsBackend) backend = g_memory_settings_backend_new ();
  g_autoptr (GSettings) settings = g_settings_new_with_backend ("io.github.bothends.BothEnds", backend);
  g_autofree char *server_port = NULL;
  g_autofree char *client_port = NULL;
  g_autofree char *host = NULL;

  be_endpoint_card_set_settings (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_SERVER)), settings);
  be_endpoint_card_set_settings (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT)), settings);
  g_assert_cmpstr (get_port (test, BE_SIDE_SERVER), ==, "8001");
  visit_udp (test);

  server_port = g_settings_get_string (settings, "tcp-server-port");
  client_port = g_settings_get_string (settings, "tcp-client-port");
  host = g_settings_get_string (settings, "udp-server-address");
  g_assert_cmpstr (server_port, ==, "4001");
  g_assert_cmpstr (client_port, ==, "4002");
  g_assert_cmpstr (host, ==, "127.0.0.1");
}

static void
test_the_other_protocol_is_marked_while_it_runs (BeAppTest    *test,
                                                 gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);

  g_assert_null (be_app_test_find_label (window, "TCP •"));
  gtk_widget_activate_action (window, "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (window, "win.protocol", "s", "udp");
  g_assert_nonnull (be_app_test_find_label (window, "TCP •"));
  g_assert_null (be_app_test_find_label (window, "UDP •"));

  gtk_widget_activate_action (window, "win.protocol", "s", "tcp");
  gtk_widget_activate_action (window, "win.toggle-server", NULL);
  be_test_wait_until (be_app_test_find_label (window, "TCP •") == NULL);
}

static void
run_both_sides (BeAppTest  *test,
                const char *protocol,
                const char *server_state,
                const char *client_state)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", protocol);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, server_state);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, client_state);
}

static void
test_udp_is_not_said_to_connect (BeAppTest    *test,
                                 gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);

  run_both_sides (test, "tcp", "Listening", "Connected");
  be_test_wait_until (be_app_test_find_label (window, "loopback") != NULL);
  run_both_sides (test, "udp", "Receiving", "Ready");
  be_test_wait_until (be_app_test_find_label (window, "loopback, no connection") != NULL);
  gtk_widget_activate_action (window, "win.protocol", "s", "tcp");
  be_test_wait_until (be_app_test_find_label (window, "loopback") != NULL);
}

/* Nobody learns anything of a name that is cut. */
static void
test_its_name_is_whole_or_not_there (BeAppTest    *test,
                                     gconstpointer data)
{
  GtkWidget       *title = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_HEADER_TITLE, 0);
  g_autofree char *too_long = g_strnfill (500, 'm');

  be_test_wait_until (gtk_widget_get_width (title) > 0 && gtk_widget_get_child_visible (gtk_widget_get_first_child (title)));
  g_object_set (title, "title", too_long, NULL);
  be_test_wait_until (!gtk_widget_get_child_visible (gtk_widget_get_first_child (title)));
  g_object_set (title, "title", "Both Ends", NULL);
  be_test_wait_until (gtk_widget_get_child_visible (gtk_widget_get_first_child (title)));
}

static void
count_cb (guint *n_notified)
{
  (*n_notified)++;
}

static void
test_its_name_tells_of_changes_only (BeAppTest    *test,
                                     gconstpointer data)
{
  GtkWidget *title = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_HEADER_TITLE, 0);
  guint      n_notified = 0;
  gulong     handler = g_signal_connect_swapped (title, "notify::title", G_CALLBACK (count_cb), &n_notified);

  g_object_set (title, "title", "Another", NULL);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_set (title, "title", "Another", NULL);
  g_assert_cmpuint (n_notified, ==, 1);
  g_signal_handler_disconnect (title, handler);
}

/* Alone it is the address that tells one socket from another, without an arrow
 * to nothing. */
static void
test_one_address_has_no_arrow (BeAppTest    *test,
                               gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);

  for (BeSide side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      GListModel *sockets = G_LIST_MODEL (be_stage_get_sockets (test->stage, side));
      g_autoptr (GtkWidget) both = g_object_ref_sink (gtk_label_new (NULL));
      g_autoptr (GtkWidget) one = g_object_ref_sink (gtk_label_new (NULL));
      g_autoptr (BeSocketSummary) socket = NULL;
      g_autofree char *expected = NULL;

      be_test_wait_until (g_list_model_get_n_items (sockets) == 1);
      socket = g_list_model_get_item (sockets, 0);
      expected = be_address_to_string (side == BE_SIDE_SERVER ? be_socket_summary_get_peer (socket) : be_socket_summary_get_local (socket));
      be_socket_words_show_addresses (socket, GTK_LABEL (both), GTK_LABEL (one));
      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (one)), ==, expected);
      g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (both)), expected));
    }
}

static void
test_says_what_was_copied (BeAppTest    *test,
                           gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  be_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (be_stage_get_journal (test->stage))) == 3);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.copy", NULL);
  be_test_wait_until (be_app_test_find_label (GTK_WIDGET (test->window), "3 rows copied") != NULL);
}

/* Talks with the server from another thread; every byte must come back. */
static gpointer
talk_much (gpointer port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  GIOStream *stream = NULL;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) GPOINTER_TO_UINT (port), NULL, &error);
  g_assert_no_error (error);
  stream = G_IO_STREAM (connection);

  for (guint i = 0; i < N_OVERFLOWING_MESSAGES; i++)
    {
      g_autofree char *message = g_strdup_printf ("message %u", i);
      g_autofree char *expected = g_ascii_strup (message, -1);
      gsize            length = strlen (message);
      char             reply[32] = "";
      gsize            n_read = 0;

      g_output_stream_write_all (g_io_stream_get_output_stream (stream), message, length, NULL, NULL, &error);
      g_assert_no_error (error);
      g_input_stream_read_all (g_io_stream_get_input_stream (stream), reply, length, &n_read, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (reply, ==, expected);
    }

  return NULL;
}

/* It may have come and gone between two looks. */
static gboolean
has_talked (BeAppTest *test)
{
  BeSocketList *sockets = be_stage_get_sockets (test->stage, BE_SIDE_SERVER);

  return g_list_model_get_n_items (G_LIST_MODEL (sockets)) > 0 && be_socket_list_get_n_open (sockets) == 0;
}

/* The window keeps the newest rows and says how many are gone; who talks with
 * the server does not notice. */
static void
test_a_full_journal_costs_the_wire_nothing (BeAppTest    *test,
                                            gconstpointer data)
{
  GtkWidget       *conversation = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_CONVERSATION, 0);
  g_autofree char *note = NULL;
  g_autoptr (BeJournal) journal = be_journal_new (MAX_EVENTS, BE_JOURNAL_MAX_BYTES);
  BeAddress local = { 0 };
  GThread  *talker = NULL;
  guint     n_gone;

  be_journal_follow (journal, test->stage->network);
  be_conversation_set_journal (BE_CONVERSATION (conversation), journal);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));

  talker = g_thread_new ("talker", talk_much, GUINT_TO_POINTER (local.port));
  be_test_wait_until (has_talked (test));
  g_thread_join (talker);

  n_gone = (guint) be_journal_get_n_dropped (journal);
  g_assert_cmpuint (n_gone + g_list_model_get_n_items (G_LIST_MODEL (journal)), >, 2 * N_OVERFLOWING_MESSAGES);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (journal)), <=, MAX_EVENTS);
  note = g_strdup_printf ("%u,%03u older rows are gone", n_gone / 1000, n_gone % 1000);
  be_test_wait_until (be_app_test_find_label (conversation, note) != NULL);
}

static void
add_tests (void)
{
  g_test_add ("/app/window/the-main-job/tcp", BeAppTest, GINT_TO_POINTER (FALSE),
              be_app_test_set_up, test_the_main_job, be_app_test_tear_down);
  g_test_add ("/app/window/the-main-job/udp", BeAppTest, GINT_TO_POINTER (TRUE),
              be_app_test_set_up, test_the_main_job, be_app_test_tear_down);
  be_app_test_add ("/app/window/one-button-is-suggested-at-a-time", test_one_button_is_suggested_at_a_time);
  be_app_test_add ("/app/window/the-client-follows-a-port-that-the-system-chose", test_the_client_follows_a_port_that_the_system_chose);
  be_app_test_add ("/app/window/another-protocol-stops-nothing", test_another_protocol_stops_nothing);
  be_app_test_add ("/app/window/each-protocol-keeps-its-own-addresses", test_each_protocol_keeps_its_own_addresses);
  be_app_test_add ("/app/window/settings-keep-the-addresses-of-each-protocol", test_settings_keep_the_addresses_of_each_protocol);
  be_app_test_add ("/app/window/the-other-protocol-is-marked-while-it-runs", test_the_other_protocol_is_marked_while_it_runs);
  be_app_test_add ("/app/window/udp-is-not-said-to-connect", test_udp_is_not_said_to_connect);
  be_app_test_add ("/app/window/its-name-is-whole-or-not-there", test_its_name_is_whole_or_not_there);
  be_app_test_add ("/app/window/its-name-tells-of-changes-only", test_its_name_tells_of_changes_only);
  be_app_test_add ("/app/window/one-address-has-no-arrow", test_one_address_has_no_arrow);
  be_app_test_add ("/app/window/cleared-rows-can-be-had-again", test_cleared_rows_can_be_had_again);
  be_app_test_add ("/app/window/says-what-was-copied", test_says_what_was_copied);
  be_app_test_add ("/app/window/a-full-journal-costs-the-wire-nothing", test_a_full_journal_costs_the_wire_nothing);
  be_app_test_add ("/app/window/a-window-may-close-while-everything-runs", test_a_window_may_close_while_everything_runs);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
