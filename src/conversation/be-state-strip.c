/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-strip-private.h"

#include <adwaita.h>
#include <math.h>

/**
 * BeStateStrip:
 *
 * The end of both lifelines: below the newest row, what the system says *now*
 * of each connection that opens or closes, both ends on one line. Three
 * connections, fewer where there is little room, and how many more there are.
 * Where nothing opens or closes it
 * takes no room; whoever is ESTABLISHED stands in the cards.
 *
 * Holds a reference to the watch, and owns its lines and its lettering. It
 * ends with its widget.
 */
G_DEFINE_FINAL_TYPE (BeStateStrip, be_state_strip, GTK_TYPE_WIDGET)

static void
clear_lines (BeStateStrip *self)
{
  for (guint i = 0; i < self->n_lines; i++)
    be_state_line_clear (&self->lines[i]);
  self->n_lines = 0;
  self->n_more = 0;
}

static void
update_accessible (BeStateStrip *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n_lines; i++)
    {
      g_autofree char *sentence = be_state_line_dup_sentence (&self->lines[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", sentence);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str, -1);
}

static gboolean
lines_are (BeStateStrip      *self,
           const BeStateLine *lines,
           guint              n_lines,
           guint              n_more)
{
  if (self->n_lines != n_lines || self->n_more != n_more)
    return FALSE;

  for (guint i = 0; i < n_lines; i++)
    if (!be_state_line_equal (&self->lines[i], &lines[i]))
      return FALSE;

  return TRUE;
}

static void
update (BeStateStrip *self)
{
  BeStateLine lines[BE_STATE_LINES_MAX] = { 0 };
  guint       n_more = 0;
  guint       n_lines = 0;
  gboolean    is_as_high;

  if (self->watch != NULL)
    n_lines = be_state_lines_collect (self->watch, g_get_monotonic_time (), lines, &n_more);

  if (lines_are (self, lines, n_lines, n_more))
    {
      for (guint i = 0; i < n_lines; i++)
        be_state_line_clear (&lines[i]);
      return;
    }

  is_as_high = self->n_lines == n_lines && (self->n_more > 0) == (n_more > 0);
  clear_lines (self);
  memcpy (self->lines, lines, sizeof lines);
  self->n_lines = n_lines;
  self->n_more = n_more;

  update_accessible (self);
  gtk_widget_set_visible (GTK_WIDGET (self), n_lines > 0 && !self->is_off);
  if (is_as_high)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/*
 * GtkWidget
 */

static void
be_state_strip_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  BeStateStrip *self = BE_STATE_STRIP (widget);

  /* What is said above it does not give way to it. */
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *natural = be_state_strip_measure_lines (self, self->max_lines);
}

/*
 * GObject
 */

static void
be_state_strip_constructed (GObject *object)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  G_OBJECT_CLASS (be_state_strip_parent_class)->constructed (object);

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           object, G_CONNECT_SWAPPED);
}

static void
be_state_strip_dispose (GObject *object)
{
  BeStateStrip *self = BE_STATE_STRIP (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->lettering);

  G_OBJECT_CLASS (be_state_strip_parent_class)->dispose (object);
}

static void
be_state_strip_finalize (GObject *object)
{
  clear_lines (BE_STATE_STRIP (object));

  G_OBJECT_CLASS (be_state_strip_parent_class)->finalize (object);
}

static void
be_state_strip_class_init (BeStateStripClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = be_state_strip_constructed;
  object_class->dispose = be_state_strip_dispose;
  object_class->finalize = be_state_strip_finalize;

  widget_class->measure = be_state_strip_measure;
  widget_class->snapshot = be_state_strip_snapshot;

  gtk_widget_class_set_css_name (widget_class, "be-state-strip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
be_state_strip_init (BeStateStrip *self)
{
  self->max_lines = BE_STATE_LINES_MAX;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * be_state_strip_set_watch:
 *
 * Gives the strip the watch of which it tells; once.
 */
void
be_state_strip_set_watch (BeStateStrip *self,
                          BeStateWatch *watch)
{
  g_return_if_fail (BE_IS_STATE_STRIP (self));
  g_return_if_fail (BE_IS_STATE_WATCH (watch));
  g_return_if_fail (self->watch == NULL);

  self->watch = g_object_ref (watch);
  g_signal_connect_object (watch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * be_state_strip_set_protocol:
 * @protocol: of the conversation; of UDP the strip shows nothing
 */
void
be_state_strip_set_protocol (BeStateStrip *self,
                             BeProtocol    protocol)
{
  g_return_if_fail (BE_IS_STATE_STRIP (self));

  self->is_off = protocol == BE_PROTOCOL_UDP;
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_lines > 0 && !self->is_off);
}

/**
 * be_state_strip_get_lines:
 * @n_lines: (out): how many
 *
 * Returns: (transfer none): what it says, valid until the main loop runs
 */
const BeStateLine *
be_state_strip_get_lines (BeStateStrip *self,
                          guint        *n_lines)
{
  g_return_val_if_fail (BE_IS_STATE_STRIP (self), NULL);

  *n_lines = self->n_lines;

  return self->lines;
}

/**
 * be_state_strip_set_max_lines:
 * @max_lines: how many connections there is room for, up to
 *   %BE_STATE_LINES_MAX
 *
 * Not while sizes are being allocated.
 */
void
be_state_strip_set_max_lines (BeStateStrip *self,
                              guint         max_lines)
{
  g_return_if_fail (BE_IS_STATE_STRIP (self));
  g_return_if_fail (max_lines <= BE_STATE_LINES_MAX);

  if (self->max_lines == max_lines)
    return;

  self->max_lines = max_lines;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * be_state_strip_measure_lines:
 *
 * Returns: the height that it would take with room for that many
 */
int
be_state_strip_measure_lines (BeStateStrip *self,
                              guint         max_lines)
{
  guint n_shown;

  g_return_val_if_fail (BE_IS_STATE_STRIP (self), 0);

  n_shown = MIN (self->n_lines, max_lines);
  if (n_shown == 0)
    return 0;

  be_state_strip_ensure_lettering (self);

  return (int) ceil ((n_shown * BE_STATE_STRIP_LINE_HEIGHT + (be_state_strip_has_line_for_more (self, max_lines) ? BE_STATE_STRIP_MORE_HEIGHT : 0) + 2 * BE_STATE_STRIP_PADDING) *
                     be_lettering_get_scale (self->lettering));
}
