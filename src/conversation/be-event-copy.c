/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-copy.h"

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-payload-text.h"

#include <glib/gi18n-lib.h>

/* A clipboard is for people and their editors: longer payloads are in the
 * export. */
#define MAX_PAYLOAD_CHARACTERS 65536

static void
append_record (GString             *text,
               const BeEventRecord *record,
               gint64               start)
{
  g_autofree char *time = be_event_text_exact_time (record, start);
  g_autofree char *call = be_event_text_call (record);
  g_autofree char *detail = be_event_text_detail (record);

  g_string_append_printf (text, "%s\t%s\t%s", time,
                          record->side == BE_SIDE_SERVER ? _ ("Server") : _ ("Client"), call);
  if (detail != NULL && *detail != '\0')
    g_string_append_printf (text, "\t%s", detail);

  if (be_event_record_is_data (record) && record->kept_length > 0)
    {
      g_autofree char *payload = NULL;

      payload = be_payload_text_to_display (be_event_record_payload (record), record->kept_length,
                                            MAX_PAYLOAD_CHARACTERS);
      g_string_append_printf (text, "\t%s", payload);
    }

  if (be_event_record_is_failure (record))
    {
      g_autofree char *title = be_explanation_get_title (record);
      const char      *name = NULL;

      if (record->call != BE_CALL_GETADDRINFO)
        name = be_explanation_error_name (record->error);
      if (title != NULL)
        g_string_append_printf (text, "\t%s", title);
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
 *   its columns parted by tabs
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
