/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-address-field.h"
#include "be-cables.h"
#include "be-composer.h"
#include "be-destination-picker.h"
#include "be-destination-row.h"
#include "be-endpoint-card.h"
#include "be-endpoint-options.h"
#include "be-message-entry.h"
#include "be-panes.h"
#include "be-socket-pane.h"
#include "be-socket-row.h"

/* Reads each property that can be read, and writes it back where it can be. */
static void
touch_properties (GObject *object)
{
  guint                   n_properties = 0;
  g_autofree GParamSpec **properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n_properties);

  for (guint i = 0; i < n_properties; i++)
    {
      GValue value = G_VALUE_INIT;

      if (properties[i]->owner_type != G_OBJECT_TYPE (object) || (properties[i]->flags & G_PARAM_READABLE) == 0)
        continue;

      g_object_get_property (object, properties[i]->name, &value);
      if ((properties[i]->flags & G_PARAM_WRITABLE) != 0 && (properties[i]->flags & G_PARAM_CONSTRUCT_ONLY) == 0)
        g_object_set_property (object, properties[i]->name, &value);
      g_value_unset (&value);
    }
}

static void
test_is_built_shown_and_gone (gconstpointer data)
{
  GType      type = GPOINTER_TO_SIZE (data);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *widget = g_object_new (type, NULL);

  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  be_test_wait_until (gtk_widget_get_mapped (window));

  touch_properties (G_OBJECT (widget));

  gtk_window_destroy (GTK_WINDOW (window));
  be_test_wait_until (widget == NULL);
}

/* The same before its widgets are made and after. */
static void
check_choices (BeEndpointOptions *options)
{
  g_assert_cmpuint (be_endpoint_options_get_backlog (options), ==, 5);
  g_assert_cmpuint (be_endpoint_options_get_timeout (options), ==, 10);
  g_assert_cmpint (be_endpoint_options_get_reply_rule (options), ==, BE_REPLY_UPPER);
  g_assert_cmpstr (be_endpoint_options_get_local_host (options), ==, "");
  g_assert_cmpstr (be_endpoint_options_get_local_port (options), ==, "");
}

static void
test_options_are_built_shown_and_gone (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *options = g_object_new (BE_TYPE_ENDPOINT_OPTIONS, NULL);

  g_object_add_weak_pointer (G_OBJECT (options), (gpointer *) &options);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), options);
  gtk_window_set_child (GTK_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  be_test_wait_until (gtk_widget_get_mapped (button));
  check_choices (BE_ENDPOINT_OPTIONS (options));

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  be_test_wait_until (gtk_widget_get_mapped (options));
  touch_properties (G_OBJECT (options));
  check_choices (BE_ENDPOINT_OPTIONS (options));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  gtk_window_destroy (GTK_WINDOW (window));
  be_test_wait_until (options == NULL);
}

static void
test_every_action_of_the_window_exists (BeAppTest    *test,
                                        gconstpointer data)
{
  static const char *const actions[] = {
    "win.find",
    "win.copy",
    "win.clear",
    "win.undo-clear",
    "win.next-pane",
    "win.previous-pane",
    "win.toggle-server",
    "win.toggle-client",
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_test_message ("%s", actions[i]);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->window), actions[i], NULL));
    }
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "udp"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->window), "win.composer", "s", "server"));
}

static void
test_every_shortcut_names_an_action (BeAppTest    *test,
                                     gconstpointer data)
{
  GtkApplication *application = GTK_APPLICATION (test->application);
  g_auto (GStrv) names = gtk_application_list_action_descriptions (application);

  g_assert_cmpuint (g_strv_length (names), >, 5);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (GStrv) accelerators = gtk_application_get_accels_for_action (application, names[i]);

      g_test_message ("%s", names[i]);
      g_assert_nonnull (accelerators[0]);
    }
}

/* Windows have many menus, and make the widgets of none when they start. */
static void
test_a_menu_is_made_when_it_is_opened (BeAppTest    *test,
                                       gconstpointer data)
{
  GtkWidget     *header = be_app_test_find_type (GTK_WIDGET (test->window), ADW_TYPE_HEADER_BAR, 0);
  GtkMenuButton *button = GTK_MENU_BUTTON (be_app_test_find_type (header, GTK_TYPE_MENU_BUTTON, 0));
  GtkPopover    *menu = NULL;

  g_assert_null (be_app_test_find_type (GTK_WIDGET (test->window), GTK_TYPE_POPOVER_MENU, 0));

  for (guint i = 0; i < 2; i++)
    {
      gtk_menu_button_popup (button);
      menu = gtk_menu_button_get_popover (button);
      g_assert_true (GTK_IS_POPOVER_MENU (menu));
      be_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (menu)));
      gtk_menu_button_popdown (button);
      be_test_wait_until (!gtk_widget_get_mapped (GTK_WIDGET (menu)));
    }
  g_assert_true (be_app_test_find_type (GTK_WIDGET (test->window), GTK_TYPE_POPOVER_MENU, 0) == GTK_WIDGET (menu));
}

static void
count (GtkWidget *root,
       guint     *n_seen,
       guint     *n_unseen)
{
  *(gtk_widget_get_mapped (root) ? n_seen : n_unseen) += 1;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    count (child, n_seen, n_unseen);
}

/* Each takes a hundred thousand instructions and more before the first frame.
 * Most of those that remain are parts of GTK's own. */
static void
test_a_window_starts_with_little_that_nobody_sees (BeAppTest    *test,
                                                   gconstpointer data)
{
  guint n_seen = 0;
  guint n_unseen = 0;

  be_test_wait_until (gtk_widget_get_width (GTK_WIDGET (test->window)) > 0);
  count (GTK_WIDGET (test->window), &n_seen, &n_unseen);

  g_test_message ("%u are seen, %u are not", n_seen, n_unseen);
  g_assert_cmpuint (n_unseen * 10, <, n_seen * 7);
}

static GtkWindow *
find_help (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GTK_IS_SHORTCUTS_WINDOW (window))
        return window;
    }

  return NULL;
}

static void
test_the_shortcuts_are_shown_on_demand (BeAppTest    *test,
                                        gconstpointer data)
{
  g_auto (GStrv) keys = gtk_application_get_accels_for_action (GTK_APPLICATION (test->application), "win.show-help-overlay");

  g_assert_true (g_strv_contains ((const char *const *) keys, "F1"));
  g_assert_null (find_help ());

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->window), "win.show-help-overlay", NULL));
  g_assert_nonnull (find_help ());
  be_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (find_help ())));
  g_assert_true (gtk_window_get_transient_for (find_help ()) == GTK_WINDOW (test->window));

  gtk_window_destroy (find_help ());
  be_test_wait_until (find_help () == NULL);
}

static gboolean
fits_the_screen (GtkWindow *window)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (window)));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle geometry = { 0 };

  gdk_monitor_get_geometry (monitor, &geometry);

  return gtk_widget_get_width (GTK_WIDGET (window)) <= geometry.width &&
         gtk_widget_get_height (GTK_WIDGET (window)) <= geometry.height;
}

static void
test_every_shortcut_can_be_scrolled_to (BeAppTest    *test,
                                        gconstpointer data)
{
  for (guint is_projected = 0; is_projected <= 1; is_projected++)
    {
      GtkScrolledWindow *scroller = NULL;
      GtkAdjustment     *vertical = NULL;
      GtkAdjustment     *horizontal = NULL;

      if (is_projected)
        gtk_widget_activate_action (GTK_WIDGET (test->window), "win.projector", NULL);
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.show-help-overlay", NULL);
      be_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (find_help ())) &&
                          gtk_widget_get_height (GTK_WIDGET (find_help ())) > 0);
      g_assert_true (fits_the_screen (find_help ()));

      g_assert_true (GTK_IS_SCROLLED_WINDOW (gtk_window_get_child (find_help ())));
      scroller = GTK_SCROLLED_WINDOW (gtk_window_get_child (find_help ()));
      vertical = gtk_scrolled_window_get_vadjustment (scroller);
      horizontal = gtk_scrolled_window_get_hadjustment (scroller);
      be_test_wait_until (gtk_adjustment_get_upper (vertical) > gtk_adjustment_get_page_size (vertical));
      g_assert_cmpfloat (gtk_adjustment_get_upper (horizontal), <=, gtk_adjustment_get_page_size (horizontal));

      gtk_window_destroy (find_help ());
      be_test_wait_until (find_help () == NULL);
    }
}

static void
test_a_bound_row_is_a_sentence (void)
{
  BeStage   *stage = be_stage_new ();
  GtkWidget *row = g_object_ref_sink (be_socket_row_new ());
  g_autoptr (BeEndpoint) endpoint = be_endpoint_new (BE_PROTOCOL_UDP, "127.0.0.1", "9", NULL);
  GListModel *sockets = G_LIST_MODEL (be_stage_get_sockets (stage, BE_SIDE_CLIENT));
  g_autoptr (BeSocketSummary) summary = NULL;

  be_stage_connect (stage, endpoint, 10);
  be_test_wait_until (g_list_model_get_n_items (sockets) == 1);
  summary = g_list_model_get_item (sockets, 0);

  be_socket_row_set_summary (BE_SOCKET_ROW (row), summary);
  g_assert_true (be_socket_row_get_summary (BE_SOCKET_ROW (row)) == summary);
  g_assert_nonnull (be_app_test_find_label (row, "↑ 0"));

  be_socket_row_set_summary (BE_SOCKET_ROW (row), NULL);
  g_assert_finalize_object (row);
  g_clear_object (&summary);
  g_assert_finalize_object (stage);
}

static void
add_tests (void)
{
  const GType types[] = {
    BE_TYPE_ADDRESS_FIELD,
    BE_TYPE_CABLES,
    BE_TYPE_COMPOSER,
    BE_TYPE_DESTINATION_PICKER,
    BE_TYPE_DESTINATION_ROW,
    BE_TYPE_ENDPOINT_CARD,
    BE_TYPE_MESSAGE_ENTRY,
    BE_TYPE_PANES,
    BE_TYPE_SOCKET_PANE,
    BE_TYPE_SOCKET_ROW,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/widgets/is-built-shown-and-gone/%s", g_type_name (types[i]));

      g_test_add_data_func (path, GSIZE_TO_POINTER (types[i]), test_is_built_shown_and_gone);
    }
  g_test_add_func ("/app/widgets/options-are-built-shown-and-gone", test_options_are_built_shown_and_gone);
  g_test_add_func ("/app/widgets/a-bound-row-is-a-sentence", test_a_bound_row_is_a_sentence);
  be_app_test_add ("/app/widgets/every-action-of-the-window-exists", test_every_action_of_the_window_exists);
  be_app_test_add ("/app/widgets/a-menu-is-made-when-it-is-opened", test_a_menu_is_made_when_it_is_opened);
  be_app_test_add ("/app/widgets/a-window-starts-with-little-that-nobody-sees", test_a_window_starts_with_little_that_nobody_sees);
  be_app_test_add ("/app/widgets/the-shortcuts-are-shown-on-demand", test_the_shortcuts_are_shown_on_demand);
  be_app_test_add ("/app/widgets/every-shortcut-can-be-scrolled-to", test_every_shortcut_can_be_scrolled_to);
  be_app_test_add ("/app/widgets/every-shortcut-names-an-action", test_every_shortcut_names_an_action);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
