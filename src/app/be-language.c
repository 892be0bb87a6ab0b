/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-language.h"

#include <locale.h>

#include <glib/gi18n-lib.h>

#include "be-version.h"

/* The language that the program speaks: the system's, or the one that was
 * chosen in the menu. It is read from the environment by gettext, GTK's own
 * texts too, and counts for whatever is built from then on; so what is chosen
 * comes into effect with a window that is opened again. */

static char *system_language; /* (nullable): of the environment, as the program found it */

static void
bind_domain (void)
{
  const char *directory = g_getenv ("BOTHENDS_LOCALEDIR");

  /* Also makes gettext forget which translations it has found. */
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : BE_LOCALE_DIRECTORY);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* In the locale "C" gettext translates nothing, whatever LANGUAGE asks for;
 * newer ones take "C.UTF-8" for it too. */
static void
leave_plain_locale (void)
{
  static const char *const locales[] = { "zh_CN.UTF-8", "en_US.UTF-8", "C.UTF-8" };
  const char              *current = setlocale (LC_MESSAGES, NULL);

  if (current != NULL && !g_str_equal (current, "C") && !g_str_equal (current, "POSIX") && !g_str_has_prefix (current, "C."))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      if (setlocale (LC_MESSAGES, locales[i]) != NULL)
        return;
    }
}

/* GLib decides once, at the first text, whether a program is translated, and
 * leaves all texts alone when it is not. In the locale "C" it decides that it
 * is; and another language may be chosen later. */
static void
let_glib_translate (void)
{
  g_autofree char *locale = g_strdup (setlocale (LC_MESSAGES, NULL));

  setlocale (LC_MESSAGES, "C");
  g_dgettext (GETTEXT_PACKAGE, "");
  setlocale (LC_MESSAGES, locale);
}

/* What GLib wants to avoid by that: one window in two languages, GTK's and
 * ours. */
static void
avoid_mixture (void)
{
  if (*dgettext (GETTEXT_PACKAGE, "") != '\0')
    return;

  g_setenv ("LANGUAGE", "en", TRUE);
  bind_domain ();
}

static gboolean
reopen_idle_cb (gpointer user_data)
{
  GApplication *application = G_APPLICATION (user_data);
  g_autoptr (GVariant) choice = g_action_group_get_action_state (G_ACTION_GROUP (application), "language");
  GtkWindow *window = NULL;

  /* The end of the last window would end the program. */
  g_application_hold (application);
  while ((window = gtk_application_get_active_window (GTK_APPLICATION (application))) != NULL)
    gtk_window_destroy (window);

  be_language_apply (g_variant_get_string (choice, NULL));
  g_application_activate (application);
  g_application_release (application);

  return G_SOURCE_REMOVE;
}

/* The menu that was asked belongs to a window that is about to go. */
static void
reopen_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, reopen_idle_cb, g_object_ref (user_data), g_object_unref);
}

/**
 * be_language_set_up:
 *
 * Makes the program speak the language of the system; once, before anything
 * is said.
 */
void
be_language_set_up (void)
{
  setlocale (LC_ALL, "");
  if (system_language == NULL)
    system_language = g_strdup (g_getenv ("LANGUAGE"));
  bind_domain ();
  let_glib_translate ();
  avoid_mixture ();
}

/**
 * be_language_apply:
 * @choice: a language, like "en" or "zh_CN", or %BE_LANGUAGE_SYSTEM
 *
 * What is built from now on speaks this language.
 */
void
be_language_apply (const char *choice)
{
  g_return_if_fail (choice != NULL);

  if (!g_str_equal (choice, BE_LANGUAGE_SYSTEM))
    {
      leave_plain_locale ();
      g_setenv ("LANGUAGE", choice, TRUE);
      bind_domain ();
      return;
    }

  setlocale (LC_MESSAGES, "");
  if (system_language != NULL)
    g_setenv ("LANGUAGE", system_language, TRUE);
  else
    g_unsetenv ("LANGUAGE");
  bind_domain ();
  avoid_mixture ();
}

/**
 * be_language_add_actions:
 * @application: what gets the actions "language" and "reopen"
 * @settings: (nullable): where the choice is remembered, if it is
 *
 * Applies the language that was chosen earlier, and lets another be chosen.
 */
void
be_language_add_actions (GtkApplication *application,
                         GSettings      *settings)
{
  g_autoptr (GAction) language = NULL;
  g_autoptr (GSimpleAction) reopen = g_simple_action_new ("reopen", NULL);
  g_autofree char *choice = NULL;

  g_return_if_fail (GTK_IS_APPLICATION (application));

  if (settings != NULL)
    {
      language = g_settings_create_action (settings, "language");
      choice = g_settings_get_string (settings, "language");
      if (!g_str_equal (choice, BE_LANGUAGE_SYSTEM))
        be_language_apply (choice);
    }
  else
    {
      language = G_ACTION (g_simple_action_new_stateful ("language", G_VARIANT_TYPE_STRING,
                                                         g_variant_new_string (BE_LANGUAGE_SYSTEM)));
    }

  g_signal_connect_object (reopen, "activate", G_CALLBACK (reopen_cb), application, 0);
  g_action_map_add_action (G_ACTION_MAP (application), language);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (reopen));
}
