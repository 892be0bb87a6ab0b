/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes from row to row: the arrows and partners of BeEventList. */

#include "be-event-list-private.h"

#include "be-partner-words.h"
#include "be-wire-arrows.h"

/* What is read aloud must have an end. */
#define MAX_PARTNERS_TOLD 8

/* The events that an arrow joins; 0: none. */
typedef struct
{
  guint64 from;
  guint64 to;
} Ends;

static gboolean
joins (const Ends *ends,
       guint64     sequence)
{
  return sequence != 0 && (ends->from == sequence || ends->to == sequence);
}

static gboolean
is_partner (BeEventList *self,
            guint64      sequence,
            guint64      of)
{
  for (guint i = 0; i < self->arrow_ends->len; i++)
    {
      const Ends *ends = &g_array_index (self->arrow_ends, Ends, i);

      if (sequence != of && joins (ends, sequence) && joins (ends, of))
        return TRUE;
    }

  return FALSE;
}

static void
redraw_arrows (BeEventList *self)
{
  g_clear_pointer (&self->arrow_node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Returns: (nullable): lent; none when the filter hides it by now */
static const BeEventRecord *
find_record (BeEventList *self,
             guint64      sequence)
{
  guint                position = be_event_list_find_sequence (self, sequence);
  const BeEventRecord *record = NULL;

  if (sequence == 0 || position >= be_row_heights_get_length (self->heights))
    return NULL;

  record = be_journal_filter_get_record (self->filter, position);

  return record->sequence == sequence ? record : NULL;
}

/* Where the arrows at the selected row lead, in words. It is the one that a
 * screen reader is at; the words for all rows would cost more than the rows. */
static char *
dup_partners (BeEventList *self)
{
  const BeTransferLink *links = NULL;
  guint                 n_links = 0;
  guint                 n_told = 0;
  gint64                start = self->setting.start;
  g_autoptr (GString) text = g_string_new (NULL);

  links = be_transfer_links_get (self->links, &n_links);
  for (guint i = 0; i < MIN (n_links, self->arrow_ends->len) && n_told < MAX_PARTNERS_TOLD; i++)
    {
      const Ends      *ends = &g_array_index (self->arrow_ends, Ends, i);
      g_autofree char *sentence = NULL;

      if (!joins (ends, self->selected_sequence))
        continue;

      sentence = be_partner_words_describe (&links[i], find_record (self, ends->from), find_record (self, ends->to),
                                            ends->from == self->selected_sequence, start);
      if (sentence == NULL)
        continue;

      if (n_told++ > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, sentence);
    }

  return n_told > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* See be-event-list-private.h. */
void
be_event_list_mark_links (BeEventList *self)
{
  g_autofree char *partners = self->selected_sequence != 0 ? dup_partners (self) : NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      BeEventRow *row = g_ptr_array_index (self->rows, i);
      guint64     sequence = be_event_row_get_sequence (row);

      be_event_row_set_partners (row, sequence == self->selected_sequence ? partners : NULL);
      be_event_row_set_is_partner (row, is_partner (self, sequence, self->selected_sequence) ||
                                          is_partner (self, sequence, self->hovered_sequence));
    }

  for (guint i = 0; i < self->arrows->len; i++)
    {
      const Ends  *ends = &g_array_index (self->arrow_ends, Ends, i);
      BeWireArrow *arrow = &g_array_index (self->arrows, BeWireArrow, i);
      gboolean     is_marked = joins (ends, self->selected_sequence) || joins (ends, self->hovered_sequence);

      if (arrow->is_marked == is_marked)
        continue;

      arrow->is_marked = is_marked;
      redraw_arrows (self);
    }
}

/* The middle of a row, from the top of the view; a guess where it was never
 * measured. */
static double
get_middle (BeEventList *self,
            guint        position)
{
  BeEventRow *row = be_event_list_find_row (self, position);
  double      top = be_event_list_get_slot_top (self, position) - self->value;

  return top + (row != NULL ? (guint) be_event_row_get_advance (row) : be_row_heights_get (self->heights, position));
}

/* A stub says its address where the row above did not say the same. */
static gboolean
has_label (BeEventList          *self,
           const BeTransferLink *link,
           guint                 position)
{
  guint32 connection = be_journal_filter_get_record (self->filter, position)->connection;

  if (!be_wire_needs_label (link))
    return FALSE;

  return position == 0 || be_wire_repeats_label (link) ||
         be_journal_filter_get_record (self->filter, position - 1)->connection != connection ||
         position == be_row_heights_find (self->heights, (gint64) self->value - self->note_height);
}

/* Where there is one row only, it is both. */
static guint
get_first_row (const BeTransferLink *link)
{
  return link->from != BE_TRANSFER_NO_ROW ? link->from : link->to;
}

static guint
get_last_row (const BeTransferLink *link)
{
  return link->to != BE_TRANSFER_NO_ROW ? link->to : link->from;
}

/* Where the arrow ends, or the row that it needs the height of. */
static double
get_end (BeEventList          *self,
         const BeTransferLink *link)
{
  guint position = get_last_row (link);

  if (be_wire_fills_row (link))
    {
      BeEventRow *row = be_event_list_find_row (self, position);
      guint       n_below = row != NULL ? be_row_heights_get (self->heights, position) - (guint) be_event_row_get_advance (row) : 0;

      return get_middle (self, position) + n_below;
    }

  return get_middle (self, position);
}

/* See be_wire_arrow_get_loose_row (). */
static double
get_room (BeEventList          *self,
          const BeWireArrow    *arrow,
          const BeTransferLink *link)
{
  BeSide side;
  guint  row = be_wire_arrow_get_loose_row (arrow, link, &side);

  if (row == BE_TRANSFER_NO_ROW || row + 1 >= be_row_heights_get_length (self->heights) ||
      be_journal_filter_get_record (self->filter, row + 1)->side != side)
    return 0;

  return get_middle (self, row + 1) - get_middle (self, row);
}

static guint64
get_sequence (BeEventList *self,
              guint        position)
{
  if (position == BE_TRANSFER_NO_ROW)
    return 0;

  return be_journal_filter_get_record (self->filter, position)->sequence;
}

static void
add_arrow (BeEventList          *self,
           const BeTransferLink *link)
{
  guint       from = get_first_row (link);
  Ends        ends = { get_sequence (self, link->from), get_sequence (self, link->to) };
  BeWireArrow arrow;

  be_wire_arrow_init (&arrow, link, get_middle (self, from), get_end (self, link),
                      be_lettering_get_scale (self->setting.lettering));
  arrow.room = get_room (self, &arrow, link);
  if (has_label (self, link, from))
    {
      arrow.label = be_wire_make_label (self->setting.lettering, &self->setting.geometry, link,
                                        be_journal_filter_get_record (self->filter, from));
      g_ptr_array_add (self->arrow_labels, arrow.label);
    }

  g_array_append_val (self->arrows, arrow);
  g_array_append_val (self->arrow_ends, ends);
}

/* Whether the arrows stand where the links lead, as they do in a view that
 * rests while events come in. */
static gboolean
arrows_are_in_place (BeEventList          *self,
                     const BeTransferLink *links,
                     guint                 n_links)
{
  if (self->arrows->len != n_links)
    return FALSE;

  for (guint i = 0; i < n_links; i++)
    {
      const BeWireArrow *arrow = &g_array_index (self->arrows, BeWireArrow, i);

      if (arrow->from_y != get_middle (self, get_first_row (&links[i])) ||
          arrow->to_y != get_end (self, &links[i]) ||
          arrow->room != get_room (self, arrow, &links[i]))
        return FALSE;
    }

  return TRUE;
}

static void
forget_arrows (BeEventList *self)
{
  g_array_set_size (self->arrows, 0);
  g_array_set_size (self->arrow_ends, 0);
  g_ptr_array_set_size (self->arrow_labels, 0);
}

/**
 * be_event_list_update_links:
 *
 * Finds out what goes from row to row in the view as it was just laid out, and
 * marks the partners of the selected row and of that below the pointer.
 */
void
be_event_list_update_links (BeEventList *self)
{
  gint64                top = (gint64) self->value - self->note_height;
  guint                 length = be_row_heights_get_length (self->heights);
  gboolean              has_changed = TRUE;
  const BeTransferLink *links;
  guint                 n_links;

  if (length == 0 || self->filter == NULL)
    be_transfer_links_clear (self->links);
  else
    {
      guint first = be_row_heights_find (self->heights, top);
      guint last = MIN (be_row_heights_find (self->heights, top + self->height), length - 1);

      has_changed = be_transfer_links_update (self->links, self->filter, first, last);
      be_event_list_update_borders (self, first, last);
    }

  links = be_transfer_links_get (self->links, &n_links);
  if (self->setting.geometry.is_folded)
    n_links = 0;
  if (has_changed || !arrows_are_in_place (self, links, n_links))
    {
      forget_arrows (self);
      for (guint i = 0; i < n_links; i++)
        add_arrow (self, &links[i]);
      redraw_arrows (self);
    }

  be_event_list_mark_links (self);
}

/**
 * be_event_list_snapshot_links:
 *
 * Draws the arrows of the lane, below the rows. A picture is kept as long as
 * it is right: GTK would take another for a change of the whole lane.
 */
void
be_event_list_snapshot_links (BeEventList     *self,
                              GtkSnapshot     *snapshot,
                              const BePalette *palette)
{
  if (self->arrows->len == 0)
    return;

  if (self->arrow_node == NULL || self->arrow_palette != palette)
    {
      GtkSnapshot *picture = gtk_snapshot_new ();

      be_wire_snapshot_arrows (picture, palette, self->setting.lettering, &self->setting.geometry, self->height,
                               (const BeWireArrow *) self->arrows->data, self->arrows->len);
      g_clear_pointer (&self->arrow_node, gsk_render_node_unref);
      self->arrow_node = gtk_snapshot_free_to_node (picture);
      self->arrow_palette = palette;
    }

  if (self->arrow_node != NULL)
    gtk_snapshot_append_node (snapshot, self->arrow_node);
}

static void
set_hovered (BeEventList *self,
             guint64      sequence)
{
  if (self->hovered_sequence == sequence)
    return;

  self->hovered_sequence = sequence;
  be_event_list_mark_links (self);
  be_event_list_mark_connection (self);
}

static void
moved_cb (GtkEventControllerMotion *controller,
          double                    x,
          double                    y,
          BeEventList              *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  set_hovered (self, BE_IS_EVENT_ROW (picked) ? be_event_row_get_sequence (BE_EVENT_ROW (picked)) : 0);
}

static void
left_cb (GtkEventControllerMotion *controller,
         BeEventList              *self)
{
  set_hovered (self, 0);
}

/* Who else is known of behind the filter changes no row, but perhaps an arrow. */
static void
journal_changed_cb (BeEventList *self)
{
  if (self->filter != NULL && be_journal_filter_is_active (self->filter) &&
      be_transfer_links_are_stale (self->links, self->filter))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* See be-event-list-private.h. */
void
be_event_list_follow_journal (BeEventList *self)
{
  g_signal_group_set_target (self->journal_signals,
                             self->filter != NULL ? be_journal_filter_get_journal (self->filter) : NULL);
}

/* See be-event-list-private.h. */
void
be_event_list_init_links (BeEventList *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->links = be_transfer_links_new ();
  self->arrows = g_array_new (FALSE, FALSE, sizeof (BeWireArrow));
  self->arrow_ends = g_array_new (FALSE, FALSE, sizeof (Ends));
  self->border_ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->arrow_labels = g_ptr_array_new_with_free_func (g_object_unref);
  self->journal_signals = g_signal_group_new (BE_TYPE_JOURNAL);
  g_signal_group_connect_swapped (self->journal_signals, "items-changed", G_CALLBACK (journal_changed_cb), self);
  g_signal_connect_object (motion, "motion", G_CALLBACK (moved_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (left_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

/* See be-event-list-private.h. */
void
be_event_list_finalize_links (BeEventList *self)
{
  g_clear_pointer (&self->arrow_node, gsk_render_node_unref);
  g_clear_object (&self->journal_signals);
  g_clear_pointer (&self->links, be_transfer_links_free);
  g_clear_pointer (&self->arrows, g_array_unref);
  g_clear_pointer (&self->arrow_ends, g_array_unref);
  g_clear_pointer (&self->border_ends, g_array_unref);
  g_clear_pointer (&self->arrow_labels, g_ptr_array_unref);
}
