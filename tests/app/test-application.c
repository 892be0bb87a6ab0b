/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include <glib/gstdio.h>

/* What stood in the environment before the application was made. */
static char *theme_before;

/* A theme with a mistake in it: whoever reads it says so. It is the one that the
 * desktop of the programs is set to that are started now. */
typedef struct
{
  char *home;
} BadTheme;

static void
write_file (BadTheme   *self,
            const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *directory = g_build_filename (self->home, folder, NULL);
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
bad_theme_set_up (BadTheme *self)
{
  g_autoptr (GError) error = NULL;

  self->home = g_dir_make_tmp ("theme-XXXXXX", &error);
  g_assert_no_error (error);
  write_file (self, "themes/Bad/gtk-4.0", "gtk.css", "no style at all;");
  write_file (self, "gtk-4.0", "settings.ini", "[Settings]\ngtk-theme-name=Bad\n");
  g_unsetenv ("GTK_THEME");
  g_setenv ("XDG_CONFIG_HOME", self->home, TRUE);
  g_setenv ("XDG_DATA_HOME", self->home, TRUE);
}

static void
remove_directory (GFile *directory)
{
  g_autoptr (GFileEnumerator) children = NULL;
  GFile *child = NULL;

  children = g_file_enumerate_children (directory, "standard::name", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    remove_directory (child);
  g_file_delete (directory, NULL, NULL);
}

static void
bad_theme_tear_down (BadTheme *self)
{
  g_autoptr (GFile) home = g_file_new_for_path (self->home);

  g_unsetenv ("XDG_CONFIG_HOME");
  g_unsetenv ("XDG_DATA_HOME");
  g_unsetenv ("GTK_THEME");
  remove_directory (home);
  g_clear_pointer (&self->home, g_free);
}

/* In a program of its own, which is there by now. */
static void
test_there (void)
{
}

static void
test_reads_no_theme_that_is_replaced (void)
{
  BadTheme theme = { 0 };

  bad_theme_set_up (&theme);
  g_test_trap_subprocess ("/app/application/subprocess/there", 0, 0);
  bad_theme_tear_down (&theme);

  g_test_trap_assert_passed ();
}

static void
test_reads_the_theme_that_a_person_wants (void)
{
  BadTheme theme = { 0 };

  bad_theme_set_up (&theme);
  g_setenv ("GTK_THEME", "Bad", TRUE);
  g_test_trap_subprocess ("/app/application/subprocess/there", 0, 0);
  bad_theme_tear_down (&theme);

  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*Theme parser*gtk.css*");
}

static void
test_leaves_the_environment_as_it_was (void)
{
  g_assert_cmpstr (g_getenv ("GTK_THEME"), ==, theme_before);
}

static void
add_tests (void)
{
  /* First, for the others set it themselves. */
  g_test_add_func ("/app/application/leaves-the-environment-as-it-was", test_leaves_the_environment_as_it_was);
  g_test_add_func ("/app/application/reads-no-theme-that-is-replaced", test_reads_no_theme_that_is_replaced);
  g_test_add_func ("/app/application/reads-the-theme-that-a-person-wants", test_reads_the_theme_that_a_person_wants);
  g_test_add_func ("/app/application/subprocess/there", test_there);
}

int
main (int    argc,
      char **argv)
{
  theme_before = g_strdup (g_getenv ("GTK_THEME"));

  return be_app_test_run (argc, argv, add_tests);
}
