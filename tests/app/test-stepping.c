/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Step by step: what the window says and offers while calls are held. */

#include "be-app-test-pending.h"
#include "be-endpoint-card.h"
#include "be-endpoint-options.h"
#include "be-play-bar.h"
#include "be-reader-options.h"
#include "be-test-nobody.h"

#define WHEN_AT_ONCE 0
#define WHEN_ON_REQUEST 2

#define READS_WAIT "Reads wait until you press Next; nothing else is held"

static gboolean
has_next (BeAppTest *test)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "step-next");
}

static guint
count_events (BeAppTest *test,
              BeSide     side,
              BeCall     call)
{
  BeJournal *journal = be_stage_get_journal (test->stage);
  guint      n_events = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (journal)); i++)
    {
      const BeEventRecord *record = be_journal_get_record (journal, i);

      n_events += record->side == side && record->call == call ? 1 : 0;
    }

  return n_events;
}

static GtkWidget *
find_bar (BeAppTest *test)
{
  GtkWidget *bar = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_PLAY_BAR, 0);

  return bar != NULL && gtk_widget_is_visible (bar) ? bar : NULL;
}

static void
connect_both (BeAppTest  *test,
              const char *server_chip,
              const char *client_chip)
{
  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, server_chip);
  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, client_chip);
}

static void
hold_the_close (BeAppTest *test)
{
  be_app_test_hold (test, "client");
  be_app_test_wait_for_held (test, BE_SIDE_CLIENT, BE_CALL_RECV);
  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_held (test, BE_SIDE_CLIENT, BE_CALL_CLOSE);
  g_assert_cmpuint (count_events (test, BE_SIDE_CLIENT, BE_CALL_CLOSE), ==, 0);
}

static void
step_the_close (BeAppTest *test)
{
  hold_the_close (test);
  be_app_test_let_go (test, BE_SIDE_CLIENT, BE_CALL_CLOSE);
  be_test_wait_until (count_events (test, BE_SIDE_CLIENT, BE_CALL_CLOSE) == 1);
}

static void
test_disconnect_is_a_call_that_is_stepped (BeAppTest    *test,
                                           gconstpointer data)
{
  connect_both (test, "Listening", "Connected");
  step_the_close (test);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Not connected");
}

static void
test_a_udp_client_steps_its_close_too (BeAppTest    *test,
                                       gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "udp");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_SERVER)), "0");
  connect_both (test, "Receiving", "Ready");
  step_the_close (test);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Not open");
}

/* Nobody listens there. */
static void
test_a_refused_client_steps_its_close (BeAppTest    *test,
                                       gconstpointer data)
{
  BeAddress address;
  g_autoptr (GSocket) nobody = be_test_nobody_listens (&address);
  g_autofree char *port = g_strdup_printf ("%u", address.port);

  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT)), port);
  be_app_test_hold (test, "client");
  for (guint i = 0; i < 2; i++)
    {
      be_app_test_act (test, "win.toggle-client");
      be_app_test_let_go (test, BE_SIDE_CLIENT, BE_CALL_SOCKET);
      be_app_test_let_go (test, BE_SIDE_CLIENT, BE_CALL_CONNECT);
      be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection refused");
      be_app_test_wait_for_held (test, BE_SIDE_CLIENT, BE_CALL_CLOSE);
    }

  /* The first has its own still, although another client was begun. */
  be_test_wait_until (be_app_test_count_pending (test) == 2);
  g_assert_cmpuint (count_events (test, BE_SIDE_CLIENT, BE_CALL_CLOSE), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      be_app_test_press_next_before (test, BE_SIDE_CLIENT, BE_CALL_CLOSE);
      be_test_wait_until (count_events (test, BE_SIDE_CLIENT, BE_CALL_CLOSE) == i + 1);
    }
  be_test_wait_until (be_app_test_count_pending (test) == 0);
}

static void
test_a_second_disconnect_is_for_good (BeAppTest    *test,
                                      gconstpointer data)
{
  connect_both (test, "Listening", "Connected");
  hold_the_close (test);
  be_app_test_act (test, "win.toggle-client");
  be_test_wait_until (count_events (test, BE_SIDE_CLIENT, BE_CALL_CLOSE) == 1);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Not connected");
}

static void
test_the_server_still_stops_at_once (BeAppTest    *test,
                                     gconstpointer data)
{
  connect_both (test, "Listening", "Connected");
  be_app_test_hold (test, "server");
  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Not started");
}

static void
test_reads_that_wait_bring_next_along (BeAppTest    *test,
                                       gconstpointer data)
{
  GtkWidget *options = be_app_test_find_type (be_app_test_card (test, BE_SIDE_SERVER), BE_TYPE_ENDPOINT_OPTIONS, 0);
  GtkWidget *when = NULL;

  gtk_popover_popup (GTK_POPOVER (options));
  gtk_popover_popdown (GTK_POPOVER (options));
  when = be_app_test_find_type (be_app_test_find_type (options, BE_TYPE_READER_OPTIONS, 0), GTK_TYPE_DROP_DOWN, 0);
  g_assert_null (find_bar (test));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (when), WHEN_ON_REQUEST);
  be_test_wait_until (find_bar (test) != NULL);
  g_assert_nonnull (be_app_test_find_label (find_bar (test), READS_WAIT));
  g_assert_false (has_next (test));

  connect_both (test, "Listening", "Connected");
  be_app_test_write (test, BE_SIDE_CLIENT, "hello baby");
  be_test_wait_until (be_app_test_find_held (test, BE_SIDE_SERVER, BE_CALL_RECV) != NULL && has_next (test));
  be_app_test_act (test, "win.step-next");
  be_test_wait_until (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV) == 1);

  /* Stepping may begin and end; the reads wait all the time. */
  be_app_test_act (test, "win.step-by-step");
  be_app_test_act (test, "win.step-by-step");
  g_assert_nonnull (find_bar (test));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (when), WHEN_AT_ONCE);
  be_test_wait_until (find_bar (test) == NULL);
}

static gboolean
is_next (BeAppTest         *test,
         BeCall             name,
         BePendingReadiness readiness)
{
  BePendingRow *row = be_app_test_find_held (test, BE_SIDE_SERVER, name);

  return row != NULL && be_pending_row_get_is_next (row) && be_pending_row_get_call (row)->readiness == readiness;
}

static void
test_next_is_what_would_not_wait (BeAppTest    *test,
                                  gconstpointer data)
{
  connect_both (test, "Listening", "Connected");
  be_app_test_hold (test, "server");
  be_test_wait_until (is_next (test, BE_CALL_ACCEPT, BE_PENDING_WOULD_WAIT) ||
                      is_next (test, BE_CALL_RECV, BE_PENDING_WOULD_WAIT));
  be_app_test_write (test, BE_SIDE_CLIENT, "hello baby");
  be_test_wait_until (is_next (test, BE_CALL_RECV, BE_PENDING_READY));
  g_assert_nonnull (be_app_test_find_label (find_bar (test), "Paused before recv(1024) on the server, which takes "
                                                             "up to 1024 bytes that have arrived"));
  be_app_test_act (test, "win.step-next");
  be_test_wait_until (count_events (test, BE_SIDE_SERVER, BE_CALL_RECV) == 1);
  be_test_wait_until (is_next (test, BE_CALL_SEND, BE_PENDING_READY));
  g_assert_nonnull (be_app_test_find_held (test, BE_SIDE_SERVER, BE_CALL_ACCEPT));
}

static void
test_next_is_there_when_there_is_a_next (BeAppTest    *test,
                                         gconstpointer data)
{
  BePendingRow *row = NULL;

  be_app_test_hold (test, "server");
  be_test_wait_until (find_bar (test) != NULL);
  g_assert_false (has_next (test));

  be_app_test_act (test, "win.toggle-server");
  be_test_wait_until ((row = be_app_test_find_held (test, BE_SIDE_SERVER, BE_CALL_SOCKET)) != NULL);
  g_assert_true (has_next (test));
  g_assert_true (be_pending_row_get_is_next (row));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Next Call makes this one");

  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Not started");
  be_test_wait_until (!has_next (test));
}

/* Between two calls the button is insensitive, and loses the keyboard. */
static void
test_next_keeps_the_keyboard (BeAppTest    *test,
                              gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (test->window);
  GtkWidget *button = NULL;

  be_app_test_hold (test, "server");
  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_held (test, BE_SIDE_SERVER, BE_CALL_SOCKET);
  button = gtk_widget_get_ancestor (be_app_test_find_label (find_bar (test), "Next Call"), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_grab_focus (button));

  g_signal_emit_by_name (button, "clicked");
  be_app_test_wait_for_held (test, BE_SIDE_SERVER, BE_CALL_BIND);
  g_assert_true (gtk_window_get_focus (window) == button);

  /* Nothing is left to do, and then there is. */
  be_app_test_act (test, "win.toggle-server");
  be_test_wait_until (!has_next (test));
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_true (gtk_window_get_focus (window) != button);
  be_app_test_act (test, "win.toggle-server");
  be_test_wait_until (has_next (test));
  g_assert_true (gtk_window_get_focus (window) == button);
}

static void
test_what_is_held_before_its_first_call_is_paused (BeAppTest    *test,
                                                   gconstpointer data)
{
  be_app_test_hold (test, "both");
  be_app_test_act (test, "win.toggle-server");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Paused");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT)), "9");
  be_app_test_act (test, "win.toggle-client");
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Paused");
  be_app_test_act (test, "win.step-by-step");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
}

static void
add_tests (void)
{
  be_app_test_add ("/stepping/disconnect-is-a-call-that-is-stepped", test_disconnect_is_a_call_that_is_stepped);
  be_app_test_add ("/stepping/a-udp-client-steps-its-close-too", test_a_udp_client_steps_its_close_too);
  be_app_test_add ("/stepping/a-refused-client-steps-its-close", test_a_refused_client_steps_its_close);
  be_app_test_add ("/stepping/a-second-disconnect-is-for-good", test_a_second_disconnect_is_for_good);
  be_app_test_add ("/stepping/the-server-still-stops-at-once", test_the_server_still_stops_at_once);
  be_app_test_add ("/stepping/reads-that-wait-bring-next-along", test_reads_that_wait_bring_next_along);
  be_app_test_add ("/stepping/next-is-what-would-not-wait", test_next_is_what_would_not_wait);
  be_app_test_add ("/stepping/next-is-there-when-there-is-a-next", test_next_is_there_when_there_is_a_next);
  be_app_test_add ("/stepping/next-keeps-the-keyboard", test_next_keeps_the_keyboard);
  be_app_test_add ("/stepping/what-is-held-before-its-first-call-is-paused",
                   test_what_is_held_before_its_first_call_is_paused);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
