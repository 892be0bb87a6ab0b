/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-composer.h"
#include "be-destination-picker.h"
#include "be-destination-row.h"
#include "be-endpoint-card.h"
#include "be-lettering.h"
#include "be-message-entry.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"

static void
connect_both (BeAppTest *test)
{
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_SERVER), "endpoint.start", NULL);
  be_test_wait_until (be_stage_get_n_active (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER) == 1);
  be_test_wait_until (g_strcmp0 (be_endpoint_card_get_port (BE_ENDPOINT_CARD (be_app_test_card (test, BE_SIDE_CLIENT))), "0") != 0);
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.start", NULL);
  be_test_wait_until (be_composer_can_write (BE_COMPOSER (be_app_test_composer (test, BE_SIDE_CLIENT))));
  be_test_wait_until (be_composer_can_write (BE_COMPOSER (be_app_test_composer (test, BE_SIDE_SERVER))));
}

static BeSocketSummary *
get_socket (BeAppTest *test,
            BeSide     side)
{
  GListModel *sockets = G_LIST_MODEL (be_stage_get_sockets (test->stage, side));
  g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, 0);

  return summary;
}

static GtkWidget *
get_message (BeAppTest *test)
{
  return be_app_test_find_type (be_app_test_composer (test, BE_SIDE_CLIENT), BE_TYPE_MESSAGE_ENTRY, 0);
}

static GtkEditable *
get_entry (BeAppTest *test,
           BeSide     side)
{
  return GTK_EDITABLE (be_composer_get_entry (BE_COMPOSER (be_app_test_composer (test, side))));
}

static void
test_says_why_nothing_can_be_written (BeAppTest    *test,
                                      gconstpointer data)
{
  GtkEntry *client = GTK_ENTRY (get_entry (test, BE_SIDE_CLIENT));
  GtkEntry *server = GTK_ENTRY (get_entry (test, BE_SIDE_SERVER));

  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (client)));
  g_assert_cmpstr (gtk_entry_get_placeholder_text (client), ==, "Connect first, then write here");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (server), ==, "Start the server first");

  connect_both (test);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (client)));
  g_assert_cmpstr (gtk_entry_get_placeholder_text (client), ==, "Message");
}

static void
test_says_whether_a_client_was_there (BeAppTest    *test,
                                      gconstpointer data)
{
  GtkEntry *server = GTK_ENTRY (get_entry (test, BE_SIDE_SERVER));

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (server), ==, "No client is connected yet");

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_test_wait_until (g_str_equal (gtk_entry_get_placeholder_text (server), "Say something as the server"));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_test_wait_until (g_str_equal (gtk_entry_get_placeholder_text (server), "No client is connected any more"));
}

/* The main thread takes no batch before the server has closed the connection. */
static void
test_says_that_a_client_was_there_between_two_looks (BeAppTest    *test,
                                                     gconstpointer data)
{
  GtkEntry *server = GTK_ENTRY (get_entry (test, BE_SIDE_SERVER));
  BeAddress address;
  g_autoptr (GSocket) client = NULL;

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (server), ==, "No client is connected yet");

  address = be_test_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER));
  client = be_test_peer_connect (&address);
  be_test_peer_stop_sending (client);
  be_test_peer_expect_end (client);
  be_test_wait_until (g_str_equal (gtk_entry_get_placeholder_text (server), "No client is connected any more"));
}

static void
test_a_client_sends_over_a_connection_or_from_a_socket (BeAppTest    *test,
                                                        gconstpointer data)
{
  GtkWidget *composer = be_app_test_composer (test, BE_SIDE_CLIENT);
  GtkWidget *picker = be_app_test_find_type (composer, BE_TYPE_DESTINATION_PICKER, 0);
  GtkWidget *button = be_app_test_find_type (picker, GTK_TYPE_MENU_BUTTON, 0);

  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Over which connection the client sends");
  be_composer_set_protocol (BE_COMPOSER (composer), BE_PROTOCOL_UDP);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "From which socket the client sends");
}

static BeDestinationPicker *
get_picker (BeAppTest *test,
            BeSide     side)
{
  return BE_DESTINATION_PICKER (be_app_test_find_type (be_app_test_composer (test, side), BE_TYPE_DESTINATION_PICKER, 0));
}

static guint
get_chosen_port (BeDestinationPicker *picker,
                 BeSide               side)
{
  BeSocketSummary *socket = be_destination_picker_get_socket (picker);

  if (socket == NULL)
    return 0;

  return side == BE_SIDE_SERVER ? be_socket_summary_get_peer (socket)->port : be_socket_summary_get_local (socket)->port;
}

static GtkListView *
find_list (BeDestinationPicker *picker)
{
  GtkWidget  *button = be_app_test_find_type (GTK_WIDGET (picker), GTK_TYPE_MENU_BUTTON, 0);
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));

  return popover != NULL ? GTK_LIST_VIEW (be_app_test_find_type (GTK_WIDGET (popover), GTK_TYPE_LIST_VIEW, 0)) : NULL;
}

static GListModel *
open_list (BeDestinationPicker *picker)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (be_app_test_find_type (GTK_WIDGET (picker), GTK_TYPE_MENU_BUTTON, 0)));
  be_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (find_list (picker))));

  return G_LIST_MODEL (gtk_list_view_get_model (find_list (picker)));
}

/* Takes what stands there. */
static void
choose (BeDestinationPicker *picker,
        guint                position,
        guint                n_offered)
{
  g_assert_cmpuint (g_list_model_get_n_items (open_list (picker)), ==, n_offered);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (find_list (picker)), "list.activate-item", "u", position));
  be_test_wait_until (find_list (picker) == NULL);
}

/* Return would take this one. */
static BeDestinationRow *
find_focused_row (BeAppTest *test)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (test->window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return BE_IS_DESTINATION_ROW (row) ? BE_DESTINATION_ROW (row) : NULL;
}

static gboolean
is_at (BeAppTest  *test,
       const char *text)
{
  BeDestinationRow *row = find_focused_row (test);

  return row != NULL && be_app_test_find_label (GTK_WIDGET (row), text) != NULL;
}

static void
test_the_keyboard_begins_at_what_is_chosen (BeAppTest    *test,
                                            gconstpointer data)
{
  BeDestinationPicker *server = get_picker (test, BE_SIDE_SERVER);
  BeDestinationPicker *client = get_picker (test, BE_SIDE_CLIENT);
  g_autofree char     *address = NULL;

  /* So many at once may find the accept queue full; the client has all of them. */
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (GTK_WIDGET (test->window), "win.ten-clients", NULL);
  be_test_wait_until (be_destination_picker_get_n_sockets (client) == 30 && be_destination_picker_get_n_sockets (server) > 0);

  open_list (server);
  be_test_wait_until (is_at (test, "To everyone"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (find_list (server)), "list.activate-item", "u", 0));
  be_test_wait_until (find_list (server) == NULL);

  choose (client, 25, 30);
  address = be_address_to_string (be_socket_summary_get_local (be_destination_picker_get_socket (client)));
  open_list (client);
  be_test_wait_until (is_at (test, address));
}

static void
test_a_client_sends_over_the_newest_connection (BeAppTest    *test,
                                                gconstpointer data)
{
  BeDestinationPicker *picker = get_picker (test, BE_SIDE_CLIENT);
  guint                first;
  guint                second;

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.another-client", NULL);
  be_test_wait_until (be_destination_picker_get_n_sockets (picker) == 1);
  first = get_chosen_port (picker, BE_SIDE_CLIENT);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.another-client", NULL);
  be_test_wait_until (be_destination_picker_get_n_sockets (picker) == 2);
  second = get_chosen_port (picker, BE_SIDE_CLIENT);
  g_assert_cmpuint (first, !=, 0);
  g_assert_cmpuint (second, !=, first);

  choose (picker, 1, 2);
  g_assert_cmpuint (get_chosen_port (picker, BE_SIDE_CLIENT), ==, first);
}

static void
test_a_server_sends_to_everyone_when_the_one_is_gone (BeAppTest    *test,
                                                      gconstpointer data)
{
  BeDestinationPicker *picker = get_picker (test, BE_SIDE_SERVER);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.another-client", NULL);
  be_test_wait_until (be_destination_picker_get_n_sockets (picker) == 1);
  g_assert_null (be_destination_picker_get_socket (picker));

  choose (picker, 1, 2);
  g_assert_cmpuint (get_chosen_port (picker, BE_SIDE_SERVER), !=, 0);
  gtk_widget_activate_action (be_app_test_card (test, BE_SIDE_CLIENT), "endpoint.stop", NULL);
  be_test_wait_until (be_destination_picker_get_socket (picker) == NULL);
  be_test_wait_until (be_destination_picker_is_empty (picker));
}

static GtkWidget *
get_send_button (BeAppTest *test,
                 BeSide     side)
{
  GtkWidget *label = be_app_test_find_label (be_app_test_composer (test, side), "Send");

  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
}

static gboolean
placeholder_says (BeAppTest  *test,
                  BeSide      side,
                  const char *text)
{
  return g_str_equal (gtk_entry_get_placeholder_text (GTK_ENTRY (get_entry (test, side))), text);
}

/* The server is another program, which does not close in turn. */
static void
test_who_has_half_closed_sends_no_more (BeAppTest    *test,
                                        gconstpointer data)
{
  BeDestinationPicker *picker = get_picker (test, BE_SIDE_CLIENT);
  GtkWidget           *card = be_app_test_card (test, BE_SIDE_CLIENT);
  GtkWidget           *send = get_send_button (test, BE_SIDE_CLIENT);
  BeAddress            address;
  g_autoptr (GSocket) listener = be_test_peer_listen (2, &address);
  g_autoptr (GSocket) first = NULL;
  g_autoptr (GSocket) second = NULL;
  g_autofree char *port = g_strdup_printf ("%u", address.port);

  be_endpoint_card_set_port (BE_ENDPOINT_CARD (card), port);
  gtk_widget_activate_action (card, "endpoint.start", NULL);
  be_test_wait_until (placeholder_says (test, BE_SIDE_CLIENT, "Message"));
  first = be_test_peer_accept (listener);
  gtk_editable_set_text (get_entry (test, BE_SIDE_CLIENT), "too late");
  g_assert_true (gtk_widget_is_sensitive (send));
  g_assert_true (gtk_widget_has_css_class (send, "suggested-action"));

  gtk_widget_activate_action (card, "endpoint.half-close-all", NULL);
  be_test_wait_until (placeholder_says (test, BE_SIDE_CLIENT, "Sends no more: half-closed"));
  be_test_peer_expect_end (first);
  g_assert_false (be_composer_can_write (BE_COMPOSER (be_app_test_composer (test, BE_SIDE_CLIENT))));
  g_assert_false (gtk_widget_is_sensitive (send));
  g_assert_false (gtk_widget_has_css_class (send, "suggested-action"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (send), ==, "Sends no more: half-closed");

  /* Over another connection it does, and there is a choice. */
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.another-client", NULL);
  be_test_wait_until (be_destination_picker_get_n_sockets (picker) == 2);
  second = be_test_peer_accept (listener);
  g_assert_true (placeholder_says (test, BE_SIDE_CLIENT, "Message"));
  g_assert_true (gtk_widget_is_sensitive (send));
  choose (picker, 1, 2);
  be_test_wait_until (placeholder_says (test, BE_SIDE_CLIENT, "Sends no more: half-closed"));
  g_assert_false (gtk_widget_is_sensitive (send));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (picker)));
}

/* To everyone: as long as there is one who can be written to. */
static void
test_a_server_writes_to_those_that_are_left (BeAppTest    *test,
                                             gconstpointer data)
{
  BeDestinationPicker *picker = get_picker (test, BE_SIDE_SERVER);
  GtkWidget           *card = be_app_test_card (test, BE_SIDE_SERVER);
  BeAddress            address;
  g_autoptr (GSocket) first = NULL;
  g_autoptr (GSocket) second = NULL;

  gtk_widget_activate_action (card, "endpoint.start", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  address = be_test_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER));
  first = be_test_peer_connect (&address);
  be_test_wait_until (be_destination_picker_get_n_sockets (picker) == 1);
  gtk_widget_activate_action (card, "endpoint.half-close-all", NULL);
  be_test_wait_until (placeholder_says (test, BE_SIDE_SERVER, "Sends no more: half-closed"));

  second = be_test_peer_connect (&address);
  be_test_wait_until (placeholder_says (test, BE_SIDE_SERVER, "Say something as the server"));
  choose (picker, 2, 3);
  be_test_wait_until (placeholder_says (test, BE_SIDE_SERVER, "Sends no more: half-closed"));
}

static void
test_counts_the_bytes_before_they_are_sent (BeAppTest    *test,
                                            gconstpointer data)
{
  GtkWidget *message = get_message (test);

  gtk_editable_set_text (get_entry (test, BE_SIDE_CLIENT), "你好");
  g_assert_nonnull (be_app_test_find_label (message, "6 bytes"));

  gtk_widget_activate_action (message, "message.ending", "s", "crlf");
  g_assert_nonnull (be_app_test_find_label (message, "8 bytes"));
}

static void
test_sends_what_was_typed_and_nothing_else (BeAppTest    *test,
                                            gconstpointer data)
{
  BeSocketSummary *socket = NULL;

  connect_both (test);
  be_app_test_write (test, BE_SIDE_CLIENT, "a\\n你好");
  socket = get_socket (test, BE_SIDE_CLIENT);
  be_test_wait_until (be_socket_summary_get_bytes_received (socket) > 0);

  g_assert_cmpuint (be_socket_summary_get_bytes_sent (socket), ==, strlen ("a\\n你好"));
  g_assert_cmpstr (gtk_editable_get_text (get_entry (test, BE_SIDE_CLIENT)), ==, "");
}

static void
test_appends_the_chosen_ending (BeAppTest    *test,
                                gconstpointer data)
{
  BeSocketSummary *socket = NULL;

  connect_both (test);
  gtk_widget_activate_action (get_message (test), "message.ending", "s", "lf");
  be_app_test_write (test, BE_SIDE_CLIENT, "line");
  socket = get_socket (test, BE_SIDE_CLIENT);
  be_test_wait_until (be_socket_summary_get_bytes_received (socket) == 5);
}

static void
test_a_stream_sends_no_empty_message (BeAppTest    *test,
                                      gconstpointer data)
{
  connect_both (test);
  be_app_test_write (test, BE_SIDE_CLIENT, "");
  be_app_test_write (test, BE_SIDE_CLIENT, "x");
  be_test_wait_until (be_socket_summary_get_bytes_received (get_socket (test, BE_SIDE_CLIENT)) == 1);

  /* In the order of the calls, an empty send would stand before it. */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (be_stage_get_journal (test->stage))); i++)
    {
      const BeEventRecord *record = be_journal_get_record (be_stage_get_journal (test->stage), i);

      g_assert_false (record->call == BE_CALL_SEND && record->payload_length == 0);
    }
}

static void
test_the_server_speaks_to_its_client (BeAppTest    *test,
                                      gconstpointer data)
{
  connect_both (test);
  be_app_test_write (test, BE_SIDE_SERVER, "welcome");
  be_test_wait_until (be_socket_summary_get_bytes_received (get_socket (test, BE_SIDE_CLIENT)) == 7);
}

static void
test_arrow_keys_bring_messages_back (BeAppTest    *test,
                                     gconstpointer data)
{
  GtkWidget   *message = get_message (test);
  GtkEditable *entry = get_entry (test, BE_SIDE_CLIENT);

  connect_both (test);
  be_app_test_write (test, BE_SIDE_CLIENT, "first");
  be_app_test_write (test, BE_SIDE_CLIENT, "second");
  gtk_editable_set_text (entry, "draft");

  gtk_widget_activate_action (message, "message.older", NULL);
  gtk_widget_activate_action (message, "message.older", NULL);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "first");

  gtk_widget_activate_action (message, "message.newer", NULL);
  gtk_widget_activate_action (message, "message.newer", NULL);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "draft");
}

static const PangoFontDescription *
get_font (PangoLayout *layout)
{
  const PangoFontDescription *font = pango_layout_get_font_description (layout);

  return font != NULL ? font : pango_context_get_font_description (pango_layout_get_context (layout));
}

/* Two sizes that nobody can tell apart would be two fonts to load before the
 * first frame. */
static void
test_is_written_in_the_size_in_which_it_is_shown (BeAppTest    *test,
                                                  gconstpointer data)
{
  GtkWidget *text = be_app_test_find_type (get_message (test), GTK_TYPE_TEXT, 0);
  g_autoptr (PangoLayout) written = gtk_widget_create_pango_layout (text, "hello baby");
  g_autoptr (BeLettering) lettering = be_lettering_new (gtk_widget_get_pango_context (GTK_WIDGET (test->window)));
  g_autoptr (PangoLayout) shown = be_lettering_make (lettering, BE_FONT_PAYLOAD, "hello baby");

  g_assert_cmpint (pango_font_description_get_size (get_font (written)), ==, pango_font_description_get_size (get_font (shown)));
  g_assert_cmpstr (pango_font_description_get_family (get_font (written)), ==, pango_font_description_get_family (get_font (shown)));
}

/* What stands beside the text. */
static gboolean
shows (BeAppTest  *test,
       const char *text)
{
  GtkWidget *count = gtk_widget_get_next_sibling (GTK_WIDGET (get_entry (test, BE_SIDE_CLIENT)));

  return gtk_widget_get_mapped (count) && g_str_equal (gtk_label_get_text (GTK_LABEL (count)), text);
}

static void
test_enter_says_why_nothing_is_sent (BeAppTest    *test,
                                     gconstpointer data)
{
  GtkEditable *entry = get_entry (test, BE_SIDE_CLIENT);

  connect_both (test);
  gtk_editable_set_text (entry, "again");
  be_test_wait_until (shows (test, "5 bytes"));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_test_wait_until (placeholder_says (test, BE_SIDE_CLIENT, "Connect first, then write here"));

  g_signal_emit_by_name (entry, "activate");
  be_test_wait_until (shows (test, "Connect first, then write here"));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "again");

  /* Until there is something else to say. */
  gtk_editable_set_text (entry, "once again");
  be_test_wait_until (shows (test, "10 bytes"));
  g_signal_emit_by_name (entry, "activate");
  be_test_wait_until (shows (test, "Connect first, then write here"));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_test_wait_until (shows (test, "10 bytes"));
}

static void
add_tests (void)
{
  be_app_test_add ("/app/composer/is-written-in-the-size-in-which-it-is-shown",
                   test_is_written_in_the_size_in_which_it_is_shown);
  be_app_test_add ("/app/composer/enter-says-why-nothing-is-sent", test_enter_says_why_nothing_is_sent);
  be_app_test_add ("/app/composer/says-why-nothing-can-be-written", test_says_why_nothing_can_be_written);
  be_app_test_add ("/app/composer/says-whether-a-client-was-there", test_says_whether_a_client_was_there);
  be_app_test_add ("/app/composer/says-that-a-client-was-there-between-two-looks",
                   test_says_that_a_client_was_there_between_two_looks);
  be_app_test_add ("/app/composer/a-client-sends-over-a-connection-or-from-a-socket",
                   test_a_client_sends_over_a_connection_or_from_a_socket);
  be_app_test_add ("/app/composer/a-client-sends-over-the-newest-connection", test_a_client_sends_over_the_newest_connection);
  be_app_test_add ("/app/composer/a-server-sends-to-everyone-when-the-one-is-gone",
                   test_a_server_sends_to_everyone_when_the_one_is_gone);
  be_app_test_add ("/app/composer/the-keyboard-begins-at-what-is-chosen", test_the_keyboard_begins_at_what_is_chosen);
  be_app_test_add ("/app/composer/who-has-half-closed-sends-no-more", test_who_has_half_closed_sends_no_more);
  be_app_test_add ("/app/composer/a-server-writes-to-those-that-are-left", test_a_server_writes_to_those_that_are_left);
  be_app_test_add ("/app/composer/counts-the-bytes-before-they-are-sent", test_counts_the_bytes_before_they_are_sent);
  be_app_test_add ("/app/composer/sends-what-was-typed-and-nothing-else", test_sends_what_was_typed_and_nothing_else);
  be_app_test_add ("/app/composer/appends-the-chosen-ending", test_appends_the_chosen_ending);
  be_app_test_add ("/app/composer/a-stream-sends-no-empty-message", test_a_stream_sends_no_empty_message);
  be_app_test_add ("/app/composer/the-server-speaks-to-its-client", test_the_server_speaks_to_its_client);
  be_app_test_add ("/app/composer/arrow-keys-bring-messages-back", test_arrow_keys_bring_messages_back);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
