/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The edge of the inspector's sheet, by the keyboard. */

#include "be-app-test-rows.h"

#define WIDE_WIDTH 1240
#define MIDDLE_WIDTH 1000
#define HEIGHT 700
#define USUAL_SHEET_WIDTH 360
#define MIN_SHEET_WIDTH 320

static gboolean
is_covering (BeAppTest *test,
             int        width)
{
  gtk_window_set_default_size (GTK_WINDOW (test->window), width, HEIGHT);

  return be_side_sheet_is_covering (be_app_test_side_sheet (test));
}

static GtkWidget *
get_sheet (BeAppTest *test)
{
  return be_side_sheet_get_sheet (be_app_test_side_sheet (test));
}

static GtkWidget *
open_beside (BeAppTest *test)
{
  g_action_group_activate_action (G_ACTION_GROUP (test->window), "inspector", NULL);
  be_test_wait_until (!is_covering (test, WIDE_WIDTH) && gtk_widget_get_width (get_sheet (test)) == USUAL_SHEET_WIDTH);

  return gtk_widget_get_last_child (GTK_WIDGET (be_app_test_side_sheet (test)));
}

static GtkShortcut *
find_shortcut (GtkWidget      *widget,
               guint           key,
               GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr (GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (key, modifiers);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n_shortcuts = GTK_IS_SHORTCUT_CONTROLLER (controller) ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n_shortcuts; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            return g_steal_pointer (&shortcut);
        }
    }

  return NULL;
}

static void
press (GtkWidget      *widget,
       guint           key,
       GdkModifierType modifiers)
{
  g_autoptr (GtkShortcut) shortcut = find_shortcut (widget, key, modifiers);

  g_assert_nonnull (shortcut);
  g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                               gtk_shortcut_get_arguments (shortcut)));
}

static void
test_arrows_move_the_edge (BeAppTest    *test,
                           gconstpointer data)
{
  GtkWidget *handle = open_beside (test);
  GtkWidget *sheet = get_sheet (test);
  int        widest;

  gtk_test_accessible_assert_role (handle, GTK_ACCESSIBLE_ROLE_SEPARATOR);
  g_assert_true (gtk_widget_grab_focus (handle));
  press (handle, GDK_KEY_Left, 0);
  be_test_wait_until (gtk_widget_get_width (sheet) == USUAL_SHEET_WIDTH + 16);
  gtk_test_accessible_assert_property (handle, GTK_ACCESSIBLE_PROPERTY_LABEL, "Width of the inspector: 376 pixels");
  press (handle, GDK_KEY_Right, 0);
  be_test_wait_until (gtk_widget_get_width (sheet) == USUAL_SHEET_WIDTH);

  press (handle, GDK_KEY_End, 0);
  be_test_wait_until (gtk_widget_get_width (sheet) < USUAL_SHEET_WIDTH);
  g_assert_cmpint (gtk_widget_get_width (sheet), >=, MIN_SHEET_WIDTH);
  press (handle, GDK_KEY_Home, 0);
  be_test_wait_until (gtk_widget_get_width (sheet) > USUAL_SHEET_WIDTH);
  widest = gtk_widget_get_width (sheet);
  press (handle, GDK_KEY_Left, GDK_CONTROL_MASK);
  press (handle, GDK_KEY_Right, 0);
  be_test_wait_until (gtk_widget_get_width (sheet) == widest - 16);
}

/* It goes with the sheet, and while it is in front of the content. */
static void
test_the_keyboard_never_stays_on_a_hidden_edge (BeAppTest    *test,
                                                gconstpointer data)
{
  GtkWidget *handle = open_beside (test);

  g_assert_true (gtk_widget_grab_focus (handle));
  be_test_wait_until (is_covering (test, MIDDLE_WIDTH));
  g_assert_false (gtk_widget_get_visible (handle));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (test->window)) != handle);

  be_test_wait_until (!is_covering (test, WIDE_WIDTH));
  g_assert_true (gtk_widget_grab_focus (handle));
  be_side_sheet_set_open (be_app_test_side_sheet (test), FALSE);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (test->window)) != handle);
}

/* The room that is left of the content, in the sheet's parent. */
static gboolean
leaves_in_sight (BeAppTest *test,
                 BeSide     side)
{
  GtkWidget      *parent = GTK_WIDGET (be_app_test_side_sheet (test));
  int             left = gtk_widget_get_width (parent) - gtk_widget_get_width (get_sheet (test));
  graphene_rect_t card = { 0 };

  return gtk_widget_compute_bounds (be_app_test_card (test, side), parent, &card) &&
         card.origin.x >= 0 && card.origin.x + card.size.width <= left;
}

/* What the inspector speaks of is not what it covers. */
static void
test_in_front_the_inspected_side_stays_in_sight (BeAppTest    *test,
                                                 gconstpointer data)
{
  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_RECV, 10);
  g_action_group_activate_action (G_ACTION_GROUP (test->window), "inspect", NULL);
  be_test_wait_until (is_covering (test, MIDDLE_WIDTH) && leaves_in_sight (test, BE_SIDE_CLIENT));

  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_SEND, 10);
  be_test_wait_until (leaves_in_sight (test, BE_SIDE_SERVER));

  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  be_test_wait_until (leaves_in_sight (test, BE_SIDE_CLIENT));
  press (GTK_WIDGET (be_app_test_side_sheet (test)), GDK_KEY_Escape, 0);
  be_test_wait_until (!be_side_sheet_is_open (be_app_test_side_sheet (test)));
}

static void
add_tests (void)
{
  be_app_test_add ("/side-sheet/in-front-the-inspected-side-stays-in-sight", test_in_front_the_inspected_side_stays_in_sight);
  be_app_test_add ("/side-sheet/arrows-move-the-edge", test_arrows_move_the_edge);
  be_app_test_add ("/side-sheet/the-keyboard-never-stays-on-a-hidden-edge", test_the_keyboard_never_stays_on_a_hidden_edge);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
