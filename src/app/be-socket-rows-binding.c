/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which row shows which socket: the recycling half of BeSocketRows. */

#include "be-socket-rows-private.h"

#include <math.h>

/* Above and below those that are visible: more than a step of the wheel
 * scrolls by. */
#define ROWS_AROUND 2

/* From *first on, up to before what is returned, each socket should have a row. */
static guint
find_range (BeSocketRows *self,
            guint        *first)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double         page = adjustment != NULL ? gtk_adjustment_get_page_size (adjustment) : 0;
  double         height = MAX (self->row_height, 1);
  guint          n_sockets = be_socket_rows_get_n_sockets (self);
  guint          n_above = MIN ((guint) (be_socket_rows_get_value (self) / height), n_sockets);
  guint          n_visible = BE_SOCKET_ROWS_FIRST;

  if (self->row_height > 0)
    n_visible = MAX (n_visible, (guint) ceil (page / height) + 1);
  *first = n_above - MIN (n_above, ROWS_AROUND);

  return MIN (n_sockets, n_above + n_visible + ROWS_AROUND);
}

static BeSocketRow *
steal_row (GPtrArray *rows,
           guint      index)
{
  return g_ptr_array_steal_index (rows, index);
}

/* The row that has the keyboard stays with its socket; but when this was closed,
 * and stands elsewhere for that, it is for the one that stands at its place now. */
static gboolean
stays_with_socket (BeSocketRows *self,
                   BeSocketRow  *row)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self)) != GTK_WIDGET (row) || !be_socket_row_was_closed (row);
}

static BeSocketRow *
steal_row_of (BeSocketRows    *self,
              GPtrArray       *rows,
              BeSocketSummary *summary)
{
  for (guint i = 0; i < rows->len; i++)
    {
      BeSocketRow *row = g_ptr_array_index (rows, i);

      if (be_socket_row_get_summary (row) == summary && stays_with_socket (self, row))
        return steal_row (rows, i);
    }

  return NULL;
}

static BeSocketRow *
make_row (BeSocketRows *self)
{
  GtkWidget *row = be_socket_row_new ();

  gtk_widget_set_parent (row, GTK_WIDGET (self));

  return BE_SOCKET_ROW (row);
}

/* One whose socket has no row any more, best of all the one that stood here.
 * What has the keyboard stays where it is. */
static BeSocketRow *
take_row (BeSocketRows *self,
          GPtrArray    *old,
          guint         position)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self));
  guint      best = old->len;

  for (guint i = 0; i < old->len; i++)
    {
      gboolean is_here = be_socket_row_get_position (g_ptr_array_index (old, i)) == position;

      if (is_here || (best == old->len && g_ptr_array_index (old, i) != focused))
        best = i;
    }

  if (best < old->len)
    return steal_row (old, best);

  return self->spare->len > 0 ? steal_row (self->spare, self->spare->len - 1) : make_row (self);
}

static guint
find_socket (BeSocketRows    *self,
             BeSocketSummary *summary)
{
  guint n_sockets = be_socket_rows_get_n_sockets (self);

  for (guint i = 0; i < n_sockets; i++)
    {
      g_autoptr (BeSocketSummary) socket = g_list_model_get_item (self->sockets, i);

      if (socket == summary)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
add_row (BeSocketRows *self,
         BeSocketRow  *row,
         guint         position)
{
  guint i = self->rows->len;

  be_socket_row_set_position (row, position);
  while (i > 0 && be_socket_row_get_position (g_ptr_array_index (self->rows, i - 1)) > position)
    i--;
  g_ptr_array_insert (self->rows, (int) i, row);
}

/* Also out of sight; but what it has opened there goes. */
static void
keep_focused_row (BeSocketRows *self,
                  GPtrArray    *old)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self));
  guint      index;
  guint      position;

  if (focused == NULL || !g_ptr_array_find (old, focused, &index) || !stays_with_socket (self, BE_SOCKET_ROW (focused)))
    return;

  position = find_socket (self, be_socket_row_get_summary (BE_SOCKET_ROW (focused)));
  if (position == GTK_INVALID_LIST_POSITION)
    return;

  be_socket_row_popdown (BE_SOCKET_ROW (focused));
  add_row (self, steal_row (old, index), position);
}

static gboolean
has_row (BeSocketRows *self,
         guint         position)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (be_socket_row_get_position (g_ptr_array_index (self->rows, i)) == position)
      return TRUE;

  return FALSE;
}

/**
 * be_socket_rows_is_bound:
 *
 * Returns: whether those sockets have a row that should have one now
 */
gboolean
be_socket_rows_is_bound (BeSocketRows *self)
{
  guint first;
  guint end = find_range (self, &first);

  while (first < end && has_row (self, first))
    first++;

  return first == end;
}

/* In the order in which the keyboard and a screen reader meet them. */
static void
order_rows (BeSocketRows *self)
{
  GtkWidget *previous = NULL;
  guint      n_sockets = be_socket_rows_get_n_sockets (self);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_get_prev_sibling (row) != previous)
        gtk_widget_insert_after (row, GTK_WIDGET (self), previous);
      be_socket_row_say_place (BE_SOCKET_ROW (row), n_sockets);
      gtk_widget_set_visible (row, TRUE);
      previous = row;
    }
}

/* The keyboard goes to the nearest row where there is none any more at its place. */
static void
put_away (BeSocketRows *self,
          BeSocketRow  *row)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self));
  gpointer   nearest = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    if (nearest == NULL || be_socket_row_get_position (g_ptr_array_index (self->rows, i)) <= be_socket_row_get_position (row))
      nearest = g_ptr_array_index (self->rows, i);

  if (focused == GTK_WIDGET (row))
    gtk_root_set_focus (gtk_widget_get_root (focused), nearest);
  gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
  be_socket_row_set_summary (row, NULL);
  g_ptr_array_add (self->spare, row);
}

/**
 * be_socket_rows_bind:
 *
 * Gives those sockets a row that should have one now. Not while sizes are
 * allocated: texts change.
 */
void
be_socket_rows_bind (BeSocketRows *self)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->rows);
  guint first;
  guint end = find_range (self, &first);

  self->rows = g_ptr_array_new ();
  for (guint i = first; i < end; i++)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (self->sockets, i);
      BeSocketRow *row = steal_row_of (self, old, summary);

      if (row != NULL)
        add_row (self, row, i);
    }
  keep_focused_row (self, old);

  for (guint i = first; i < end; i++)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (self->sockets, i);
      BeSocketRow *row = NULL;

      if (has_row (self, i))
        continue;

      row = take_row (self, old, i);
      be_socket_row_set_summary (row, summary);
      add_row (self, row, i);
    }

  order_rows (self);
  for (guint i = 0; i < old->len; i++)
    put_away (self, g_ptr_array_index (old, i));
}
