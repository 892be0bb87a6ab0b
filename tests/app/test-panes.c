/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-panes.h"
#include "be-wire.h"

#define WIDE 1360
#define NARROW 400

typedef struct
{
  GtkWindow *window;
  BePanes   *panes;
  GtkWidget *server;
  GtkWidget *client;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->server = gtk_button_new_with_label ("server");
  fixture->client = gtk_button_new_with_label ("client");
  fixture->panes = g_object_new (BE_TYPE_PANES,
                                 "is-single", GPOINTER_TO_INT (data),
                                 "server", fixture->server,
                                 "client", fixture->client,
                                 NULL);
  g_object_add_weak_pointer (G_OBJECT (fixture->panes), (gpointer *) &fixture->panes);
  gtk_window_set_decorated (fixture->window, FALSE);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->panes));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  be_test_wait_until (fixture->panes == NULL);
}

static void
present (Fixture *fixture,
         int      width)
{
  gtk_window_set_default_size (fixture->window, width, 300);
  gtk_window_present (fixture->window);
  be_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->panes)) == width);
}

static graphene_rect_t
bounds_of (Fixture   *fixture,
           GtkWidget *child)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, GTK_WIDGET (fixture->panes), &bounds));

  return bounds;
}

static void
test_cards_end_a_little_past_their_lifelines (Fixture      *fixture,
                                              gconstpointer data)
{
  BeWireGeometry  geometry = be_wire_geometry_for_width (WIDE);
  graphene_rect_t server;
  graphene_rect_t client;

  present (fixture, WIDE);
  server = bounds_of (fixture, fixture->server);
  client = bounds_of (fixture, fixture->client);

  g_assert_false (be_panes_is_folded (fixture->panes));
  g_assert_cmpfloat_with_epsilon (server.origin.x + server.size.width, geometry.server_x + geometry.card_overhang, 1);
  g_assert_cmpfloat_with_epsilon (client.origin.x, geometry.client_x - geometry.card_overhang, 1);
}

static void
test_narrow_panes_stand_one_above_the_other (Fixture      *fixture,
                                             gconstpointer data)
{
  present (fixture, NARROW);
  be_test_wait_until (be_panes_is_folded (fixture->panes));
  be_test_wait_until (bounds_of (fixture, fixture->client).origin.y > 0);

  g_assert_cmpfloat (bounds_of (fixture, fixture->server).size.width, ==, NARROW);
  g_assert_cmpfloat (bounds_of (fixture, fixture->client).size.width, ==, NARROW);
}

static void
test_folds_and_unfolds_with_the_width (Fixture      *fixture,
                                       gconstpointer data)
{
  present (fixture, WIDE);
  present (fixture, NARROW);
  be_test_wait_until (be_panes_is_folded (fixture->panes));
  g_assert_true (be_panes_is_tight (fixture->panes));
  present (fixture, WIDE);
  be_test_wait_until (!be_panes_is_folded (fixture->panes));
  g_assert_false (be_panes_is_tight (fixture->panes));
}

static void
test_a_single_pane_shows_the_chosen_side (Fixture      *fixture,
                                          gconstpointer data)
{
  present (fixture, NARROW);
  be_test_wait_until (be_panes_is_folded (fixture->panes));
  g_assert_true (gtk_widget_get_child_visible (fixture->client));
  g_assert_false (gtk_widget_get_child_visible (fixture->server));

  be_panes_set_shown_side (fixture->panes, BE_SIDE_SERVER);
  g_assert_true (gtk_widget_get_child_visible (fixture->server));
  g_assert_false (gtk_widget_get_child_visible (fixture->client));
}

#define ADD(name, is_single, function) \
  g_test_add ("/app/panes/" name, Fixture, GINT_TO_POINTER (is_single), set_up, function, tear_down)

static void
add_tests (void)
{
  ADD ("cards-end-a-little-past-their-lifelines", FALSE, test_cards_end_a_little_past_their_lifelines);
  ADD ("narrow-panes-stand-one-above-the-other", FALSE, test_narrow_panes_stand_one_above_the_other);
  ADD ("folds-and-unfolds-with-the-width", FALSE, test_folds_and_unfolds_with_the_width);
  ADD ("a-single-pane-shows-the-chosen-side", TRUE, test_a_single_pane_shows_the_chosen_side);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
