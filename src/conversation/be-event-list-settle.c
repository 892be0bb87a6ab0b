/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When the rows of BeEventList are brought in line with the events, and which
 * of the events those are that need a row. */

#include "be-event-list-private.h"

#include "be-frame-beat.h"
#include "be-journal-search.h"

/* Rows above and below the view that are bound too, so that the keyboard and
 * slow scrolling find them measured. */
#define ROWS_AROUND 2

/* Rows that are kept although the view has become emptier. */
#define MAX_SPARE_ROWS 3

/* Measuring moves the view by a few rows at most; this many rounds settle it. */
#define MAX_ROUNDS 6

/* When more come, nobody sees single rows any more. Then the list is drawn once
 * a beat, which looks alive, and the processors are left to the traffic. */
#define MAX_EVENTS_PER_SECOND 100000

static void
find_visible (BeEventList *self,
              guint       *first,
              guint       *last)
{
  double top = self->value - self->note_height;

  *first = be_row_heights_find (self->heights, (gint64) top);
  *last = be_row_heights_find (self->heights, (gint64) top + self->height);
}

/* What should exist: the rows in view, a few around them, and those that are
 * there anyway. */
static void
find_range (BeEventList *self,
            guint       *first,
            guint       *n_rows)
{
  guint length = be_row_heights_get_length (self->heights);
  guint last;
  guint n_kept;

  find_visible (self, first, &last);
  *first -= MIN (*first, ROWS_AROUND);
  last = MIN (last + ROWS_AROUND, length - 1);
  *n_rows = last - *first + 1;

  /* The number of rows in view goes up and down; their widgets need not. */
  n_kept = MIN (self->rows->len, *n_rows + MAX_SPARE_ROWS);
  if (n_kept > *n_rows)
    {
      *first -= MIN (n_kept - *n_rows, *first);
      *n_rows = MIN (n_kept, length - *first);
    }
}

/* Which sides have ever done something, whatever the filter shows. Each event
 * is looked at once, and none any more when both have. */
static void
update_sides (BeEventList *self)
{
  BeJournal *journal = self->filter != NULL ? be_journal_filter_get_journal (self->filter) : NULL;
  guint      length = journal != NULL ? g_list_model_get_n_items (G_LIST_MODEL (journal)) : 0;

  if (length == 0)
    {
      self->has_side[BE_SIDE_SERVER] = self->has_side[BE_SIDE_CLIENT] = FALSE;
      self->sides_sequence = 0;
    }
  if (length == 0 || (self->has_side[BE_SIDE_SERVER] && self->has_side[BE_SIDE_CLIENT]))
    return;

  for (guint i = be_journal_search_sequence (journal, self->sides_sequence + 1); i < length; i++)
    {
      const BeEventRecord *record = be_journal_get_record (journal, i);

      self->has_side[record->side == BE_SIDE_SERVER ? BE_SIDE_SERVER : BE_SIDE_CLIENT] = TRUE;
      self->sides_sequence = record->sequence;
    }
}

/* A row that shows another event than the selected one, because it had to be
 * bound anew while GTK was laying out, gives the keyboard back. */
static void
update_focus (BeEventList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      BeEventRow *row = g_ptr_array_index (self->rows, i);

      if (be_event_row_get_sequence (row) != self->selected_sequence)
        be_event_list_take_focus_from (self, row);
    }
}

/**
 * be_event_list_settle:
 *
 * Brings the rows in line with the events and the view: whatever came since
 * the last time is taken in at once, and only what is in view is shaped. Not
 * to be called while GTK lays out, because it adds and moves children.
 */
void
be_event_list_settle (BeEventList *self)
{
  if (self->height == 0)
    return;

  be_event_list_update_setting (self, self->setting.width);
  update_sides (self);
  be_event_list_update_first_position (self);

  if (be_row_heights_get_length (self->heights) == 0)
    be_event_list_provide_rows (self, 0, 0);
  else
    {
      for (guint round = 0; round < MAX_ROUNDS; round++)
        {
          guint first;
          guint n_rows;

          be_event_list_compute_value (self);
          find_range (self, &first, &n_rows);
          be_event_list_provide_rows (self, first, n_rows);
          if (!be_event_list_bind_rows (self))
            break;
        }
    }

  be_event_list_compute_value (self);
  update_focus (self);
  be_event_list_update_selection (self);
  if (self->upper <= self->height)
    be_event_list_set_is_following (self, TRUE);
  be_event_list_configure_adjustments (self);
}

/* A flood ends with a whole beat in which less came: after a long frame little of what
 * waits has been told when the next one begins, and that would be drawn by itself. */
static void
update_flood (BeEventList *self,
              gint64       elapsed)
{
  if (!self->is_flooded || be_frame_beat_is_whole (elapsed))
    self->is_flooded = (gint64) self->n_arrived * G_USEC_PER_SEC > elapsed * MAX_EVENTS_PER_SECOND;
}

static gboolean
settle_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  BeEventList *self = BE_EVENT_LIST (widget);
  gint64       now = gdk_frame_clock_get_frame_time (clock);

  update_flood (self, now - self->settle_time);
  if (self->is_flooded && !be_frame_beat_is_due (now, self->settle_time))
    return G_SOURCE_CONTINUE;

  self->settle_tick = 0;
  self->settle_time = now;
  self->n_arrived = 0;
  be_event_list_settle (self);
  gtk_widget_queue_allocate (widget);

  return G_SOURCE_REMOVE;
}

/**
 * be_event_list_queue_settle:
 *
 * Settles once before the next frame is laid out.
 */
void
be_event_list_queue_settle (BeEventList *self)
{
  if (self->settle_tick == 0)
    self->settle_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_tick_cb, NULL, NULL);
}

/**
 * be_event_list_queue_settle_at_once:
 *
 * The same for what a person asks for: not even a flood puts it off.
 */
void
be_event_list_queue_settle_at_once (BeEventList *self)
{
  self->settle_time = 0;
  be_event_list_queue_settle (self);
}

/* Whether the rows that exist are enough for the view; if not, moves them to
 * where they cover most of it. */
static gboolean
shift_rows (BeEventList *self)
{
  guint n_rows = self->rows->len;
  guint end = be_row_heights_get_length (self->heights) - n_rows;
  guint first;
  guint last;
  guint n_around;

  find_visible (self, &first, &last);
  if (first >= self->first_position && last < self->first_position + n_rows)
    return TRUE;

  n_around = n_rows - MIN (n_rows, last - first + 1);
  self->first_position = MIN (first - MIN (first, n_around / 2), end);

  return FALSE;
}

/**
 * be_event_list_rebind:
 *
 * The part of settling that may happen while GTK lays out: the rows that exist
 * show what is in view now, as far as they reach.
 *
 * Returns: whether they reach; otherwise be_event_list_settle() is due
 */
gboolean
be_event_list_rebind (BeEventList *self)
{
  guint    length = be_row_heights_get_length (self->heights);
  gboolean is_enough = self->rows->len > 0;

  if (length < self->rows->len || self->rows->len == 0)
    {
      be_event_list_compute_value (self);
      return length == self->rows->len;
    }

  be_event_list_update_first_position (self);
  self->first_position = MIN (self->first_position, length - self->rows->len);

  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      be_event_list_compute_value (self);
      is_enough &= shift_rows (self);
      if (!be_event_list_bind_rows (self))
        break;
    }
  be_event_list_compute_value (self);

  return is_enough;
}
