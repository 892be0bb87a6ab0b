/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Both Ends until its window is on the screen. */

#include "be-first-frame.h"

#include "be-application.h"

#include <locale.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (BeApplication) application = NULL;

  setlocale (LC_ALL, "");
  application = be_application_new ();
  be_first_frame_end_program (GTK_APPLICATION (application));

  return g_application_run (G_APPLICATION (application), argc, argv);
}
