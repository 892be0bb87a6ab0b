/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a card is folded to. */

#include "be-app-test.h"

#include "be-card-bar.h"
#include "be-endpoint-card.h"

/* In a window of its own, which is shown. */
static GtkWidget *
show_bar (BeSide side)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *bar = be_card_bar_new (side);

  gtk_window_set_child (GTK_WINDOW (window), bar);
  gtk_window_present (GTK_WINDOW (window));
  be_test_wait_until (gtk_widget_get_mapped (bar));

  return bar;
}

static void
close_bar (GtkWidget *bar)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (bar)));
}

static BeStateChip *
get_chip (GtkWidget *bar)
{
  return BE_STATE_CHIP (be_app_test_find_type (bar, BE_TYPE_STATE_CHIP, 0));
}

/* Where the bold of the address begins, or -1. */
static int
get_bold (GtkWidget *bar)
{
  PangoAttrList *attributes = gtk_label_get_attributes (GTK_LABEL (be_card_bar_get_address (BE_CARD_BAR (bar))));
  GSList        *list = pango_attr_list_get_attributes (attributes);
  int            start = list != NULL ? (int) ((PangoAttribute *) list->data)->start_index : -1;

  g_slist_free_full (list, (GDestroyNotify) pango_attribute_destroy);

  return start;
}

static void
test_has_the_name_of_its_side (void)
{
  GtkWidget *server = show_bar (BE_SIDE_SERVER);
  GtkWidget *client = show_bar (BE_SIDE_CLIENT);

  gtk_test_accessible_assert_property (server, GTK_ACCESSIBLE_PROPERTY_LABEL, "Details of the server");
  gtk_test_accessible_assert_property (client, GTK_ACCESSIBLE_PROPERTY_LABEL, "Details of the client");
  g_assert_nonnull (be_app_test_find_label (server, "Server"));
  g_assert_nonnull (be_app_test_find_label (client, "Client"));

  close_bar (server);
  close_bar (client);
}

static void
test_says_whether_the_card_is_open (void)
{
  GtkWidget *bar = show_bar (BE_SIDE_CLIENT);

  for (guint i = 0; i < 4; i++)
    {
      gboolean is_expanded = i % 2 == 0;

      be_card_bar_set_is_expanded (BE_CARD_BAR (bar), is_expanded);
      gtk_test_accessible_assert_state (bar, GTK_ACCESSIBLE_STATE_EXPANDED, is_expanded);
      g_assert_cmpint (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (bar)), ==, is_expanded);
    }

  close_bar (bar);
}

static void
test_the_port_stands_out (void)
{
  GtkWidget *bar = show_bar (BE_SIDE_SERVER);

  be_card_bar_set_address (BE_CARD_BAR (bar), "127.0.0.1:8001");
  g_assert_nonnull (be_app_test_find_label (bar, "127.0.0.1:8001"));
  g_assert_cmpint (get_bold (bar), ==, strlen ("127.0.0.1:"));
  be_card_bar_set_address (BE_CARD_BAR (bar), "[::1]:8001");
  g_assert_cmpint (get_bold (bar), ==, strlen ("[::1]:"));
  be_card_bar_set_address (BE_CARD_BAR (bar), "/tmp/a.socket");
  g_assert_cmpint (get_bold (bar), ==, -1);

  close_bar (bar);
}

static void
test_the_address_gets_a_line_of_its_own (void)
{
  GtkWidget *bar = show_bar (BE_SIDE_CLIENT);
  GtkWidget *lines = gtk_widget_get_parent (be_card_bar_get_address (BE_CARD_BAR (bar)));

  be_card_bar_set_has_two_lines (BE_CARD_BAR (bar), TRUE);
  g_assert_cmpint (gtk_orientable_get_orientation (GTK_ORIENTABLE (lines)), ==, GTK_ORIENTATION_VERTICAL);
  be_card_bar_set_has_two_lines (BE_CARD_BAR (bar), FALSE);
  g_assert_cmpint (gtk_orientable_get_orientation (GTK_ORIENTABLE (lines)), ==, GTK_ORIENTATION_HORIZONTAL);

  close_bar (bar);
}

static void
test_shows_what_runs (BeAppTest    *test,
                      gconstpointer data)
{
  GtkWidget       *card = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget       *bar = NULL;
  BeAddress        local = { 0 };
  g_autofree char *address = NULL;

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.projector", NULL);
  bar = be_app_test_find_type (card, BE_TYPE_CARD_BAR, 0);
  g_assert_nonnull (bar);
  g_assert_cmpint (be_state_chip_get_kind (get_chip (bar)), ==, BE_CHIP_CLOSED);

  gtk_widget_activate_action (card, "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));
  address = be_address_to_string (&local);
  bar = be_app_test_find_type (card, BE_TYPE_CARD_BAR, 0);
  g_assert_cmpstr (be_state_chip_get_label (get_chip (bar)), ==, "Listening");
  g_assert_cmpint (be_state_chip_get_kind (get_chip (bar)), ==, BE_CHIP_OPEN);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (be_card_bar_get_address (BE_CARD_BAR (bar)))), ==, address);
  g_assert_true (gtk_widget_get_visible (bar));
  gtk_test_accessible_assert_state (bar, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.projector", NULL);
}

static void
add_tests (void)
{
  g_test_add_func ("/card-bar/has-the-name-of-its-side", test_has_the_name_of_its_side);
  g_test_add_func ("/card-bar/says-whether-the-card-is-open", test_says_whether_the_card_is_open);
  g_test_add_func ("/card-bar/the-port-stands-out", test_the_port_stands_out);
  g_test_add_func ("/card-bar/the-address-gets-a-line-of-its-own", test_the_address_gets_a_line_of_its_own);
  be_app_test_add ("/card-bar/shows-what-runs", test_shows_what_runs);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
