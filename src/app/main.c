/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include <glib/gi18n-lib.h>

#include "be-application.h"
#include "be-version.h"

static void
set_up_translations (void)
{
  const char *directory = g_getenv ("BOTHENDS_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : BE_LOCALE_DIRECTORY);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (BeApplication) application = NULL;

  set_up_translations ();
  application = be_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
