/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-copy.h"

#include "be-chip.h"
#include "be-event-text.h"
#include "be-explanation.h"
#include "be-pairing.h"
#include "be-payload-text.h"

#include <glib/gi18n-lib.h>

/* A clipboard is for people and their editors: longer payloads are in the
 * export. */
#define MAX_PAYLOAD_CHARACTERS 65536

/* What is always there has its column always, even when it is empty. */
static void
append_column (GString    *text,
               const char *column)
{
  g_string_append_c (text, '\t');
  if (column != NULL)
    g_string_append (text, column);
}

static void
append_payload (GString             *text,
                const BeEventRecord *record)
{
  g_autofree char *payload = NULL;

  if (be_event_record_is_data (record) && record->kept_length > 0)
    payload = be_payload_text_to_display (be_event_record_payload (record), record->kept_length,
                                          MAX_PAYLOAD_CHARACTERS);

  if (payload != NULL)
    payload = be_payload_text_join_lines (g_steal_pointer (&payload));
  append_column (text, payload);
}

static void
append_record (GString             *text,
               const BeEventRecord *record,
               gint64               start)
{
  g_autofree char *time = be_event_text_exact_time (record, start);
  g_autofree char *letter = NULL;
  g_autofree char *call = be_event_text_call (record);
  g_autofree char *detail = be_event_text_detail (record);
  BeChipKind       kind;
  g_autofree char *state = be_chip_dup_text (record, &kind);

  if (record->connection != BE_EVENT_NO_CONNECTION)
    letter = be_pairing_dup_letter (record->connection);

  g_string_append (text, time);
  append_column (text, record->side == BE_SIDE_SERVER ? _ ("Server") : _ ("Client"));
  append_column (text, letter);
  append_column (text, call);
  append_column (text, detail);
  append_payload (text, record);
  append_column (text, state);

  if (be_event_record_is_failure (record))
    {
      g_autofree char *title = be_explanation_get_title (record);
      const char      *name = NULL;

      if (record->call != BE_CALL_GETADDRINFO)
        name = be_explanation_error_name (record->error);
      append_column (text, title);
      if (name != NULL)
        g_string_append_printf (text, "\t%s %d", name, record->error);
    }
}

/**
 * be_event_copy_record:
 * @record: an event
 * @start: of the clock that rows show, µs
 *
 * Returns: (transfer full): what the row says, as one line without an end,
 *   its columns parted by tabs: time, side, letter of the connection, call,
 *   detail, payload, state, and of a failure its title and its error
 */
char *
be_event_copy_record (const BeEventRecord *record,
                      gint64               start)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (record != NULL, NULL);

  append_record (text, record, start);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * be_event_copy_all:
 * @filter: the events to copy
 *
 * Returns: (transfer full): one line for each event that the filter shows
 */
char *
be_event_copy_all (BeJournalFilter *filter)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint  n_events;
  gint64 start;

  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (filter), NULL);

  n_events = g_list_model_get_n_items (G_LIST_MODEL (filter));
  start = be_journal_get_start (be_journal_filter_get_journal (filter));

  for (guint i = 0; i < n_events; i++)
    {
      append_record (text, be_journal_filter_get_record (filter, i), start);
      g_string_append_c (text, '\n');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
