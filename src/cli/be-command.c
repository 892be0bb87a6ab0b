/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-command.h"

#include <glib/gi18n-lib.h>

#include "be-explanation.h"

/* As they stand on the command line and in the output, in every language. */
static const char *const protocol_names[] = {
  [BE_PROTOCOL_TCP] = "tcp",
  [BE_PROTOCOL_UDP] = "udp",
  [BE_PROTOCOL_UNIX] = "unix",
};

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

/**
 * be_command_tell:
 * @sentence: what has gone wrong, translated
 *
 * Tells the person, on one line of standard error.
 */
void
be_command_tell (const char *sentence)
{
  g_return_if_fail (sentence != NULL);

  g_printerr ("%s: %s\n", g_get_prgname (), sentence);
}

static char *
dup_place (BeEndpoint *endpoint)
{
  g_autofree char *address = be_endpoint_to_string (endpoint);

  return g_strdup_printf ("%s %s", be_command_get_protocol_name (be_endpoint_get_protocol (endpoint)),
                          address);
}

/**
 * be_command_tell_failure:
 * @endpoint: where
 * @record: a call that failed
 *
 * Tells the person in one sentence.
 */
void
be_command_tell_failure (BeEndpoint          *endpoint,
                         const BeEventRecord *record)
{
  g_autofree char *place = dup_place (endpoint);
  g_autofree char *title = be_explanation_get_title (record);
  g_autofree char *sentence = NULL;

  /* Translators: what was asked for, such as "tcp 127.0.0.1:8001", and what happened to it */
  sentence = g_strdup_printf (_ ("%s: %s."), place, title != NULL ? title : be_call_get_name (record->call));
  be_command_tell (sentence);
}

/**
 * be_command_explain_failure:
 * @endpoint: where
 * @record: a call that failed
 *
 * Tells the person what happened, why, and what helps.
 */
void
be_command_explain_failure (BeEndpoint          *endpoint,
                            const BeEventRecord *record)
{
  g_autofree char *place = dup_place (endpoint);
  g_autofree char *title = be_explanation_get_title (record);
  g_autofree char *reason = be_explanation_get_reason (record);
  g_autofree char *remedy = be_explanation_get_remedy (record);
  g_autofree char *text = NULL;

  if (title == NULL || reason == NULL || remedy == NULL)
    {
      be_command_tell_failure (endpoint, record);
      return;
    }

  /* Translators: what was asked for, such as "tcp 127.0.0.1:8001", what happened to it,
   * and two texts of whole sentences: why, and what helps */
  text = g_strdup_printf (_ ("%s: %s. %s %s"), place, title, reason, remedy);
  be_command_tell (text);
}

/**
 * be_command_get_protocol_name:
 *
 * Returns: `tcp`, `udp` or `unix`
 */
const char *
be_command_get_protocol_name (BeProtocol protocol)
{
  g_return_val_if_fail ((guint) protocol < G_N_ELEMENTS (protocol_names), "");

  return protocol_names[protocol];
}

/**
 * be_command_protocol_from_name:
 * @protocol: (out): left alone when there is no such protocol
 *
 * Returns: whether @name names a protocol
 */
gboolean
be_command_protocol_from_name (const char *name,
                               BeProtocol *protocol)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (protocol_names); i++)
    {
      if (g_str_equal (name, protocol_names[i]))
        {
          *protocol = i;
          return TRUE;
        }
    }

  return FALSE;
}
