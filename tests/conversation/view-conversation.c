/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows a conversation that never took place, to be looked at:
 * view-conversation --size 1360x820 --dark lesson oddities refused
 * view-conversation --export ladder.svg lesson */

#include "be-conversation.h"
#include "be-event-list.h"
#include "be-magnification.h"
#include "be-ladder-printer.h"
#include "be-sample.h"

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>
#include <time.h>

static char    *size_text;
static char    *locale_directory;
static char    *export_path;
static char   **scenes;
static gboolean is_dark;
static gboolean is_udp;
static gboolean has_find;
static gboolean is_projected;
static double   scroll_share = -1;
static int      select_row = -1;
static int      events_per_second;
static int      dpi;

static const GOptionEntry options[] = {
  { "size", 0, 0, G_OPTION_ARG_STRING, &size_text, "Size of the window", "WIDTHxHEIGHT" },
  { "locale-dir", 0, 0, G_OPTION_ARG_FILENAME, &locale_directory, "Where translations are", "DIRECTORY" },
  { "export", 0, 0, G_OPTION_ARG_FILENAME, &export_path, "Write a picture, and end", "FILE" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &is_dark, "Dark colours", NULL },
  { "udp", 0, 0, G_OPTION_ARG_NONE, &is_udp, "The guide speaks of UDP", NULL },
  { "find", 0, 0, G_OPTION_ARG_NONE, &has_find, "Open the filter bar", NULL },
  { "projector", 0, 0, G_OPTION_ARG_NONE, &is_projected, "For a whole room; add --dpi 144", NULL },
  { "scroll", 0, 0, G_OPTION_ARG_DOUBLE, &scroll_share, "Leave the end", "SHARE" },
  { "select", 0, 0, G_OPTION_ARG_INT, &select_row, "Select a row", "ROW" },
  { "rate", 0, 0, G_OPTION_ARG_INT, &events_per_second, "Add events all the time", "PER-SECOND" },
  { "dpi", 0, 0, G_OPTION_ARG_INT, &dpi, "Scale all text", "DPI" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &scenes, NULL, "[lesson|borders|oddities|refused|far|in-use|loss|many]…" },
  { NULL },
};

typedef struct
{
  BeSample  *sample;
  GtkWidget *conversation;
  gint64     due;
  gint64     start;
  gint64     last_frame;
  GArray    *frames;
  gint64     work_begin;
  GArray    *works;
} View;

static void
play_scene (BeSample   *sample,
            const char *scene)
{
  if (g_str_equal (scene, "lesson"))
    be_sample_add_lesson (sample);
  else if (g_str_equal (scene, "oddities"))
    be_sample_add_oddities (sample);
  else if (g_str_equal (scene, "far"))
    be_sample_call_far (sample);
  else if (g_str_equal (scene, "refused"))
    be_sample_refuse (sample, 9000);
  else if (g_str_equal (scene, "in-use"))
    be_sample_bind_in_vain (sample);
  else if (g_str_equal (scene, "loss"))
    be_sample_lose_datagram (sample);
  else if (g_str_equal (scene, "borders"))
    be_sample_add_borders (sample);
  else if (g_str_equal (scene, "many"))
    be_sample_add_many (sample, 5000);
  else
    g_printerr ("There is no scene %s.\n", scene);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const gint64 *first = a;
  const gint64 *second = b;

  return (*first > *second) - (*first < *second);
}

static void
print_times (const char *name,
             GArray     *times)
{
  g_array_sort (times, compare_times);
  g_print ("%s: n %u, median %.1f ms, p95 %.1f ms, max %.1f ms\n", name, times->len,
           g_array_index (times, gint64, times->len / 2) / 1000.0,
           g_array_index (times, gint64, times->len * 95 / 100) / 1000.0,
           g_array_index (times, gint64, times->len - 1) / 1000.0);
}

/* Of this program alone, whatever else runs on the machine; in µs. */
static gint64
get_processor_time (void)
{
  return (gint64) ((double) clock () * G_USEC_PER_SEC / CLOCKS_PER_SEC);
}

static void
before_paint_cb (GdkFrameClock *clock,
                 View          *view)
{
  view->work_begin = get_processor_time ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                View          *view)
{
  gint64 work = get_processor_time () - view->work_begin;

  if (view->work_begin != 0)
    g_array_append_val (view->works, work);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  View  *view = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 frame = now - view->last_frame;
  guint  n_due;

  if (view->start == 0)
    {
      view->start = view->last_frame = now;
      g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), view);
      g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), view);
      return G_SOURCE_CONTINUE;
    }

  n_due = (guint) ((now - view->start) * events_per_second / G_USEC_PER_SEC - view->due);
  view->due += n_due;
  be_sample_add_many (view->sample, n_due);
  be_sample_flush (view->sample);
  g_array_append_val (view->frames, frame);
  view->last_frame = now;

  if (view->frames->len == 600)
    {
      print_times ("frame to frame", view->frames);
      print_times ("work in a frame", view->works);
      g_array_set_size (view->frames, 0);
      g_array_set_size (view->works, 0);
    }

  return G_SOURCE_CONTINUE;
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  if (BE_IS_EVENT_LIST (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_list (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
scroll_cb (gpointer user_data)
{
  g_autoptr (GtkAdjustment) adjustment = NULL;

  g_object_get (find_list (user_data), "vadjustment", &adjustment, NULL);
  gtk_adjustment_set_value (adjustment, scroll_share * gtk_adjustment_get_upper (adjustment));

  return G_SOURCE_REMOVE;
}

static gboolean
select_cb (gpointer user_data)
{
  GtkWidget *list = find_list (user_data);

  be_event_list_select (BE_EVENT_LIST (list), (guint) select_row);
  gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);

  return G_SOURCE_REMOVE;
}

static void
set_language (void)
{
  if (locale_directory != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, locale_directory);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      is_done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint n_rows = 0;
  guint n_left_out = 0;

  bytes = be_ladder_printer_print_finish (result, &n_rows, &n_left_out, &error);
  if (bytes == NULL || !g_file_set_contents (export_path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error))
    g_error ("%s", error->message);

  g_print ("%u rows, %u left out, %" G_GSIZE_FORMAT " bytes\n", n_rows, n_left_out, g_bytes_get_size (bytes));
  *(gboolean *) is_done = TRUE;
}

/* Also says how long the main loop was kept from turning. */
static void
export_ladder (BeJournal *journal)
{
  g_autoptr (BeJournalFilter) filter = be_journal_filter_new (journal);
  BeLadderFormat format = BE_LADDER_SVG;
  gboolean       is_done = FALSE;
  gint64         start = g_get_monotonic_time ();
  gint64         before = start;
  gint64         longest = 0;

  if (g_str_has_suffix (export_path, ".pdf"))
    format = BE_LADDER_PDF;
  else if (g_str_has_suffix (export_path, ".png"))
    format = BE_LADDER_PNG;

  be_ladder_printer_print_async (filter, format, NULL, printed_cb, &is_done);
  g_print ("copied in %.1f ms\n", (double) (g_get_monotonic_time () - before) / 1000);
  while (!is_done)
    {
      gint64 now;

      before = g_get_monotonic_time ();
      if (!g_main_context_iteration (NULL, FALSE))
        {
          g_usleep (100);
          continue;
        }
      now = g_get_monotonic_time ();
      longest = MAX (longest, now - before);
    }
  g_print ("done in %.1f ms, longest turn %.1f ms\n", (double) (g_get_monotonic_time () - start) / 1000, (double) longest / 1000);
}

static void
set_style (void)
{
  adw_init ();
  if (dpi > 0)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi * 1024, NULL);
  be_magnification_set (dpi > 0 ? dpi / 96.0 : 1, is_projected);
  if (is_dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  View       view = { 0 };
  GtkWidget *window;
  int        width = 1360;
  int        height = 820;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (size_text != NULL)
    sscanf (size_text, "%dx%d", &width, &height);

  set_language ();
  set_style ();

  view.sample = be_sample_new (BE_JOURNAL_MAX_EVENTS);
  view.frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  view.works = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; scenes != NULL && scenes[i] != NULL; i++)
    play_scene (view.sample, scenes[i]);
  be_sample_flush (view.sample);

  if (export_path != NULL)
    {
      export_ladder (be_sample_get_journal (view.sample));
      be_sample_free (view.sample);
      return 0;
    }

  view.conversation = be_conversation_new ();
  g_object_set (view.conversation,
                "journal", be_sample_get_journal (view.sample),
                "protocol", is_udp ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP,
                NULL);
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), view.conversation);
  gtk_window_present (GTK_WINDOW (window));

  if (has_find)
    gtk_widget_activate_action (view.conversation, "conversation.find", NULL);
  if (events_per_second > 0)
    gtk_widget_add_tick_callback (view.conversation, tick_cb, &view, NULL);
  if (scroll_share >= 0)
    g_timeout_add (500, scroll_cb, view.conversation);
  if (select_row >= 0)
    g_timeout_add (600, select_cb, view.conversation);

  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  g_array_unref (view.frames);
  g_array_unref (view.works);
  be_sample_free (view.sample);

  return 0;
}
