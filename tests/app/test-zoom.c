/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#include "be-app-test.h"

#include "be-badge.h"
#include "be-composer.h"
#include "be-conversation.h"
#include "be-lettering.h"
#include "be-panes.h"
#include "be-wire.h"

#include <math.h>

#define PIXELS_PER_POINT (96.0 / 72.0)

static void
activate (BeAppTest  *test,
          const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (test->application), name, NULL);
}

static BeZoom *
get_zoom (BeAppTest *test)
{
  return be_application_get_zoom (test->application);
}

/* What the conversation would be written in now. */
static double
measure (BeAppTest *test,
         BeFont     font)
{
  GtkWidget *conversation = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_CONVERSATION, 0);
  g_autoptr (BeLettering) lettering = be_lettering_new (gtk_widget_get_pango_context (conversation));

  return be_lettering_get_size (lettering, font);
}

static gboolean
is_about (double value,
          double expected)
{
  return fabs (value - expected) < 0.02 * expected;
}

static void
set_percent (BeAppTest *test,
             guint      percent)
{
  be_zoom_set_percent (get_zoom (test), percent);
}

static void
test_the_lettering_grows_with_the_zoom (BeAppTest    *test,
                                        gconstpointer data)
{
  double before = measure (test, BE_FONT_PAYLOAD);

  set_percent (test, 200);
  be_test_wait_until (is_about (measure (test, BE_FONT_PAYLOAD), 2 * before));

  set_percent (test, 80);
  be_test_wait_until (is_about (measure (test, BE_FONT_PAYLOAD), 0.8 * before));

  set_percent (test, 100);
  be_test_wait_until (is_about (measure (test, BE_FONT_PAYLOAD), before));
}

static void
test_type_lane_and_badges_grow_together (BeAppTest    *test,
                                         gconstpointer data)
{
  GtkWidget *label = be_app_test_find_label (GTK_WIDGET (test->window), "Server");
  GtkWidget *badge = be_badge_new ();
  GtkWidget *badge_window = gtk_window_new ();
  int        lane = be_wire_geometry_for_width (2000).lane_width;
  int        overhang = be_wire_geometry_for_width (2000).card_overhang;
  int        label_height = gtk_widget_get_height (label);
  int        before = 0;
  int        after = 0;

  gtk_window_set_child (GTK_WINDOW (badge_window), badge);
  gtk_window_present (GTK_WINDOW (badge_window));
  be_test_wait_until (gtk_widget_get_mapped (badge));
  gtk_widget_measure (badge, GTK_ORIENTATION_HORIZONTAL, -1, &before, NULL, NULL, NULL);
  set_percent (test, 150);
  be_test_wait_until (gtk_widget_get_height (label) > 1.3 * label_height);
  gtk_widget_measure (badge, GTK_ORIENTATION_HORIZONTAL, -1, &after, NULL, NULL, NULL);

  g_assert_cmpint (after, >, before + before / 3);
  g_assert_cmpint (be_wire_geometry_for_width (2000).lane_width, >, lane + lane / 3);
  g_assert_true (is_about (be_wire_geometry_for_width (2000).card_overhang, 1.5 * overhang));

  set_percent (test, 100);
  gtk_window_destroy (GTK_WINDOW (badge_window));
}

/* A window that is too narrow for type of this size is laid out as one that is
 * narrow. */
static GtkBorder
get_padding (GtkWidget *widget)
{
  GtkBorder padding;

  gtk_style_context_get_padding (gtk_widget_get_style_context (widget), &padding);

  return padding;
}

/* What is around the text, of ours and of the theme; its lines do not. */
static void
test_paddings_grow_with_the_text (BeAppTest    *test,
                                  gconstpointer data)
{
  GtkWidget *entry = GTK_WIDGET (be_composer_get_entry (BE_COMPOSER (be_app_test_composer (test, BE_SIDE_CLIENT))));
  GtkWidget *button = be_app_test_find_label (be_app_test_card (test, BE_SIDE_CLIENT), "Connect");

  button = gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON);
  g_assert_cmpint (get_padding (button).left, ==, 16);
  g_assert_cmpint (get_padding (entry).left, ==, 9);

  set_percent (test, 200);
  be_test_wait_until (get_padding (button).left == 32);
  g_assert_cmpint (get_padding (entry).left, ==, 18);

  set_percent (test, 100);
  be_test_wait_until (get_padding (button).left == 16);
  g_assert_cmpint (get_padding (entry).left, ==, 9);
}

static void
test_a_large_zoom_folds_a_window (BeAppTest    *test,
                                  gconstpointer data)
{
  GtkWidget *cards = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_PANES, 0);

  be_test_wait_until (gtk_widget_get_width (cards) > 1000);
  g_assert_false (be_panes_is_folded (BE_PANES (cards)));
  set_percent (test, 250);
  be_test_wait_until (be_panes_is_folded (BE_PANES (cards)));
  set_percent (test, 100);
  be_test_wait_until (!be_panes_is_folded (BE_PANES (cards)));
}

static void
test_keys_go_from_one_bound_to_the_other_and_back (BeAppTest    *test,
                                                   gconstpointer data)
{
  GActionGroup *actions = G_ACTION_GROUP (test->application);
  guint         previous = BE_ZOOM_MIN_PERCENT;
  guint         n_steps = 0;

  set_percent (test, BE_ZOOM_MIN_PERCENT);
  g_assert_false (g_action_group_get_action_enabled (actions, "zoom-out"));

  for (; g_action_group_get_action_enabled (actions, "zoom-in"); n_steps++)
    {
      activate (test, "zoom-in");
      g_assert_cmpuint (be_zoom_get_percent (get_zoom (test)), >, previous);
      previous = be_zoom_get_percent (get_zoom (test));
    }
  g_assert_cmpuint (previous, ==, BE_ZOOM_MAX_PERCENT);

  for (guint i = 0; i < n_steps; i++)
    activate (test, "zoom-out");
  g_assert_cmpuint (be_zoom_get_percent (get_zoom (test)), ==, BE_ZOOM_MIN_PERCENT);

  activate (test, "zoom-reset");
  g_assert_cmpuint (be_zoom_get_percent (get_zoom (test)), ==, 100);
  g_assert_false (g_action_group_get_action_enabled (actions, "zoom-reset"));
}

static void
test_the_zoom_is_remembered (BeAppTest    *test,
                             gconstpointer data)
{
  g_autoptr (GSettingsBackend) backend = g_memory_settings_backend_new ();
  g_autoptr (GSettings) settings = g_settings_new_with_backend ("io.github.bothends.BothEnds", backend);
  g_autoptr (GtkApplication) application = NULL;
  g_autoptr (BeZoom) zoom = NULL;
  g_autoptr (BeZoom) later = NULL;

  application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  zoom = be_zoom_new (application, settings);
  g_action_activate (g_action_map_lookup_action (G_ACTION_MAP (application), "zoom-in"), NULL);
  g_assert_cmpuint (g_settings_get_uint (settings, "zoom-percent"), ==, 110);
  g_clear_object (&zoom);

  later = be_zoom_new (application, settings);
  g_assert_cmpuint (be_zoom_get_percent (later), ==, 110);
}

static void
test_what_is_projected_has_24_points_and_its_own_zoom (BeAppTest    *test,
                                                       gconstpointer data)
{
  set_percent (test, 80);
  be_zoom_set_projected (get_zoom (test), TRUE);
  be_test_wait_until (measure (test, BE_FONT_PAYLOAD) >= 23.9 * PIXELS_PER_POINT);

  activate (test, "zoom-in");
  be_test_wait_until (measure (test, BE_FONT_PAYLOAD) >= 26.2 * PIXELS_PER_POINT);
  g_assert_cmpuint (be_zoom_get_percent (get_zoom (test)), ==, 80);

  be_zoom_set_projected (get_zoom (test), FALSE);
  be_test_wait_until (is_about (measure (test, BE_FONT_PAYLOAD), 15 * 0.8));
  set_percent (test, 100);
}

static void
add_tests (void)
{
  be_app_test_add ("/app/zoom/the-lettering-grows-with-the-zoom", test_the_lettering_grows_with_the_zoom);
  be_app_test_add ("/app/zoom/type-lane-and-badges-grow-together", test_type_lane_and_badges_grow_together);
  be_app_test_add ("/app/zoom/paddings-grow-with-the-text", test_paddings_grow_with_the_text);
  be_app_test_add ("/app/zoom/a-large-zoom-folds-a-window", test_a_large_zoom_folds_a_window);
  be_app_test_add ("/app/zoom/keys-go-from-one-bound-to-the-other-and-back", test_keys_go_from_one_bound_to_the_other_and_back);
  be_app_test_add ("/app/zoom/the-zoom-is-remembered", test_the_zoom_is_remembered);
  be_app_test_add ("/app/zoom/what-is-projected-has-24-points-and-its-own-zoom", test_what_is_projected_has_24_points_and_its_own_zoom);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
