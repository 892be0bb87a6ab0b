/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-row-content.h"

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-journal-search.h"
#include "be-outcome.h"
#include "be-pairing.h"
#include "be-payload-layout.h"
#include "be-row-borders.h"
#include "be-row-rhythm.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A side that is narrower, on the grid of the interface font, has no room for
 * microseconds. */
#define EXACT_TIME_SIDE 440

/* Of the six digits after the point, the last three stand apart and smaller. */
#define MILLISECOND_DIGITS 3
#define MICROSECOND_DIGITS 3
#define MICROSECOND_SCALE 0.85
#define MICROSECOND_GAP 2.5

static const BeFont fonts[BE_N_PIECES] = {
  [BE_PIECE_PAYLOAD] = BE_FONT_PAYLOAD,
  [BE_PIECE_CHIP] = BE_FONT_CHIP,
  [BE_PIECE_CALL] = BE_FONT_CALL,
  [BE_PIECE_DETAIL] = BE_FONT_SMALL,
  [BE_PIECE_TIME] = BE_FONT_TIME,
  [BE_PIECE_LETTER] = BE_FONT_LETTER,
  [BE_PIECE_NOTE] = BE_FONT_SMALL,
  [BE_PIECE_TITLE] = BE_FONT_TITLE,
  [BE_PIECE_REASON] = BE_FONT_BODY,
  [BE_PIECE_CAUSES] = BE_FONT_BODY,
  [BE_PIECE_REMEDY] = BE_FONT_BODY,
  [BE_PIECE_OUTCOME] = BE_FONT_CODE,
};

static void
set_piece (BeRowContent       *self,
           const BeRowSetting *setting,
           BePiece             piece,
           const char         *text)
{
  g_clear_object (&self->pieces[piece]);

  if (text != NULL && *text != '\0')
    self->pieces[piece] = be_lettering_make (setting->lettering, fonts[piece], text);
}

static void
share_piece (BeRowContent       *self,
             const BeRowSetting *setting,
             BePiece             piece,
             const char         *text)
{
  g_clear_object (&self->pieces[piece]);

  if (text != NULL && *text != '\0')
    self->pieces[piece] = be_lettering_share (setting->lettering, fonts[piece], text);
}

static void
set_microseconds_apart (PangoLayout *layout,
                        guint        start,
                        double       gap)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_copy (pango_layout_get_attributes (layout));
  PangoAttribute *scale = pango_attr_scale_new (MICROSECOND_SCALE);
  PangoAttribute *spacing = pango_attr_letter_spacing_new ((int) (gap * PANGO_SCALE));

  scale->start_index = start;
  scale->end_index = start + MICROSECOND_DIGITS;
  pango_attr_list_insert (attributes, scale);

  spacing->start_index = start - 1;
  spacing->end_index = start;
  pango_attr_list_insert (attributes, spacing);

  pango_layout_set_attributes (layout, attributes);
}

/* Milliseconds are what one reads, microseconds what tells rows apart. All rows
 * of one list agree, so that the numbers stand in a column. */
static void
fill_time (BeRowContent       *self,
           const BeRowSetting *setting)
{
  double           scale = be_lettering_get_scale (setting->lettering);
  gboolean         is_exact = setting->geometry.server_x >= EXACT_TIME_SIDE * scale;
  g_autofree char *time = NULL;
  const char      *point;

  time = is_exact ? be_event_text_exact_time (&self->record, setting->start)
                  : be_event_text_time (&self->record, setting->start);
  set_piece (self, setting, BE_PIECE_TIME, time);

  point = strchr (time, '.');
  if (is_exact && point != NULL)
    set_microseconds_apart (self->pieces[BE_PIECE_TIME],
                            (guint) (point + 1 - time) + MILLISECOND_DIGITS, MICROSECOND_GAP * scale);
}

static void
fill_payload (BeRowContent        *self,
              const BeRowSetting  *setting,
              const BeEventRecord *record)
{
  g_clear_object (&self->pieces[BE_PIECE_PAYLOAD]);
  if (self->is_data)
    self->pieces[BE_PIECE_PAYLOAD] = be_payload_layout_make (setting->lettering, record, be_row_content_get_payload_width (setting), NULL, NULL);
}

/* The resolver has words for its outcome, and no number that systems share. */
static char *
describe_lookup_outcome (const BeEventRecord *record,
                         const char          *call)
{
  BeOutcome outcome = be_outcome_from_record (record);

  if (outcome == BE_OUTCOME_NAME_NOT_FOUND)
    /* Translators: the call getaddrinfo(), and how it ended */
    return g_strdup_printf (_ ("%s  not found"), call);
  if (outcome == BE_OUTCOME_NAME_NOT_ANSWERED)
    /* Translators: the call getaddrinfo(), and how it ended */
    return g_strdup_printf (_ ("%s  temporary failure"), call);
  if (outcome == BE_OUTCOME_CANCELLED)
    /* Translators: the call getaddrinfo(), and how it ended */
    return g_strdup_printf (_ ("%s  cancelled"), call);

  /* Translators: the call getaddrinfo(), and how it ended */
  return g_strdup_printf (_ ("%s  failed"), call);
}

static char *
describe_outcome (const BeEventRecord *record)
{
  g_autofree char *call = be_event_text_call (record);
  g_autofree char *number = be_explanation_get_number (record);

  if (record->call == BE_CALL_GETADDRINFO)
    return describe_lookup_outcome (record, call);

  if (number == NULL)
    return g_strdup_printf ("%s  →  −1", call);

  return g_strdup_printf ("%s  →  −1   %s", call, number);
}

/* What succeeded and yet is not plain: the row says what, this says why. */
static char *
dup_note (const BeEventRecord *record)
{
  g_autofree char *title = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *remedy = NULL;

  if (be_outcome_from_record (record) == BE_OUTCOME_PLAIN)
    return NULL;

  title = be_explanation_get_title (record);
  reason = be_explanation_get_reason (record);
  remedy = be_explanation_get_remedy (record);

  /* Translators: a sentence without its full stop, and two texts of whole
   * sentences: what happened, what the network did, and what helps */
  return g_strdup_printf (_ ("%s. %s %s"), title, reason, remedy);
}

static void
fill_explanation (BeRowContent        *self,
                  const BeRowSetting  *setting,
                  const BeEventRecord *record)
{
  g_autofree char *note = NULL;
  g_autofree char *title = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *causes = NULL;
  g_autofree char *remedy = NULL;
  g_autofree char *outcome = NULL;

  if (self->is_failure)
    {
      title = be_explanation_get_title (record);
      reason = be_explanation_get_reason (record);
      causes = be_explanation_list_causes (record, be_journal_search_reset (setting->journal, record));
      remedy = be_explanation_get_remedy (record);
      outcome = describe_outcome (record);
    }
  else
    {
      note = dup_note (record);
    }

  set_piece (self, setting, BE_PIECE_NOTE, note);
  set_piece (self, setting, BE_PIECE_TITLE, title);
  set_piece (self, setting, BE_PIECE_REASON, reason);
  set_piece (self, setting, BE_PIECE_CAUSES, causes);
  set_piece (self, setting, BE_PIECE_REMEDY, remedy);
  set_piece (self, setting, BE_PIECE_OUTCOME, outcome);
}

/**
 * be_row_content_get_font:
 * @piece: a piece of a row
 *
 * Returns: the font it is shaped in
 */
BeFont
be_row_content_get_font (BePiece piece)
{
  return fonts[piece];
}

/**
 * be_row_content_get_payload_width:
 *
 * Returns: the most that a bubble may ever have, in pixels
 */
int
be_row_content_get_payload_width (const BeRowSetting *setting)
{
  return setting->geometry.is_folded ? setting->width : setting->geometry.server_x;
}

/**
 * be_row_content_fill:
 * @self: what to fill
 * @setting: what all rows share
 * @before: (nullable): the event of the row above
 * @record: the event, lent
 *
 * Shapes what the row of an event says. Texts from the network are shaped as
 * they are, and never read as markup.
 */
void
be_row_content_fill (BeRowContent        *self,
                     const BeRowSetting  *setting,
                     const BeEventRecord *before,
                     const BeEventRecord *record)
{
  g_autofree char *chip = NULL;
  g_autofree char *call = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *letter = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (setting != NULL);
  g_return_if_fail (record != NULL);

  be_row_borders_forget (self);
  self->record = *record;
  self->is_data = be_event_record_is_data (record);
  self->is_sent = be_call_is_sending (record->call);
  self->is_failure = be_event_record_is_failure (record);
  self->is_hollow = be_journal_search_failed_connect (setting->journal, record);
  self->continues_run = be_row_rhythm_continues_run (before, record);

  if (!self->is_data)
    chip = be_chip_dup_text (record, &self->chip_kind);
  call = be_event_text_call (record);
  detail = be_event_text_detail (record);
  if (record->connection != BE_EVENT_NO_CONNECTION)
    letter = be_pairing_dup_letter (record->connection);

  fill_payload (self, setting, record);
  share_piece (self, setting, BE_PIECE_CHIP, chip);
  share_piece (self, setting, BE_PIECE_CALL, call);
  share_piece (self, setting, BE_PIECE_DETAIL, detail);
  share_piece (self, setting, BE_PIECE_LETTER, letter);
  fill_time (self, setting);
  fill_explanation (self, setting, record);
}

void
be_row_content_clear (BeRowContent *self)
{
  for (guint i = 0; i < BE_N_PIECES; i++)
    g_clear_object (&self->pieces[i]);
  be_row_borders_forget (self);
  g_clear_pointer (&self->ends, g_array_unref);
  g_clear_pointer (&self->ticks, g_array_unref);
}
