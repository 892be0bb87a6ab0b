/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-language.h"

#include <glib/gi18n-lib.h>

static void
choose (BeAppTest  *test,
        const char *language)
{
  g_action_group_activate_action (G_ACTION_GROUP (test->application), "language", g_variant_new_string (language));
}

static GtkWidget *
reopen (BeAppTest *test)
{
  g_action_group_activate_action (G_ACTION_GROUP (test->application), "reopen", NULL);
  be_test_wait_until (test->window == NULL);
  be_test_wait_until (gtk_application_get_active_window (GTK_APPLICATION (test->application)) != NULL);

  return GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (test->application)));
}

static void
test_the_chosen_language_is_spoken (void)
{
  be_language_apply ("zh_CN");
  g_assert_cmpstr (_ ("Server"), ==, "服务器");
  be_language_apply ("en");
  g_assert_cmpstr (_ ("Server"), ==, "Server");
  be_language_apply ("zh_CN");
  g_assert_cmpstr (_ ("Server"), ==, "服务器");
  be_language_apply (BE_LANGUAGE_SYSTEM);
  g_assert_cmpstr (_ ("Server"), ==, "Server");
}

static void
test_a_reopened_window_speaks_the_language_chosen (BeAppTest    *test,
                                                   gconstpointer data)
{
  GtkWidget *window = NULL;

  choose (test, "zh_CN");
  g_assert_nonnull (be_app_test_find_label (GTK_WIDGET (test->window), "Server"));

  window = reopen (test);
  g_assert_nonnull (be_app_test_find_label (window, "服务器"));
  g_assert_null (be_app_test_find_label (window, "Server"));

  gtk_window_destroy (GTK_WINDOW (window));
  choose (test, BE_LANGUAGE_SYSTEM);
  be_language_apply (BE_LANGUAGE_SYSTEM);
}

static void
test_the_language_is_remembered (BeAppTest    *test,
                                 gconstpointer data)
{
  GSettings       *settings = be_application_get_settings (test->application);
  g_autofree char *language = NULL;
  g_autoptr (GtkApplication) next = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  choose (test, "zh_CN");
  language = g_settings_get_string (settings, "language");
  g_assert_cmpstr (language, ==, "zh_CN");
  g_assert_cmpstr (_ ("Server"), ==, "Server");

  be_language_add_actions (next, settings);
  g_assert_cmpstr (_ ("Server"), ==, "服务器");

  choose (test, BE_LANGUAGE_SYSTEM);
  be_language_apply (BE_LANGUAGE_SYSTEM);
}

static void
add_tests (void)
{
  g_test_add_func ("/app/language/the-chosen-language-is-spoken", test_the_chosen_language_is_spoken);
  be_app_test_add ("/app/language/a-reopened-window-speaks-the-language-chosen", test_a_reopened_window_speaks_the_language_chosen);
  be_app_test_add ("/app/language/the-language-is-remembered", test_the_language_is_remembered);
}

int
main (int    argc,
      char **argv)
{
  be_language_set_up ();

  return be_app_test_run (argc, argv, add_tests);
}
