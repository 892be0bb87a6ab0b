/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-log.h"

#include "be-event-json.h"
#include "be-event-text.h"

#include <string.h>

/* What may wait for somebody who reads the log slowly. */
#define MAX_WAITING_BYTES (16u * 1024 * 1024)

static const char *const format_names[] = {
  [BE_LOG_OFF] = "off",
  [BE_LOG_TEXT] = "text",
  [BE_LOG_JSON] = "json",
};

struct _BeEventLog
{
  BeJournal  *journal;
  BeOutput   *output;
  BeLogFormat format;

  gint64      clock_offset; /* µs */
  const char *encoding;     /* of text; NULL: UTF-8 */
  guint64     n_left_out;
};

/**
 * be_log_format_from_name:
 * @format: (out): left alone when there is no such format
 *
 * Returns: whether @name names a format
 */
gboolean
be_log_format_from_name (const char  *name,
                         BeLogFormat *format)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (format_names); i++)
    {
      if (g_str_equal (name, format_names[i]))
        {
          *format = i;
          return TRUE;
        }
    }

  return FALSE;
}

static char *
dup_text_line (BeEventLog          *self,
               const BeEventRecord *record)
{
  g_autofree char *time = be_event_text_time (record, be_journal_get_start (self->journal));
  g_autofree char *sentence = be_event_text_sentence (record);
  g_autofree char *line = g_strdup_printf ("%9s  %s\n", time, sentence);
  char            *encoded;

  if (self->encoding == NULL)
    return g_steal_pointer (&line);

  encoded = g_convert_with_fallback (line, -1, self->encoding, "UTF-8", NULL, NULL, NULL, NULL);

  return encoded != NULL ? encoded : g_steal_pointer (&line);
}

static char *
dup_json_line (BeEventLog          *self,
               const BeEventRecord *record)
{
  g_autofree char *object = be_event_json_from_record (record, self->clock_offset);

  return g_strconcat (object, "\n", NULL);
}

static void
print_record (BeEventLog          *self,
              const BeEventRecord *record,
              GString             *lines)
{
  g_autofree char *line = NULL;

  if (be_output_get_waiting (self->output) + lines->len > MAX_WAITING_BYTES)
    {
      self->n_left_out++;
      return;
    }

  line = self->format == BE_LOG_JSON ? dup_json_line (self, record) : dup_text_line (self, record);
  g_string_append (lines, line);
}

static void
items_changed_cb (BeJournal  *journal,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  BeEventLog *self)
{
  g_autoptr (GString) lines = NULL;

  if (n_added == 0 || be_output_has_failed (self->output))
    return;

  lines = g_string_new (NULL);
  for (guint i = 0; i < n_added; i++)
    print_record (self, be_journal_get_record (journal, position + i), lines);

  be_output_write (self->output, (const guint8 *) lines->str, lines->len);
}

/**
 * be_event_log_new:
 * @format: not %BE_LOG_OFF
 *
 * Prints what is in the journal, and from now on what comes.
 *
 * Returns: (transfer full): a log
 */
BeEventLog *
be_event_log_new (BeJournal  *journal,
                  BeOutput   *output,
                  BeLogFormat format)
{
  BeEventLog *self;
  const char *encoding;

  g_return_val_if_fail (BE_IS_JOURNAL (journal), NULL);
  g_return_val_if_fail (output != NULL, NULL);
  g_return_val_if_fail (format == BE_LOG_TEXT || format == BE_LOG_JSON, NULL);

  self = g_new0 (BeEventLog, 1);
  self->journal = journal;
  self->output = output;
  self->format = format;
  self->clock_offset = be_event_json_get_clock_offset ();
  if (!g_get_charset (&encoding))
    self->encoding = encoding;

  g_signal_connect (journal, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (journal, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (journal)), self);

  return self;
}

void
be_event_log_free (BeEventLog *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->journal, self);
  g_free (self);
}

/**
 * be_event_log_get_n_left_out:
 *
 * Returns: how many events were not printed, because whoever reads the log
 *   reads too slowly
 */
guint64
be_event_log_get_n_left_out (BeEventLog *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_left_out;
}
