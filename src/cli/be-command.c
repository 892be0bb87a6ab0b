/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "be-explanation.h"
#include "be-outcome.h"
#include "be-payload-character.h"

/* RFC 3629, section 3 */
#define UTF8_MAX_BYTES 4

/* As they stand on the command line and in the output, in every language. */
static const char *const protocol_names[] = {
  [BE_PROTOCOL_TCP] = "tcp",
  [BE_PROTOCOL_UDP] = "udp",
  [BE_PROTOCOL_UNIX] = "unix",
};

/* A sentence may quote what a script passed on from strangers: what would act
 * on the terminal, or is no text, is shown as a conversation shows it. */
static char *
dup_visible (const char *sentence)
{
  GString      *visible = g_string_new (NULL);
  const guint8 *at = (const guint8 *) sentence;

  while (*at != '\0')
    {
      gunichar character;
      gsize    taken =
        be_payload_character_read (at, strnlen ((const char *) at, UTF8_MAX_BYTES), &character);

      if (taken == 0)
        g_string_append_printf (visible, "‹%02X›", *at);
      else if (be_payload_character_can_be_shown (character))
        g_string_append_unichar (visible, character);
      else
        g_string_append_printf (visible, "‹U+%04X›", character);
      at += MAX (taken, 1);
    }

  return g_string_free (visible, FALSE);
}

/**
 * be_command_refuse_usage:
 * @name: (nullable): of the command whose help says more; %NULL for that of all
 * @sentence: what is wrong with the command line, translated
 *
 * Tells the person.
 *
 * Returns: %BE_EXIT_USAGE
 */
BeExitStatus
be_command_refuse_usage (const char *name,
                         const char *sentence)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (sentence != NULL, BE_EXIT_USAGE);

  words = name != NULL ? g_strdup_printf ("%s %s", g_get_prgname (), name) : g_strdup (g_get_prgname ());
  be_command_tell (sentence);
  /* Translators: %s is the name of the program, perhaps with one of its commands */
  g_printerr (_ ("Run “%s --help” to see what can be asked for."), words);
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
  g_autofree char *visible = NULL;

  g_return_if_fail (sentence != NULL);

  visible = dup_visible (sentence);
  g_printerr ("%s: %s\n", g_get_prgname (), visible);
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

/* What happened, and the system's name for it where it has one. */
static char *
dup_numbered_title (const BeEventRecord *record)
{
  g_autofree char *title = be_explanation_get_title (record);
  g_autofree char *number = be_explanation_get_number (record);

  if (title == NULL || number == NULL)
    return g_steal_pointer (&title);

  /* Translators: what happened, and its name in the manuals, such as "ECONNREFUSED 111" */
  return g_strdup_printf (_ ("%s (%s)"), title, number);
}

/* In the window the socket stays, and can send again; here the program ends. */
static char *
dup_remedy (const BeEventRecord *record)
{
  if (be_outcome_from_record (record) == BE_OUTCOME_DATAGRAM_REFUSED)
    return g_strdup (_ ("Start a UDP server there."));

  return be_explanation_get_remedy (record);
}

/**
 * be_command_explain_failure:
 * @endpoint: where
 * @record: a call that failed
 *
 * Tells the person what happened, with its name and number on this system, what
 * the network did, the likely causes, and what helps.
 */
void
be_command_explain_failure (BeEndpoint          *endpoint,
                            const BeEventRecord *record)
{
  g_autofree char *place = dup_place (endpoint);
  g_autofree char *title = dup_numbered_title (record);
  g_autofree char *reason = be_explanation_get_reason (record);
  g_autofree char *causes = be_explanation_list_causes (record, NULL);
  g_autofree char *remedy = dup_remedy (record);
  g_autofree char *text = NULL;

  if (title == NULL || reason == NULL || causes == NULL || remedy == NULL)
    {
      be_command_tell_failure (endpoint, record);
      return;
    }

  /* Translators: what was asked for, such as "tcp 127.0.0.1:8001", what happened to it,
   * and three texts of whole sentences: what the network did, the likely causes, and what helps */
  text = g_strdup_printf (_ ("%s: %s. %s %s %s"), place, title, reason, g_strdelimit (causes, "\n", ' '), remedy);
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
