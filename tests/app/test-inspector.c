/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test-rows.h"

#include "be-conversation.h"
#include "be-event-page.h"
#include "be-focus.h"
#include "be-inspector.h"
#include "be-layer-picture.h"
#include "be-payload-view.h"

#include <string.h>

#define WIDE_WIDTH 1240
#define MIDDLE_WIDTH 1000
#define NARROW_WIDTH 400
#define SMALLEST_WIDTH 360
#define HEIGHT 700
#define MOST_FRAME_WIDTH 20
#define MOST_STEPS 40

static GtkWidget *
find_page (BeAppTest *test)
{
  return be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_EVENT_PAGE, 0);
}

static gboolean
is_narrow (BeSideSheet *side_sheet)
{
  gboolean value = FALSE;

  g_object_get (side_sheet, "is-narrow", &value, NULL);

  return value;
}

/* Asks again: what the display says of the first size may come later. Where
 * nobody composes shadows, GTK draws a frame inside the window. */
static gboolean
is_resized (BeAppTest *test,
            int        width)
{
  int default_width = 0;
  int default_height = 0;

  gtk_window_get_default_size (GTK_WINDOW (test->window), &default_width, &default_height);
  if (default_width != width)
    gtk_window_set_default_size (GTK_WINDOW (test->window), width, HEIGHT);

  return ABS (gtk_widget_get_width (GTK_WIDGET (be_app_test_side_sheet (test))) - width) <= MOST_FRAME_WIDTH;
}

static int
resize (BeAppTest *test,
        int        width)
{
  be_test_wait_until (is_resized (test, width));
  be_test_wait_until (is_narrow (be_app_test_side_sheet (test)) == (width < 860));
  be_test_wait_until (be_side_sheet_is_covering (be_app_test_side_sheet (test)) == (width < 1100));

  return gtk_widget_get_width (GTK_WIDGET (be_app_test_side_sheet (test)));
}

static void
toggle (BeAppTest *test)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.inspector", NULL);
}

static void
test_is_made_when_it_is_opened (BeAppTest    *test,
                                gconstpointer data)
{
  g_assert_null (be_side_sheet_get_sheet (be_app_test_side_sheet (test)));

  toggle (test);
  g_assert_true (be_side_sheet_is_open (be_app_test_side_sheet (test)));
  g_assert_true (BE_IS_INSPECTOR (be_side_sheet_get_sheet (be_app_test_side_sheet (test))));
  g_assert_nonnull (be_app_test_find_label (GTK_WIDGET (test->window), "Nothing selected"));

  toggle (test);
  g_assert_false (be_side_sheet_is_open (be_app_test_side_sheet (test)));
  g_assert_false (gtk_widget_get_visible (be_side_sheet_get_sheet (be_app_test_side_sheet (test))));
}

static void
test_follows_what_is_selected (BeAppTest    *test,
                               gconstpointer data)
{
  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  toggle (test);
  g_assert_nonnull (be_app_test_find_label (find_page (test), "send(…) = 10"));
  g_assert_nonnull (be_app_test_find_label (find_page (test), "hello baby"));
  g_assert_nonnull (be_app_test_find_label (find_page (test), "000000  68 65 6c 6c 6f 20 62 61  hello ba\n"
                                                              "000008  62 79                    by"));

  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_SEND, 10);
  be_test_wait_until (be_app_test_find_label (find_page (test), "HELLO BABY") != NULL);

  be_event_list_select (be_app_test_list (test), GTK_INVALID_LIST_POSITION);
  be_test_wait_until (be_event_page_get_event (BE_EVENT_PAGE (find_page (test))) == NULL);
}

/* What happens while nobody looks is looked up when it is opened again. */
static void
test_does_nothing_while_it_is_closed (BeAppTest    *test,
                                      gconstpointer data)
{
  be_app_test_have_a_talk (test);
  toggle (test);
  toggle (test);

  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  g_assert_null (be_event_page_get_event (BE_EVENT_PAGE (find_page (test))));

  toggle (test);
  g_assert_nonnull (be_event_page_get_event (BE_EVENT_PAGE (find_page (test))));
}

static void
test_tells_the_layers_in_sentences (BeAppTest    *test,
                                    gconstpointer data)
{
  GtkWidget *picture = NULL;

  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_RECV, 10);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.inspect", NULL);

  picture = be_app_test_find_type (find_page (test), BE_TYPE_LAYER_PICTURE, 0);
  be_test_wait_until (gtk_widget_get_height (picture) > 0);
  gtk_test_accessible_assert_role (picture, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_activate_action (find_page (test), "event-page.layers", "s", "seven");
  be_test_wait_until (gtk_widget_get_height (picture) > 0);
}

static void
test_calls_that_send_nothing_have_no_picture (BeAppTest    *test,
                                              gconstpointer data)
{
  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_BIND, 0);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.inspect", NULL);

  g_assert_false (gtk_widget_get_visible (be_app_test_find_type (find_page (test), BE_TYPE_LAYER_PICTURE, 0)));
  g_assert_nonnull (be_app_test_find_label (find_page (test), "Nothing travels: bind() only takes an address and a port in this computer."));
}

/* To connect () a UDP socket makes no connection. */
static void
test_calls_the_state_of_udp_as_the_ladder_does (BeAppTest    *test,
                                                gconstpointer data)
{
  g_object_set (test->window, "protocol", "udp", NULL);
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.start", NULL);
  be_test_wait_until (be_stage_get_n_active (test->stage, BE_PROTOCOL_UDP, BE_SIDE_CLIENT) > 0 &&
                      be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_CLIENT)) == 1);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_CONNECT, 0);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.inspect", NULL);

  g_assert_nonnull (be_app_test_find_label (find_page (test), "peer fixed"));
  g_assert_nonnull (be_app_test_find_label (find_page (test), be_system_state_get_note (BE_SYSTEM_STATE_UDP_CONNECTED)));
  g_assert_null (be_app_test_find_label (find_page (test), "connected"));
}

static void
test_stands_beside_or_in_front_by_the_width (BeAppTest    *test,
                                             gconstpointer data)
{
  GtkWidget *side_sheet = GTK_WIDGET (be_app_test_side_sheet (test));
  GtkWidget *content = gtk_widget_get_first_child (side_sheet);
  GtkWidget *sheet = NULL;
  int        width;

  toggle (test);
  sheet = be_side_sheet_get_sheet (be_app_test_side_sheet (test));
  width = resize (test, WIDE_WIDTH);
  be_test_wait_until (gtk_widget_get_width (sheet) == 360);
  g_assert_cmpint (gtk_widget_get_width (content), ==, width - 360);

  width = resize (test, MIDDLE_WIDTH);
  be_test_wait_until (gtk_widget_get_width (content) == width);
  g_assert_cmpint (gtk_widget_get_width (sheet), ==, 360);

  width = resize (test, NARROW_WIDTH);
  be_test_wait_until (gtk_widget_get_width (sheet) == width);
}

static int
measure_window (BeAppTest *test)
{
  int minimum = 0;

  gtk_widget_measure (GTK_WIDGET (test->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

static void
test_the_window_can_be_as_narrow_as_without (BeAppTest    *test,
                                             gconstpointer data)
{
  int minimum;
  int width;

  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_RECV, 10);
  resize (test, NARROW_WIDTH);
  width = resize (test, SMALLEST_WIDTH);
  minimum = measure_window (test);
  g_assert_cmpint (minimum, <=, SMALLEST_WIDTH + MOST_FRAME_WIDTH);

  toggle (test);
  be_test_wait_until (gtk_widget_get_width (be_side_sheet_get_sheet (be_app_test_side_sheet (test))) == width);
  g_assert_cmpint (measure_window (test), ==, minimum);
}

static void
test_takes_the_keyboard_in_front_and_gives_it_back (BeAppTest    *test,
                                                    gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (be_app_test_list (test));

  be_app_test_have_a_talk (test);
  resize (test, NARROW_WIDTH);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  gtk_widget_grab_focus (list);
  g_assert_true (be_focus_is_in (list));

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.inspect", NULL);
  g_assert_true (be_focus_is_in (be_side_sheet_get_sheet (be_app_test_side_sheet (test))));

  toggle (test);
  g_assert_true (be_focus_is_in (list));
}

static void
test_leaves_the_keyboard_where_it_is_beside (BeAppTest    *test,
                                             gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (be_app_test_list (test));

  be_app_test_have_a_talk (test);
  resize (test, WIDE_WIDTH);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  gtk_widget_grab_focus (list);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.inspect", NULL);
  g_assert_true (be_focus_is_in (list));
}

static void
test_shift_tab_leads_out_of_every_page (BeAppTest    *test,
                                        gconstpointer data)
{
  const char *const pages[] = { "event", "socket", "messages" };
  GtkWidget        *sheet = NULL;

  be_app_test_have_a_talk (test);
  resize (test, WIDE_WIDTH);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  toggle (test);
  sheet = be_side_sheet_get_sheet (be_app_test_side_sheet (test));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      be_inspector_show_page (BE_INSPECTOR (sheet), pages[i]);
      g_assert_true (gtk_widget_grab_focus (sheet));
      g_assert_true (be_focus_is_in (sheet));
      for (guint step = 0; step < MOST_STEPS && be_focus_is_in (sheet); step++)
        gtk_widget_child_focus (GTK_WIDGET (test->window), GTK_DIR_TAB_BACKWARD);
      g_assert_false (be_focus_is_in (sheet));
    }
}

/* Who asks for what is behind the sheet wants to see it. */
static void
test_makes_way_for_what_is_behind_it (BeAppTest    *test,
                                      gconstpointer data)
{
  be_app_test_have_a_talk (test);
  resize (test, NARROW_WIDTH);
  toggle (test);
  g_assert_true (be_side_sheet_is_open (be_app_test_side_sheet (test)));

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.find", NULL);
  g_assert_false (be_side_sheet_is_open (be_app_test_side_sheet (test)));
}

static void
test_enter_inspects_what_has_no_message (BeAppTest    *test,
                                         gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (be_app_test_list (test));

  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_SERVER, BE_CALL_LISTEN, 0);
  gtk_widget_activate_action (list, "conversation.open-row", NULL);

  g_assert_true (be_side_sheet_is_open (be_app_test_side_sheet (test)));
  g_assert_nonnull (be_app_test_find_label (find_page (test), "listen(…) = 0"));
}

/* The card says what the system says of it now. */
static void
test_the_state_after_close_is_implied (BeAppTest    *test,
                                       gconstpointer data)
{
  be_app_test_have_a_talk (test);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Not connected");
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_CLOSE, 0);
  toggle (test);

  be_test_wait_until (be_app_test_find_label (find_page (test), "→ FIN_WAIT_1") != NULL);
  g_assert_nonnull (be_app_test_find_label (find_page (test), "Implied by the call: close () leaves no descriptor to ask with, and TCP goes on "
                                                              "without it. What the system says of it now stands in the card, and at the "
                                                              "end of the lifelines."));
}

static guint
count_labels (GtkWidget *widget)
{
  guint n = 0;

  while (be_app_test_find_type (widget, GTK_TYPE_LABEL, n) != NULL)
    n++;

  return n;
}

static GtkWidget *
find_more (GtkWidget *view)
{
  return gtk_widget_get_last_child (view);
}

/* A datagram of 64 KB costs no more than one of 2 KB until one asks for more. */
static void
test_all_of_a_long_payload_can_be_reached (BeAppTest    *test,
                                           gconstpointer data)
{
  const gsize      length = 65507;
  g_autofree char *record_memory = g_malloc0 (be_event_record_size_for (length));
  BeEventRecord   *record = (BeEventRecord *) record_memory;
  g_autoptr (BeEvent) event = NULL;
  GtkWidget *view = NULL;
  guint      n_first;

  record->size = (guint32) be_event_record_size_for (length);
  record->kept_length = record->payload_length = (guint32) length;
  memset (record_memory + sizeof *record, 'x', length);
  event = be_event_new (record);

  view = g_object_ref_sink (g_object_new (BE_TYPE_PAYLOAD_VIEW, "is-hex", TRUE, NULL));
  be_payload_view_set_event (BE_PAYLOAD_VIEW (view), event);
  n_first = count_labels (view);
  g_assert_cmpuint (n_first, <=, 4);
  g_assert_true (gtk_widget_get_visible (find_more (view)));

  for (guint i = 0; i < 16 && gtk_widget_get_visible (find_more (view)); i++)
    g_signal_emit_by_name (find_more (view), "clicked");
  g_assert_false (gtk_widget_get_visible (find_more (view)));
  g_assert_nonnull (be_app_test_find_type (view, GTK_TYPE_LABEL, 63));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (be_app_test_find_type (view, GTK_TYPE_LABEL, 63))), "00ffe0  78 78 78  "));
  g_object_unref (view);
}

static void
test_text_is_cut_between_characters (BeAppTest    *test,
                                     gconstpointer data)
{
  const gsize      length = 3 * 3000; /* 3,000 times 你 */
  g_autofree char *record_memory = g_malloc0 (be_event_record_size_for (length));
  BeEventRecord   *record = (BeEventRecord *) record_memory;
  g_autoptr (BeEvent) event = NULL;
  GtkWidget *view = NULL;

  record->size = (guint32) be_event_record_size_for (length);
  record->kept_length = record->payload_length = (guint32) length;
  for (gsize i = 0; i < length; i += 3)
    memcpy (record_memory + sizeof *record + i, "你", 3);
  event = be_event_new (record);

  view = g_object_ref_sink (g_object_new (BE_TYPE_PAYLOAD_VIEW, NULL));
  be_payload_view_set_event (BE_PAYLOAD_VIEW (view), event);
  for (guint i = 0; i < 16 && gtk_widget_get_visible (find_more (view)); i++)
    g_signal_emit_by_name (find_more (view), "clicked");

  for (guint i = 0; i < count_labels (view); i++)
    {
      const char *text = gtk_label_get_text (GTK_LABEL (be_app_test_find_type (view, GTK_TYPE_LABEL, i)));

      g_assert_null (strstr (text, "‹"));
    }
  g_object_unref (view);
}

static void
test_ends_with_its_window (BeAppTest    *test,
                           gconstpointer data)
{
  GtkWidget *sheet = NULL;
  GtkWidget *page = NULL;

  be_app_test_have_a_talk (test);
  be_app_test_select_row (test, BE_SIDE_CLIENT, BE_CALL_SEND, 10);
  toggle (test);
  sheet = be_side_sheet_get_sheet (be_app_test_side_sheet (test));
  page = find_page (test);
  g_object_add_weak_pointer (G_OBJECT (sheet), (gpointer *) &sheet);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);

  gtk_window_destroy (GTK_WINDOW (test->window));
  be_test_wait_until (test->window == NULL);
  g_assert_null (sheet);
  g_assert_null (page);
}

static void
add_tests (void)
{
  be_app_test_add ("/inspector/is-made-when-opened", test_is_made_when_it_is_opened);
  be_app_test_add ("/inspector/follows", test_follows_what_is_selected);
  be_app_test_add ("/inspector/closed", test_does_nothing_while_it_is_closed);
  be_app_test_add ("/inspector/layers", test_tells_the_layers_in_sentences);
  be_app_test_add ("/inspector/no-picture", test_calls_that_send_nothing_have_no_picture);
  be_app_test_add ("/inspector/udp-state", test_calls_the_state_of_udp_as_the_ladder_does);
  be_app_test_add ("/inspector/place", test_stands_beside_or_in_front_by_the_width);
  be_app_test_add ("/inspector/smallest-width", test_the_window_can_be_as_narrow_as_without);
  be_app_test_add ("/inspector/keyboard-in-front", test_takes_the_keyboard_in_front_and_gives_it_back);
  be_app_test_add ("/inspector/keyboard-beside", test_leaves_the_keyboard_where_it_is_beside);
  be_app_test_add ("/inspector/keyboard-out", test_shift_tab_leads_out_of_every_page);
  be_app_test_add ("/inspector/makes-way", test_makes_way_for_what_is_behind_it);
  be_app_test_add ("/inspector/enter", test_enter_inspects_what_has_no_message);
  be_app_test_add ("/inspector/close", test_the_state_after_close_is_implied);
  be_app_test_add ("/inspector/long-payload", test_all_of_a_long_payload_can_be_reached);
  be_app_test_add ("/inspector/characters", test_text_is_cut_between_characters);
  be_app_test_add ("/inspector/end", test_ends_with_its_window);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
