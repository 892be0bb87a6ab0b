/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows the page of a stream's messages, to be looked at:
 * view-stream-page --size 360x720 --dark --framing 1 --connection 0 borders */

#include "be-sample.h"
#include "be-stream-page.h"

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>

static char    *size_text;
static char    *locale_directory;
static gboolean is_dark;
static gboolean from_server;
static gboolean has_lesson;
static int      framing;
static int      connection;
static int      dpi;

static const GOptionEntry options[] = {
  { "size", 0, 0, G_OPTION_ARG_STRING, &size_text, "Size of the window", "WIDTHxHEIGHT" },
  { "locale-dir", 0, 0, G_OPTION_ARG_FILENAME, &locale_directory, "Where translations are", "DIRECTORY" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &is_dark, "Dark colours", NULL },
  { "from-server", 0, 0, G_OPTION_ARG_NONE, &from_server, "The other direction", NULL },
  { "lesson", 0, 0, G_OPTION_ARG_NONE, &has_lesson, "What a first lesson shows", NULL },
  { "framing", 0, 0, G_OPTION_ARG_INT, &framing, "Which rule", "NUMBER" },
  { "connection", 0, 0, G_OPTION_ARG_INT, &connection, "Which connection", "NUMBER" },
  { "dpi", 0, 0, G_OPTION_ARG_INT, &dpi, "Scale all text", "DPI" },
  { NULL },
};

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
load_style (const char *name)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_strdup_printf ("/io/github/bothends/BothEnds/%s", name);

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  BeSample  *sample = be_sample_new (BE_JOURNAL_MAX_EVENTS);
  GtkWidget *window;
  GtkWidget *page;
  int        width = 360;
  int        height = 720;

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

  adw_init ();
  load_style ("style.css");
  if (is_dark)
    load_style ("style-dark.css");
  if (dpi > 0)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi * 1024, NULL);
  if (is_dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);

  if (has_lesson)
    be_sample_add_lesson (sample);
  else
    be_sample_add_borders (sample);
  be_sample_flush (sample);
  page = be_stream_page_new ();
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_type (page, GTK_TYPE_DROP_DOWN)), (guint) framing);
  be_stream_page_set_from_side (BE_STREAM_PAGE (page), from_server ? BE_SIDE_SERVER : BE_SIDE_CLIENT);
  be_stream_page_set_stream (BE_STREAM_PAGE (page), be_sample_get_journal (sample), (guint32) connection);

  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));

  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  be_sample_free (sample);

  return 0;
}
