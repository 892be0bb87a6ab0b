/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rows exist, and where: the recycling of BeEventList. */

#include "be-event-list-private.h"

#include "be-row-rhythm.h"

#include <math.h>

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

/**
 * be_event_list_take_focus_from:
 *
 * The keyboard must not stay with a row that is about to show something else.
 */
void
be_event_list_take_focus_from (BeEventList *self,
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

      be_event_list_take_focus_from (self, recycled);
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

/**
 * be_event_list_update_first_position:
 *
 * Finds where the rows that exist stand now, after events came and went.
 */
void
be_event_list_update_first_position (BeEventList *self)
{
  guint64 sequence;
  guint   position;

  if (self->rows->len == 0)
    return;

  sequence = be_event_row_get_sequence (g_ptr_array_index (self->rows, 0));
  position = be_event_list_find_sequence (self, sequence);
  self->first_position = position;
}

/**
 * be_event_list_provide_rows:
 *
 * Makes the rows be those from @first on: rows that go on showing what they
 * show stay, the others are taken for what is new.
 */
void
be_event_list_provide_rows (BeEventList *self,
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
      be_event_list_take_focus_from (self, g_ptr_array_index (spare, i));
      gtk_widget_unparent (g_ptr_array_index (spare, i));
    }

  g_ptr_array_unref (self->rows);
  self->rows = g_steal_pointer (&rows);
  self->first_position = first;
  order_children (self);
}

/**
 * be_event_list_bind_rows:
 *
 * Returns: whether a height turned out to be other than thought
 */
gboolean
be_event_list_bind_rows (BeEventList *self)
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
