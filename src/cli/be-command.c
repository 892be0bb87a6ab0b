/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-command.h"

#include <glib/gi18n-lib.h>

/**
 * be_command_refuse_usage:
 * @sentence: what is wrong with the command line, translated
 *
 * Tells the person.
 *
 * Returns: %BE_EXIT_USAGE
 */
BeExitStatus
be_command_refuse_usage (const char *sentence)
{
  const char *program = g_get_prgname ();

  g_return_val_if_fail (sentence != NULL, BE_EXIT_USAGE);

  g_printerr ("%s: %s\n", program, sentence);
  /* Translators: %s is the name of the program */
  g_printerr (_ ("Run “%s --help” to see what can be asked for."), program);
  g_printerr ("\n");

  return BE_EXIT_USAGE;
}
