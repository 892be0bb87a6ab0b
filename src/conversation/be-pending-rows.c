/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pending-rows-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "be-pending-row.h"
#include "be-wire.h"

#define N_RANKS 4
#define PULSE_SECONDS 1.6
#define MOVING_INTERVAL_MS 50
#define STILL_INTERVAL_MS 250

/**
 * BePendingRows:
 *
 * What has not happened yet, right below the conversation and on the same
 * lifelines, which are dotted here: the calls of each side that are held or
 * wait, three at most, and fewer where there is little room. Takes no room when
 * there are none.
 *
 * Owns its rows; ends with the conversation.
 */
G_DEFINE_FINAL_TYPE (BePendingRows, be_pending_rows, GTK_TYPE_WIDGET)

static gboolean
is_empty (BePendingRows *self)
{
  return self->n_rows[BE_SIDE_SERVER] + self->n_rows[BE_SIDE_CLIENT] == 0;
}

static gboolean
may_move (BePendingRows *self)
{
  return adw_get_enable_animations (GTK_WIDGET (self));
}

/* Forward and back again, so that nothing jumps. */
static double
get_pulse (gint64 now)
{
  double phase = fmod ((double) now / G_USEC_PER_SEC, PULSE_SECONDS) / PULSE_SECONDS;

  return (1 - cos (2 * G_PI * phase)) / 2;
}

/* See be-pending-rows-private.h. */
guint
be_pending_rows_get_n_shown (BePendingRows *self,
                             BeSide         side)
{
  return MIN (self->n_rows[side], self->max_rows);
}

static void
set_time (BePendingRows *self)
{
  gint64 now = g_get_monotonic_time ();
  double pulse = may_move (self) ? get_pulse (now) : -1;

  for (guint side = 0; side < BE_PENDING_ROWS_N_SIDES; side++)
    for (guint i = 0; i < be_pending_rows_get_n_shown (self, side); i++)
      be_pending_row_set_time (BE_PENDING_ROW (self->rows[side][i]), now, pulse);
}

static gboolean
clock_cb (gpointer user_data)
{
  set_time (BE_PENDING_ROWS (user_data));

  return G_SOURCE_CONTINUE;
}

/* It runs only while something waits in sight. */
static void
update_clock (BePendingRows *self)
{
  gboolean is_needed = FALSE;

  for (guint side = 0; side < BE_PENDING_ROWS_N_SIDES; side++)
    for (guint i = 0; i < be_pending_rows_get_n_shown (self, side); i++)
      is_needed = is_needed ||
                  be_pending_row_get_call (BE_PENDING_ROW (self->rows[side][i]))->state == BE_PENDING_WAITING;

  is_needed = is_needed && gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!is_needed)
    g_clear_handle_id (&self->clock_source, g_source_remove);
  else if (self->clock_source == 0)
    self->clock_source = g_timeout_add (may_move (self) ? MOVING_INTERVAL_MS : STILL_INTERVAL_MS, clock_cb, self);
  if (!is_empty (self))
    set_time (self);
}

/* GtkWidget */

static GtkSizeRequestMode
be_pending_rows_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
be_pending_rows_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  BePendingRows *self = BE_PENDING_ROWS (widget);
  int            width = for_size > 0 ? for_size : gtk_widget_get_width (widget);

  /* What is said above it does not give way to it. */
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && !is_empty (self) && width > 0)
    *natural = be_pending_rows_lay_out (self, width, FALSE);
}

static void
be_pending_rows_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  BePendingRows *self = BE_PENDING_ROWS (widget);

  if (!is_empty (self))
    be_pending_rows_lay_out (self, width, TRUE);
}

static void
be_pending_rows_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  BePendingRows   *self = BE_PENDING_ROWS (widget);
  const BePalette *palette = be_palette_get_default ();
  int              width = gtk_widget_get_width (widget);
  int              height = gtk_widget_get_height (widget);
  BeWireGeometry   geometry = be_wire_geometry_for_width (width);

  if (is_empty (self))
    return;

  gtk_snapshot_append_color (snapshot, &palette->list, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  be_wire_snapshot_lane (snapshot, palette, &geometry, height);
  if (!geometry.is_folded)
    {
      be_wire_snapshot_lifeline (snapshot, palette, geometry.server_x, 0, height, TRUE);
      be_wire_snapshot_lifeline (snapshot, palette, geometry.client_x, 0, height, TRUE);
    }

  GTK_WIDGET_CLASS (be_pending_rows_parent_class)->snapshot (widget, snapshot);
}

static void
be_pending_rows_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (be_pending_rows_parent_class)->map (widget);
  update_clock (BE_PENDING_ROWS (widget));
}

static void
be_pending_rows_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (be_pending_rows_parent_class)->unmap (widget);
  update_clock (BE_PENDING_ROWS (widget));
}

/* GObject */

static void
style_changed_cb (GtkWidget *widget)
{
  for (GtkWidget *row = gtk_widget_get_first_child (widget); row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_widget_queue_draw (row);
  gtk_widget_queue_draw (widget);
}

static void
be_pending_rows_dispose (GObject *object)
{
  BePendingRows *self = BE_PENDING_ROWS (object);
  GtkWidget     *child = NULL;

  g_clear_handle_id (&self->clock_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->n_rows[BE_SIDE_SERVER] = self->n_rows[BE_SIDE_CLIENT] = 0;
  g_clear_object (&self->lettering);

  G_OBJECT_CLASS (be_pending_rows_parent_class)->dispose (object);
}

static void
be_pending_rows_class_init (BePendingRowsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_pending_rows_dispose;
  widget_class->get_request_mode = be_pending_rows_get_request_mode;
  widget_class->measure = be_pending_rows_measure;
  widget_class->size_allocate = be_pending_rows_size_allocate;
  widget_class->snapshot = be_pending_rows_snapshot;
  widget_class->map = be_pending_rows_map;
  widget_class->unmap = be_pending_rows_unmap;

  gtk_widget_class_set_css_name (widget_class, "be-pending-rows");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
be_pending_rows_init (BePendingRows *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->max_rows = BE_PENDING_ROWS_MAX;
  for (guint side = 0; side < BE_PENDING_ROWS_N_SIDES; side++)
    {
      self->more[side] = gtk_label_new (NULL);
      gtk_widget_set_visible (self->more[side], FALSE);
      gtk_label_set_xalign (GTK_LABEL (self->more[side]), side == BE_SIDE_SERVER ? 1 : 0);
      gtk_widget_add_css_class (self->more[side], "be-note");
      gtk_widget_set_parent (self->more[side], GTK_WIDGET (self));
    }

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
}

/* What has the keyboard is left by it before it goes: GTK 4.8 forgets a
 * reference when what has it is hidden twice in a frame. */
static void
take_focus_from (GtkWidget *row)
{
  GtkRoot *root = gtk_widget_get_root (row);

  if (root != NULL && gtk_root_get_focus (root) == row)
    gtk_root_set_focus (root, NULL);
}

static void
remove_row (GtkWidget **row)
{
  take_focus_from (*row);
  g_clear_pointer (row, gtk_widget_unparent);
}

static void
set_n_rows (BePendingRows *self,
            BeSide         side,
            guint          n_rows)
{
  while (self->n_rows[side] > n_rows)
    remove_row (&self->rows[side][--self->n_rows[side]]);

  while (self->n_rows[side] < n_rows)
    {
      GtkWidget *row = be_pending_row_new ();

      gtk_widget_insert_before (row, GTK_WIDGET (self), self->more[side]);
      self->rows[side][self->n_rows[side]++] = row;
    }
}

/* In words on a line of their own, or beside the last row as a number. */
static void
show_more (BePendingRows *self,
           BeSide         side)
{
  guint            n_shown = be_pending_rows_get_n_shown (self, side);
  guint            n_more = self->n_calls[side] - n_shown;
  g_autofree char *words = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);
  g_autofree char *text = NULL;

  if (self->max_rows < BE_PENDING_ROWS_MAX)
    /* Translators: beside a call that has not returned, how many more there are */
    text = g_strdup_printf (ngettext ("+%u call", "+%u calls", n_more), n_more);
  else
    text = g_strdup (words);

  gtk_widget_set_visible (self->more[side], n_more > 0 && n_shown > 0);
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->more[side])), text) == 0)
    return;

  gtk_label_set_text (GTK_LABEL (self->more[side]), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more[side]), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_rows (BePendingRows *self,
           BeSide         side)
{
  for (guint i = 0; i < self->n_rows[side]; i++)
    {
      if (i >= self->max_rows)
        take_focus_from (self->rows[side][i]);
      gtk_widget_set_visible (self->rows[side][i], i < self->max_rows);
    }
  show_more (self, side);
}

/* First those that one can do something about, what Next Call makes before what
 * would wait, and last those that wait all the time. */
static guint
get_rank (const BePendingCall *call)
{
  if (call->state == BE_PENDING_HELD)
    return call->readiness == BE_PENDING_READY ? 0 : 1;

  return be_call_is_reading (call->call) || call->call == BE_CALL_ACCEPT ? N_RANKS - 1 : 2;
}

static guint
pick (BeSide                 side,
      const BePendingEntry  *entries,
      guint                  n_entries,
      const BePendingEntry **picked)
{
  guint n_of_side = 0;

  for (guint rank = 0; rank < N_RANKS; rank++)
    for (guint i = 0; i < n_entries; i++)
      {
        if (entries[i].call->side != side || get_rank (entries[i].call) != rank)
          continue;
        if (n_of_side < BE_PENDING_ROWS_MAX)
          picked[n_of_side] = &entries[i];
        n_of_side++;
      }

  return n_of_side;
}

/**
 * be_pending_rows_set_entries:
 * @entries: (array length=n_entries): in the order in which they are shown,
 *   but for those that are held, which come first
 */
void
be_pending_rows_set_entries (BePendingRows        *self,
                             const BePendingEntry *entries,
                             guint                 n_entries)
{
  g_return_if_fail (BE_IS_PENDING_ROWS (self));
  g_return_if_fail (entries != NULL || n_entries == 0);

  for (guint side = 0; side < BE_PENDING_ROWS_N_SIDES; side++)
    {
      const BePendingEntry *picked[BE_PENDING_ROWS_MAX] = { 0 };
      guint                 n_of_side = pick (side, entries, n_entries, picked);

      set_n_rows (self, side, MIN (n_of_side, BE_PENDING_ROWS_MAX));
      for (guint i = 0; i < self->n_rows[side]; i++)
        {
          be_pending_row_bind (BE_PENDING_ROW (self->rows[side][i]), picked[i]->call, picked[i]->connection,
                               picked[i]->next_client);
          be_pending_row_set_is_next (BE_PENDING_ROW (self->rows[side][i]), picked[i]->is_next);
        }
      self->n_calls[side] = n_of_side;
      show_rows (self, side);
    }

  gtk_widget_set_visible (GTK_WIDGET (self), !is_empty (self));
  gtk_widget_queue_resize (GTK_WIDGET (self));
  update_clock (self);
}

/**
 * be_pending_rows_set_shape:
 * @max_rows: how many rows of a side there is room for, up to
 *   %BE_PENDING_ROWS_MAX; of the rest it says how many they are
 * @is_bare: whether each row is one line
 *
 * Not while sizes are being allocated.
 */
void
be_pending_rows_set_shape (BePendingRows *self,
                           guint          max_rows,
                           gboolean       is_bare)
{
  g_return_if_fail (BE_IS_PENDING_ROWS (self));
  g_return_if_fail (max_rows <= BE_PENDING_ROWS_MAX);

  if (self->max_rows == max_rows && self->is_bare == is_bare)
    return;

  self->max_rows = max_rows;
  self->is_bare = is_bare;
  for (guint side = 0; side < BE_PENDING_ROWS_N_SIDES; side++)
    show_rows (self, side);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  update_clock (self);
}
