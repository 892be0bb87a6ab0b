/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-conversation.h"
#include "be-endpoint-card.h"
#include "be-filter-bar.h"
#include "be-magnification.h"
#include "be-panes.h"
#include "be-projected-cable.h"
#include "be-side-sheet.h"

#define PIXELS_PER_POINT (96.0 / 72.0)

static void
toggle (BeAppTest *test)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.projector", NULL);
}

static GtkWidget *
get_field (BeAppTest *test,
           BeSide     side)
{
  return be_endpoint_card_get_button (BE_ENDPOINT_CARD (be_app_test_card (test, side)));
}

static void
start_server (BeAppTest *test)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
}

static void
test_folds_the_settings_and_brings_them_back (BeAppTest    *test,
                                              gconstpointer data)
{
  GtkWidget *composers = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_PANES, 1);

  g_assert_true (gtk_widget_get_mapped (get_field (test, BE_SIDE_SERVER)));
  g_assert_true (gtk_widget_get_mapped (get_field (test, BE_SIDE_CLIENT)));

  toggle (test);
  be_test_wait_until (!gtk_widget_get_mapped (get_field (test, BE_SIDE_SERVER)) &&
                      !gtk_widget_get_mapped (get_field (test, BE_SIDE_CLIENT)));
  be_test_wait_until (be_panes_is_folded (BE_PANES (composers)));
  g_assert_true (be_magnification_is_projected ());

  toggle (test);
  be_test_wait_until (gtk_widget_get_mapped (get_field (test, BE_SIDE_SERVER)) &&
                      gtk_widget_get_mapped (get_field (test, BE_SIDE_CLIENT)));
  be_test_wait_until (!be_panes_is_folded (BE_PANES (composers)));
  g_assert_false (be_magnification_is_projected ());
}

static void
test_a_bar_opens_for_who_presses_it_only (BeAppTest    *test,
                                          gconstpointer data)
{
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);

  toggle (test);
  start_server (test);
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_last_child (client)));

  g_signal_emit_by_name (gtk_widget_get_first_child (client), "clicked");
  be_test_wait_until (gtk_widget_get_mapped (get_field (test, BE_SIDE_CLIENT)));
}

static const char *
get_bar_text (GtkWidget *card)
{
  return gtk_label_get_text (GTK_LABEL (be_endpoint_card_get_bar_address (BE_ENDPOINT_CARD (card))));
}

static double
measure_text (GtkWidget *label)
{
  PangoContext *context = gtk_widget_get_pango_context (label);

  return (double) pango_font_description_get_size (pango_context_get_font_description (context)) / PANGO_SCALE;
}

static void
test_addresses_have_24_points (BeAppTest    *test,
                               gconstpointer data)
{
  g_autofree char *address = NULL;
  GtkWidget       *label = NULL;

  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_SERVER)), "8001");
  toggle (test);
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_SERVER)), "0");
  start_server (test);
  address = g_strdup_printf ("127.0.0.1:%s", be_endpoint_card_get_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT))));
  label = be_app_test_find_label (be_app_test_card (test, BE_SIDE_SERVER), address);
  g_assert_nonnull (label);
  be_test_wait_until (measure_text (label) >= 24 * PIXELS_PER_POINT);
}

static GtkRevealer *
find_filter_revealer (BeAppTest *test)
{
  GtkWidget *bar = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_FILTER_BAR, 0);

  return GTK_REVEALER (gtk_widget_get_ancestor (bar, GTK_TYPE_REVEALER));
}

static gboolean
is_narrow (BeAppTest *test)
{
  gboolean is_narrow = FALSE;

  g_object_get (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_SIDE_SHEET, 0), "is-narrow", &is_narrow, NULL);

  return is_narrow;
}

static gboolean
is_as_wide (BeAppTest *test,
            int        width)
{
  int sheet_width = gtk_widget_get_width (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_SIDE_SHEET, 0));

  gtk_window_set_default_size (GTK_WINDOW (test->window), width, 800);

  return ABS (sheet_width - width) < 20;
}

/* The buttons of the header give way in a narrow window, not for the size of
 * the type in a room. */
static void
test_the_header_keeps_its_buttons (BeAppTest    *test,
                                   gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);

  be_test_wait_until (is_as_wide (test, 1240) && !is_narrow (test));
  toggle (test);
  be_test_wait_until (be_side_sheet_is_covering (BE_SIDE_SHEET (be_app_test_find_type (window, BE_TYPE_SIDE_SHEET, 0))));
  g_assert_true (be_magnification_is_projected ());
  g_assert_false (is_narrow (test));

  toggle (test);
  be_test_wait_until (!be_side_sheet_is_covering (BE_SIDE_SHEET (be_app_test_find_type (window, BE_TYPE_SIDE_SHEET, 0))));
  g_assert_false (is_narrow (test));
}

static void
test_hides_the_filter_and_shows_it_again (BeAppTest    *test,
                                          gconstpointer data)
{
  start_server (test);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.find", NULL);
  g_assert_true (gtk_revealer_get_reveal_child (find_filter_revealer (test)));

  toggle (test);
  g_assert_false (gtk_revealer_get_reveal_child (find_filter_revealer (test)));
  toggle (test);
  g_assert_true (gtk_revealer_get_reveal_child (find_filter_revealer (test)));

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.find", NULL);
  toggle (test);
  toggle (test);
  g_assert_false (gtk_revealer_get_reveal_child (find_filter_revealer (test)));
}

/* Nobody shall take a part for the whole. */
static void
test_shows_a_filter_that_leaves_out_rows (BeAppTest    *test,
                                          gconstpointer data)
{
  GtkWidget       *entry = NULL;
  BeConversation  *conversation = NULL;
  BeJournalFilter *filter = NULL;

  start_server (test);
  conversation = BE_CONVERSATION (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_CONVERSATION, 0));
  filter = be_conversation_get_filter (conversation);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.find", NULL);
  entry = be_app_test_find_type (GTK_WIDGET (find_filter_revealer (test)), GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "listen");
  be_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (filter)) == 1);

  toggle (test);
  g_assert_true (gtk_revealer_get_reveal_child (find_filter_revealer (test)));
  toggle (test);
  g_assert_true (gtk_revealer_get_reveal_child (find_filter_revealer (test)));
}

static void
test_the_newest_row_comes_into_view (BeAppTest    *test,
                                     gconstpointer data)
{
  BeConversation *conversation = NULL;
  GtkWidget      *scrolled = NULL;
  gboolean        is_handled = FALSE;

  conversation = BE_CONVERSATION (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_CONVERSATION, 0));
  for (guint i = 0; i < 8; i++)
    {
      start_server (test);
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
      be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Not started");
    }
  be_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (be_stage_get_journal (test->stage))) >= 32);

  gtk_widget_grab_focus (GTK_WIDGET (conversation));
  scrolled = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (test->window)), GTK_TYPE_SCROLLED_WINDOW);
  g_signal_emit_by_name (scrolled, "scroll-child", GTK_SCROLL_START, FALSE, &is_handled);
  be_test_wait_until (!be_conversation_is_following (conversation));

  toggle (test);
  be_test_wait_until (be_conversation_is_following (conversation));
}

/* As long as it calls nobody the card says whom it would call. */
static void
test_the_client_says_its_own_port (BeAppTest    *test,
                                   gconstpointer data)
{
  GtkWidget       *client = be_app_test_card (test, BE_SIDE_CLIENT);
  GListModel      *sockets = be_endpoint_card_get_sockets (BE_ENDPOINT_CARD (client));
  g_autofree char *called = NULL;
  g_autofree char *own = NULL;
  g_autoptr (BeSocketSummary) summary = NULL;

  start_server (test);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  called = g_strdup_printf ("127.0.0.1:%s", be_endpoint_card_get_port (BE_ENDPOINT_CARD (client)));
  summary = g_list_model_get_item (sockets, 0);
  own = be_address_to_string (be_socket_summary_get_local (summary));
  g_assert_cmpstr (own, !=, called);

  toggle (test);
  be_test_wait_until (g_strcmp0 (get_bar_text (client), own) == 0);
  toggle (test);
  g_assert_cmpstr (get_bar_text (client), ==, called);
}

/* Nothing on the screen says whom it calls before a cable leads there. */
static void
test_the_client_says_whom_it_calls (BeAppTest    *test,
                                    gconstpointer data)
{
  GtkWidget       *client = be_app_test_card (test, BE_SIDE_CLIENT);
  g_autofree char *called = NULL;

  start_server (test);
  g_action_group_activate_action (G_ACTION_GROUP (test->window), "step-by-step", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (test->window), "step-sides", g_variant_new_string ("server"));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  called = g_strdup_printf ("→ 127.0.0.1:%s", be_endpoint_card_get_port (BE_ENDPOINT_CARD (client)));
  toggle (test);
  be_test_wait_until (g_strcmp0 (get_bar_text (client), called) == 0);

  be_test_wait_until (g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "step-next"));
  g_action_group_activate_action (G_ACTION_GROUP (test->window), "step-next", NULL);
  be_test_wait_until (g_str_has_prefix (get_bar_text (client), "127.0.0.1:"));
}

static void
test_a_cable_joins_the_newest_connection (BeAppTest    *test,
                                          gconstpointer data)
{
  BeEndpointCard *server = BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_SERVER));
  BeEndpointCard *client = BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT));
  guint32         first;

  toggle (test);
  start_server (test);
  g_assert_cmpuint (be_projected_cable_find_connection (server, client), ==, BE_EVENT_NO_CONNECTION);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_test_wait_until (be_projected_cable_find_connection (server, client) != BE_EVENT_NO_CONNECTION);
  first = be_projected_cable_find_connection (server, client);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.another-client", NULL);
  be_test_wait_until (be_projected_cable_find_connection (server, client) != first);
  g_assert_cmpuint (be_projected_cable_find_connection (server, client), !=, BE_EVENT_NO_CONNECTION);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_test_wait_until (be_projected_cable_find_connection (server, client) == BE_EVENT_NO_CONNECTION);
}

/* Large type must not outlive the window that asked for it. */
static void
test_ends_with_its_window (BeAppTest    *test,
                           gconstpointer data)
{
  toggle (test);
  g_assert_true (be_magnification_is_projected ());
  gtk_window_destroy (GTK_WINDOW (test->window));
  be_test_wait_until (test->window == NULL);
  g_assert_false (be_magnification_is_projected ());
}

static void
add_tests (void)
{
  be_app_test_add ("/app/projector/folds-the-settings-and-brings-them-back", test_folds_the_settings_and_brings_them_back);
  be_app_test_add ("/app/projector/a-bar-opens-for-who-presses-it-only", test_a_bar_opens_for_who_presses_it_only);
  be_app_test_add ("/app/projector/addresses-have-24-points", test_addresses_have_24_points);
  be_app_test_add ("/app/projector/the-header-keeps-its-buttons", test_the_header_keeps_its_buttons);
  be_app_test_add ("/app/projector/hides-the-filter-and-shows-it-again", test_hides_the_filter_and_shows_it_again);
  be_app_test_add ("/app/projector/shows-a-filter-that-leaves-out-rows", test_shows_a_filter_that_leaves_out_rows);
  be_app_test_add ("/app/projector/the-newest-row-comes-into-view", test_the_newest_row_comes_into_view);
  be_app_test_add ("/app/projector/the-client-says-whom-it-calls", test_the_client_says_whom_it_calls);
  be_app_test_add ("/app/projector/a-cable-joins-the-newest-connection", test_a_cable_joins_the_newest_connection);
  be_app_test_add ("/app/projector/the-client-says-its-own-port", test_the_client_says_its_own_port);
  be_app_test_add ("/app/projector/ends-with-its-window", test_ends_with_its_window);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
