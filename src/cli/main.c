/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "be-demo-command.h"
#include "be-send-command.h"
#include "be-serve-command.h"

static const BeCommand *const commands[] = {
  &be_serve_command,
  &be_send_command,
  &be_demo_command,
};

static void
set_up_translations (void)
{
  const char *directory = g_getenv ("BOTHENDS_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Returns: (transfer full): the arguments in UTF-8, with the program's name */
static GStrv
list_arguments (char **argv)
{
#ifdef G_OS_WIN32
  return g_win32_get_command_line ();
#else
  return g_strdupv (argv);
#endif
}

static const BeCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i]->name, name))
        return commands[i];
    }

  return NULL;
}

/* Returns: (transfer full): the part of the help that lists them */
static char *
describe_commands (void)
{
  GString *text = g_string_new (_ ("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %s %s\n    %s", commands[i]->name, _ (commands[i]->parameters),
                            _ (commands[i]->summary));

  return g_string_free (text, FALSE);
}

/* Takes what stands before the command off @arguments. */
static gboolean
parse_options (GStrv    *arguments,
               gboolean *shows_version,
               GError  **error)
{
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, shows_version, N_ ("Print the version and exit"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("COMMAND…"));
  g_autofree char *description = describe_commands ();

  /* Options behind the command are the command's. */
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (context, _ ("A socket server and a socket client without a window"));
  g_option_context_set_description (context, description);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return g_option_context_parse_strv (context, arguments, error);
}

/* Returns: how many words of the command line @option is, with its value: 0, if the
 *   command has no such option */
static guint
count_words (const BeCommand *command,
             const char      *option)
{
  gsize length = strcspn (option, "=");

  for (guint i = 0; command->options[i] != NULL; i++)
    {
      const char *known = command->options[i];
      gboolean    takes_value = g_str_has_suffix (known, "=");

      if (strlen (known) - takes_value == length && strncmp (known, option, length) == 0)
        return takes_value && option[length] == '\0' ? 2 : 1;
    }

  return 0;
}

/* Returns: how many words before the name of the command are options that it has;
 *   0, if there are others */
static guint
count_own_options (const BeCommand *command,
                   char           **words)
{
  guint n_words = g_strv_length (words);
  guint n_options = 0;

  while (n_options < n_words && !g_str_equal (words[n_options], command->name))
    {
      guint n_taken = count_words (command, words[n_options]);

      if (n_taken == 0)
        return 0;
      n_options += n_taken;
    }

  return n_options < n_words ? n_options : 0;
}

/* What nobody knows before the command may be an option of the command.
 *
 * Returns: (transfer full): what is to be told */
static char *
explain_options (char        **typed,
                 const GError *error)
{
  if (!g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
    return g_strdup (error->message);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      guint n_options = count_own_options (commands[i], typed + 1);

      if (n_options > 0)
        {
          g_autoptr (GString) options = g_string_new (NULL);

          for (guint j = 1; j <= n_options; j++)
            g_string_append_printf (options, " %s", typed[j]);

          /* Translators: %s are what is wrong, the program, a command and options:
           * Unknown option --log. […]: bothends-cli demo --log json */
          return g_strdup_printf (_ ("%s. The options of a command come after it: %s %s %s"), error->message,
                                  g_get_prgname (), commands[i]->name, options->str + 1);
        }
    }

  return g_strdup (error->message);
}

static BeExitStatus
run_command (GStrv *arguments)
{
  GStrv            rest = *arguments;
  const BeCommand *command = NULL;
  g_autofree char *sentence = NULL;

  if (rest[0] == NULL || rest[1] == NULL)
    return be_command_refuse_usage (NULL, _ ("A command is missing."));

  command = find_command (rest[1]);
  if (command != NULL)
    {
      g_auto (GStrv) own = g_strdupv (rest + 1);

      return command->run (&own);
    }

  /* Translators: %s is what the person typed */
  sentence = g_strdup_printf (_ ("There is no command “%s”."), rest[1]);

  return be_command_refuse_usage (NULL, sentence);
}

/* Whoever reads the output may have gone, or the disk may be full. */
static BeExitStatus
finish_output (BeExitStatus status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;

  g_printerr ("%s: %s\n", g_get_prgname (), _ ("Not everything could be written to standard output."));

  return status == BE_EXIT_DONE ? BE_EXIT_REFUSED : status;
}

int
main (int    argc,
      char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_auto (GStrv) typed = NULL;
  g_autoptr (GError) error = NULL;
  gboolean shows_version = FALSE;

  set_up_translations ();
  g_set_prgname ("bothends-cli");
  arguments = list_arguments (argv);

  typed = g_strdupv (arguments);

  if (!parse_options (&arguments, &shows_version, &error))
    {
      g_autofree char *sentence = explain_options (typed, error);

      return be_command_refuse_usage (NULL, sentence);
    }

  if (shows_version)
    {
      g_print ("bothends-cli %s\n", PACKAGE_VERSION);
      return finish_output (BE_EXIT_DONE);
    }

  return finish_output (run_command (&arguments));
}
