/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a card offers after a failure does what it says. */

#include "be-app-test.h"

#include "be-address-field.h"
#include "be-endpoint-card.h"
#include "be-remedy.h"
#include "be-test-peer.h"

#include <stdlib.h>

#ifdef G_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>
#endif

static GtkWidget *
find_button (BeAppTest *test,
             BeSide     side,
             BeRemedy   remedy)
{
  GtkWidget *label = be_app_test_find_label (be_app_test_card (test, side), be_remedy_get_label (remedy));

  return label != NULL && gtk_widget_get_mapped (label) ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;
}

static gboolean
is_any_offered (BeAppTest *test,
                BeSide     side)
{
  for (BeRemedy remedy = BE_REMEDY_NONE + 1; remedy < BE_N_REMEDIES; remedy++)
    {
      if (find_button (test, side, remedy) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
press (BeAppTest *test,
       BeSide     side,
       BeRemedy   remedy)
{
  be_test_wait_until (find_button (test, side, remedy) != NULL);
  g_assert_true (gtk_widget_is_sensitive (find_button (test, side, remedy)));
  g_signal_emit_by_name (find_button (test, side, remedy), "clicked");
}

static BeAddressField *
find_field (BeAppTest *test,
            BeSide     side)
{
  return BE_ADDRESS_FIELD (be_app_test_find_type (be_app_test_card (test, side), BE_TYPE_ADDRESS_FIELD, 0));
}

static void
start (BeAppTest  *test,
       BeSide      side,
       const char *host,
       guint       port)
{
  GtkWidget       *card = be_app_test_card (test, side);
  g_autofree char *text = g_strdup_printf ("%u", port);

  g_object_set (find_field (test, side), "host", host, NULL);
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (card), text);
  gtk_widget_activate_action (card, "endpoint.start", NULL);
}

static guint16
find_quiet_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);

  return port;
}

static BeAddress
get_local (BeAppTest *test,
           BeProtocol protocol)
{
  BeAddress local = { 0 };

  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, protocol, BE_SIDE_SERVER), &local));

  return local;
}

static void
test_nothing_is_offered_before_a_failure (BeAppTest    *test,
                                          gconstpointer data)
{
  g_assert_false (is_any_offered (test, BE_SIDE_SERVER));
  g_assert_false (is_any_offered (test, BE_SIDE_CLIENT));

  start (test, BE_SIDE_SERVER, "127.0.0.1", 0);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_false (is_any_offered (test, BE_SIDE_SERVER));
}

static void
test_the_server_starts_where_the_client_was_refused (BeAppTest    *test,
                                                     gconstpointer data)
{
  guint16 port = find_quiet_port ();

  start (test, BE_SIDE_CLIENT, "127.0.0.1", port);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection refused");
  g_assert_null (find_button (test, BE_SIDE_CLIENT, BE_REMEDY_CALL_SERVER));
  press (test, BE_SIDE_CLIENT, BE_REMEDY_START_SERVER);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_cmpuint (get_local (test, BE_PROTOCOL_TCP).port, ==, port);
  be_test_wait_until (!is_any_offered (test, BE_SIDE_CLIENT));

  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
}

static void
test_the_server_starts_at_an_own_address_in_the_network (BeAppTest    *test,
                                                         gconstpointer data)
{
  guint16          port = find_quiet_port ();
  BeAddress        own;
  BeAddress        local;
  g_autofree char *host = NULL;

  if (!be_test_peer_find_own_address (&own))
    {
      g_test_skip ("this computer is in no network");
      return;
    }

  host = be_address_host_to_string (&own);
  start (test, BE_SIDE_CLIENT, host, port);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection refused");
  be_test_wait_until (find_button (test, BE_SIDE_CLIENT, BE_REMEDY_TRY_LOOPBACK) != NULL);
  press (test, BE_SIDE_CLIENT, BE_REMEDY_START_SERVER);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");

  own.port = port;
  local = get_local (test, BE_PROTOCOL_TCP);
  g_assert_true (be_address_equal (&local, &own));
}

/* Another address has not failed yet. */
static void
test_an_edited_address_has_no_failure (BeAppTest    *test,
                                       gconstpointer data)
{
  guint16          port = find_quiet_port ();
  g_autofree char *other = g_strdup_printf ("%u", port ^ 1);
  BeEndpointCard  *card = BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT));

  start (test, BE_SIDE_CLIENT, "127.0.0.1", port);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection refused");
  be_test_wait_until (is_any_offered (test, BE_SIDE_CLIENT));

  /* To look at the other protocol edits nothing. */
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "udp");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "tcp");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection refused");

  be_endpoint_card_set_port (card, other);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Not connected");
  be_test_wait_until (!is_any_offered (test, BE_SIDE_CLIENT));

  start (test, BE_SIDE_CLIENT, "127.0.0.1", port);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection refused");
}

/* A UDP client lives on after a refusal. */
static void
test_the_server_starts_where_a_datagram_was_refused (BeAppTest    *test,
                                                     gconstpointer data)
{
  guint16 port = find_quiet_port ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a", 1);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "udp");
  start (test, BE_SIDE_CLIENT, "127.0.0.1", port);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Ready");
  be_stage_send (test->stage,
                 be_session_get_id (be_stage_get_session (test->stage, BE_PROTOCOL_UDP, BE_SIDE_CLIENT)),
                 BE_PEER_EVERYONE, bytes);
  press (test, BE_SIDE_CLIENT, BE_REMEDY_START_SERVER);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Receiving");
  g_assert_cmpuint (get_local (test, BE_PROTOCOL_UDP).port, ==, port);
  be_test_wait_until (!is_any_offered (test, BE_SIDE_CLIENT));
}

static void
test_the_client_calls_the_server_that_runs (BeAppTest    *test,
                                            gconstpointer data)
{
  guint16 port;

  start (test, BE_SIDE_SERVER, "127.0.0.1", 0);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  port = get_local (test, BE_PROTOCOL_TCP).port;
  start (test, BE_SIDE_CLIENT, "127.0.0.1", find_quiet_port ());
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection refused");

  /* No second server. */
  g_assert_null (find_button (test, BE_SIDE_CLIENT, BE_REMEDY_START_SERVER));
  press (test, BE_SIDE_CLIENT, BE_REMEDY_CALL_SERVER);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  g_assert_cmpint (atoi (be_endpoint_card_get_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT)))), ==, port);
  g_assert_false (is_any_offered (test, BE_SIDE_CLIENT));
}

/* 192.0.2.1 belongs to nobody (RFC 5737), and bind () says so without a packet. */
static void
test_the_loopback_is_tried_instead (BeAppTest    *test,
                                    gconstpointer data)
{
  BeAddress local;

  start (test, BE_SIDE_SERVER, "192.0.2.1", 0);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Address not available");
  press (test, BE_SIDE_SERVER, BE_REMEDY_TRY_LOOPBACK);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  local = get_local (test, BE_PROTOCOL_TCP);
  g_assert_true (be_address_is_loopback (&local));
  g_assert_cmpstr (be_address_field_get_host (find_field (test, BE_SIDE_SERVER)), ==, "127.0.0.1");
}

static void
test_the_next_free_port_is_used (BeAppTest    *test,
                                 gconstpointer data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (other, NULL, NULL);

  start (test, BE_SIDE_SERVER, "127.0.0.1", port);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Address in use");
  press (test, BE_SIDE_SERVER, BE_REMEDY_NEXT_PORT);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_cmpuint (get_local (test, BE_PROTOCOL_TCP).port, !=, port);
  g_assert_cmpuint (get_local (test, BE_PROTOCOL_TCP).port, >=, 1024);
  be_test_wait_until (!is_any_offered (test, BE_SIDE_SERVER));
}

#ifdef G_OS_UNIX
static void
test_the_limit_is_raised (BeAppTest    *test,
                          gconstpointer data)
{
  struct rlimit before;
  struct rlimit limit;
  int           next = dup (STDERR_FILENO);

  g_assert_cmpint (next, >=, 0);
  close (next);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = (rlim_t) next;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);

  start (test, BE_SIDE_SERVER, "127.0.0.1", 0);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Too many sockets");
  press (test, BE_SIDE_SERVER, BE_REMEDY_RAISE_LIMIT);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, >, (rlim_t) next);
  g_assert_false (is_any_offered (test, BE_SIDE_SERVER));

  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
}
#endif

static void
test_the_keyboard_comes_to_a_remedy_and_is_not_lost_with_it (BeAppTest    *test,
                                                             gconstpointer data)
{
  GtkWidget *card = be_app_test_card (test, BE_SIDE_CLIENT);
  GtkWidget *button = be_endpoint_card_get_button (BE_ENDPOINT_CARD (card));
  GtkWidget *remedy = NULL;

  start (test, BE_SIDE_CLIENT, "127.0.0.1", find_quiet_port ());
  be_test_wait_until (find_button (test, BE_SIDE_CLIENT, BE_REMEDY_START_SERVER) != NULL);
  remedy = find_button (test, BE_SIDE_CLIENT, BE_REMEDY_START_SERVER);

  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_widget_child_focus (card, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_focus (remedy));
  gtk_widget_activate (remedy);
  be_test_wait_until (!is_any_offered (test, BE_SIDE_CLIENT));
  g_assert_true (gtk_widget_is_focus (button));
}

static void
add_tests (void)
{
  be_app_test_add ("/remedies/nothing-is-offered-before-a-failure", test_nothing_is_offered_before_a_failure);
  be_app_test_add ("/remedies/the-server-starts-where-the-client-was-refused",
                   test_the_server_starts_where_the_client_was_refused);
  be_app_test_add ("/remedies/an-edited-address-has-no-failure", test_an_edited_address_has_no_failure);
  be_app_test_add ("/remedies/the-server-starts-at-an-own-address-in-the-network",
                   test_the_server_starts_at_an_own_address_in_the_network);
  be_app_test_add ("/remedies/the-server-starts-where-a-datagram-was-refused",
                   test_the_server_starts_where_a_datagram_was_refused);
  be_app_test_add ("/remedies/the-client-calls-the-server-that-runs", test_the_client_calls_the_server_that_runs);
  be_app_test_add ("/remedies/the-loopback-is-tried-instead", test_the_loopback_is_tried_instead);
  be_app_test_add ("/remedies/the-next-free-port-is-used", test_the_next_free_port_is_used);
#ifdef G_OS_UNIX
  be_app_test_add ("/remedies/the-limit-is-raised", test_the_limit_is_raised);
#endif
  be_app_test_add ("/remedies/the-keyboard-comes-to-a-remedy-and-is-not-lost-with-it",
                   test_the_keyboard_comes_to_a_remedy_and_is_not_lost_with_it);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
