/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the view is: the scrolling half of BeEventList. */

#include "be-event-list-private.h"

#include <math.h>

/* One turn of a wheel, on the grid of the interface font. */
#define STEP 40

/* Below the newest row, so that a toast does not cover it; on the grid of the
 * interface font. */
#define BOTTOM_MARGIN 64

/* A view that ends this near to the end of the list is at its end. */
#define END_TOLERANCE 1.0

/* Of all events, whether the filter shows them or not. */
static guint64
get_newest_sequence (BeEventList *self)
{
  BeJournal *journal = self->filter != NULL ? be_journal_filter_get_journal (self->filter) : NULL;
  guint      length = journal != NULL ? g_list_model_get_n_items (G_LIST_MODEL (journal)) : 0;

  return length > 0 ? be_journal_get_record (journal, length - 1)->sequence : 0;
}

/* See be-event-list-private.h. */
void
be_event_list_set_is_following (BeEventList *self,
                                gboolean     is_following)
{
  if (self->is_following == is_following)
    return;

  self->is_following = is_following;
  if (!is_following)
    self->last_seen = get_newest_sequence (self);
  be_event_list_count_new (self);
  g_object_notify_by_pspec (G_OBJECT (self), be_event_list_properties[PROP_IS_FOLLOWING]);
}

/**
 * be_event_list_count_new:
 *
 * Counts the rows below that came since the view left the end: those that the
 * filter shows now.
 */
void
be_event_list_count_new (BeEventList *self)
{
  guint n_new = 0;

  if (!self->is_following)
    n_new = be_row_heights_get_length (self->heights) -
            be_event_list_find_sequence (self, self->last_seen + 1);

  if (self->n_new == n_new)
    return;

  self->n_new = n_new;
  g_object_notify_by_pspec (G_OBJECT (self), be_event_list_properties[PROP_N_NEW]);
}

/**
 * be_event_list_heed_own_sends:
 *
 * Who sends wants to see it: then the view goes to the end. Every event is
 * looked at once, so that one which the filter shows again moves nothing.
 */
void
be_event_list_heed_own_sends (BeEventList *self)
{
  guint64 newest = get_newest_sequence (self);
  guint   position = be_row_heights_get_length (self->heights);

  while (!self->is_following && position-- > 0)
    {
      const BeEventRecord *record = be_journal_filter_get_record (self->filter, position);

      if (record->sequence <= MAX (self->last_heeded, self->last_seen))
        break;
      if (be_call_is_sending (record->call) && (record->flags & BE_EVENT_ON_REQUEST))
        be_event_list_set_is_following (self, TRUE);
    }

  self->last_heeded = MAX (self->last_heeded, newest);
}

/* See be-event-list-private.h. */
double
be_event_list_get_slot_top (BeEventList *self,
                            guint        position)
{
  return (double) (self->note_height + be_row_heights_get_offset (self->heights, position));
}

static gboolean
is_same_end (const BeEventRecord *a,
             const BeEventRecord *b)
{
  return a->session_id == b->session_id && a->socket_id == b->socket_id && a->peer_id == b->peer_id;
}

/* A failure's card may be taller than the view: who follows sees it from its
 * call and its title on, while nothing but the close () of its own socket has come
 * after it and nobody has moved the view since. */
static double
find_news (BeEventList *self)
{
  guint         position = be_row_heights_get_length (self->heights);
  BeEventRecord closed = { 0 };

  while (position-- > 0)
    {
      const BeEventRecord *record = be_journal_filter_get_record (self->filter, position);

      if (record->sequence <= self->last_moved)
        break;
      if (closed.sequence != 0 && !is_same_end (record, &closed))
        break;
      if (be_event_record_is_failure (record))
        return be_event_list_get_slot_top (self, position);
      if (record->call != BE_CALL_CLOSE)
        break;
      closed = *record;
    }

  return self->upper;
}

/* See be-event-list-private.h. */
void
be_event_list_heed_move (BeEventList *self)
{
  self->last_moved = get_newest_sequence (self);
}

/* See be-event-list-private.h. */
double
be_event_list_get_total (BeEventList *self)
{
  return (double) (self->note_height + be_row_heights_get_total (self->heights));
}

/**
 * be_event_list_compute_value:
 *
 * Finds where the view is now: at the end, or where the anchor row keeps its
 * place.
 */
void
be_event_list_compute_value (BeEventList *self)
{
  double margin = BOTTOM_MARGIN * be_lettering_get_scale (self->setting.lettering);

  self->upper = MAX (ceil (be_event_list_get_total (self) + margin), self->height);

  if (self->is_following)
    {
      self->value = MIN (self->upper - self->height, find_news (self));
      return;
    }

  self->value = be_event_list_get_slot_top (self, be_event_list_find_sequence (self, self->anchor_sequence)) +
                self->anchor_offset;
  self->value = CLAMP (self->value, 0, self->upper - self->height);
}

/**
 * be_event_list_anchor_at:
 * @value: a place in the list's content, to be at the top of the view
 *
 * Makes the row at this place the one that keeps its place from now on.
 */
void
be_event_list_anchor_at (BeEventList *self,
                         double       value)
{
  guint position;

  if (be_row_heights_get_length (self->heights) == 0)
    return;

  position = be_row_heights_find (self->heights, (gint64) value - self->note_height);
  self->anchor_sequence = be_journal_filter_get_record (self->filter, position)->sequence;
  self->anchor_offset = value - be_event_list_get_slot_top (self, position);
}

static void
value_changed_cb (BeEventList   *self,
                  GtkAdjustment *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);

  if (self->is_settling)
    return;

  self->value = value;
  be_event_list_heed_move (self);
  be_event_list_anchor_at (self, value);
  be_event_list_set_is_following (self, value + self->height >= self->upper - END_TOLERANCE);
  be_event_list_queue_settle_at_once (self);
}

/* See be-event-list-private.h. */
void
be_event_list_set_adjustment (BeEventList   *self,
                              GtkOrientation orientation,
                              GtkAdjustment *adjustment)
{
  if (adjustment != NULL && self->adjustments[orientation] == adjustment)
    return;

  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_clear_object (&self->adjustments[orientation]);

  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  self->adjustments[orientation] = g_object_ref_sink (adjustment);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb),
                             self, G_CONNECT_SWAPPED);
  be_event_list_queue_settle (self);
}

/* See be-event-list-private.h. */
void
be_event_list_configure_adjustments (BeEventList *self)
{
  double step = STEP * be_lettering_get_scale (self->setting.lettering);

  self->is_settling = TRUE;
  gtk_adjustment_configure (self->adjustments[GTK_ORIENTATION_HORIZONTAL],
                            0, 0, self->setting.width, 1, 1, self->setting.width);
  gtk_adjustment_configure (self->adjustments[GTK_ORIENTATION_VERTICAL], self->value,
                            0, self->upper, step, MAX (self->height - step, step), self->height);
  self->is_settling = FALSE;
}

gboolean
be_event_list_is_following (BeEventList *self)
{
  g_return_val_if_fail (BE_IS_EVENT_LIST (self), FALSE);

  return self->is_following;
}

/**
 * be_event_list_get_n_new:
 * @self: a list
 *
 * Returns: how many rows came since the view left the end
 */
guint
be_event_list_get_n_new (BeEventList *self)
{
  g_return_val_if_fail (BE_IS_EVENT_LIST (self), 0);

  return self->n_new;
}

/**
 * be_event_list_scroll_to_end:
 * @self: a list
 *
 * Shows the newest row, or the title of a failure that it has brought, and
 * follows from now on.
 */
void
be_event_list_scroll_to_end (BeEventList *self)
{
  g_return_if_fail (BE_IS_EVENT_LIST (self));

  self->last_moved = 0;
  be_event_list_set_is_following (self, TRUE);
  be_event_list_queue_settle_at_once (self);
}
