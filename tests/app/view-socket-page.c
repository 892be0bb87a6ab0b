/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows the page of a real socket, to be looked at:
 * view-socket-page --size 360x900 --dark --scroll 1 listener */

#include "be-application.h"
#include "be-socket-page.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>

static char    *size_text;
static char    *locale_directory;
static char   **scenes;
static gboolean is_dark;
static double   scroll_share;

static const GOptionEntry options[] = {
  { "size", 0, 0, G_OPTION_ARG_STRING, &size_text, "Size of the window", "WIDTHxHEIGHT" },
  { "locale-dir", 0, 0, G_OPTION_ARG_FILENAME, &locale_directory, "Where translations are", "DIRECTORY" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &is_dark, "Dark colours", NULL },
  { "scroll", 0, 0, G_OPTION_ARG_DOUBLE, &scroll_share, "Scroll down", "SHARE" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &scenes, NULL, "client|listener|udp|unix|closed" },
  { NULL },
};

static guint32
find_socket (BeTestRecorder *log,
             BeSession      *session,
             BeCall          call)
{
  be_test_wait_until (be_test_recorder_count (log, session, call) > 0);

  return be_test_log_last (log, session, call)->socket_id;
}

static void
show_scene (BeTestSessions *sessions,
            BeSocketPage   *page,
            const char     *scene)
{
  gboolean is_udp = g_str_equal (scene, "udp");

  if (g_str_equal (scene, "unix"))
    {
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), "view-socket-page", NULL);

      sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UNIX, path, 0);
      be_test_session_run (sessions->server);
      sessions->client = be_test_client_new_for (sessions->server);
      be_test_session_run (sessions->client);
    }
  else
    be_test_sessions_start (sessions, is_udp ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP);

  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "hello baby");
  be_test_sessions_expect (sessions, sessions->client, "HELLO BABY");
  if (g_str_equal (scene, "listener"))
    be_socket_page_set_socket (page, sessions->server, find_socket (sessions->log, sessions->server, BE_CALL_LISTEN));
  else if (is_udp)
    be_socket_page_set_socket (page, sessions->server, find_socket (sessions->log, sessions->server, BE_CALL_BIND));
  else
    be_socket_page_set_socket (page, sessions->client, find_socket (sessions->log, sessions->client, BE_CALL_CONNECT));
}

static gboolean
later_cb (gpointer user_data)
{
  gboolean *is_later = user_data;

  *is_later = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_a_second (void)
{
  gboolean is_later = FALSE;

  g_timeout_add_seconds (1, later_cb, &is_later);
  while (!is_later)
    g_main_context_iteration (NULL, TRUE);
}

static GtkWidget *
make_scroller (GtkWidget *page)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_margin_start (page, 12);
  gtk_widget_set_margin_end (page, 12);
  gtk_widget_set_margin_top (page, 12);
  gtk_widget_set_margin_bottom (page, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), page);

  return scroller;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  BeTestSessions sessions = { 0 };
  const char    *scene;
  GtkWidget     *window;
  GtkWidget     *scroller;
  GtkWidget     *page;
  int            width = 360;
  int            height = 900;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (size_text != NULL)
    sscanf (size_text, "%dx%d", &width, &height);
  if (locale_directory != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, locale_directory);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }

  /* With its style sheets. */
  if (!g_application_register (G_APPLICATION (be_application_new ()), NULL, &error))
    g_error ("%s", error->message);
  if (is_dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);

  scene = scenes != NULL ? scenes[0] : "client";
  sessions.network = be_network_thread_new ();
  sessions.log = be_test_recorder_new (sessions.network);
  page = be_socket_page_new ();
  scroller = make_scroller (page);
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_present (GTK_WINDOW (window));
  if (!g_str_equal (scene, "empty"))
    show_scene (&sessions, BE_SOCKET_PAGE (page), scene);
  wait_a_second ();
  if (g_str_equal (scene, "closed"))
    be_session_stop (sessions.client);
  if (scroll_share > 0)
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

      gtk_adjustment_set_value (adjustment, scroll_share * gtk_adjustment_get_upper (adjustment));
    }

  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
