/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the keyboard is: after each step of the main job it can take the next. */

#include "be-app-test.h"

#include "be-address-field.h"
#include "be-card-bar.h"
#include "be-composer.h"
#include "be-destination-picker.h"
#include "be-endpoint-card.h"
#include "be-event-list.h"
#include "be-focus.h"

#define NOT_DRAWN 0 /* not even white */

static void
test_focus_follows_the_suggestion (BeAppTest    *test,
                                   gconstpointer data)
{
  GtkWidget *server = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);
  GtkWidget *entry = be_composer_get_entry (BE_COMPOSER (be_app_test_composer (test, BE_SIDE_CLIENT)));

  gtk_widget_grab_focus (be_endpoint_card_get_button (BE_ENDPOINT_CARD (server)));
  gtk_widget_activate_action (server, "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (test->window)) ==
                 be_endpoint_card_get_button (BE_ENDPOINT_CARD (client)));

  gtk_widget_activate_action (client, "endpoint.start", NULL);
  be_test_wait_until (gtk_window_get_focus (GTK_WINDOW (test->window)) != NULL &&
                      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (test->window)), entry));
}

static void
test_f6_reaches_every_pane_and_comes_round (BeAppTest    *test,
                                            gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);
  GtkWidget *server = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);

  gtk_widget_grab_focus (be_endpoint_card_get_button (BE_ENDPOINT_CARD (server)));
  gtk_widget_activate_action (window, "win.next-pane", NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), client));

  gtk_widget_activate_action (window, "win.previous-pane", NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), server));
}

static void
test_tab_leads_from_the_address_to_the_button (BeAppTest    *test,
                                               gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);
  GtkWidget *server = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget *button = be_endpoint_card_get_button (BE_ENDPOINT_CARD (server));

  gtk_widget_grab_focus (be_app_test_find_type (server, GTK_TYPE_ENTRY, 0));
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (gtk_window_get_focus (GTK_WINDOW (window)) == button);
      gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
    }
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == button);

  gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                                         be_app_test_card (test, BE_SIDE_CLIENT)));
  gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == button);
}

static gboolean
is_in_message (BeAppTest *test)
{
  return be_focus_is_in (be_composer_get_entry (BE_COMPOSER (be_app_test_composer (test, BE_SIDE_CLIENT))));
}

static void
test_a_broken_connection_leaves_the_draft (BeAppTest    *test,
                                           gconstpointer data)
{
  GtkWidget *server = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget *composer = be_app_test_composer (test, BE_SIDE_CLIENT);
  GtkWidget *entry = be_composer_get_entry (BE_COMPOSER (composer));

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_test_wait_until (is_in_message (test));
  be_test_wait_until (be_stage_get_n_active (test->stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT) == 1 &&
                      be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)) == 1);
  gtk_editable_set_text (GTK_EDITABLE (entry), "a draft");

  gtk_widget_activate_action (server, "endpoint.reset-all", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connection reset");
  be_test_wait_until (!be_composer_can_write (BE_COMPOSER (composer)));
  g_assert_true (is_in_message (test));
  g_assert_true (gtk_widget_is_sensitive (entry));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "a draft");

  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "a draft");

  gtk_widget_activate_action (server, "endpoint.stop", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Not started");
  g_assert_true (is_in_message (test));
}

static void
test_who_connects_by_shortcut_may_write (BeAppTest    *test,
                                         gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);
  GtkWidget *server = be_app_test_card (test, BE_SIDE_SERVER);

  gtk_widget_activate_action (window, "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_grab_focus (be_endpoint_card_get_button (BE_ENDPOINT_CARD (server)));
  gtk_widget_activate_action (window, "win.toggle-client", NULL);
  be_test_wait_until (is_in_message (test));
}

static void
test_who_connects_with_enter_may_write (BeAppTest    *test,
                                        gconstpointer data)
{
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);
  GtkWidget *host = be_app_test_find_type (client, GTK_TYPE_ENTRY, 0);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_grab_focus (host);
  g_signal_emit_by_name (host, "activate");
  be_test_wait_until (is_in_message (test));
}

static GtkWidget *
get_button (BeAppTest *test,
            BeSide     side)
{
  return be_endpoint_card_get_button (BE_ENDPOINT_CARD (be_app_test_card (test, side)));
}

static gboolean
button_says (BeAppTest  *test,
             BeSide      side,
             const char *words)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (get_button (test, side))), words) == 0;
}

static void
press_button (BeAppTest *test,
              BeSide     side)
{
  g_assert_true (gtk_widget_grab_focus (get_button (test, side)));
  g_signal_emit_by_name (get_button (test, side), "clicked");
}

static void
connect_both (BeAppTest *test)
{
  press_button (test, BE_SIDE_SERVER);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  press_button (test, BE_SIDE_CLIENT);
  be_test_wait_until (is_in_message (test));
  be_test_wait_until (be_composer_can_write (BE_COMPOSER (be_app_test_composer (test, BE_SIDE_SERVER))));
}

static void
test_f6_leads_to_the_button_of_a_card_that_runs (BeAppTest    *test,
                                                 gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);

  connect_both (test);
  g_assert_true (is_in_message (test));
  gtk_widget_activate_action (window, "win.next-pane", NULL);
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_SERVER)));
  gtk_widget_activate_action (window, "win.next-pane", NULL);
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_CLIENT)));
  gtk_widget_activate_action (window, "win.previous-pane", NULL);
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_SERVER)));
}

static void
test_f6_leads_to_the_bar_of_a_folded_card (BeAppTest    *test,
                                           gconstpointer data)
{
  GtkWidget *card = be_app_test_card (test, BE_SIDE_CLIENT);

  g_object_set (card, "is-folded", TRUE, NULL);
  g_assert_true (gtk_widget_grab_focus (get_button (test, BE_SIDE_SERVER)));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.next-pane", NULL);
  g_assert_true (be_focus_is_in (be_app_test_find_type (card, BE_TYPE_CARD_BAR, 0)));
}

/* What was last drawn, not what would be drawn now: whether it was drawn anew
 * is the question. Nothing while it waits for that. */
static guint32
get_corner_as_drawn (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  guint32      pixel = 0;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return NOT_DRAWN;

  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, 1, 1));
  gdk_texture_download (texture, (guchar *) &pixel, sizeof pixel);

  return pixel;
}

static void
test_f6_shows_that_the_conversation_has_the_focus (BeAppTest    *test,
                                                   gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);
  GtkWidget *list = be_app_test_find_type (window, BE_TYPE_EVENT_LIST, 0);
  guint32    corner = 0;
  gint64     quiet_at = 0;

  connect_both (test);
  g_assert_true (gtk_widget_grab_focus (get_button (test, BE_SIDE_CLIENT)));
  gtk_window_set_focus_visible (GTK_WINDOW (window), FALSE);
  be_test_wait_until (gtk_widget_get_mapped (list) && gtk_widget_get_height (list) > 0);
  quiet_at = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;
  be_test_wait_until (g_get_monotonic_time () > quiet_at);
  be_test_wait_until ((corner = get_corner_as_drawn (list)) != NOT_DRAWN);

  gtk_widget_activate_action (window, "win.next-pane", NULL);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == list);
  be_test_wait_until (get_corner_as_drawn (list) != corner && get_corner_as_drawn (list) != NOT_DRAWN);

  gtk_widget_activate_action (window, "win.previous-pane", NULL);
  be_test_wait_until (get_corner_as_drawn (list) == corner);
}

static void
test_shift_tab_leads_out_of_the_message (BeAppTest    *test,
                                         gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);

  connect_both (test);
  for (BeSide side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      GtkWidget *composer = be_app_test_composer (test, side);
      GtkWidget *entry = be_composer_get_entry (BE_COMPOSER (composer));

      g_assert_true (gtk_widget_grab_focus (entry));
      gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
      g_assert_true (be_focus_is_in (be_app_test_find_type (composer, BE_TYPE_DESTINATION_PICKER, 0)));

      gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
      g_assert_true (be_focus_is_in (entry));
      gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
      g_assert_true (be_focus_is_in (composer) && !be_focus_is_in (entry));
      gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
      g_assert_true (be_focus_is_in (entry));
    }
}

static void
test_who_stops_may_start_again (BeAppTest    *test,
                                gconstpointer data)
{
  connect_both (test);

  press_button (test, BE_SIDE_CLIENT);
  be_test_wait_until (button_says (test, BE_SIDE_CLIENT, "Connect"));
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_CLIENT)));

  press_button (test, BE_SIDE_SERVER);
  be_test_wait_until (button_says (test, BE_SIDE_SERVER, "Start Server"));
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_SERVER)));
}

static void
test_who_stops_by_shortcut_may_start_again (BeAppTest    *test,
                                            gconstpointer data)
{
  connect_both (test);

  g_assert_true (gtk_widget_grab_focus (get_button (test, BE_SIDE_CLIENT)));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_test_wait_until (button_says (test, BE_SIDE_CLIENT, "Connect"));
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_CLIENT)));

  g_assert_true (gtk_widget_child_focus (get_button (test, BE_SIDE_SERVER), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_child_focus (be_app_test_card (test, BE_SIDE_SERVER), GTK_DIR_TAB_FORWARD));
  g_assert_false (be_focus_is_in (get_button (test, BE_SIDE_SERVER)));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_test_wait_until (button_says (test, BE_SIDE_SERVER, "Start Server"));
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_SERVER)));
}

static gboolean
has_failed (BeAppTest *test,
            BeSide     side)
{
  return be_stage_get_failure (test->stage, BE_PROTOCOL_TCP, side) != NULL &&
         be_stage_get_n_active (test->stage, BE_PROTOCOL_TCP, side) == 0;
}

/* A port where somebody listens, until the listener is closed. */
static GSocketListener *
set_taken_port (BeAppTest *test,
                BeSide     side)
{
  GSocketListener *listener = g_socket_listener_new ();
  guint16          port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *text = g_strdup_printf ("%u", port);

  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, side)), text);

  return listener;
}

static void
test_who_is_refused_may_connect_again (BeAppTest    *test,
                                       gconstpointer data)
{
  g_autoptr (GSocketListener) listener = set_taken_port (test, BE_SIDE_CLIENT);

  g_socket_listener_close (listener);
  press_button (test, BE_SIDE_CLIENT);
  be_test_wait_until (has_failed (test, BE_SIDE_CLIENT));
  g_assert_true (button_says (test, BE_SIDE_CLIENT, "Connect"));
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_CLIENT)));
}

static void
test_a_port_in_use_is_corrected_where_it_was_typed (BeAppTest    *test,
                                                    gconstpointer data)
{
  GtkWidget *field = be_app_test_find_type (be_app_test_card (test, BE_SIDE_SERVER), BE_TYPE_ADDRESS_FIELD, 0);
  GtkWidget *port = be_address_field_get_entry (BE_ADDRESS_FIELD (field), TRUE);
  g_autoptr (GSocketListener) listener = set_taken_port (test, BE_SIDE_SERVER);

  g_assert_true (gtk_widget_grab_focus (port));
  g_signal_emit_by_name (port, "activate");
  be_test_wait_until (has_failed (test, BE_SIDE_SERVER));
  g_assert_true (be_focus_is_in (port));

  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_SERVER)), "0");
  g_signal_emit_by_name (port, "activate");
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_CLIENT)));
  press_button (test, BE_SIDE_SERVER);
  be_test_wait_until (button_says (test, BE_SIDE_SERVER, "Start Server"));
  g_assert_true (be_focus_is_in (get_button (test, BE_SIDE_SERVER)));
}

static void
test_the_projector_gives_the_focus_back (BeAppTest    *test,
                                         gconstpointer data)
{
  for (BeSide side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      g_assert_true (gtk_widget_grab_focus (get_button (test, side)));
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.projector", NULL);
      g_assert_true (be_focus_is_in (be_app_test_find_type (be_app_test_card (test, side), BE_TYPE_CARD_BAR, 0)));
      be_test_wait_until (!gtk_widget_get_mapped (get_button (test, side)));
      g_assert_true (be_focus_is_in (be_app_test_find_type (be_app_test_card (test, side), BE_TYPE_CARD_BAR, 0)));

      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.projector", NULL);
      g_assert_true (be_focus_is_in (get_button (test, side)));
    }
}

static void
test_a_folded_card_keeps_the_focus (BeAppTest    *test,
                                    gconstpointer data)
{
  GtkWidget *card = be_app_test_card (test, BE_SIDE_CLIENT);
  GtkWidget *host = be_app_test_find_type (card, GTK_TYPE_ENTRY, 0);

  g_assert_true (gtk_widget_grab_focus (host));
  g_object_set (card, "is-folded", TRUE, NULL);
  g_assert_true (be_focus_is_in (be_app_test_find_type (card, BE_TYPE_CARD_BAR, 0)));

  g_object_set (card, "is-folded", FALSE, NULL);
  g_assert_true (be_focus_is_in (host));
}

static void
add_tests (void)
{
  be_app_test_add ("/app/window-focus/focus-follows-the-suggestion", test_focus_follows_the_suggestion);
  be_app_test_add ("/app/window-focus/f6-reaches-every-pane-and-comes-round", test_f6_reaches_every_pane_and_comes_round);
  be_app_test_add ("/app/window-focus/f6-leads-to-the-button-of-a-card-that-runs", test_f6_leads_to_the_button_of_a_card_that_runs);
  be_app_test_add ("/app/window-focus/f6-leads-to-the-bar-of-a-folded-card", test_f6_leads_to_the_bar_of_a_folded_card);
  be_app_test_add ("/app/window-focus/f6-shows-that-the-conversation-has-the-focus", test_f6_shows_that_the_conversation_has_the_focus);
  be_app_test_add ("/app/window-focus/tab-leads-from-the-address-to-the-button", test_tab_leads_from_the_address_to_the_button);
  be_app_test_add ("/app/window-focus/a-broken-connection-leaves-the-draft", test_a_broken_connection_leaves_the_draft);
  be_app_test_add ("/app/window-focus/who-connects-by-shortcut-may-write", test_who_connects_by_shortcut_may_write);
  be_app_test_add ("/app/window-focus/who-connects-with-enter-may-write", test_who_connects_with_enter_may_write);
  be_app_test_add ("/app/window-focus/shift-tab-leads-out-of-the-message", test_shift_tab_leads_out_of_the_message);
  be_app_test_add ("/app/window-focus/who-stops-may-start-again", test_who_stops_may_start_again);
  be_app_test_add ("/app/window-focus/who-stops-by-shortcut-may-start-again", test_who_stops_by_shortcut_may_start_again);
  be_app_test_add ("/app/window-focus/who-is-refused-may-connect-again", test_who_is_refused_may_connect_again);
  be_app_test_add ("/app/window-focus/a-port-in-use-is-corrected-where-it-was-typed", test_a_port_in_use_is_corrected_where_it_was_typed);
  be_app_test_add ("/app/window-focus/the-projector-gives-the-focus-back", test_the_projector_gives_the_focus_back);
  be_app_test_add ("/app/window-focus/a-folded-card-keeps-the-focus", test_a_folded_card_keeps_the_focus);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
