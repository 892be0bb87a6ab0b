/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the lane shows of real calls. */

#include "be-app-test.h"
#include "be-conversation.h"
#include "be-endpoint-card.h"
#include "be-event-list-private.h"
#include "be-event-row.h"
#include "be-explanation.h"
#include "be-journal-search.h"
#include "be-legend-drawing.h"
#include "be-network-thread-private.h"
#include "be-stage-private.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-wire-arrows.h"
#include "be-wire-legend.h"

typedef struct
{
  GMutex   mutex;
  GCond    cond;
  gboolean is_open;
} Gate;

/* On the network thread: no call is made until the gate opens. */
static void
wait_at_gate_cb (gpointer data)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  while (!gate->is_open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->is_open = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static BeEventList *
find_list (BeAppTest *test)
{
  return BE_EVENT_LIST (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_EVENT_LIST, 0));
}

/* How many arrows end at the rows where the server received @n_bytes. */
static guint
count_arrows_into (BeEventList *list,
                   guint        n_bytes)
{
  guint n_arrows = 0;

  for (guint i = 0; i < list->rows->len; i++)
    {
      guint                 position = list->first_position + i;
      const BeEventRecord  *record = be_journal_filter_get_record (list->filter, position);
      guint                 n_links;
      const BeTransferLink *links = be_transfer_links_get (list->links, &n_links);

      if (record == NULL || record->call != BE_CALL_RECV || record->payload_length != n_bytes ||
          record->side != BE_SIDE_SERVER)
        continue;

      for (guint j = 0; j < n_links; j++)
        n_arrows += links[j].to == position && links[j].outcome == BE_TRANSFER_ARRIVED ? 1 : 0;
    }

  return n_arrows;
}

/* The textbook's surprise: what a recv () returns is not what a send () sent. */
static void
test_three_sends_may_arrive_in_one_recv (BeAppTest    *test,
                                         gconstpointer data)
{
  Gate         gate = { 0 };
  BeEventList *list = find_list (test);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");

  be_network_thread_post (test->stage->network, wait_at_gate_cb, &gate);
  be_app_test_write (test, BE_SIDE_CLIENT, "one");
  be_app_test_write (test, BE_SIDE_CLIENT, "two");
  be_app_test_write (test, BE_SIDE_CLIENT, "three");
  open_gate (&gate);

  be_test_wait_until (count_arrows_into (list, 11) == 3);
  g_assert_cmpuint (count_arrows_into (list, 3), ==, 0);
}

/* The kinds of the arrows of this means. */
static guint
count_arrows (BeEventList    *list,
              BeTransferMeans means,
              BeWireArrowKind kind)
{
  guint n_arrows = 0;

  for (guint i = 0; i < list->arrows->len; i++)
    {
      const BeWireArrow *arrow = &g_array_index (list->arrows, BeWireArrow, i);

      n_arrows += arrow->means == means && arrow->kind == kind ? 1 : 0;
    }

  return n_arrows;
}

static void
start_client (BeAppTest *test,
              guint      port)
{
  GtkWidget       *card = be_app_test_card (test, BE_SIDE_CLIENT);
  g_autofree char *text = g_strdup_printf ("%u", port);

  be_endpoint_card_set_port (BE_ENDPOINT_CARD (card), text);
  gtk_widget_activate_action (card, "endpoint.start", NULL);
}

static void
test_a_refused_datagram_is_told_by_icmp (BeAppTest    *test,
                                         gconstpointer data)
{
  BeEventList *list = find_list (test);
  BeAddress    address;
  g_autoptr (GSocket) nobody = be_test_nobody_receives (&address);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", "udp");
  start_client (test, address.port);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Ready");
  be_app_test_write (test, BE_SIDE_CLIENT, "hello");

  be_test_wait_until (count_arrows (list, BE_TRANSFER_BY_ICMP, BE_WIRE_ARROW_REFUSED_DATAGRAM) == 1);
  g_assert_cmpuint (count_arrows (list, BE_TRANSFER_BY_CALLS, BE_WIRE_ARROW_TO_STUB), ==, 0);
}

static void
test_another_program_gets_and_sends_a_fin (BeAppTest    *test,
                                           gconstpointer data)
{
  BeEventList *list = find_list (test);
  BeAddress    address;
  g_autoptr (GSocket) listener = be_test_peer_listen (1, &address);
  g_autoptr (GSocket) peer = NULL;

  start_client (test, address.port);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  peer = be_test_peer_accept (listener);
  g_socket_close (peer, NULL);

  /* Theirs is read, and ours ends the connection. */
  be_test_wait_until (count_arrows (list, BE_TRANSFER_BY_FIN, BE_WIRE_ARROW_FROM_STUB) == 1 &&
                      count_arrows (list, BE_TRANSFER_BY_FIN, BE_WIRE_ARROW_TO_STUB) == 1);
}

/* Sent by the server, and read by no call: 0 where there is none, or no row after it. */
static double
get_room_of_last_fin (BeEventList *list)
{
  for (guint i = 0; i < list->arrows->len; i++)
    {
      const BeWireArrow *arrow = &g_array_index (list->arrows, BeWireArrow, i);

      if (arrow->means == BE_TRANSFER_BY_FIN && arrow->kind == BE_WIRE_ARROW_WAITING && arrow->from_side == BE_SIDE_SERVER)
        return arrow->room;
    }

  return 0;
}

/* It would seem to come to that one: see be_wire_arrow_get_loose_row (). */
static void
test_a_fin_that_comes_to_no_row_knows_the_next (BeAppTest    *test,
                                                gconstpointer data)
{
  GtkWidget   *window = GTK_WIDGET (test->window);
  BeEventList *list = find_list (test);

  gtk_widget_activate_action (window, "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (window, "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  gtk_widget_activate_action (window, "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Not connected");
  be_test_wait_until (count_arrows (list, BE_TRANSFER_BY_FIN, BE_WIRE_ARROW_WAITING) == 1);
  g_assert_cmpfloat (get_room_of_last_fin (list), ==, 0);

  gtk_widget_activate_action (window, "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_test_wait_until (get_room_of_last_fin (list) > 0);
}

static GtkWidget *
find_legend (BeAppTest *test)
{
  return be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_WIRE_LEGEND, 0);
}

static void
test_a_legend_tells_arrows_apart (BeAppTest    *test,
                                  gconstpointer data)
{
  g_assert_null (find_legend (test));

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");

  be_test_wait_until (find_legend (test) != NULL && gtk_widget_get_height (find_legend (test)) > 0);
  gtk_test_accessible_assert_role (find_legend (test), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (find_legend (test), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Thick arrows are observed, thin dashed arrows are inferred. What goes to another program, or is "
                                       "a datagram that is refused, is thick half way: that it was sent is observed, that it came is "
                                       "inferred. A thick dashed arrow that stops on the way was sent, and its bytes are not all read yet. "
                                       "A state in a dashed frame follows from the call; the system was not asked.");
  g_assert_nonnull (gtk_widget_get_tooltip_text (find_legend (test)));
}

static void
test_the_legend_stays_as_long_as_there_are_rows (BeAppTest    *test,
                                                 gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);
  GtkWidget *conversation = be_app_test_find_type (window, BE_TYPE_CONVERSATION, 0);

  gtk_widget_activate_action (window, "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (window, "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_test_wait_until (find_legend (test) != NULL && gtk_widget_get_mapped (find_legend (test)));

  gtk_widget_activate_action (window, "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Not connected");
  be_test_wait_until (be_app_test_find_label (window, "the wire") == NULL);
  g_assert_true (gtk_widget_get_mapped (find_legend (test)));

  gtk_widget_activate_action (conversation, "conversation.clear", NULL);
  be_test_wait_until (!gtk_widget_get_mapped (find_legend (test)));
}

static const BeEventRecord *
find_failure (BeAppTest *test)
{
  BeJournal *journal = be_stage_get_journal (test->stage);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (journal)); i++)
    {
      const BeEventRecord *record = be_journal_get_record (journal, i);

      if (be_event_record_is_failure (record))
        return record;
    }

  return NULL;
}

static BeEventRow *
find_row_of (BeAppTest           *test,
             const BeEventRecord *record)
{
  BeEventList *list = find_list (test);

  for (guint i = 0; i < list->rows->len; i++)
    {
      BeEventRow *row = g_ptr_array_index (list->rows, i);

      if (be_event_row_get_sequence (row) == record->sequence)
        return row;
    }

  return NULL;
}

static void
test_the_end_that_was_told_to_reset_is_the_cause (BeAppTest    *test,
                                                  gconstpointer data)
{
  GtkWidget       *window = GTK_WIDGET (test->window);
  BeJournal       *journal = be_stage_get_journal (test->stage);
  g_autofree char *words = NULL;

  gtk_widget_activate_action (window, "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (window, "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_test_wait_until (be_socket_list_get_n_open (be_stage_get_sockets (test->stage, BE_SIDE_SERVER)) == 1);
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.reset-all", NULL);
  be_test_wait_until (find_failure (test) != NULL);
  be_test_wait_until (find_row_of (test, find_failure (test)) != NULL);

  words = be_explanation_describe (find_failure (test), be_journal_search_reset (journal, find_failure (test)));
  g_assert_nonnull (strstr (words, " Cause: The other end was told to reset: it closed with SO_LINGER and 0 seconds. "));
  gtk_test_accessible_assert_property (find_row_of (test, find_failure (test)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
}

static int
measure_height (GtkWidget *legend,
                int        width)
{
  int height;

  gtk_widget_measure (legend, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);

  return height;
}

/* It is not cut, nor does it make the lane wider; there is one that is narrower. */
static void
test_a_legend_that_does_not_fit_takes_no_room (BeAppTest    *test,
                                               gconstpointer data)
{
  g_autoptr (GtkWidget) legend = g_object_ref_sink (g_object_new (BE_TYPE_WIRE_LEGEND, NULL));
  int minimum;
  int natural;
  int height;

  gtk_widget_measure (legend, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);
  g_assert_cmpint (natural, >, 50);

  height = measure_height (legend, natural);
  g_assert_cmpint (height, >, 5);
  g_assert_cmpint (measure_height (legend, natural - 1), ==, 2 * height);
  g_assert_cmpint (measure_height (legend, natural / 3), ==, 0);
  g_assert_cmpint (measure_height (legend, 0), ==, 0);
}

/* Neither its arrow nor its words touch what stands beside it. */
static void
test_every_legend_has_a_margin (BeAppTest    *test,
                                gconstpointer data)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (g_object_new (BE_TYPE_WIRE_LEGEND, NULL));

  for (guint form = 0; form < BE_LEGEND_N_FORMS; form++)
    {
      BeLegendDrawing legend;
      GtkSnapshot    *snapshot = gtk_snapshot_new ();
      graphene_rect_t bounds;
      g_autoptr (GskRenderNode) node = NULL;

      be_legend_drawing_init (&legend, gtk_widget_get_pango_context (widget), 1, (BeLegendForm) form);
      be_legend_drawing_snapshot (&legend, snapshot, be_palette_get (FALSE, FALSE), 0);
      node = gtk_snapshot_free_to_node (snapshot);
      gsk_render_node_get_bounds (node, &bounds);
      g_assert_cmpfloat (bounds.origin.x, >=, 5);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, legend.width - 5);
      be_legend_drawing_clear (&legend);
    }
}

/* Of the client nothing is known: the arrows come from a stub. */
static void
test_the_legend_is_there_for_another_program (BeAppTest    *test,
                                              gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);
  BeAddress  address;
  g_autoptr (GSocket) peer = NULL;

  gtk_widget_activate_action (window, "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_null (find_legend (test));

  address = be_test_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER));
  peer = be_test_peer_connect (&address);
  be_test_wait_until (find_legend (test) != NULL && gtk_widget_get_height (find_legend (test)) > 0);
  g_assert_null (be_app_test_find_label (window, "the wire"));
}

/* In a room the place between the cards has two lines: those of the legend. */
static void
test_the_legend_is_there_for_a_whole_room (BeAppTest    *test,
                                           gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (test->window);

  gtk_widget_activate_action (window, "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (window, "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_test_wait_until (be_app_test_find_label (window, "the wire") != NULL);

  gtk_widget_activate_action (window, "win.projector", NULL);
  be_test_wait_until (be_app_test_find_label (window, "the wire") == NULL);
  be_test_wait_until (find_legend (test) != NULL && gtk_widget_get_height (find_legend (test)) > 0);

  gtk_widget_activate_action (window, "win.projector", NULL);
  be_test_wait_until (be_app_test_find_label (window, "the wire") != NULL);
}

static void
add_tests (void)
{
  be_app_test_add ("/wire/three-sends-may-arrive-in-one-recv", test_three_sends_may_arrive_in_one_recv);
  be_app_test_add ("/wire/a-refused-datagram-is-told-by-icmp", test_a_refused_datagram_is_told_by_icmp);
  be_app_test_add ("/wire/another-program-gets-and-sends-a-fin", test_another_program_gets_and_sends_a_fin);
  be_app_test_add ("/wire/the-end-that-was-told-to-reset-is-the-cause", test_the_end_that_was_told_to_reset_is_the_cause);
  be_app_test_add ("/wire/a-fin-that-comes-to-no-row-knows-the-next", test_a_fin_that_comes_to_no_row_knows_the_next);
  be_app_test_add ("/wire/a-legend-tells-arrows-apart", test_a_legend_tells_arrows_apart);
  be_app_test_add ("/wire/the-legend-stays-as-long-as-there-are-rows", test_the_legend_stays_as_long_as_there_are_rows);
  be_app_test_add ("/wire/the-legend-is-there-for-a-whole-room", test_the_legend_is_there_for_a_whole_room);
  be_app_test_add ("/wire/every-legend-has-a-margin", test_every_legend_has_a_margin);
  be_app_test_add ("/wire/the-legend-is-there-for-another-program", test_the_legend_is_there_for_another_program);
  be_app_test_add ("/wire/a-legend-that-does-not-fit-takes-no-room", test_a_legend_that_does_not_fit_takes_no_room);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
