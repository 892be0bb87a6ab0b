/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-explanation.h"

#include "be-outcome-texts.h"
#include "be-payload-text.h"
#include "be-system-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME_CHARACTERS 120

static char *
dup_value (const BeEventRecord *record,
           const char          *name)
{
  if (g_str_equal (name, "peer"))
    return be_address_to_string (&record->peer);
  if (g_str_equal (name, "peer-host"))
    return be_address_host_to_string (&record->peer);
  if (g_str_equal (name, "peer-port"))
    return g_strdup_printf ("%u", record->peer.port);
  if (g_str_equal (name, "local"))
    return be_address_to_string (&record->local);
  if (g_str_equal (name, "local-host"))
    return be_address_host_to_string (&record->local);
  if (g_str_equal (name, "local-port"))
    return g_strdup_printf ("%u", record->local.port);
  if (g_str_equal (name, "name"))
    return be_payload_text_to_display (be_event_record_payload (record), record->kept_length,
                                       MAX_NAME_CHARACTERS);
  if (g_str_equal (name, "number"))
    return g_strdup_printf ("%'u", record->detail);
  if (g_str_equal (name, "bytes"))
    return g_strdup_printf (ngettext ("%'u byte", "%'u bytes", record->detail), record->detail);
  if (g_str_equal (name, "unread"))
    return g_strdup_printf (ngettext ("%'u byte", "%'u bytes", (guint) record->position), (guint) record->position);
  if (g_str_equal (name, "call"))
    return g_strdup_printf ("%s()", be_call_get_name (record->call));
  if (g_str_equal (name, "error"))
    return be_system_error_dup_message (record->error);

  return NULL;
}

/* Fills in what stands in braces; what is filled in is not looked at again. */
static char *
expand (const char          *text,
        const BeEventRecord *record)
{
  GString *result = g_string_new (NULL);

  while (*text != '\0')
    {
      const char      *end = *text == '{' ? strchr (text, '}') : NULL;
      g_autofree char *name = end != NULL ? g_strndup (text + 1, (gsize) (end - text - 1)) : NULL;
      g_autofree char *value = name != NULL ? dup_value (record, name) : NULL;

      if (value != NULL)
        {
          g_string_append (result, value);
          text = end + 1;
        }
      else
        g_string_append_c (result, *text++);
    }

  return g_string_free (result, FALSE);
}

static const BeOutcomeTexts *
get_texts (const BeEventRecord *record)
{
  BeOutcome outcome = be_outcome_from_record (record);

  return be_outcome_has_ended_sending (record) ? be_outcome_texts_get_at_end (outcome)
                                               : be_outcome_texts_get (outcome);
}

/* On the server's side nobody can connect again: one waits for the client. */
static const char *
get_remedy_on_server (BeOutcome outcome)
{
  if (outcome == BE_OUTCOME_RESET)
    return N_ ("Wait for the client to connect again: the server goes on listening. If it happens each time, see what the client does with the last bytes.");
  if (outcome == BE_OUTCOME_BROKEN_PIPE)
    return N_ ("Wait for the client to connect again, then send more.");
  if (outcome == BE_OUTCOME_ABORTED || outcome == BE_OUTCOME_FELL_SILENT)
    return N_ ("Check the network, then wait for the client to connect again.");

  return NULL;
}

static char *
dup_text (const char          *text,
          const BeEventRecord *record)
{
  /* Marked for translation in the table. */
  return text != NULL ? expand (g_dgettext (GETTEXT_PACKAGE, text), record) : NULL;
}

/**
 * be_explanation_get_title:
 *
 * Returns: (transfer full) (nullable): what happened, as a headline; %NULL
 *   when the record explains itself.
 */
char *
be_explanation_get_title (const BeEventRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  return dup_text (get_texts (record)->title, record);
}

/**
 * be_explanation_get_reason:
 *
 * Returns: (transfer full) (nullable): what the network or the system did.
 */
char *
be_explanation_get_reason (const BeEventRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  return dup_text (get_texts (record)->reason, record);
}

/**
 * be_explanation_get_causes:
 *
 * Returns: (transfer full): why that probably happened, one sentence each, the
 *   likeliest first; empty when the record explains itself.
 */
char **
be_explanation_get_causes (const BeEventRecord *record)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *const *causes = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  for (causes = get_texts (record)->causes; *causes != NULL; causes++)
    {
      g_autofree char *text = dup_text (*causes, record);

      g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

/* What the other end did is not guessed where its own close () is known. */
static char *
dup_known_cause (const BeEventRecord *record,
                 const BeEventRecord *reset_by)
{
  const BeOutcomeTexts *texts = get_texts (record);

  if (reset_by != NULL && (reset_by->flags & BE_EVENT_UNREAD))
    return dup_text (N_ ("The other end closed with {unread} unread, and so its system sent the reset."), reset_by);
  if (reset_by != NULL)
    return dup_text (N_ ("The other end was told to reset: it closed with SO_LINGER and 0 seconds."), reset_by);

  return texts->is_cause_known ? dup_text (texts->causes[0], record) : NULL;
}

/**
 * be_explanation_list_causes:
 * @reset_by: (nullable): the close () of the other end that sent the reset by
 *   which @record failed, where it is known
 *
 * Returns: (transfer full) (nullable): the causes as a numbered list below a
 *   heading, a line each, or the one that is known; %NULL when the record
 *   explains itself.
 */
char *
be_explanation_list_causes (const BeEventRecord *record,
                            const BeEventRecord *reset_by)
{
  g_auto (GStrv) causes = be_explanation_get_causes (record);
  g_autofree char *known = NULL;
  GString         *text = NULL;

  if (causes == NULL || causes[0] == NULL)
    return NULL;

  known = dup_known_cause (record, reset_by);
  if (known != NULL)
    /* TRANSLATORS: a whole sentence: why the call failed, which is known */
    return g_strdup_printf (_ ("Cause: %s"), known);

  text = g_string_new (_ ("Likely causes:"));
  for (guint i = 0; causes[i] != NULL; i++)
    g_string_append_printf (text, "\n%u. %s", i + 1, causes[i]);

  return g_string_free (text, FALSE);
}

/**
 * be_explanation_get_remedy:
 *
 * Returns: (transfer full) (nullable): what a person can do now.
 */
char *
be_explanation_get_remedy (const BeEventRecord *record)
{
  const char *remedy = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  if (be_event_record_is_failure (record) && (record->flags & BE_EVENT_MORE))
    return g_strdup (_ ("Nothing has to be done: the name has another address, and that is tried now."));

  if (record->side == BE_SIDE_SERVER)
    remedy = get_remedy_on_server (be_outcome_from_record (record));

  return dup_text (remedy != NULL ? remedy : get_texts (record)->remedy, record);
}

/**
 * be_explanation_error_name:
 * @error_number: of the system, not of getaddrinfo ()
 *
 * Returns: (nullable): the name in the system's headers, such as
 *   `ECONNREFUSED`, on Windows `WSAECONNREFUSED`; %NULL when it has none.
 */
const char *
be_explanation_error_name (int error_number)
{
  return be_system_error_get_name (error_number);
}

/**
 * be_explanation_get_number:
 *
 * Returns: (transfer full) (nullable): what the system says, as it stands in
 *   its manuals: `ECONNREFUSED 111`, on Windows `WSAECONNREFUSED 10061`; %NULL
 *   when the outcome has no number, or one that no manual has.
 */
char *
be_explanation_get_number (const BeEventRecord *record)
{
  const char *name = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  if (record->result == -1 && record->call != BE_CALL_GETADDRINFO)
    name = be_system_error_get_name (record->error);

  return name != NULL ? g_strdup_printf ("%s %d", name, record->error) : NULL;
}

/**
 * be_explanation_describe:
 * @reset_by: (nullable): see be_explanation_list_causes()
 *
 * All that a row shows below a call that failed, to be read aloud: the
 * sentence, the name and the number of the error, what the network did, the
 * causes in their order, and what helps.
 *
 * Returns: (transfer full) (nullable): one line; %NULL for what did not fail
 */
char *
be_explanation_describe (const BeEventRecord *record,
                         const BeEventRecord *reset_by)
{
  g_autofree char *title = NULL;
  g_autofree char *number = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *causes = NULL;
  g_autofree char *remedy = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  /* First: it is asked of every row of a flood. */
  if (!be_event_record_is_failure (record))
    return NULL;

  title = be_explanation_get_title (record);
  causes = be_explanation_list_causes (record, reset_by);
  if (title == NULL || causes == NULL)
    return NULL;

  number = be_explanation_get_number (record);
  reason = be_explanation_get_reason (record);
  remedy = be_explanation_get_remedy (record);
  g_strdelimit (causes, "\n", ' ');

  if (number == NULL)
    /* TRANSLATORS: a sentence without its full stop, and texts of whole
     * sentences: what happened, what the network did, the causes, what helps */
    return g_strdup_printf (_ ("%s. %s %s %s"), title, reason, causes, remedy);

  /* TRANSLATORS: the same, with the name and number of the error in brackets */
  return g_strdup_printf (_ ("%s (%s). %s %s %s"), title, number, reason, causes, remedy);
}
