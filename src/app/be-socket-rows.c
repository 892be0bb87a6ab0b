/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-rows-private.h"

#include <math.h>

G_DEFINE_FINAL_TYPE_WITH_CODE (BeSocketRows, be_socket_rows, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

typedef enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} BeSocketRowsProperty;

/* See be-socket-rows-private.h. */
guint
be_socket_rows_get_n_sockets (BeSocketRows *self)
{
  return self->sockets != NULL ? g_list_model_get_n_items (self->sockets) : 0;
}

/* See be-socket-rows-private.h. */
double
be_socket_rows_get_value (BeSocketRows *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

/* Rows are bound by those who call this. */
static void
configure_vertical (BeSocketRows *self,
                    double        page)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double         upper = MAX ((double) be_socket_rows_get_n_sockets (self) * self->row_height, page);
  double         value = CLAMP (be_socket_rows_get_value (self), 0, upper - page);

  self->is_configuring = TRUE;
  gtk_adjustment_configure (adjustment, value, 0, upper, self->row_height, MAX (page - self->row_height, 0), page);
  self->is_configuring = FALSE;
}

static gboolean
bind_tick_cb (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  BeSocketRows *self = BE_SOCKET_ROWS (widget);

  self->bind_tick = 0;
  be_socket_rows_bind (self);

  return G_SOURCE_REMOVE;
}

static void
value_changed_cb (BeSocketRows *self)
{
  if (self->is_configuring)
    return;

  be_socket_rows_bind (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
sockets_changed_cb (BeSocketRows *self,
                    guint         position,
                    guint         n_removed,
                    guint         n_added)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  /* The keyboard may go there before sizes are allocated. */
  if (adjustment != NULL)
    configure_vertical (self, gtk_adjustment_get_page_size (adjustment));

  be_socket_rows_bind (self);
  if (n_removed != n_added)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Keyboard */

static gboolean
focus_position (BeSocketRows *self,
                guint         position)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double         top = (double) position * self->row_height;

  if (position >= be_socket_rows_get_n_sockets (self))
    return FALSE;

  if (adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, top, top + self->row_height);

  for (guint i = 0; i < self->rows->len; i++)
    if (be_socket_row_get_position (g_ptr_array_index (self->rows, i)) == position)
      return gtk_widget_grab_focus (g_ptr_array_index (self->rows, i));

  return FALSE;
}

static guint
find_focused (BeSocketRows *self)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return focused != NULL ? be_socket_row_get_position (BE_SOCKET_ROW (focused)) : GTK_INVALID_LIST_POSITION;
}

/* By so many rows, as far as there are some. */
static gboolean
move_focus_cb (GtkWidget *widget,
               GVariant  *parameter,
               gpointer   user_data)
{
  BeSocketRows *self = BE_SOCKET_ROWS (widget);
  gint64        position = find_focused (self);
  int           n_rows = g_variant_get_int32 (parameter);

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;

  return focus_position (self, (guint) CLAMP (position + n_rows, 0, (gint64) be_socket_rows_get_n_sockets (self) - 1));
}

static gboolean
be_socket_rows_focus (GtkWidget       *widget,
                      GtkDirectionType direction)
{
  BeSocketRows *self = BE_SOCKET_ROWS (widget);
  GtkWidget    *focused = gtk_widget_get_focus_child (widget);
  guint         position = find_focused (self);

  if (focused == NULL)
    return focus_position (self, (guint) (be_socket_rows_get_value (self) / MAX (self->row_height, 1)));

  /* The menu of a row. */
  if (!gtk_widget_is_focus (focused))
    return gtk_widget_child_focus (focused, direction);

  if (direction == GTK_DIR_UP)
    return position == 0 || focus_position (self, position - 1);

  return direction == GTK_DIR_DOWN && (position + 1 == be_socket_rows_get_n_sockets (self) || focus_position (self, position + 1));
}

/* GtkWidget */

static int
measure_row (BeSocketRows *self)
{
  int height = 0;

  if (self->rows->len > 0)
    gtk_widget_measure (g_ptr_array_index (self->rows, 0), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);

  return height;
}

static void
be_socket_rows_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  BeSocketRows *self = BE_SOCKET_ROWS (widget);

  *minimum = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = (int) be_socket_rows_get_n_sockets (self) * measure_row (self);
  else
    for (guint i = 0; i < self->rows->len; i++)
      {
        int width;

        gtk_widget_measure (g_ptr_array_index (self->rows, i), orientation, -1, &width, NULL, NULL, NULL);
        *minimum = MAX (*minimum, width);
      }
  *natural = *minimum;
}

static void
be_socket_rows_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  BeSocketRows  *self = BE_SOCKET_ROWS (widget);
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];

  self->row_height = measure_row (self);
  if (horizontal != NULL)
    gtk_adjustment_configure (horizontal, 0, 0, width, 0, 0, width);
  if (self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
    configure_vertical (self, height);
  for (guint i = 0; i < self->rows->len; i++)
    {
      BeSocketRow  *row = g_ptr_array_index (self->rows, i);
      double        y = (double) be_socket_row_get_position (row) * self->row_height - be_socket_rows_get_value (self);
      GtkAllocation allocation = { 0, (int) floor (y), width, self->row_height };

      gtk_widget_size_allocate (GTK_WIDGET (row), &allocation, -1);
    }

  /* Other rows may be in sight now, and no text may change here. */
  if (self->bind_tick == 0 && !be_socket_rows_is_bound (self))
    self->bind_tick = gtk_widget_add_tick_callback (widget, bind_tick_cb, NULL, NULL);
}

/* GObject */

static void
set_adjustment (BeSocketRows  *self,
                GtkOrientation orientation,
                GtkAdjustment *adjustment)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (*place == adjustment && adjustment != NULL)
    return;

  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_clear_object (place);
  *place = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (*place, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
be_socket_rows_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  BeSocketRows *self = BE_SOCKET_ROWS (object);

  switch ((BeSocketRowsProperty) prop_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, GTK_SCROLL_MINIMUM);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_socket_rows_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  BeSocketRows *self = BE_SOCKET_ROWS (object);

  switch ((BeSocketRowsProperty) prop_id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_socket_rows_dispose (GObject *object)
{
  BeSocketRows *self = BE_SOCKET_ROWS (object);
  GtkWidget    *child = NULL;

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->spare, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < G_N_ELEMENTS (self->adjustments); i++)
    {
      if (self->adjustments[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
      g_clear_object (&self->adjustments[i]);
    }
  g_clear_object (&self->sockets);

  G_OBJECT_CLASS (be_socket_rows_parent_class)->dispose (object);
}

static void
be_socket_rows_finalize (GObject *object)
{
  BeSocketRows *self = BE_SOCKET_ROWS (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->spare, g_ptr_array_unref);

  G_OBJECT_CLASS (be_socket_rows_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keys[2];
    int   n_rows;
  } moves[] = {
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, G_MININT },
    { { GDK_KEY_End, GDK_KEY_KP_End }, G_MAXINT },
    { { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up }, -BE_SOCKET_ROWS_FIRST },
    { { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down }, BE_SOCKET_ROWS_FIRST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint j = 0; j < G_N_ELEMENTS (moves[i].keys); j++)
      gtk_widget_class_add_binding (widget_class, moves[i].keys[j], 0, (GtkShortcutFunc) move_focus_cb, "i",
                                    moves[i].n_rows);
}

static void
be_socket_rows_class_init (BeSocketRowsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_socket_rows_get_property;
  object_class->set_property = be_socket_rows_set_property;
  object_class->dispose = be_socket_rows_dispose;
  object_class->finalize = be_socket_rows_finalize;
  widget_class->measure = be_socket_rows_measure;
  widget_class->size_allocate = be_socket_rows_size_allocate;
  widget_class->focus = be_socket_rows_focus;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "socketrows");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
be_socket_rows_init (BeSocketRows *self)
{
  self->rows = g_ptr_array_new ();
  self->spare = g_ptr_array_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * be_socket_rows_set_sockets:
 * @sockets: of #BeSocketSummary
 *
 * Gives the list what it shows; once.
 */
void
be_socket_rows_set_sockets (BeSocketRows *self,
                            GListModel   *sockets)
{
  g_return_if_fail (BE_IS_SOCKET_ROWS (self));
  g_return_if_fail (G_IS_LIST_MODEL (sockets));
  g_return_if_fail (self->sockets == NULL);

  self->sockets = g_object_ref (sockets);
  g_signal_connect_object (sockets, "items-changed", G_CALLBACK (sockets_changed_cb), self, G_CONNECT_SWAPPED);
  be_socket_rows_bind (self);
}

/**
 * be_socket_rows_get_rows:
 *
 * Returns: (element-type BeSocketRow): the rows that have a socket, from top to
 *   bottom
 */
GPtrArray *
be_socket_rows_get_rows (BeSocketRows *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_ROWS (self), NULL);

  return self->rows;
}

/**
 * be_socket_rows_measure_rows:
 *
 * Returns: the height that so many rows take, in px; 0 while there is none
 */
int
be_socket_rows_measure_rows (BeSocketRows *self,
                             guint         n_rows)
{
  g_return_val_if_fail (BE_IS_SOCKET_ROWS (self), 0);

  return (int) n_rows * measure_row (self);
}

/**
 * be_socket_rows_scroll_to_first:
 *
 * Shows the first rows again, unless somebody goes through the list with the
 * keyboard.
 */
void
be_socket_rows_scroll_to_first (BeSocketRows *self)
{
  g_return_if_fail (BE_IS_SOCKET_ROWS (self));

  if (self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_VERTICAL], 0);
}
