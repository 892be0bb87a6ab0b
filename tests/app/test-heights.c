/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* In a window with little height: what has happened stays in view while much
 * waits, and nothing is cut off. */

#include "be-app-test-pending.h"
#include "be-composer.h"
#include "be-conversation.h"
#include "be-event-list.h"
#include "be-magnification.h"
#include "be-pending-rows.h"
#include "be-play-bar.h"
#include "be-state-strip.h"

/* Of the list, on the grid of the interface font. */
#define ROWS_HEIGHT (3 * 35)

#define MOST_FRAME_HEIGHT 10

/* "About 40 %" of the height of the conversation. */
#define MAX_SHARE 0.41

typedef struct
{
  const char *path;
  int         width;
  int         height;
  gboolean    is_projected;
  gboolean    has_rows; /* whether three rows have to be in view */
  gboolean    is_short; /* what the play bar says */
  int         max_minimum;
} Case;

static const Case cases[] = {
  { "/app/heights/1340x800", 1340, 800, FALSE, TRUE, FALSE, 620 },
  { "/app/heights/1024x768-projected", 1024, 768, TRUE, TRUE, TRUE, 700 },
  { "/app/heights/400x740", 400, 740, FALSE, TRUE, FALSE, 620 },
  { "/app/heights/400x740-projected", 400, 740, TRUE, TRUE, TRUE, 700 },
  { "/app/heights/360x640", 360, 640, FALSE, FALSE, TRUE, 620 },
};

static int
get_height (BeAppTest *test,
            GType      type)
{
  GtkWidget *widget = be_app_test_find_type (GTK_WIDGET (test->window), type, 0);

  return gtk_widget_get_visible (widget) ? gtk_widget_get_height (widget) : 0;
}

static int
get_minimum (BeAppTest *test,
             int        width)
{
  int minimum = 0;

  gtk_widget_measure (GTK_WIDGET (test->window), GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* Asks again: what the display says of the first size may come later. Where
 * nobody composes shadows, GTK draws a frame inside the window. */
static gboolean
is_at_size (BeAppTest  *test,
            const Case *size)
{
  int height = gtk_widget_get_height (GTK_WIDGET (test->window));
  int default_width = 0;
  int default_height = 0;

  gtk_window_get_default_size (GTK_WINDOW (test->window), &default_width, &default_height);
  if (default_width != size->width || default_height != size->height)
    gtk_window_set_default_size (GTK_WINDOW (test->window), size->width, size->height);

  return height <= size->height && height >= size->height - MOST_FRAME_HEIGHT;
}

static guint
count_clients_that_read (BeAppTest *test)
{
  guint n_clients = 0;

  for (guint i = 0; i < be_app_test_count_pending (test); i++)
    {
      GtkWidget     *row = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_PENDING_ROW, i);
      BePendingCall *call = be_pending_row_get_call (BE_PENDING_ROW (row));

      n_clients += call->side == BE_SIDE_CLIENT && call->call == BE_CALL_RECV && call->state == BE_PENDING_WAITING;
    }

  return n_clients;
}

static gboolean
may_accept (BeAppTest *test)
{
  BePendingRow *row = be_app_test_find_held (test, BE_SIDE_SERVER, BE_CALL_ACCEPT);

  return row != NULL && be_pending_row_get_call (row)->readiness == BE_PENDING_READY;
}

/* One client is in the queue then, and no row is about to change. */
static void
listen_and_hold (BeAppTest *test)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  be_app_test_hold (test, "server");
  be_app_test_act (test, "win.toggle-client");
  be_test_wait_until (count_clients_that_read (test) == 1 && may_accept (test));
}

static gboolean
is_whole (BeAppTest  *test,
          const Case *size)
{
  GtkWidget      *window = GTK_WIDGET (test->window);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (be_app_test_composer (test, BE_SIDE_CLIENT), window, &bounds) &&
         bounds.origin.y + bounds.size.height <= (float) size->height;
}

/* What a strip says now has its whole height. */
static gboolean
is_uncut (BeAppTest *test,
          GType      type)
{
  GtkWidget *widget = be_app_test_find_type (GTK_WIDGET (test->window), type, 0);
  int        natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (widget), NULL, &natural, NULL, NULL);

  return get_height (test, type) == natural;
}

static gboolean
shows_what_happened (BeAppTest  *test,
                     const Case *size)
{
  int strips = get_height (test, BE_TYPE_STATE_STRIP) + get_height (test, BE_TYPE_PENDING_ROWS);

  if (!is_uncut (test, BE_TYPE_STATE_STRIP) || !is_uncut (test, BE_TYPE_PENDING_ROWS))
    return FALSE;

  if (strips > get_height (test, BE_TYPE_CONVERSATION) * MAX_SHARE)
    return FALSE;

  return !size->has_rows || get_height (test, BE_TYPE_EVENT_LIST) >= ROWS_HEIGHT * be_magnification_get_factor ();
}

static void
test_what_happened_stays_in_view (BeAppTest    *test,
                                  gconstpointer data)
{
  const Case *size = data;
  GtkWidget  *window = GTK_WIDGET (test->window);

  be_test_wait_until (is_at_size (test, size));
  if (size->is_projected)
    gtk_widget_activate_action (window, "win.projector", NULL);

  listen_and_hold (test);
  gtk_widget_activate_action (window, "win.another-client", NULL);
  gtk_widget_activate_action (window, "win.ten-clients", NULL);
  be_test_wait_until (be_app_test_find_type (window, BE_TYPE_PENDING_ROW, 3) != NULL);
  be_test_wait_until (get_minimum (test, size->width) <= size->max_minimum);
  be_test_wait_until (is_at_size (test, size) && is_whole (test, size));
  be_test_wait_until (shows_what_happened (test, size));
  be_test_wait_until ((be_app_test_find_label (window, "Paused before accept() on the server") != NULL) == size->is_short);

  gtk_widget_activate_action (window, "win.find", NULL);
  be_test_wait_until (get_minimum (test, size->width) <= size->max_minimum);
  gtk_widget_activate_action (window, "win.step-by-step", NULL);
  be_test_wait_until (get_height (test, BE_TYPE_PENDING_ROWS) == 0);
}

static void
test_says_more_where_there_is_room_again (BeAppTest    *test,
                                          gconstpointer data)
{
  static const Case high = { NULL, 1000, 800, FALSE, TRUE, FALSE, 0 };
  static const Case low = { NULL, 1000, 480, FALSE, FALSE, FALSE, 0 };
  int               before;

  be_test_wait_until (is_at_size (test, &high));
  listen_and_hold (test);
  be_test_wait_until (shows_what_happened (test, &high));
  before = get_height (test, BE_TYPE_PENDING_ROWS);

  be_test_wait_until (is_at_size (test, &low));
  be_test_wait_until (shows_what_happened (test, &low) && get_height (test, BE_TYPE_PENDING_ROWS) < before);
  g_assert_cmpint (get_height (test, BE_TYPE_PENDING_ROWS), >, 0);

  be_test_wait_until (is_at_size (test, &high));
  be_test_wait_until (shows_what_happened (test, &high) && get_height (test, BE_TYPE_PENDING_ROWS) == before);
}

/* GTK must not keep a reference to what had the keyboard and is hidden. */
static void
test_what_has_no_room_has_no_focus (BeAppTest    *test,
                                    gconstpointer data)
{
  static const Case high = { NULL, 1000, 800, FALSE, TRUE, FALSE, 0 };
  static const Case low = { NULL, 1000, 480, FALSE, FALSE, FALSE, 0 };
  GtkWidget        *window = GTK_WIDGET (test->window);
  GtkWidget        *last;

  be_test_wait_until (is_at_size (test, &high));
  listen_and_hold (test);
  gtk_widget_activate_action (window, "win.another-client", NULL);
  be_test_wait_until (count_clients_that_read (test) == 2);
  last = be_app_test_find_type (window, BE_TYPE_PENDING_ROW, 2);
  be_test_wait_until (gtk_widget_get_mapped (last) && gtk_widget_grab_focus (last));

  be_test_wait_until (is_at_size (test, &low));
  be_test_wait_until (!gtk_widget_get_visible (last));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) != last);
  g_assert_nonnull (be_app_test_find_label (window, "+1 call"));
}

static void
add_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, BeAppTest, &cases[i], be_app_test_set_up, test_what_happened_stays_in_view,
                be_app_test_tear_down);
  be_app_test_add ("/app/heights/what-has-no-room-has-no-focus", test_what_has_no_room_has_no_focus);
  be_app_test_add ("/app/heights/says-more-where-there-is-room-again", test_says_more_where_there_is_room_again);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
