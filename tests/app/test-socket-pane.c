/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-address-field.h"
#include "be-endpoint-card.h"
#include "be-socket-pane.h"
#include "be-socket-row.h"
#include "be-socket-rows.h"

static GtkWidget *
find_pane (BeAppTest *test,
           BeSide     side)
{
  return be_app_test_find_type (be_app_test_card (test, side), BE_TYPE_SOCKET_PANE, 0);
}

static guint
count_open (BeAppTest *test,
            BeSide     side)
{
  return be_socket_pane_count_open (BE_SOCKET_PANE (find_pane (test, side)));
}

static void
start_server (BeAppTest *test)
{
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
}

static void
connect_client (BeAppTest *test)
{
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.start", NULL);
  be_test_wait_until (count_open (test, BE_SIDE_CLIENT) == 1 && count_open (test, BE_SIDE_SERVER) == 1);
}

static BeSocketRow *
find_row_in_sight (BeAppTest *test,
                   BeSide     side,
                   guint      connection)
{
  GtkWidget *pane = find_pane (test, side);
  GtkWidget *scroller = be_app_test_find_type (pane, GTK_TYPE_SCROLLED_WINDOW, 0);
  GPtrArray *rows = be_socket_pane_get_rows (BE_SOCKET_PANE (pane));

  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget       *row = g_ptr_array_index (rows, i);
      BeSocketSummary *summary = be_socket_row_get_summary (BE_SOCKET_ROW (row));
      graphene_rect_t  bounds;

      if (be_socket_summary_get_connection (summary) == connection && gtk_widget_get_mapped (row) &&
          gtk_widget_compute_bounds (row, scroller, &bounds) && bounds.size.height > 0 && bounds.origin.y >= 0 &&
          bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (scroller))
        return BE_SOCKET_ROW (row);
    }

  return NULL;
}

/* Does what the key does when it comes to the widget. */
static gboolean
press (gpointer        widget,
       guint           key,
       GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr (GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (key, modifiers);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }

  return FALSE;
}

static BeSocketRow *
focus_first_row (BeAppTest *test,
                 BeSide     side)
{
  BeSocketRow *row = BE_SOCKET_ROW (be_app_test_find_type (find_pane (test, side), BE_TYPE_SOCKET_ROW, 0));

  be_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (row)));
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (row)));

  return row;
}

static void
test_the_newest_open_socket_is_in_sight (BeAppTest    *test,
                                         gconstpointer data)
{
  GListModel *sockets = be_socket_pane_get_sockets (BE_SOCKET_PANE (find_pane (test, BE_SIDE_CLIENT)));
  g_autoptr (BeSocketSummary) newest = NULL;
  guint connection;

  start_server (test);
  for (guint i = 0; i < 4; i++)
    {
      connect_client (test);
      gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.stop", NULL);
      be_test_wait_until (count_open (test, BE_SIDE_CLIENT) == 0 && count_open (test, BE_SIDE_SERVER) == 0);
    }
  connect_client (test);

  newest = g_list_model_get_item (sockets, 0);
  connection = be_socket_summary_get_connection (newest);
  g_assert_true (be_socket_summary_is_open (newest));
  be_test_wait_until (find_row_in_sight (test, BE_SIDE_CLIENT, connection) != NULL);
  be_test_wait_until (find_row_in_sight (test, BE_SIDE_SERVER, connection) != NULL);
  g_assert_nonnull (be_app_test_find_label (find_pane (test, BE_SIDE_CLIENT), "2 more, scroll to see them"));
}

/* The row says which port its own socket has, not that of another. */
static gboolean
says_its_port (BeSocketRow *row)
{
  guint            port = be_socket_summary_get_local (be_socket_row_get_summary (row))->port;
  g_autofree char *text = g_strdup_printf ("127.0.0.1:%u → ", port);
  GtkWidget       *label = NULL;

  for (guint i = 0; (label = be_app_test_find_type (GTK_WIDGET (row), GTK_TYPE_LABEL, i)) != NULL; i++)
    if (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)), text))
      return TRUE;

  return FALSE;
}

static gboolean
shows_row (BeAppTest *test,
           guint      connection)
{
  BeSocketRow *row = find_row_in_sight (test, BE_SIDE_CLIENT, connection);

  return row != NULL && says_its_port (row);
}

/* The newest row was painted without its own texts. */
typedef struct
{
  BeAppTest *test;
  gboolean   was_wrong;
} Painting;

static guint
get_connection (BeAppTest *test,
                guint      position)
{
  GListModel *sockets = be_socket_pane_get_sockets (BE_SOCKET_PANE (find_pane (test, BE_SIDE_CLIENT)));
  g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, position);

  return be_socket_summary_get_connection (summary);
}

static void
after_paint_cb (Painting *self)
{
  BeSocketRow *row = find_row_in_sight (self->test, BE_SIDE_CLIENT, get_connection (self->test, 0));

  self->was_wrong |= row != NULL && !says_its_port (row);
}

static void
test_rows_have_their_texts_when_they_come_into_sight (BeAppTest    *test,
                                                      gconstpointer data)
{
  GtkWidget     *pane = find_pane (test, BE_SIDE_CLIENT);
  GtkWidget     *scroller = NULL;
  GtkAdjustment *adjustment = NULL;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (test->window));
  Painting       painting = { test, FALSE };
  guint          last = 20;

  start_server (test);
  connect_client (test);
  scroller = be_app_test_find_type (pane, GTK_TYPE_SCROLLED_WINDOW, 0);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  for (guint i = 0; i < 2; i++)
    gtk_widget_activate_action (GTK_WIDGET (test->window), "win.ten-clients", NULL);
  be_test_wait_until (count_open (test, BE_SIDE_CLIENT) == last + 1);
  be_test_wait_until (shows_row (test, get_connection (test, 0)) && shows_row (test, get_connection (test, 2)));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  be_test_wait_until (!shows_row (test, get_connection (test, 0)));
  be_test_wait_until (shows_row (test, get_connection (test, last)) && shows_row (test, get_connection (test, last - 2)));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2);
  be_test_wait_until (shows_row (test, get_connection (test, last / 2 + 1)));

  /* A new one is scrolled to, and has its texts when it is painted first. */
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), &painting);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.another-client", NULL);
  be_test_wait_until (count_open (test, BE_SIDE_CLIENT) == last + 2 && shows_row (test, get_connection (test, 0)));
  g_signal_handlers_disconnect_by_data (clock, &painting);
  g_assert_false (painting.was_wrong);
}

static void
test_delete_closes_the_focused_socket (BeAppTest    *test,
                                       gconstpointer data)
{
  BeSide side = (BeSide) GPOINTER_TO_INT (data);

  start_server (test);
  connect_client (test);

  g_assert_true (press (focus_first_row (test, side), GDK_KEY_Delete, 0));
  be_test_wait_until (count_open (test, side) == 0);
}

static GtkWidget *
find_open_menu (BeAppTest *test,
                BeSide     side)
{
  GtkWidget *pane = find_pane (test, side);
  GtkWidget *menu = NULL;

  for (guint i = 0; (menu = be_app_test_find_type (pane, GTK_TYPE_POPOVER_MENU, i)) != NULL; i++)
    if (gtk_widget_get_mapped (menu))
      return menu;

  return NULL;
}

static void
test_the_menu_keys_open_the_menu_of_the_socket (BeAppTest    *test,
                                                gconstpointer data)
{
  BeSide side = (BeSide) GPOINTER_TO_INT (data);

  start_server (test);
  connect_client (test);
  g_assert_true (press (focus_first_row (test, side), GDK_KEY_F10, GDK_SHIFT_MASK));
  be_test_wait_until (find_open_menu (test, side) != NULL);

  gtk_popover_popdown (GTK_POPOVER (find_open_menu (test, side)));
  be_test_wait_until (find_open_menu (test, side) == NULL);
  g_assert_true (press (focus_first_row (test, side), GDK_KEY_Menu, 0));
  be_test_wait_until (find_open_menu (test, side) != NULL);
  g_assert_true (gtk_widget_activate_action (find_open_menu (test, side), "socket.reset", NULL));
  be_test_wait_until (count_open (test, side) == 0);
}

static guint
get_focused_position (BeAppTest *test)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (test->window));

  return BE_IS_SOCKET_ROW (focus) ? be_socket_row_get_position (BE_SOCKET_ROW (focus)) : GTK_INVALID_LIST_POSITION;
}

static guint
get_focused_connection (BeAppTest *test)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (test->window));

  return be_socket_summary_get_connection (be_socket_row_get_summary (BE_SOCKET_ROW (focus)));
}

static gboolean
move_focus (BeAppTest       *test,
            GtkDirectionType direction)
{
  return gtk_widget_child_focus (be_app_test_find_type (find_pane (test, BE_SIDE_CLIENT), BE_TYPE_SOCKET_ROWS, 0), direction);
}

static void
go_to_the_first_of_eleven (BeAppTest *test)
{
  start_server (test);
  connect_client (test);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.ten-clients", NULL);
  be_test_wait_until (count_open (test, BE_SIDE_CLIENT) == 11);
  be_test_wait_until (find_row_in_sight (test, BE_SIDE_CLIENT, get_connection (test, 0)) != NULL);

  g_assert_true (move_focus (test, GTK_DIR_TAB_FORWARD));
}

static void
test_the_arrow_keys_go_through_all_sockets (BeAppTest    *test,
                                            gconstpointer data)
{
  go_to_the_first_of_eleven (test);
  for (guint i = 0; i < 11; i++)
    {
      g_assert_cmpuint (get_focused_position (test), ==, i);
      g_assert_cmpuint (get_focused_connection (test), ==, get_connection (test, i));
      be_test_wait_until (shows_row (test, get_connection (test, i)));
      g_assert_true (move_focus (test, GTK_DIR_DOWN));
    }
  g_assert_cmpuint (get_focused_position (test), ==, 10);
  g_assert_true (move_focus (test, GTK_DIR_UP));
  g_assert_cmpuint (get_focused_position (test), ==, 9);
  g_assert_false (move_focus (test, GTK_DIR_TAB_FORWARD));
}

static gboolean
press_list (BeAppTest *test,
            guint      key)
{
  return press (be_app_test_find_type (find_pane (test, BE_SIDE_CLIENT), BE_TYPE_SOCKET_ROWS, 0), key, 0);
}

static void
test_home_and_end_go_to_the_ends (BeAppTest    *test,
                                  gconstpointer data)
{
  go_to_the_first_of_eleven (test);
  g_assert_true (press_list (test, GDK_KEY_End));
  g_assert_cmpuint (get_focused_position (test), ==, 10);
  g_assert_true (press_list (test, GDK_KEY_Page_Up));
  g_assert_cmpuint (get_focused_position (test), ==, 7);
  g_assert_true (press_list (test, GDK_KEY_Home));
  g_assert_cmpuint (get_focused_position (test), ==, 0);
}

/* Also where it stands elsewhere now, out of sight. */
static void
test_the_keyboard_stays_with_its_socket (BeAppTest    *test,
                                         gconstpointer data)
{
  guint connection;

  start_server (test);
  connect_client (test);
  focus_first_row (test, BE_SIDE_CLIENT);
  connection = get_focused_connection (test);

  for (guint i = 0; i < 2; i++)
    gtk_widget_activate_action (GTK_WIDGET (test->window), "win.ten-clients", NULL);
  be_test_wait_until (count_open (test, BE_SIDE_CLIENT) == 21);
  g_assert_cmpuint (get_focused_connection (test), ==, connection);
  g_assert_cmpuint (get_focused_position (test), ==, 20);

  /* The place is there when the list shrinks to what is left of it. */
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.stop", NULL);
  be_test_wait_until (count_open (test, BE_SIDE_CLIENT) == 0);
  be_test_wait_until (g_list_model_get_n_items (be_socket_pane_get_sockets (BE_SOCKET_PANE (find_pane (test, BE_SIDE_CLIENT)))) == 5);
  g_assert_cmpuint (get_focused_position (test), <, 5);
}

/* What stands there now has the keyboard, so that one key closes one after another. */
static void
test_delete_goes_on_to_the_next_socket (BeAppTest    *test,
                                        gconstpointer data)
{
  go_to_the_first_of_eleven (test);
  g_assert_true (move_focus (test, GTK_DIR_DOWN));
  for (guint n_left = 10; n_left > 7; n_left--)
    {
      guint connection = get_focused_connection (test);

      g_assert_true (press (gtk_window_get_focus (GTK_WINDOW (test->window)), GDK_KEY_Delete, 0));
      be_test_wait_until (count_open (test, BE_SIDE_CLIENT) == n_left && get_focused_connection (test) != connection);
      g_assert_cmpuint (get_focused_position (test), ==, 1);
      g_assert_cmpuint (get_focused_connection (test), ==, get_connection (test, 1));
    }
}

static void
test_a_menu_goes_when_its_row_is_out_of_sight (BeAppTest    *test,
                                               gconstpointer data)
{
  start_server (test);
  connect_client (test);
  g_assert_true (press (focus_first_row (test, BE_SIDE_CLIENT), GDK_KEY_Menu, 0));
  be_test_wait_until (find_open_menu (test, BE_SIDE_CLIENT) != NULL);

  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (GTK_WIDGET (test->window), "win.ten-clients", NULL);
  be_test_wait_until (count_open (test, BE_SIDE_CLIENT) == 31);
  be_test_wait_until (find_open_menu (test, BE_SIDE_CLIENT) == NULL);
}

static void
test_an_ipv6_address_stands_in_brackets (BeAppTest    *test,
                                         gconstpointer data)
{
  GtkWidget       *card = be_app_test_card (test, BE_SIDE_SERVER);
  BeAddressField  *field = BE_ADDRESS_FIELD (be_app_test_find_type (card, BE_TYPE_ADDRESS_FIELD, 0));
  BeAddress        local = { 0 };
  g_autofree char *text = NULL;

  gtk_editable_set_text (GTK_EDITABLE (be_address_field_get_entry (field, FALSE)), "::");
  gtk_widget_activate_action (card, "endpoint.start", NULL);
  be_test_wait_until (!be_app_test_chip_says (test, BE_SIDE_SERVER, "Not started") &&
                      !be_app_test_chip_says (test, BE_SIDE_SERVER, "Starting…"));
  if (!be_app_test_chip_says (test, BE_SIDE_SERVER, "Listening"))
    {
      g_test_skip ("this system has no IPv6");
      return;
    }

  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));
  text = g_strdup_printf ("[::] : %u", local.port);
  g_assert_nonnull (be_app_test_find_label (card, text));
}

#define ADD(name, side, function) \
  g_test_add ("/app/socket-pane/" name, BeAppTest, GINT_TO_POINTER (side), be_app_test_set_up, function, be_app_test_tear_down)

static void
add_tests (void)
{
  ADD ("the-newest-open-socket-is-in-sight", 0, test_the_newest_open_socket_is_in_sight);
  ADD ("rows-have-their-texts-when-they-come-into-sight", 0, test_rows_have_their_texts_when_they_come_into_sight);
  ADD ("delete-closes-a-socket-of-the-server", BE_SIDE_SERVER, test_delete_closes_the_focused_socket);
  ADD ("delete-closes-a-socket-of-the-client", BE_SIDE_CLIENT, test_delete_closes_the_focused_socket);
  ADD ("the-menu-keys-open-the-menu-at-the-server", BE_SIDE_SERVER, test_the_menu_keys_open_the_menu_of_the_socket);
  ADD ("the-menu-keys-open-the-menu-at-the-client", BE_SIDE_CLIENT, test_the_menu_keys_open_the_menu_of_the_socket);
  ADD ("the-arrow-keys-go-through-all-sockets", 0, test_the_arrow_keys_go_through_all_sockets);
  ADD ("home-and-end-go-to-the-ends", 0, test_home_and_end_go_to_the_ends);
  ADD ("the-keyboard-stays-with-its-socket", 0, test_the_keyboard_stays_with_its_socket);
  ADD ("delete-goes-on-to-the-next-socket", 0, test_delete_goes_on_to_the_next_socket);
  ADD ("a-menu-goes-when-its-row-is-out-of-sight", 0, test_a_menu_goes_when_its_row_is_out_of_sight);
  ADD ("an-ipv6-address-stands-in-brackets", 0, test_an_ipv6_address_stands_in_brackets);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
