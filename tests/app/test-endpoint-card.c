/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-address-field.h"
#include "be-endpoint-card.h"

static BeAddressField *
find_field (BeAppTest *test,
            BeSide     side)
{
  return BE_ADDRESS_FIELD (be_app_test_find_type (be_app_test_card (test, side), BE_TYPE_ADDRESS_FIELD, 0));
}

static void
test_a_bad_port_is_marked_where_it_stands (BeAppTest    *test,
                                           gconstpointer data)
{
  GtkWidget *card = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget *port = be_address_field_get_entry (find_field (test, BE_SIDE_SERVER), TRUE);
  GtkWidget *host = be_address_field_get_entry (find_field (test, BE_SIDE_SERVER), FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (be_endpoint_new (BE_PROTOCOL_TCP, "127.0.0.1", "70000", &error));
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (card), "70000");
  gtk_widget_activate_action (card, "endpoint.start", NULL);

  g_assert_true (gtk_widget_has_css_class (port, "error"));
  g_assert_false (gtk_widget_has_css_class (host, "error"));
  g_assert_nonnull (be_app_test_find_label (card, error->message));
  g_assert_cmpuint (be_stage_get_n_active (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), ==, 0);

  be_endpoint_card_set_port (BE_ENDPOINT_CARD (card), "0");
  g_assert_false (gtk_widget_has_css_class (port, "error"));
  g_assert_null (be_app_test_find_label (card, error->message));
}

static void
test_a_client_calls_no_port_0 (BeAppTest    *test,
                               gconstpointer data)
{
  GtkWidget *card = be_app_test_card (test, BE_SIDE_CLIENT);
  GtkWidget *port = be_address_field_get_entry (find_field (test, BE_SIDE_CLIENT), TRUE);

  be_endpoint_card_set_port (BE_ENDPOINT_CARD (card), "0");
  gtk_widget_activate_action (card, "endpoint.start", NULL);

  g_assert_true (gtk_widget_has_css_class (port, "error"));
  g_assert_nonnull (be_app_test_find_label (card, "A client calls a port from 1 to 65535. Type the port of the server."));
  g_assert_cmpuint (be_stage_get_n_active (test->stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT), ==, 0);
}

static void
test_a_bad_address_is_marked_where_it_stands (BeAppTest    *test,
                                              gconstpointer data)
{
  GtkWidget *card = be_app_test_card (test, BE_SIDE_CLIENT);
  GtkWidget *host = be_address_field_get_entry (find_field (test, BE_SIDE_CLIENT), FALSE);

  gtk_editable_set_text (GTK_EDITABLE (host), "127.0.0.1 oder so");
  gtk_widget_activate_action (card, "endpoint.start", NULL);

  g_assert_true (gtk_widget_has_css_class (host, "error"));
}

static void
test_a_port_in_use_leaves_the_window_usable (BeAppTest    *test,
                                             gconstpointer data)
{
  BeEndpointCard *card = BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_SERVER));
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  g_autofree char *port = NULL;
  GtkWidget       *entry = be_address_field_get_entry (find_field (test, BE_SIDE_SERVER), TRUE);

  port = g_strdup_printf ("%u", g_socket_listener_add_any_inet_port (other, NULL, NULL));
  be_endpoint_card_set_port (card, port);
  gtk_widget_activate_action (GTK_WIDGET (card), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Address in use");
  be_test_wait_until (gtk_widget_get_mapped (entry));

  be_endpoint_card_set_port (card, "0");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (card), "endpoint.start", NULL));
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
}

static void
test_a_refused_client_can_try_again (BeAppTest    *test,
                                     gconstpointer data)
{
  BeEndpointCard *card = BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT));
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autofree char *port = g_strdup_printf ("%u", g_socket_listener_add_any_inet_port (listener, NULL, NULL));

  g_socket_listener_close (listener);
  be_endpoint_card_set_port (card, port);
  gtk_widget_activate_action (GTK_WIDGET (card), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection refused");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (card), "endpoint.start", NULL));
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection refused");
}

static void
test_the_running_server_shows_its_real_port (BeAppTest    *test,
                                             gconstpointer data)
{
  GtkWidget       *card = be_app_test_card (test, BE_SIDE_SERVER);
  g_autofree char *text = NULL;
  BeAddress        local = { 0 };

  gtk_widget_activate_action (card, "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");

  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));
  text = g_strdup_printf ("127.0.0.1 : %u", local.port);
  g_assert_nonnull (be_app_test_find_label (card, text));
}

static void
test_the_badge_tells_who_may_connect (BeAppTest    *test,
                                      gconstpointer data)
{
  GtkWidget *card = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget *host = be_address_field_get_entry (find_field (test, BE_SIDE_SERVER), FALSE);

  g_assert_nonnull (be_app_test_find_label (card, "this computer only"));

  gtk_editable_set_text (GTK_EDITABLE (host), "0.0.0.0");
  g_assert_nonnull (be_app_test_find_label (card, "open to the network"));

  gtk_editable_set_text (GTK_EDITABLE (host), "::1");
  g_assert_nonnull (be_app_test_find_label (card, "this computer only"));
}

static void
test_another_client_is_one_click (BeAppTest    *test,
                                  gconstpointer data)
{
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (client, "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  gtk_widget_activate_action (client, "endpoint.another", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "2 clients connected");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (be_endpoint_card_get_button (BE_ENDPOINT_CARD (client))), ==,
                   "Disconnects all 2 clients");

  gtk_widget_activate_action (client, "endpoint.stop", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Not connected");
}

static void
test_a_server_that_stops_listening_says_who_is_left (BeAppTest    *test,
                                                     gconstpointer data)
{
  GtkWidget *server = be_app_test_card (test, BE_SIDE_SERVER);

  gtk_widget_activate_action (server, "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.start", NULL);
  be_test_wait_until (be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)) == 1);

  gtk_widget_activate_action (server, "endpoint.stop-listening", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Stopped listening, 1 client left");

  gtk_widget_activate_action (server, "endpoint.close-all", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Not started");
}

static void
end_client_with (BeAppTest  *test,
                 const char *action,
                 const char *words)
{
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (client, "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_test_wait_until (be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)) == 1);

  gtk_widget_activate_action (client, action, NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, words);
  be_test_wait_until (be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)) == 0);
}

static void
test_a_reset_ends_both_ends (BeAppTest    *test,
                             gconstpointer data)
{
  end_client_with (test, "endpoint.reset-all", "Not connected");
}

static void
test_closed_sockets_can_be_forgotten (BeAppTest    *test,
                                      gconstpointer data)
{
  GtkWidget  *client = be_app_test_card (test, BE_SIDE_CLIENT);
  GListModel *sockets = be_endpoint_card_get_sockets (BE_ENDPOINT_CARD (client));

  end_client_with (test, "endpoint.stop", "Not connected");
  g_assert_cmpuint (g_list_model_get_n_items (sockets), ==, 1);

  gtk_widget_activate_action (client, "endpoint.forget", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (sockets), ==, 0);
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *action_name)
{
  GtkWidget *button = NULL;

  for (guint i = 0; (button = be_app_test_find_type (root, GTK_TYPE_BUTTON, i)) != NULL; i++)
    {
      if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), action_name) == 0)
        return button;
    }

  return NULL;
}

static void
test_one_click_makes_one_client_or_ten_more (BeAppTest    *test,
                                             gconstpointer data)
{
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);
  GtkWidget *one = NULL;
  GtkWidget *ten = NULL;

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_null (find_button (client, "endpoint.another"));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  one = find_button (client, "endpoint.another");
  ten = find_button (client, "endpoint.ten");
  be_test_wait_until (gtk_widget_get_mapped (one) && gtk_widget_get_mapped (ten));

  g_signal_emit_by_name (one, "clicked");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "2 clients connected");
  g_signal_emit_by_name (ten, "clicked");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "12 clients connected");

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.another-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "13 clients connected");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.ten-clients", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "23 clients connected");
  g_assert_null (find_button (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.ten"));
}

static void
add_tests (void)
{
  be_app_test_add ("/app/endpoint-card/one-click-makes-one-client-or-ten-more", test_one_click_makes_one_client_or_ten_more);
  be_app_test_add ("/app/endpoint-card/a-bad-port-is-marked-where-it-stands", test_a_bad_port_is_marked_where_it_stands);
  be_app_test_add ("/app/endpoint-card/a-client-calls-no-port-0", test_a_client_calls_no_port_0);
  be_app_test_add ("/app/endpoint-card/a-bad-address-is-marked-where-it-stands", test_a_bad_address_is_marked_where_it_stands);
  be_app_test_add ("/app/endpoint-card/a-port-in-use-leaves-the-window-usable", test_a_port_in_use_leaves_the_window_usable);
  be_app_test_add ("/app/endpoint-card/a-refused-client-can-try-again", test_a_refused_client_can_try_again);
  be_app_test_add ("/app/endpoint-card/the-running-server-shows-its-real-port", test_the_running_server_shows_its_real_port);
  be_app_test_add ("/app/endpoint-card/the-badge-tells-who-may-connect", test_the_badge_tells_who_may_connect);
  be_app_test_add ("/app/endpoint-card/another-client-is-one-click", test_another_client_is_one_click);
  be_app_test_add ("/app/endpoint-card/a-server-that-stops-listening-says-who-is-left", test_a_server_that_stops_listening_says_who_is_left);
  be_app_test_add ("/app/endpoint-card/a-reset-ends-both-ends", test_a_reset_ends_both_ends);
  be_app_test_add ("/app/endpoint-card/closed-sockets-can-be-forgotten", test_closed_sockets_can_be_forgotten);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
