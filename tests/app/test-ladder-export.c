/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-ladder-export.h"
#include "be-ladder-file.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  BeAppTest base;
  BeLadderExport *export;
  char *folder;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  be_app_test_set_up (&fixture->base, NULL);
  fixture->export = g_object_get_data (G_OBJECT (fixture->base.window), "be-ladder-export");
  fixture->folder = g_dir_make_tmp ("both-ends-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);

  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  be_app_test_tear_down (&fixture->base, NULL);
}

static gboolean
is_enabled (Fixture    *fixture,
            const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->base.window), name);
}

static void
say_something (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->base.window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (&fixture->base, BE_SIDE_SERVER, "Listening");
  be_test_wait_until (is_enabled (fixture, "export"));
}

static GFile *
get_file (Fixture    *fixture,
          const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_new_for_path (path);
}

/* Returns what the file is afterwards; NULL: it is not there. */
static GBytes *
export_as (Fixture    *fixture,
           const char *name)
{
  g_autoptr (GFile) file = get_file (fixture, name);

  be_ladder_export_write (fixture->export, file, NULL);
  g_assert_true (be_ladder_export_is_writing (fixture->export));
  g_assert_false (is_enabled (fixture, "export"));
  be_test_wait_until (!be_ladder_export_is_writing (fixture->export));
  g_assert_true (is_enabled (fixture, "export"));

  return g_file_load_bytes (file, NULL, NULL, NULL);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
test_nothing_cannot_be_exported (Fixture      *fixture,
                                 gconstpointer data)
{
  g_autoptr (GFile) file = get_file (fixture, "ladder.svg");

  g_assert_false (is_enabled (fixture, "export"));
  g_assert_false (is_enabled (fixture, "copy-mermaid"));
  be_ladder_export_write (fixture->export, file, NULL);
  g_assert_false (be_ladder_export_is_writing (fixture->export));

  say_something (fixture);
  g_assert_true (is_enabled (fixture, "copy-mermaid"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->base.window), "win.clear", NULL);
  be_test_wait_until (!is_enabled (fixture, "export"));
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_the_name_says_what_is_written (Fixture      *fixture,
                                    gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *begin;
  } files[] = {
    { "ladder.svg", "<?xml" },
    { "ladder.pdf", "%PDF-" },
    { "ladder.PNG", "\x89PNG" },
    { "ladder & <b>.mmd", "sequenceDiagram\n" },
    { "ladder", "<?xml" },
  };

  say_something (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = export_as (fixture, files[i].name);

      g_assert_nonnull (bytes);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, strlen (files[i].begin));
      g_assert_cmpint (memcmp (g_bytes_get_data (bytes, NULL), files[i].begin, strlen (files[i].begin)), ==, 0);
      g_assert_nonnull (strstr (be_ladder_export_get_last_words (fixture->export), files[i].name));
    }
  g_assert_cmpuint (count_files (fixture), ==, G_N_ELEMENTS (files));
}

static void
test_the_dialog_decides_where_the_name_does_not (void)
{
  g_autoptr (GFile) named = g_file_new_for_path ("/tmp/ladder.pdf");
  g_autoptr (GFile) unnamed = g_file_new_for_path ("/tmp/both.ends");
  GtkFileChooserNative *dialog = be_ladder_file_ask (NULL);
  g_autoptr (GListModel) filters = gtk_file_chooser_get_filters (GTK_FILE_CHOOSER (dialog));
  g_autofree char *name = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (filters), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      g_assert_cmpint (be_ladder_file_get_kind (unnamed, filter), ==, i);
      g_assert_cmpint (be_ladder_file_get_kind (named, filter), ==, BE_LADDER_FILE_PDF);
    }

  name = gtk_file_chooser_get_current_name (GTK_FILE_CHOOSER (dialog));
  g_assert_true (g_str_has_prefix (name, "both-ends-2"));
  g_assert_true (g_str_has_suffix (name, ".svg"));
  g_assert_cmpuint (strlen (name), ==, strlen ("both-ends-2026-11-26-1432.svg"));
  g_object_unref (dialog);
}

static void
test_a_file_that_was_there_is_replaced (Fixture      *fixture,
                                        gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "ladder.svg", NULL);
  g_autoptr (GBytes) bytes = NULL;

  say_something (fixture);
  g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
  bytes = export_as (fixture, "ladder.svg");

  g_assert_cmpint (memcmp (g_bytes_get_data (bytes, NULL), "<?xml", 5), ==, 0);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_trouble_is_told_in_a_sentence (Fixture      *fixture,
                                    gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "taken.svg", NULL);
  const char      *words;
  g_autoptr (GBytes) bytes = NULL;

  say_something (fixture);
  bytes = export_as (fixture, "gone/ladder.svg");
  words = be_ladder_export_get_last_words (fixture->export);
  g_assert_null (bytes);
  g_assert_cmpstr (words, ==, "“ladder.svg” was not written, because its folder is not there any more. Choose another folder.");

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  bytes = export_as (fixture, "taken.svg");
  words = be_ladder_export_get_last_words (fixture->export);
  g_assert_null (bytes);
  g_assert_true (g_str_has_prefix (words, "“taken.svg” was not written"));
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_rmdir (path);
}

static void
test_a_cancelled_export_leaves_no_file (Fixture      *fixture,
                                        gconstpointer data)
{
  g_autoptr (GFile) file = get_file (fixture, "ladder.pdf");

  say_something (fixture);
  be_ladder_export_write (fixture->export, file, NULL);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->base.window), "cancel-export", NULL);
  be_test_wait_until (!be_ladder_export_is_writing (fixture->export));

  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_nonnull (strstr (be_ladder_export_get_last_words (fixture->export), "cancelled"));
}

static void
test_the_window_may_close_meanwhile (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autoptr (GFile) file = get_file (fixture, "ladder.pdf");

  say_something (fixture);
  be_ladder_export_write (fixture->export, file, NULL);
  /* tear_down () closes it, and asserts that nothing is left. */
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_mermaid_text_goes_to_the_clipboard (Fixture      *fixture,
                                         gconstpointer data)
{
  g_autofree char *text = NULL;

  say_something (fixture);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->base.window), "copy-mermaid", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (fixture->base.window)), NULL, read_cb, &text);
  be_test_wait_until (text != NULL);

  g_assert_true (g_str_has_prefix (text, "sequenceDiagram\n    participant S as Server "));
  g_assert_nonnull (strstr (text, "LISTEN"));
}

static void
add_tests (void)
{
#define ADD(path, function) g_test_add ("/ladder-export/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("nothing-cannot-be-exported", test_nothing_cannot_be_exported);
  ADD ("the-name-says-what-is-written", test_the_name_says_what_is_written);
  ADD ("a-file-that-was-there-is-replaced", test_a_file_that_was_there_is_replaced);
  ADD ("trouble-is-told-in-a-sentence", test_trouble_is_told_in_a_sentence);
  ADD ("a-cancelled-export-leaves-no-file", test_a_cancelled_export_leaves_no_file);
  ADD ("the-window-may-close-meanwhile", test_the_window_may_close_meanwhile);
  ADD ("mermaid-text-goes-to-the-clipboard", test_mermaid_text_goes_to_the_clipboard);
  g_test_add_func ("/ladder-export/the-dialog-decides-where-the-name-does-not", test_the_dialog_decides_where_the_name_does_not);
}

int
main (int    argc,
      char **argv)
{
  return be_app_test_run (argc, argv, add_tests);
}
