/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-application.h"
#include "be-language.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (BeApplication) application = NULL;

  be_language_set_up ();
  application = be_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
