/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Text that wants to act on the window: wherever one can read, hear or copy
 * it, it is shown and does nothing. */

#include "be-app-test.h"

#include "be-conversation.h"
#include "be-endpoint-card.h"
#include "be-event-list-private.h"
#include "be-event-text.h"
#include "be-hostile-text.h"

#define N_MESSAGES 30
#define MAX_PIECES 20

static void
check_event_row (GtkWidget *widget,
                 BeJournal *journal)
{
  guint64 sequence = be_event_row_get_sequence (BE_EVENT_ROW (widget));
  guint   n_events = g_list_model_get_n_items (G_LIST_MODEL (journal));

  for (guint i = 0; i < n_events; i++)
    {
      const BeEventRecord *record = be_journal_get_record (journal, i);
      g_autofree char     *sentence = NULL;
      g_autofree char     *difference = NULL;

      if (record->sequence != sequence)
        continue;

      sentence = be_event_text_sentence (record);
      be_hostile_text_assert_shown (sentence);
      difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                       GTK_ACCESSIBLE_PROPERTY_LABEL, sentence);
      g_assert_null (difference);
    }
}

/* Every word in the window, but for what is being typed. */
static void
check_words (GtkWidget *widget,
             BeJournal *journal)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (tooltip != NULL)
    be_hostile_text_assert_shown (tooltip);
  if (GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget))
    return;
  if (GTK_IS_LABEL (widget))
    be_hostile_text_assert_shown (gtk_label_get_text (GTK_LABEL (widget)));
  if (BE_IS_EVENT_ROW (widget))
    check_event_row (widget, journal);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL; child = gtk_widget_get_next_sibling (child))
    check_words (child, journal);
}

static BeEventList *
find_list (BeAppTest *test)
{
  return BE_EVENT_LIST (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_EVENT_LIST, 0));
}

/* What the rows draw: the very text, with nothing made of its markup. */
static void
check_drawn_rows (BeAppTest *test)
{
  BeJournal *journal = be_stage_get_journal (test->stage);
  guint      n_events = g_list_model_get_n_items (G_LIST_MODEL (journal));
  guint      n_with_markup = 0;

  for (guint i = 0; i < n_events; i++)
    {
      BeRowContent content = { 0 };

      be_row_content_fill (&content, &find_list (test)->setting, NULL,
                           be_journal_get_record (journal, i));
      for (guint piece = 0; piece < BE_N_PIECES; piece++)
        {
          const char *text = content.pieces[piece] != NULL ? pango_layout_get_text (content.pieces[piece]) : "";

          be_hostile_text_assert_shown (text);
          n_with_markup += strstr (text, "<b>bold</b>") != NULL ? 1 : 0;
        }
      be_row_content_clear (&content);
    }
  g_assert_cmpuint (n_with_markup, >, 0);
}

/* Lines and columns are ours: nobody else makes any. */
static void
check_copied_text (BeAppTest *test)
{
  BeConversation  *conversation = BE_CONVERSATION (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_CONVERSATION, 0));
  g_autofree char *text = be_conversation_dup_text (conversation);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines);

  g_assert_cmpuint (n_lines, ==,
                    g_list_model_get_n_items (G_LIST_MODEL (be_stage_get_journal (test->stage))) + 1);
  for (guint i = 0; i < n_lines; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (columns), <=, 9);
      for (guint k = 0; columns[k] != NULL; k++)
        be_hostile_text_assert_shown (columns[k]);
    }
}

static void
check_everything (BeAppTest *test)
{
  BeEventList *list = find_list (test);
  guint        n_events = g_list_model_get_n_items (G_LIST_MODEL (be_stage_get_journal (test->stage)));

  be_test_wait_until (n_events == 0 || list->rows->len > 0);
  check_words (GTK_WIDGET (test->window), be_stage_get_journal (test->stage));
}

static void
run_both_ends (BeAppTest *test,
               gboolean   is_udp)
{
  GtkWidget *server = be_app_test_card (test, BE_SIDE_SERVER);
  GtkWidget *client = be_app_test_card (test, BE_SIDE_CLIENT);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.protocol", "s", is_udp ? "udp" : "tcp");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (server), "0");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (client), "0");
  g_assert_true (gtk_widget_activate_action (server, "endpoint.start", NULL));
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, is_udp ? "Receiving" : "Listening");
  g_assert_true (gtk_widget_activate_action (client, "endpoint.start", NULL));
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, is_udp ? "Ready" : "Connected");
}

/* Returns how many bytes. */
static gsize
send_from_client (BeAppTest *test,
                  BeProtocol protocol,
                  GBytes    *message)
{
  g_autoptr (GBytes) bytes = message;
  BeSession *session = be_stage_get_session (test->stage, protocol, BE_SIDE_CLIENT);

  be_stage_send (test->stage, be_session_get_id (session), BE_PEER_EVERYONE, bytes);

  return g_bytes_get_size (bytes);
}

static guint64
count_received (BeAppTest *test)
{
  GListModel *sockets = be_endpoint_card_get_sockets (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT)));
  g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, 0);

  return summary != NULL ? be_socket_summary_get_bytes_received (summary) : 0;
}

static void
test_shows_what_came (BeAppTest    *test,
                      gconstpointer data)
{
  gboolean is_udp = GPOINTER_TO_INT (data);
  guint64  n_bytes;

  run_both_ends (test, is_udp);
  n_bytes = send_from_client (test, is_udp ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP, be_hostile_text_all ());
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      GBytes *message = be_hostile_text_random (g_test_rand_int_range (1, MAX_PIECES));

      n_bytes += send_from_client (test, is_udp ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP, message);
    }
  be_test_wait_until (count_received (test) == n_bytes);

  check_everything (test);
  check_drawn_rows (test);
  check_copied_text (test);
}

static void
test_shows_what_was_typed (BeAppTest    *test,
                           gconstpointer data)
{
  const char *const typed[] = { "8\u202e0", "\x1b[31m80", "<b>80</b>", "80%s%n", "\ue000", "\ufeff1 2" };
  GtkWidget        *client = be_app_test_card (test, BE_SIDE_CLIENT);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      be_endpoint_card_set_port (BE_ENDPOINT_CARD (client), typed[i]);
      gtk_widget_activate_action (client, "endpoint.start", NULL);
      g_assert_null (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT));
      check_everything (test);
    }
}

static void
test_finds_what_was_typed (BeAppTest    *test,
                           gconstpointer data)
{
  const char *const typed[] = { "\u202e", "<b>bold</b>", "%s%n%100000d", "</markup>", "\x1b[31m", "no such thing <i>" };
  GtkWidget        *entry;

  run_both_ends (test, FALSE);
  send_from_client (test, BE_PROTOCOL_TCP, be_hostile_text_all ());
  be_test_wait_until (count_received (test) > 0);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.find", NULL);
  entry = be_app_test_find_type (GTK_WIDGET (test->window), GTK_TYPE_SEARCH_ENTRY, 0);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), typed[i]);
      be_test_iterate ();
      check_words (GTK_WIDGET (test->window), be_stage_get_journal (test->stage));
    }
}

static void
add_tests (void)
{
  be_app_test_add ("/app/hostile-window/shows-what-came-over-tcp", test_shows_what_came);
  g_test_add ("/app/hostile-window/shows-what-came-over-udp", BeAppTest, GINT_TO_POINTER (TRUE),
              be_app_test_set_up, test_shows_what_came, be_app_test_tear_down);
  be_app_test_add ("/app/hostile-window/shows-what-was-typed", test_shows_what_was_typed);
  be_app_test_add ("/app/hostile-window/finds-what-was-typed", test_finds_what_was_typed);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
