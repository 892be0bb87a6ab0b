/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rows exist, and where: the recycling half of BeEventList. */

#include "be-event-list-private.h"

#include "be-journal-search.h"
#include "be-row-rhythm.h"

#include <math.h>

/* Rows above and below the view that are bound too, so that the keyboard and
 * slow scrolling find them measured. */
#define ROWS_AROUND 3

/* Rows that are kept although the view has become emptier. */
#define MAX_SPARE_ROWS 6

/* Measuring moves the view by a few rows at most; this many rounds settle it. */
#define MAX_ROUNDS 6

/* When more come, nobody sees single rows any more. Then the list is drawn as
 * often as needed to look alive, and the processors are left to the traffic. */
#define MAX_EVENTS_PER_SECOND 100000
#define FLOOD_INTERVAL_MICROSECONDS 80000

/* Where rows go that are about to be removed. */
#define OUT_OF_SIGHT (-100000)

/**
 * be_event_list_find_sequence:
 *
 * Returns: the position of the event with this sequence number, or where it
 *   would stand: the first that came later. Events stand in the order of their
 *   numbers, whatever filter is on.
 */
guint
be_event_list_find_sequence (BeEventList *self,
                             guint64      sequence)
{
  guint low = 0;
  guint high = be_row_heights_get_length (self->heights);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (be_journal_filter_get_record (self->filter, middle)->sequence < sequence)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * be_event_list_find_row:
 *
 * Returns: (nullable): the row that shows the event at @position
 */
BeEventRow *
be_event_list_find_row (BeEventList *self,
                        guint        position)
{
  if (position < self->first_position ||
      position - self->first_position >= self->rows->len)
    return NULL;

  return g_ptr_array_index (self->rows, position - self->first_position);
}

/* What a row adds to the height of all: from the middle of the row above, and
 * its own lines beyond the first. */
static guint
get_slot_height (BeEventRow *row)
{
  int height = be_event_row_get_advance (row) +
               be_event_row_get_height (row) - 2 * be_event_row_get_half (row);

  return (guint) MAX (height, 0);
}

/**
 * be_event_list_get_row_top:
 *
 * Returns: where a row that is bound begins, from the top of the list's
 *   content, in pixels
 */
double
be_event_list_get_row_top (BeEventList *self,
                           BeEventRow  *row,
                           guint        position)
{
  return be_event_list_get_slot_top (self, position) + be_event_row_get_advance (row) - be_event_row_get_half (row);
}

/*
 * Recycling
 */

/* The keyboard must not stay with a row that is about to show something else. */
static void
take_focus_from (BeEventList *self,
                 BeEventRow  *row)
{
  if (gtk_widget_has_focus (GTK_WIDGET (row)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static BeEventRow *
take_spare_row (BeEventList *self,
                GPtrArray   *spare)
{
  GtkWidget *row;

  if (spare->len > 0)
    {
      BeEventRow *recycled = g_ptr_array_steal_index (spare, spare->len - 1);

      take_focus_from (self, recycled);
      return recycled;
    }

  row = be_event_row_new ();
  gtk_widget_insert_before (row, GTK_WIDGET (self), NULL);

  return BE_EVENT_ROW (row);
}

static void
order_children (BeEventList *self)
{
  GtkWidget *before = self->note;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_get_prev_sibling (row) != before)
        gtk_widget_insert_after (row, GTK_WIDGET (self), before);
      before = row;
    }
}

/* Finds where the rows that exist stand now, after events came and went. */
static void
update_first_position (BeEventList *self)
{
  guint64 sequence;
  guint   position;

  if (self->rows->len == 0)
    return;

  sequence = be_event_row_get_sequence (g_ptr_array_index (self->rows, 0));
  position = be_event_list_find_sequence (self, sequence);
  self->first_position = position;
}

/* Makes the rows be those from @first on: rows that go on showing what they
 * show stay, the others are taken for what is new. */
static void
provide_rows (BeEventList *self,
              guint        first,
              guint        n_rows)
{
  g_autoptr (GPtrArray) spare = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_sized_new (n_rows);

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint position = self->first_position + i;

      if (position < first || position >= first + n_rows)
        g_ptr_array_add (spare, g_ptr_array_index (self->rows, i));
    }

  for (guint position = first; position < first + n_rows; position++)
    {
      BeEventRow *row = be_event_list_find_row (self, position);

      g_ptr_array_add (rows, row != NULL ? row : take_spare_row (self, spare));
    }

  for (guint i = 0; i < spare->len; i++)
    {
      take_focus_from (self, g_ptr_array_index (spare, i));
      gtk_widget_unparent (g_ptr_array_index (spare, i));
    }

  g_ptr_array_unref (self->rows);
  self->rows = g_steal_pointer (&rows);
  self->first_position = first;
  order_children (self);
}

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

/* Returns whether a height turned out to be other than thought. */
static gboolean
bind_rows (BeEventList *self)
{
  const guint          length = be_row_heights_get_length (self->heights);
  const BeEventRecord *before = NULL;
  gboolean             has_changed = FALSE;

  if (self->first_position > 0)
    before = be_journal_filter_get_record (self->filter, self->first_position - 1);

  for (guint i = 0; i < self->rows->len; i++)
    {
      BeEventRow          *row = g_ptr_array_index (self->rows, i);
      guint                position = self->first_position + i;
      const BeEventRecord *record = be_journal_filter_get_record (self->filter, position);
      guint                slot_height;

      be_event_row_bind (row, &self->setting, before, record);
      be_event_row_set_is_selected (row, self->selected_sequence != 0 &&
                                           record->sequence == self->selected_sequence);
      be_event_row_set_is_newest (row, position + 1 == length);
      slot_height = get_slot_height (row);
      if (slot_height != be_row_heights_get (self->heights, position))
        {
          be_row_heights_set (self->heights, position, slot_height);
          has_changed = TRUE;
        }
      before = record;
    }

  return has_changed;
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
        take_focus_from (self, row);
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
  update_first_position (self);

  if (be_row_heights_get_length (self->heights) == 0)
    provide_rows (self, 0, 0);
  else
    {
      for (guint round = 0; round < MAX_ROUNDS; round++)
        {
          guint first;
          guint n_rows;

          be_event_list_compute_value (self);
          find_range (self, &first, &n_rows);
          provide_rows (self, first, n_rows);
          if (!bind_rows (self))
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

static gboolean
is_flooded (BeEventList *self,
            gint64       now)
{
  gint64 elapsed = now - self->settle_time;

  return elapsed < FLOOD_INTERVAL_MICROSECONDS &&
         (gint64) self->n_arrived * G_USEC_PER_SEC > elapsed * MAX_EVENTS_PER_SECOND;
}

static gboolean
settle_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  BeEventList *self = BE_EVENT_LIST (widget);
  gint64       now = gdk_frame_clock_get_frame_time (clock);

  if (is_flooded (self, now))
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

  update_first_position (self);
  self->first_position = MIN (self->first_position, length - self->rows->len);

  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      be_event_list_compute_value (self);
      is_enough &= shift_rows (self);
      if (!bind_rows (self))
        break;
    }
  be_event_list_compute_value (self);

  return is_enough;
}

/**
 * be_event_list_forget_rows:
 *
 * For another width or font: nothing that was measured counts any more.
 */
void
be_event_list_forget_rows (BeEventList *self)
{
  double scale = be_lettering_get_scale (self->setting.lettering);

  for (guint i = 0; i < self->rows->len; i++)
    be_event_row_forget (g_ptr_array_index (self->rows, i));
  be_transfer_links_clear (self->links);

  be_row_heights_reset (self->heights, (guint) lround (BE_ROW_RHYTHM_ESTIMATE * scale));
}

void
be_event_list_allocate_rows (BeEventList *self)
{
  guint length = be_row_heights_get_length (self->heights);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      guint      position = self->first_position + i;
      double     top = position < length
                         ? be_event_list_get_row_top (self, BE_EVENT_ROW (row), position) - self->value
                         : OUT_OF_SIGHT;

      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (row,
                                &(GtkAllocation){ 0, (int) floor (top), self->setting.width,
                                                  be_event_row_get_height (BE_EVENT_ROW (row)) },
                                -1);
    }
}

/**
 * be_event_list_get_n_widgets:
 * @self: a list
 *
 * Returns: how many row widgets exist, whatever the number of events
 */
guint
be_event_list_get_n_widgets (BeEventList *self)
{
  g_return_val_if_fail (BE_IS_EVENT_LIST (self), 0);

  return self->rows->len;
}
